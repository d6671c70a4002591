import { asList, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineStep, PipelineTrigger } from '../../model/facts/config.ts';
import { dirOf, joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { matrixValues } from './matrix.ts';
import { document, type Fail, folderOf, type HostReader, job, runLines, step, textsOf, trigger } from './parts.ts';

const files = [
  '**/azure-pipelines*.{yml,yaml}',
  '**/azure-pipeline*.{yml,yaml}',
  '{.azdo,.azuredevops,.azure-pipelines,.vsts,.pipelines,azure-pipelines}/**/*.{yml,yaml}',
  '.vsts-ci.{yml,yaml}',
];
const deepest = 6;

interface Reading {
  view: RepoView;
  fail: Fail;
  path: string;
  lines: Record<string, number>;
  open: readonly string[];
  /** Files that others take in as templates: no pipelines of their own. */
  templates: Set<string>;
}

/** Azure Pipelines: stages, jobs and steps, with the templates of the repository followed. */
export const azure: HostReader = (view, fail) => {
  const templates = new Set<string>();
  const facts = view.glob(files).flatMap((path) => {
    const source = document(view, path, fail);
    if (!source || !['stages', 'jobs', 'steps', 'extends'].some((key) => key in source.data)) return [];
    const reading: Reading = { view, fail, path, lines: source.lines, open: [path], templates };
    const fact: PipelineFact = {
      path,
      host: 'azure',
      name: asText(source.data.name),
      triggers: triggersOf(source.data, source.lines),
      jobs: bodyJobs(reading, source.data, '', ''),
    };
    return [{ fact, standsAlone: 'trigger' in source.data || 'pr' in source.data || !('parameters' in source.data) }];
  });
  return facts.filter(({ fact, standsAlone }) => standsAlone && !templates.has(fact.path)).map(({ fact }) => fact);
};

/** Without `trigger` every push starts it, without `pr` every pull request: the host's documented default. */
function triggersOf(data: Data, lines: Record<string, number>): PipelineTrigger[] {
  const read = (key: string, event: string): PipelineTrigger[] => {
    const value = data[key];
    if (value === 'none' || value === false) return [];
    const line = lineIn(lines, key);
    if (!isRecord(value)) return [trigger(event, line, { branches: asTexts(value ?? []) })];
    const list = (name: string) => [
      ...asTexts(isRecord(value[name]) ? (value[name].include ?? []) : (value[name] ?? [])),
      ...asTexts(dig(value, name, 'exclude') ?? []).map((each) => `!${each}`),
    ];
    const tags = value.tags !== undefined && value.branches === undefined;
    return [
      trigger(tags && event === 'push' ? 'tag' : event, line, { branches: list('branches'), paths: list('paths') }),
    ];
  };
  const found = [...read('trigger', 'push'), ...read('pr', 'pull_request')];
  if (asList(data.schedules).length > 0) found.push(trigger('schedule', lineIn(lines, 'schedules')));
  return found.length > 0 ? found : [trigger('manual', lineIn(lines, 'trigger'))];
}

const under = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

function bodyJobs(reading: Reading, body: Data, at: string, prefix: string): PipelineJob[] {
  const template = asText(asRecord(body.extends).template);
  if (template) return templateJobs(reading, template, prefix);
  if (Array.isArray(body.stages)) {
    return body.stages.flatMap((stage, i) => {
      const here = under(at, `stages.${i}`);
      const inner = asRecord(stage);
      const used = asText(inner.template);
      if (used) return templateJobs(reading, used, prefix);
      const name = asText(inner.stage) ?? `stage${i + 1}`;
      return bodyJobs(reading, inner, here, `${prefix}${name} / `).map((each) =>
        withCondition(each, asText(inner.condition)),
      );
    });
  }
  if (Array.isArray(body.jobs)) {
    return body.jobs.flatMap((each, i) => {
      const inner = asRecord(each);
      const used = asText(inner.template);
      return used
        ? templateJobs(reading, used, prefix)
        : [
            jobOf(
              reading,
              inner,
              under(at, `jobs.${i}`),
              `${prefix}${asText(inner.job) ?? asText(inner.deployment) ?? `job${i + 1}`}`,
            ),
          ];
    });
  }
  if (Array.isArray(body.steps)) return [jobOf(reading, body, at, `${prefix}job`)];
  return [];
}

function withCondition(made: PipelineJob, condition: string | null): PipelineJob {
  if (condition === null) return made;
  return {
    ...made,
    condition: [condition, made.condition].filter(Boolean).join(' && '),
    disabled: made.disabled || isNever(condition),
  };
}
const isNever = (condition: string | null): boolean => /^\s*false\s*$/.test(condition ?? '');

function jobOf(reading: Reading, body: Data, at: string, id: string): PipelineJob {
  const strategy = asRecord(body.strategy);
  const deploy = Object.values(strategy).flatMap((each) => asList(dig(each, 'deploy', 'steps')));
  const steps = [
    ...stepsOf(reading, body.steps, under(at, 'steps')),
    ...stepsOf(reading, deploy, under(at, 'strategy.runOnce.deploy.steps')),
  ];
  const tolerated = body.continueOnError === true;
  const condition = asText(body.condition);
  return job({
    id,
    name: asText(body.displayName),
    line: lineIn(reading.lines, at),
    disabled: isNever(condition),
    condition,
    needs: asTexts(body.dependsOn ?? []),
    steps: tolerated ? steps.map((each) => ({ ...each, continueOnError: true })) : steps,
    environment: isRecord(body.environment) ? asText(body.environment.name) : asText(body.environment),
    matrix: isRecord(strategy.matrix) ? matrixValues({ include: Object.values(strategy.matrix) }) : {},
  });
}

function stepsOf(reading: Reading, list: unknown, at: string): PipelineStep[] {
  return asList(list).flatMap((item, i) => {
    const body = asRecord(item);
    const here = `${at}.${i}`;
    const template = asText(body.template);
    if (template) {
      const jobs = templateJobs(reading, template, '');
      return jobs.flatMap((each) => each.steps);
    }
    // `${{ if … }}:` holds a list of steps.
    const nested = Object.entries(body).find(([key, value]) => key.startsWith('${{') && Array.isArray(value));
    if (nested) return stepsOf(reading, nested[1], `${here}.${nested[0]}`);
    return Object.keys(body).length > 0 ? [stepOf(reading, body, here)] : [];
  });
}

function stepOf(reading: Reading, body: Data, at: string): PipelineStep {
  const shell = ['script', 'bash', 'pwsh', 'powershell'].find((key) => key in body);
  const task = asText(body.task);
  const inputs = textsOf(body.inputs);
  const run = shell ? asText(body[shell]) : taskCommand(task, inputs);
  const condition = asText(body.condition);
  return step({
    ...runLines(run, reading.lines, `${at}.${shell ?? 'task'}`),
    name: asText(body.displayName),
    run,
    uses: task,
    with: inputs,
    workingDirectory: folderOf(body.workingDirectory ?? inputs.workingDirectory ?? inputs.workingDir ?? inputs.cwd),
    continueOnError: body.continueOnError === true,
    condition,
    disabled: body.enabled === false || isNever(condition),
  });
}

/** What tasks that only start a command would run. */
function taskCommand(task: string | null, inputs: Record<string, string>): string | null {
  const name = task?.replace(/@.*$/, '').toLowerCase();
  if (name === 'npm')
    return `npm ${inputs.command === 'custom' ? (inputs.customCommand ?? '') : (inputs.command ?? 'install')}`.trim();
  if (name === 'yarn' || name === 'pnpm') return `${name} ${inputs.arguments ?? ''}`.trim();
  if (name === 'bash' || name === 'cmdline' || name === 'powershell' || name === 'shellscript')
    return inputs.script ?? inputs.filePath ?? inputs.scriptPath ?? null;
  return null;
}

function templateJobs(reading: Reading, written: string, prefix: string): PipelineJob[] {
  if (written.includes('@') && !written.endsWith('@self'))
    return [job({ id: `${prefix}template`, line: 1, uses: written })];
  const target = written.replace(/@self$/, '');
  const path = target.startsWith('/') ? joinPath(target.slice(1)) : joinPath(dirOf(reading.path), target);
  if (path === null || reading.open.includes(path) || reading.open.length > deepest || !reading.view.has(path))
    return [];
  reading.templates.add(path);
  const source = document(reading.view, path, reading.fail);
  if (!source) return [];
  const inner: Reading = { ...reading, path, lines: source.lines, open: [...reading.open, path] };
  return bodyJobs(inner, source.data, '', prefix).map((each) => ({
    file: path,
    ...each,
    steps: each.steps.map((one) => ({ file: path, ...one })),
  }));
}

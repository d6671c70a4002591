import { asList, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineStep } from '../../model/facts/config.ts';
import { matrixValues } from './matrix.ts';
import { document, folderOf, type HostReader, job, runLines, step, textsOf, trigger } from './parts.ts';

type Lines = Record<string, number>;

/** `.circleci/*.yml`: workflows with the jobs they name, commands and parameters put in. */
export const circleci: HostReader = (view, fail) =>
  view.glob('.circleci/*.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source || !isRecord(source.data.jobs ?? source.data.workflows)) return [];
    const { data, lines } = source;
    const workflows = Object.entries(asRecord(data.workflows)).filter(([, value]) => isRecord(value));
    const fact: PipelineFact = { path, host: 'circleci', name: null, triggers: [], jobs: [] };
    if (workflows.length === 0) {
      fact.triggers.push(trigger('push', 1));
      fact.jobs = Object.keys(asRecord(data.jobs)).map((id) => jobOf(data, lines, id, id, {}));
    }
    for (const [name, value] of workflows) {
      const workflow = asRecord(value);
      const at = `workflows.${name}`;
      const scheduled = asList(workflow.triggers).some((each) => isRecord(asRecord(each).schedule));
      const off = workflow.when === false || workflow.unless === true;
      if (!off) fact.triggers.push(trigger(scheduled ? 'schedule' : 'push', lineIn(lines, at)));
      fact.jobs.push(
        ...workflowJobs(data, lines, workflow, at).map((each) => (off ? { ...each, disabled: true } : each)),
      );
    }
    return [fact];
  });

function workflowJobs(data: Data, lines: Lines, workflow: Data, at: string): PipelineJob[] {
  const listed = asList(workflow.jobs).map((item, i) => {
    const id = typeof item === 'string' ? item : (Object.keys(asRecord(item))[0] ?? '');
    return {
      id,
      options: typeof item === 'string' ? {} : asRecord(asRecord(item)[id]),
      line: lineIn(lines, `${at}.jobs.${i}`),
    };
  });
  const approvals = listed
    .filter((each) => each.options.type === 'approval')
    .map((each) => asText(each.options.name) ?? each.id);
  return listed.flatMap(({ id, options, line }) => {
    if (options.type === 'approval') return [];
    const needs = asTexts(options.requires ?? []);
    const name = asText(options.name) ?? id;
    const made = isRecord(asRecord(data.jobs)[id])
      ? jobOf(data, lines, id, name, options)
      : job({
          id: name,
          line,
          uses: id,
          steps: [step({ line, uses: id, run: orbCommand(id, textsOf(options)), with: textsOf(options) })],
        });
    const branches = asTexts(dig(options, 'filters', 'branches', 'only') ?? []);
    return [
      {
        ...made,
        needs,
        condition: needs.some((each) => approvals.includes(each))
          ? 'manual'
          : branches.length > 0
            ? `branch: ${branches.join(', ')}`
            : made.condition,
        matrix: matrixValues(dig(options, 'matrix', 'parameters')),
      },
    ];
  });
}

function jobOf(data: Data, lines: Lines, id: string, name: string, given: Data): PipelineJob {
  const body = asRecord(asRecord(data.jobs)[id]);
  const at = `jobs.${id}`;
  const executor = asRecord(
    asRecord(data.executors)[asText(body.executor) ?? asText(asRecord(body.executor).name) ?? ''],
  );
  const images = asList(body.docker ?? executor.docker);
  return job({
    id: name,
    line: lineIn(lines, at),
    steps: stepsOf(data, lines, body.steps, `${at}.steps`, parameters(body.parameters, given), 0),
    // The first image is the machine; those after it are services.
    services: images.slice(1).flatMap((each) => {
      const image = asText(asRecord(each).image);
      return image ? [{ name: asText(asRecord(each).name) ?? image, image, line: lineIn(lines, `${at}.docker`) }] : [];
    }),
  });
}

function parameters(declared: unknown, given: Data): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(asRecord(declared))) {
    const text = asText(given[key]) ?? asText(asRecord(value).default);
    if (text !== null) values[key] = text;
  }
  return values;
}

const put = (text: string, values: Record<string, string>): string =>
  text.replace(/<<\s*parameters\.([\w-]+)\s*>>/g, (all, key: string) =>
    Object.hasOwn(values, key) ? values[key]! : all,
  );

function stepsOf(
  data: Data,
  lines: Lines,
  list: unknown,
  at: string,
  values: Record<string, string>,
  depth: number,
): PipelineStep[] {
  if (depth > 5) return [];
  return asList(list).flatMap((item, i) => {
    const here = `${at}.${i}`;
    const [name = '', body] = typeof item === 'string' ? [item, null] : (Object.entries(asRecord(item))[0] ?? []);
    if (name === 'run') return [runStep(body, lines, `${here}.run`, values)];
    if (name === 'when' || name === 'unless')
      return stepsOf(data, lines, asRecord(body).steps, `${here}.${name}.steps`, values, depth + 1);
    const command = asRecord(data.commands)[name];
    if (isRecord(command)) {
      return stepsOf(
        data,
        lines,
        command.steps,
        `commands.${name}.steps`,
        parameters(command.parameters, asRecord(body)),
        depth + 1,
      );
    }
    const options = textsOf(body);
    return name ? [step({ line: lineIn(lines, here), uses: name, run: orbCommand(name, options), with: options })] : [];
  });
}

function runStep(body: unknown, lines: Lines, at: string, values: Record<string, string>): PipelineStep {
  const options = asRecord(body);
  const command = asText(isRecord(body) ? options.command : body);
  const run = command === null ? null : put(command, values);
  const folder = asText(options.working_directory);
  return step({
    ...runLines(run, lines, isRecord(body) ? `${at}.command` : at),
    name: asText(options.name),
    run,
    workingDirectory: folder === null ? '.' : folderOf(put(folder, values).replace(/^~\/(?:project|repo)\/?/, './')),
    condition: asText(options.when),
  });
}

/** What the jobs and commands of CircleCI's own orbs for Node run, by their documentation. */
function orbCommand(name: string, options: Record<string, string>): string | null {
  const manager = options['pkg-manager'] ?? 'npm';
  if (name === 'node/test') return `${manager} run ${options['run-command'] ?? 'test'}`;
  if (name === 'node/run') return `${manager} run ${options['npm-run'] ?? options['yarn-run'] ?? ''}`.trim();
  if (name === 'node/install-packages') return manager === 'npm' ? 'npm ci' : `${manager} install --frozen-lockfile`;
  return name === 'cypress/run' ? 'npx cypress run' : null;
}

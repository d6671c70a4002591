import { asList, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineStep, PipelineTrigger } from '../../model/facts/config.ts';
import { baseOf, joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { type Combination, combinations, matrixValues, putMatrix, relevant } from './matrix.ts';
import { document, type Fail, folderOf, type HostReader, job, runLines, step, textsOf, trigger } from './parts.ts';

/** GitHub's workflows, and those of other hosts that took over the syntax (`.gitea`, `.forgejo`, …): a dot folder with `workflows` in it. */
export const github: HostReader = (view, fail) =>
  view.glob('.*/workflows/*.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source || !isRecord(source.data.jobs)) return [];
    const fact: PipelineFact = {
      path,
      host: path.startsWith('.github/') ? 'github' : 'other',
      name: asText(source.data.name),
      triggers: triggersOf(source.data, source.lines),
      jobs: jobsOf({ view, fail, path, open: [path] }, source.data, source.lines),
    };
    return [fact];
  });

interface Reading {
  view: RepoView;
  fail: Fail;
  path: string;
  /** Files being followed, against cycles. */
  open: readonly string[];
}
type Lines = Record<string, number>;
const deepest = 5;

const events: Record<string, string> = {
  pull_request_target: 'pull_request',
  workflow_dispatch: 'manual',
  workflow_call: 'call',
};

/** `on` in each of its forms. A YAML 1.1 reader may have made the key `true`. */
function triggersOf(data: Data, lines: Lines): PipelineTrigger[] {
  const key = 'on' in data ? 'on' : 'true' in data ? 'true' : null;
  if (key === null) return [];
  const on = data[key];
  if (!isRecord(on)) {
    return asTexts(on).map((event, i) => trigger(events[event] ?? event, lineIn(lines, `${key}.${i}`)));
  }
  return Object.entries(on).map(([event, value]) => {
    const filters = asRecord(value);
    const not = (name: string) => asTexts(filters[name] ?? []).map((each) => `!${each}`);
    const branches = [...asTexts(filters.branches ?? []), ...not('branches-ignore')];
    const tagsOnly =
      event === 'push' && branches.length === 0 && (filters.tags ?? filters['tags-ignore']) !== undefined;
    return trigger(tagsOnly ? 'tag' : (events[event] ?? event), lineIn(lines, `${key}.${event}`), {
      branches: tagsOnly ? asTexts(filters.tags ?? []) : branches,
      paths: [...asTexts(filters.paths ?? []), ...not('paths-ignore')],
    });
  });
}

function jobsOf(reading: Reading, data: Data, lines: Lines): PipelineJob[] {
  const shared = variablesOf(data.env, {});
  const folder = dig(data, 'defaults', 'run', 'working-directory');
  return Object.entries(asRecord(data.jobs)).flatMap(([id, value]) => {
    const body = asRecord(value);
    const at = `jobs.${id}`;
    const own = jobOf(
      reading,
      id,
      body,
      lines,
      asText(dig(body, 'defaults', 'run', 'working-directory')) ?? asText(folder),
      variablesOf(body.env, shared),
    );
    const called = own.uses ? calledJobs(reading, own, textsOf(body.with)) : [];
    return [{ ...own, line: lineIn(lines, at) }, ...called];
  });
}

function jobOf(
  reading: Reading,
  id: string,
  body: Data,
  lines: Lines,
  folder: string | null,
  variables: Record<string, string>,
): PipelineJob {
  const at = `jobs.${id}`;
  const matrix = dig(body, 'strategy', 'matrix');
  const condition = asText(body.if);
  const environment = isRecord(body.environment) ? asText(body.environment.name) : asText(body.environment);
  const steps = asList(body.steps).flatMap((each, i) =>
    stepsOf(reading, asRecord(each), lines, `${at}.steps.${i}`, {
      folder,
      combinations: combinations(matrix),
      inputs: {},
      variables,
    }),
  );
  const tolerated = isTrue(body['continue-on-error']);
  return job({
    id,
    name: asText(body.name),
    line: lineIn(lines, at),
    disabled: isNever(condition),
    condition,
    needs: asTexts(body.needs ?? []),
    uses: asText(body.uses),
    steps: tolerated ? steps.map((each) => ({ ...each, continueOnError: true })) : steps,
    services: Object.entries(asRecord(body.services)).flatMap(([name, service]) => {
      const image = asText(isRecord(service) ? service.image : service);
      return image ? [{ name, image, line: lineIn(lines, `${at}.services.${name}`) }] : [];
    }),
    environment,
    matrix: matrixValues(matrix),
    combinations: combinations(matrix),
  });
}

interface StepScope {
  folder: string | null;
  combinations: Combination[];
  /** Values of `inputs.x` inside a composite action or a called workflow. */
  inputs: Record<string, string>;
  /** Values of `env.x`, as the workflow and the job set them. */
  variables?: Record<string, string>;
}

/** One step; one per matrix value where its folder depends on it; and what stands behind a local action. */
function stepsOf(reading: Reading, body: Data, lines: Lines, at: string, scope: StepScope): PipelineStep[] {
  // Steps that run side by side stand in a list of their own.
  if (Array.isArray(body.parallel))
    return body.parallel.flatMap((each, i) => stepsOf(reading, asRecord(each), lines, `${at}.parallel.${i}`, scope));
  const written = asText(body.run) ?? shellOf(asRecord(body.with));
  const folder = asText(body['working-directory']) ?? (written === null ? null : scope.folder);
  const spread = relevant(folder ?? '', scope.combinations);
  return (spread.length > 0 ? spread : [{}]).flatMap((values) => {
    const put = (text: string) => putVariables(putInputs(putMatrix(text, values), scope.inputs), scope.variables ?? {});
    const run = written === null ? null : put(written);
    const uses = asText(body.uses);
    const condition = asText(body.if);
    const own = step({
      ...runLines(run, lines, `${at}.${run === null ? 'uses' : 'run'}`),
      name: asText(body.name),
      run,
      uses,
      with: Object.fromEntries(Object.entries(textsOf(body.with)).map(([key, value]) => [key, put(value)])),
      workingDirectory: folder === null ? '.' : folderOf(put(folder)),
      continueOnError: isTrue(body['continue-on-error']),
      condition,
      disabled: isNever(condition),
    });
    if (!uses?.startsWith('./')) return [own];
    const inner = actionSteps(reading, uses, own.with);
    return [own, ...inner.map((each) => (own.disabled ? { ...each, disabled: true } : each))];
  });
}

/** A shell in the place of an action's own program: `entrypoint: /bin/bash` with `args: -c "serverless deploy"`. */
function shellOf({ entrypoint, args }: Data): string | null {
  const [shell, script] = [asText(entrypoint), asText(args)];
  return shell !== null && script !== null && /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/.test(shell)
    ? `${shell} ${script}`
    : null;
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';
/** A condition that never holds: `false`, `${{ false }}`. */
const isNever = (condition: string | null): boolean =>
  /^\s*(\$\{\{\s*)?(false|0)(\s*\}\})?\s*$/.test(condition ?? '') || /^\s*(\$\{\{)?\s*false\s*&&/.test(condition ?? '');

/** `env` of a workflow or a job laid over what is set around it; what refers to a variable above is put in. */
const variablesOf = (env: unknown, above: Record<string, string>): Record<string, string> => ({
  ...above,
  ...Object.fromEntries(Object.entries(textsOf(env)).map(([name, value]) => [name, putVariables(value, above)])),
});

function putVariables(text: string, variables: Record<string, string>): string {
  return text.replace(/\$\{\{\s*env\.(\w+)\s*\}\}/g, (all, name: string) =>
    Object.hasOwn(variables, name) ? variables[name]! : all,
  );
}

function putInputs(text: string, inputs: Record<string, string>): string {
  return text.replace(/\$\{\{\s*inputs\.([\w-]+)\s*\}\}/g, (all, name: string) =>
    Object.hasOwn(inputs, name) ? inputs[name]! : all,
  );
}

/** Defaults of what a called file takes, with the given values laid over them. */
function inputsOf(declared: unknown, given: Record<string, string>): Record<string, string> {
  const defaults = Object.entries(asRecord(declared)).flatMap(([name, input]) => {
    const value = asText(asRecord(input).default);
    return value === null ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(defaults), ...given };
}

/** Steps of a composite action of the repository, marked with its file. */
function actionSteps(reading: Reading, uses: string, given: Record<string, string>): PipelineStep[] {
  const folder = joinPath(uses);
  const path = [`${folder}/action.yml`, `${folder}/action.yaml`].find((each) => reading.view.has(each));
  if (!path || reading.open.includes(path) || reading.open.length > deepest) return [];
  const source = document(reading.view, path, reading.fail);
  if (!source) return [];
  const inner: Reading = { ...reading, path, open: [...reading.open, path] };
  const scope: StepScope = { folder: null, combinations: [], inputs: inputsOf(source.data.inputs, given) };
  return asList(dig(source.data, 'runs', 'steps'))
    .flatMap((each, i) => stepsOf(inner, asRecord(each), source.lines, `runs.steps.${i}`, scope))
    .map((each) => ({ file: path, ...each }));
}

/**
 * Jobs of a reusable workflow of the repository, under the id `caller / job`. It may be called by the repository's own name
 * (`owner/name/.github/workflows/x.yml@main`): then a file of that place that lets itself be called is the one.
 */
function calledJobs(reading: Reading, caller: PipelineJob, given: Record<string, string>): PipelineJob[] {
  const [, here, named] = /^(\.\/[^@]+)|^[^/@]+\/[^/@]+\/(\.github\/workflows\/[^@]+)/.exec(caller.uses!) ?? [];
  const path = joinPath(here ?? named ?? '..');
  if (path === null || !reading.view.has(path) || reading.open.includes(path) || reading.open.length > deepest)
    return [];
  const source = document(reading.view, path, reading.fail);
  if (!source) return [];
  const on = asRecord(source.data.on ?? source.data.true);
  if (named !== undefined && !('workflow_call' in on)) return [];
  const inputs = inputsOf(dig(on, 'workflow_call', 'inputs'), given);
  const put = (each: PipelineStep): PipelineStep => ({
    file: path,
    ...each,
    run: each.run === null ? null : putInputs(each.run, inputs),
  });
  return jobsOf({ ...reading, path, open: [...reading.open, path] }, source.data, source.lines).map((each) => ({
    file: path,
    ...each,
    id: `${caller.id} / ${each.id}`,
    name: each.name ?? baseOf(path),
    disabled: each.disabled || caller.disabled,
    condition: [caller.condition, each.condition].filter(Boolean).join(' && ') || null,
    needs: each.needs.length > 0 ? each.needs.map((name) => `${caller.id} / ${name}`) : caller.needs,
    steps: each.steps.map(put),
  }));
}

import { asList, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineTrigger } from '../../model/facts/config.ts';
import { joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { document, type Fail, type HostReader, job, scriptSteps, trigger } from './parts.ts';

const reserved = new Set(
  'stages variables default include workflow image services before_script after_script cache pages:deploy spec types'.split(
    ' ',
  ),
);
const deepest = 6;

/** What all files of one pipeline say together; a later file wins, key by key. */
interface Merged {
  data: Data;
  /** Where each top-level key stands. */
  at: Map<string, { file: string; lines: Record<string, number> }>;
  /** Includes that lie outside the repository. */
  remote: string[];
}

/** `.gitlab-ci.yml` with its local includes. */
export const gitlab: HostReader = (view, fail) =>
  view.glob(['.gitlab-ci.yml', '.gitlab-ci.yaml']).flatMap((path) => {
    const merged = merge(view, path, fail, []);
    if (!merged) return [];
    const visible = jobsOf(merged, path, view, fail);
    const jobs = visible.length > 0 ? visible : hiddenJobs(merged);
    const fact: PipelineFact = { path, host: 'gitlab', name: null, triggers: triggersOf(merged, path), jobs };
    return [fact];
  });

/** A dot before its name switches a job off. */
const hiddenJobs = (merged: Merged): PipelineJob[] =>
  Object.entries(merged.data).flatMap(([name, body]) =>
    name.startsWith('.') && isRecord(body) && body.script !== undefined
      ? [{ ...jobOf(merged, name, body, merged.at.get(name)!.lines), disabled: true }]
      : [],
  );

function merge(view: RepoView, path: string, fail: Fail, open: readonly string[]): Merged | null {
  const source = view.has(path) && !open.includes(path) && open.length < deepest ? document(view, path, fail) : null;
  if (!source) return null;
  const merged: Merged = { data: {}, at: new Map(), remote: [] };
  const add = (data: Data, at: (key: string) => { file: string; lines: Record<string, number> }) => {
    for (const [key, value] of Object.entries(data)) {
      const before = merged.data[key];
      merged.data[key] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value;
      merged.at.set(key, at(key));
    }
  };
  const includes = source.data.include;
  for (const item of Array.isArray(includes) ? includes : [includes]) {
    const local = typeof item === 'string' ? item : asText(asRecord(item).local);
    if (local !== null && !/^https?:/.test(local)) {
      const pattern = local.replace(/^\//, '');
      for (const file of /[*?]/.test(pattern) ? view.glob(pattern) : [pattern]) {
        const inner = merge(view, file, fail, [...open, path]);
        if (inner) add(inner.data, (key) => inner.at.get(key)!);
        merged.remote.push(...(inner?.remote ?? []));
      }
    } else if (item) {
      const other = asRecord(item);
      merged.remote.push(
        local ??
          asText(other.template) ??
          asText(other.remote) ??
          asText(other.component) ??
          asText(other.project) ??
          '',
      );
    }
  }
  add(source.data, () => ({ file: path, lines: source.lines }));
  return merged;
}

function jobsOf(merged: Merged, path: string, view: RepoView, fail: Fail): PipelineJob[] {
  const names = Object.keys(merged.data).filter(
    (key) => !key.startsWith('.') && !reserved.has(key) && isRecord(merged.data[key]),
  );
  const own = names.flatMap((name) => {
    const body = resolved(merged, name, []);
    if (!isRecord(body)) return [];
    const { file, lines } = merged.at.get(name)!;
    const made = jobOf(merged, name, body, lines);
    const steps = made.steps.map(({ file: own, ...each }) => (own === path ? each : { ...each, file: own }));
    return [{ ...made, steps, ...(file === path ? {} : { file }) }, ...childJobs(name, body, view, fail)];
  });
  const remote = merged.remote
    .filter(Boolean)
    .map((uses) =>
      job({ id: `include ${uses}`, line: lineIn(merged.at.get('include')?.lines ?? {}, 'include'), uses }),
    );
  return [...own, ...remote];
}

function jobOf(merged: Merged, name: string, body: Data, lines: Record<string, number>): PipelineJob {
  const defaults = { ...merged.data, ...asRecord(merged.data.default) } as Data;
  const script = (key: string) => {
    const place = placeOf(merged, name, key);
    if (!place) return [];
    const value = references(dig(merged.data, ...place.path), merged);
    const { file, lines } = merged.at.get(place.path[0]!)!;
    return scriptSteps(value, lines, place.path.join('.'), folder).map((each) => ({ file, ...each }));
  };
  let folder: string | null = '.';
  const before = script('before_script');
  folder = movedBy(before, folder);
  const main = [...before, ...script('script')];
  folder = '.';
  const steps = [...main, ...script('after_script')];
  const rules = asList(body.rules).map(asRecord);
  const never =
    asText(body.when) === 'never' || (rules.length > 0 && rules.every((rule) => asText(rule.when) === 'never'));
  const manual =
    asText(body.when) === 'manual' ||
    (rules.length > 0 && rules.every((rule) => ['manual', 'never'].includes(asText(rule.when) ?? '')));
  const conditions = rules.map((rule) => asText(rule.if)).filter((each) => each !== null);
  const only = isRecord(body.only) ? asTexts(body.only.refs ?? []) : asTexts(body.only ?? []);
  const tolerated = body.allow_failure === true;
  const services = asList(body.services ?? defaults.services);
  return job({
    id: name,
    line: lineIn(lines, name),
    disabled: never,
    condition: manual ? 'manual' : [...conditions, ...only].join(' || ') || null,
    needs: [...asList(body.needs), ...asList(body.dependencies)]
      .map((each) => asText(isRecord(each) ? each.job : each) ?? '')
      .filter(Boolean),
    uses: asText(dig(body, 'trigger', 'project')) ?? asText(body.trigger),
    steps: tolerated ? steps.map((each) => ({ ...each, continueOnError: true })) : steps,
    services: services.flatMap((each) => {
      const image = asText(isRecord(each) ? each.name : each);
      return image
        ? [{ name: asText(asRecord(each).alias) ?? image, image, line: lineIn(lines, `${name}.services`) }]
        : [];
    }),
    environment: isRecord(body.environment) ? asText(body.environment.name) : asText(body.environment),
    matrix: matrixOf(body),
  });
}

/** Where the commands of a job are written: in itself, in what it extends (the last wins), or among the defaults. */
function placeOf(merged: Merged, name: string, key: string, open: readonly string[] = []): { path: string[] } | null {
  const body = asRecord(merged.data[name]);
  if (key in body) return { path: [name, key] };
  if (open.includes(name) || open.length > 10) return null;
  for (const parent of asTexts(body.extends ?? []).reverse()) {
    const found = placeOf(merged, parent, key, [...open, name]);
    if (found) return found;
  }
  if (open.length > 0 || key === 'script') return null;
  if (key in asRecord(merged.data.default)) return { path: ['default', key] };
  return key in merged.data ? { path: [key] } : null;
}

/** The folder that the last of the steps leaves the shell in. */
function movedBy(steps: PipelineJob['steps'], from: string | null): string | null {
  const last = steps.at(-1);
  const to = /^\s*cd\s+([^\s"';&|$]+)\s*$/m.exec(last?.run ?? '')?.[1];
  const here = last ? last.workingDirectory : from;
  return to && here !== null ? joinPath(here, to) : here;
}

function matrixOf(body: Data): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const entry of asList(dig(body, 'parallel', 'matrix'))) {
    for (const [key, value] of Object.entries(asRecord(entry)))
      values[key] = [...new Set([...(values[key] ?? []), ...asTexts(value)])];
  }
  return values;
}

/** A job with what it `extends` laid beneath it. */
function resolved(merged: Merged, name: string, open: readonly string[]): unknown {
  const body = merged.data[name];
  if (!isRecord(body) || open.includes(name) || open.length > 10) return body;
  let base: Data = {};
  for (const parent of asTexts(body.extends ?? []))
    base = { ...base, ...asRecord(resolved(merged, parent, [...open, name])) };
  return { ...base, ...body };
}

/** `!reference [.job, script]` comes out as a list that starts with a job's name. */
function references(value: unknown, merged: Merged): unknown {
  if (!Array.isArray(value)) return value;
  return value.flatMap((each) => {
    if (!Array.isArray(each)) return [each];
    const [name, ...path] = each;
    const target =
      typeof name === 'string' && isRecord(merged.data[name])
        ? dig(resolved(merged, name, []), ...(path as string[]))
        : each;
    return asList(Array.isArray(target) ? target.flat(2) : [target]);
  });
}

/** Jobs of a child pipeline kept in the repository. */
function childJobs(name: string, body: Data, view: RepoView, fail: Fail): PipelineJob[] {
  const include = dig(body, 'trigger', 'include');
  const files = (Array.isArray(include) ? include : [include])
    .map((each) => asText(isRecord(each) ? each.local : each))
    .filter((each) => each !== null);
  return files.flatMap((file) => {
    const path = file.replace(/^\//, '');
    const merged = merge(view, path, fail, []);
    if (!merged) return [];
    return jobsOf({ ...merged, remote: [] }, path, view, () => {})
      .filter((each) => each.uses === null)
      .map((each) => ({
        file: path,
        ...each,
        id: `${name} / ${each.id}`,
        steps: each.steps.map((one) => ({ file: path, ...one })),
      }));
  });
}

/** Branch pipelines run on pushes unless `workflow: rules` says otherwise; merge requests and schedules where a rule names them. */
function triggersOf(merged: Merged, path: string): PipelineTrigger[] {
  const rules = asList(dig(merged.data, 'workflow', 'rules'))
    .map(asRecord)
    .filter((rule) => asText(rule.when) !== 'never');
  const conditions = rules.map((rule) => asText(rule.if) ?? '');
  const all = JSON.stringify([merged.data, conditions]);
  const line = lineIn(merged.at.get('workflow')?.lines ?? {}, 'workflow');
  const named = (pattern: RegExp) => pattern.test(all);
  const only =
    conditions.length > 0 &&
    conditions.every(
      (each) => /merge_request|schedule|web|trigger/.test(each) && !/push|CI_COMMIT_(BRANCH|REF|TAG)/.test(each),
    );
  const found: PipelineTrigger[] = only ? [] : [trigger('push', line)];
  if (named(/merge_requests?(_event|_iid)?\b/i)) found.push(trigger('pull_request', line));
  if (named(/\bschedules?\b/)) found.push(trigger('schedule', line));
  if (found.length === 0 && conditions.length > 0) found.push(trigger('manual', line));
  return merged.at.size === 0 && path ? [] : found;
}

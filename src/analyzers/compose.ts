import { asList, asRecord, asTexts, type Data, isRecord } from '../model/data.ts';
import type { Analyzer, ComposeFact } from '../model/facts/index.ts';
import { baseOf, dirOf, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { readService } from './shared/compose-service.ts';
import { interpolate } from './shared/shell.ts';
import { isYamlPath, type Located, yamlOf } from './shared/yaml.ts';

const composeName = /^(?:(?:docker|podman)-)?(?:compose|stack)(?:[.-].+)?\.ya?ml$|^.+[.-](?:docker-)?compose\.ya?ml$/i;

const analyzer: Analyzer<'compose'> = {
  gives: 'compose',
  sees: 'compose and stack files, by name or by shape: services with merge keys, extends, interpolation defaults, short and long forms.',
  blindTo: 'values that only the environment gives, and files outside the repository.',
  analyze(view, fail) {
    const facts: ComposeFact[] = [];
    for (const path of view.list()) {
      if (!isYamlPath(path)) continue;
      const named = composeName.test(baseOf(path));
      if (!named && !/^services:/m.test(view.text(path))) continue;
      const { documents, problems } = yamlOf(view, path);
      const located = documents.find((document) => isCompose(document.data, named));
      if (located) facts.push(readCompose(view, path, located));
      else if (named && problems[0]) fail({ file: path, ...problems[0] });
    }
    return facts;
  },
};
export default analyzer;

/** Other tools have `services:` too: a compose service says what image it runs or how to build it. */
function isCompose(data: unknown, named: boolean): boolean {
  const top = asRecord(data);
  if ('apiVersion' in top || 'jobs' in top || 'stages' in top || 'pipelines' in top || 'provider' in top) return false;
  const services = Object.values(asRecord(top.services));
  if (named) return services.length > 0 || asList(top.include).length > 0;
  return services.length > 0 && services.every((s) => isRecord(s) && ('image' in s || 'build' in s || 'extends' in s));
}

function readCompose(view: RepoView, path: string, located: Located): ComposeFact {
  const top = asRecord(located.data);
  const dir = dirOf(path);
  const variables = variablesIn(view.text(path));
  const known = environmentOf(view, dir);
  const fill = (value: unknown): unknown => filledWith(value, known);
  const filled = { ...located, data: fill(top) };
  const services = asRecord(asRecord(filled.data).services);
  return {
    path,
    dir,
    services: Object.keys(services)
      .filter((name) => isRecord(services[name]))
      .map((name) => {
        const whole = extended(view, path, services, name, new Set(), fill);
        return readService(name, whole, dir, located.lines, `services.${name}`);
      }),
    volumes: Object.entries(asRecord(top.volumes)).map(([name, value]) => ({
      name,
      external: Boolean(asRecord(value).external),
      line: located.lines[`volumes.${name}`] ?? 1,
    })),
    include: asList(top.include)
      .flatMap((item) => (isRecord(item) ? asTexts(item.path) : asTexts(item)))
      .map((file) => joinPath(dir, file))
      .filter((file): file is string => file !== null),
    variables,
  };
}

type Known = (name: string) => string | undefined;

function filledWith(value: unknown, known: Known): unknown {
  if (typeof value === 'string') return interpolate(value, known);
  if (Array.isArray(value)) return value.map((item) => filledWith(item, known));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledWith(item, known)]));
  return value;
}

/** What compose itself reads: the `.env` beside the file, of which only names of files, images and ports are taken. */
function environmentOf(view: RepoView, dir: string): Known {
  const values = new Map<string, string>();
  for (const line of view.text(dir === '.' ? '.env' : `${dir}/.env`).split('\n')) {
    const pair = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line);
    if (!pair || secretName.test(pair[1]!)) continue;
    const written = pair[2]!.trim().replace(/^(['"])(.*)\1$/, '$2');
    values.set(
      pair[1]!,
      interpolate(written, (name) => values.get(name)),
    );
  }
  return (name) => values.get(name);
}
/** No value of these is carried into a fact. */
const secretName = /pass|secret|token|key|credential|auth/i;

/** A service with what it extends beneath it, from this file or another. */
function extended(
  view: RepoView,
  path: string,
  services: Data,
  name: string,
  seen: Set<string>,
  fill: (value: unknown) => unknown,
): Data {
  const own = asRecord(services[name]);
  const mark = `${path}#${name}`;
  if (own.extends === undefined || seen.has(mark)) return own;
  seen.add(mark);
  const target = isRecord(own.extends) ? own.extends : { service: own.extends };
  const service = typeof target.service === 'string' ? target.service : name;
  if (typeof target.file !== 'string') return layer(extended(view, path, services, service, seen, fill), own);
  const file = joinPath(dirOf(path), target.file);
  if (file === null || !view.has(file)) return own;
  const other = asRecord(asRecord(fill(yamlOf(view, file).documents[0]?.data)).services);
  return layer(rebased(extended(view, file, other, service, seen, fill), dirOf(file), dirOf(path)), own);
}

/** Compose's own rule: maps merge, most lists append, everything else is replaced. */
function layer(base: Data, over: Data): Data {
  const result: Data = { ...base, ...over };
  for (const key of Object.keys(over)) {
    const below = base[key];
    const above = over[key];
    if (isRecord(below) && isRecord(above)) result[key] = { ...below, ...above };
    else if (Array.isArray(below) && Array.isArray(above) && key !== 'command' && key !== 'entrypoint') {
      result[key] = [...below, ...above];
    }
  }
  delete result.extends;
  return result;
}

/** Relative paths of an extended service are relative to the file that holds it. */
function rebased(service: Data, from: string, to: string): Data {
  if (from === to) return service;
  const up = to === '.' ? '' : '../'.repeat(to.split('/').length);
  const move = (path: string): string => `${up}${from}/${path}`;
  const build = service.build;
  const moved: Data = { ...service };
  if (typeof build === 'string') moved.build = move(build);
  else if (isRecord(build)) moved.build = { ...build, context: move(String(build.context ?? '.')) };
  if (service.env_file !== undefined) moved.env_file = asTexts(service.env_file).map(move);
  if (Array.isArray(service.volumes)) {
    moved.volumes = service.volumes.map((volume) =>
      typeof volume === 'string' && /^\.{1,2}\//.test(volume) ? move(volume) : volume,
    );
  }
  return moved;
}

function variablesIn(text: string): { name: string; default: string | null; line: number }[] {
  const found: { name: string; default: string | null; line: number }[] = [];
  text.split('\n').forEach((raw, i) => {
    const line = raw.replace(/(^|\s)#.*$/, '');
    for (const match of line.matchAll(/(?<!\$)\$(?:\{([A-Za-z_]\w*)(?::?([-+?])([^{}]*))?\}|([A-Za-z_]\w*))/g)) {
      found.push({ name: (match[1] ?? match[4])!, default: match[2] === '-' ? (match[3] ?? '') : null, line: i + 1 });
    }
  });
  return found;
}

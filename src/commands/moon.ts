import { quote } from 'shell-quote';
import { parse as parseYaml } from 'yaml';
import { asRecord, type Data } from '../model/data.ts';
import { baseOf, byCodeUnit, dirOf } from '../model/paths.ts';
import { plainRun } from './runtimes.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { programName, readOptions } from './words.ts';

/** moon: `moon run api:test`, `moon run :lint`, `moon ci`, `moon check --all`: what the tasks of the projects run, inherited ones among them. */
export function followMoon(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  if (programName(words[0]!) !== 'moon') return null;
  const { rest } = readOptions(
    words.slice(1),
    new Set(['--base', '--head', '--concurrency', '--log', '--job', '--jobTotal']),
  );
  const verb = rest[0] ?? '';
  const asked = ['run', 'ci', 'check'].includes(verb) ? rest.slice(1) : rest;
  const inherited = self.view
    .glob(['.moon/tasks.yml', '.moon/tasks/**/*.yml'])
    .map((path) => asRecord(yaml(self.view.read(path)).tasks));
  const runs = projectsOf(self).flatMap((dir) => {
    const own = yaml(self.view.read(dir === '.' ? 'moon.yml' : `${dir}/moon.yml`));
    const left = asRecord(asRecord(own.workspace).inheritedTasks).exclude;
    const given = Object.fromEntries(
      Object.entries(Object.assign({}, ...inherited) as Data).filter(
        ([name]) => !(Array.isArray(left) && left.includes(name)),
      ),
    );
    const tasks: Data = { ...given, ...asRecord(own.tasks) };
    const names = Object.keys(tasks).filter((name) =>
      asked.length === 0
        ? verb === 'ci' || verb === 'check'
        : asked.some((target) => isAsked(target, name, dir, verb === 'check')),
    );
    return names.flatMap((name) => {
      const task = asRecord(tasks[name]);
      const isLocal = task.local === true || task.preset === 'server' || asRecord(task.options).runInCI === false;
      const text = commandOf(task);
      const key = `moon ${dir}:${name}`;
      if (text === null || (verb === 'ci' && isLocal) || place.open.includes(key)) return [];
      return self.text(text, { ...place, cwd: dir, open: [...place.open, key], via: [...place.via, key] });
    });
  });
  return runs.length > 0 ? runs : [plainRun(words, place)];
}

/** Folders with a manifest or a task file; the root holds them. */
const projectsOf = (self: Follower): string[] =>
  [...new Set([...self.manifests.map(({ dir }) => dir), ...self.view.glob('**/moon.yml').map(dirOf)])]
    .filter((dir) => dir !== '.' || self.view.has('moon.yml'))
    .sort(byCodeUnit);

/** `api:test`, `:test`, `#tag:test`; `moon check api` asks for all tasks of a project. */
function isAsked(target: string, name: string, dir: string, isCheck: boolean): boolean {
  const [owner = '', task] = target.includes(':') ? target.split(':', 2) : [target, undefined];
  const isOwner = owner === '' || owner.startsWith('#') || owner === baseOf(dir);
  return isOwner && (task === undefined ? isCheck : task === name);
}

function commandOf({ command, args, script }: Data): string | null {
  const words = [command, args].flatMap((part) =>
    Array.isArray(part) ? [quote(part.map(String))] : typeof part === 'string' ? [part] : [],
  );
  return typeof script === 'string' ? script : words.length > 0 && command !== undefined ? words.join(' ') : null;
}

function yaml(text: string | null): Data {
  try {
    return asRecord(parseYaml(text ?? ''));
  } catch {
    return {};
  }
}

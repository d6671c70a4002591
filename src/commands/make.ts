import { joinPath } from '../model/paths.ts';
import { plainRun } from './runtimes.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { first, programName, readOptions } from './words.ts';

interface Target {
  before: string[];
  lines: string[];
}
const fileNames: Record<string, string[]> = {
  make: ['GNUmakefile', 'makefile', 'Makefile'],
  gmake: ['GNUmakefile', 'makefile', 'Makefile'],
  just: ['justfile', 'Justfile', '.justfile'],
  task: ['Taskfile.yml', 'Taskfile.yaml', 'taskfile.yml', 'taskfile.yaml', 'Taskfile.dist.yml'],
};

/** `make test`, `just test`, `task test`: the recipe's lines, after those of what it depends on. */
export function followMake(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  const program = programName(words[0]!);
  const names = Object.hasOwn(fileNames, program) ? fileNames[program] : undefined;
  if (!names) return null;
  const options = readOptions(
    words.slice(1),
    new Set(['-C', '--directory', '-f', '--file', '-j', '-d', '--dir', '-t']),
  );
  const folder = first(options, '-C', '--directory', '-d', '--dir');
  const cwd = folder && !folder.startsWith('$') ? (joinPath(place.cwd, folder) ?? place.cwd) : place.cwd;
  const given = first(options, '-f', '--file');
  const path = (given ? [given] : names)
    .map((name) => joinPath(cwd, name))
    .find((name) => name !== null && self.view.has(name));
  const text = path ? self.view.read(path) : null;
  if (!path || text === null) return [plainRun(words, { ...place, cwd })];
  const targets = program === 'task' ? taskTargets(text) : makeTargets(text);
  const asked = options.rest.filter((word) => !word.includes('='));
  const wanted = asked.length > 0 ? asked : [...targets.keys()].slice(0, 1);
  return wanted.flatMap((name) => runTarget(name, path, targets, { ...place, cwd }, self));
}

function runTarget(
  name: string,
  path: string,
  targets: Map<string, Target>,
  place: Place,
  self: Follower,
): CommandRun[] {
  const target = targets.get(name);
  const key = `${path} ${name}`;
  if (!target || place.open.includes(key)) return [];
  const inner: Place = {
    ...place,
    via: [...place.via, key],
    open: [...place.open, key],
    scriptDir: null,
    errexit: true,
  };
  const before = target.before.flatMap((each) => runTarget(each, path, targets, inner, self));
  const own = target.lines.flatMap((line) => {
    const ignored = /^[@+]*-/.test(line);
    const text = line
      .replace(/^[@+-]+/, '')
      .replace(/\$\(MAKE\)|\$\{MAKE\}/g, 'make')
      .replace(/\$\$/g, '$');
    return self.text(text, ignored ? { ...inner, tolerated: true } : inner);
  });
  return [...before, ...own];
}

/** Targets of a Makefile or justfile; simple variables are put in. */
function makeTargets(source: string): Map<string, Target> {
  const targets = new Map<string, Target>();
  const variables = new Map<string, string>();
  let current: Target[] = [];
  for (const line of source
    .replace(/\r/g, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')) {
    const expand = (text: string) =>
      text.replace(/\$[({](\w+)[)}]|\{\{\s*(\w+)\s*\}\}/g, (all, a: string, b: string) => variables.get(a ?? b) ?? all);
    const variable = /^(?:export\s+)?([A-Za-z_]\w*)\s*[:?+]?:?=\s*(.*)$/.exec(line);
    if (variable) {
      variables.set(variable[1]!, expand(variable[2]!.replace(/^["']|["']$/g, '')));
      continue;
    }
    if (/^\s+\S/.test(line)) {
      for (const target of current) if (!line.trim().startsWith('#')) target.lines.push(expand(line.trim()));
      continue;
    }
    const rule = /^(@?[\w./%-][\w./% -]*?)(?:\s+[\w*+="' ]+)?\s*::?(?!=)\s*([^=]*)$/.exec(line);
    if (!rule || line.startsWith('.PHONY')) {
      if (line.trim() !== '' && !line.startsWith('#')) current = [];
      continue;
    }
    const [before = '', inline] = rule[2]!.replace(/#.*$/, '').split(';', 2);
    current = rule[1]!.split(/\s+/).map((name) => {
      const target = targets.get(name) ?? { before: [], lines: [] };
      target.before.push(...before.split(/\s+/).filter((word) => word !== '' && word !== '|' && word !== '&&'));
      if (inline) target.lines.push(expand(inline.trim()));
      targets.set(name.replace(/^@/, ''), target);
      return target;
    });
  }
  return targets;
}

/** Tasks of a Taskfile, read by indentation: `cmds:` items and `deps: [a, b]`. */
function taskTargets(source: string): Map<string, Target> {
  const targets = new Map<string, Target>();
  let current: Target | null = null;
  for (const line of source.slice(Math.max(0, source.search(/^tasks:/m))).split('\n')) {
    const head = /^ {2}['"]?([\w:.-]+)['"]?:\s*(.*)$/.exec(line);
    if (head) {
      current = { before: [], lines: head[2] && !/^[{[#]/.test(head[2]) ? [head[2]] : [] };
      targets.set(head[1]!, current);
      continue;
    }
    const deps = /^\s+deps:\s*\[([^\]]*)\]/.exec(line);
    if (deps && current) current.before.push(...deps[1]!.split(',').map((each) => each.trim()));
    const task = /^\s+-\s+task:\s*(\S+)/.exec(line);
    const command = /^\s+(?:-\s+(?:cmd:\s*)?|cmd:\s*)(.+)$/.exec(line);
    if (task && current) current.before.push(task[1]!);
    else if (command && current) current.lines.push(command[1]!.replace(/^(['"])(.*)\1$/, '$2'));
  }
  return targets;
}

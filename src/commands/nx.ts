import picomatch from 'picomatch';
import { baseOf, byCodeUnit, dirOf, joinPath } from '../model/paths.ts';
import { plainRun, scriptFile } from './runtimes.ts';
import { runScript } from './scripts.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { every, programName, readOptions } from './words.ts';

interface Project {
  name: string;
  dir: string;
  /** From project.json; empty for a project that only has a package.json. */
  path: string | null;
  targets: Record<string, Record<string, unknown>>;
}
const valued = new Set(
  '-t --target --targets -p --projects --exclude --configuration -c --parallel --base --head --runner --skip-nx-cache --output-style'.split(
    ' ',
  ),
);
/** What nx plugins infer when a project has the tool's config and declares no target. */
const inferred: Record<string, { program: string; config: string }[]> = {
  test: [
    { program: 'jest', config: 'jest.config.{js,cjs,mjs,ts,cts,mts}' },
    { program: 'vitest', config: '{vite,vitest}.config.{js,mjs,ts,mts}' },
  ],
  e2e: [
    { program: 'playwright', config: 'playwright.config.{js,ts,mjs}' },
    { program: 'cypress', config: 'cypress.config.{js,ts,mjs}' },
  ],
};

/** nx: targets of projects. Null when the words start something else. */
export function followNx(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  const program = programName(words[0]!);
  if (program !== 'nx') return null;
  const options = readOptions(words.slice(1), valued);
  const [verb = '', ...rest] = options.rest;
  const all = projects(self);
  const names = every(options, '-t', '--target', '--targets').flatMap((value) => value.split(','));
  const many = verb.startsWith('$') && names.length > 0;
  if (many || verb === 'run-many' || verb === 'affected' || verb.startsWith('affected:')) {
    // `-t a b c` takes every word up to the next option.
    const targets = verb.startsWith('affected:')
      ? [verb.slice(9)]
      : [...names, ...rest.filter((word) => /^[\w:-]+$/.test(word))];
    const wanted = every(options, '-p', '--projects').flatMap((value) => value.split(','));
    const excluded = every(options, '--exclude').flatMap((value) => value.split(','));
    const chosen = all.filter(
      (each) =>
        (wanted.length === 0 || wanted.some((name) => picomatch.isMatch(each.name, name))) &&
        !excluded.some((name) => picomatch.isMatch(each.name, name)),
    );
    return targets.flatMap((target) => chosen.flatMap((project) => runTarget(project, target, place, self, false)));
  }
  const spec = verb === 'run' ? (rest[0] ?? '') : rest[0] ? `${rest[0]}:${verb}` : verb;
  const [name, target] = spec.split(':', 2);
  const project =
    all.find((each) => each.name === name) ?? (target ? undefined : all.find((each) => each.dir === place.cwd));
  if (!project) return [plainRun(words, place)];
  return runTarget(project, target ?? name!, place, self, true);
}

function projects(self: Follower): Project[] {
  const found = new Map<string, Project>();
  for (const manifest of self.manifests) {
    if (manifest.dir !== '.')
      found.set(manifest.dir, {
        name: manifest.name ?? baseOf(manifest.dir),
        dir: manifest.dir,
        path: null,
        targets: {},
      });
  }
  for (const path of self.view.glob(['**/project.json'])) {
    const data = json(self.view.read(path));
    if (!data || (!record(data.targets) && !record(data.architect) && typeof data.name !== 'string')) continue;
    const targets = (record(data.targets) ?? record(data.architect) ?? {}) as Project['targets'];
    const dir = dirOf(path);
    found.set(dir, { name: typeof data.name === 'string' ? data.name : baseOf(dir), dir, path, targets });
  }
  return [...found.values()].sort((a, b) => byCodeUnit(a.dir, b.dir));
}

function runTarget(project: Project, target: string, place: Place, self: Follower, stated: boolean): CommandRun[] {
  const key = `${project.dir} ${target}`;
  if (place.open.includes(key)) return [];
  const label = project.path ? `${project.path} "${target}"` : `nx ${project.name}:${target}`;
  const inner: Place = {
    ...place,
    cwd: project.dir,
    via: [...place.via, label],
    open: [...place.open, key],
    scriptDir: null,
  };
  const declared = project.targets[target];
  if (record(declared)) return executor(declared!, project, target, inner, self);
  const manifest = self.manifests.find((each) => each.dir === project.dir) ?? null;
  const script = runScript(manifest, target, [], place, self);
  if (script) return script;
  for (const { program, config } of inferred[target] ?? []) {
    if (self.view.glob([project.dir === '.' ? config : `${project.dir}/${config}`]).length > 0)
      return [plainRun([program], inner)];
  }
  return stated ? [plainRun(['nx', 'run', `${project.name}:${target}`], inner)] : [];
}

function executor(
  declared: Record<string, unknown>,
  project: Project,
  target: string,
  place: Place,
  self: Follower,
): CommandRun[] {
  const options = record(declared.options) ?? {};
  const name =
    typeof declared.executor === 'string'
      ? declared.executor
      : typeof declared.builder === 'string'
        ? declared.builder
        : 'nx:run-commands';
  const before = (Array.isArray(declared.dependsOn) ? declared.dependsOn : []).filter(
    (each): each is string => typeof each === 'string' && !each.startsWith('^'),
  );
  const runs = before.flatMap((each) =>
    Object.hasOwn(project.targets, each) ? runTarget(project, each, place, self, false) : [],
  );
  const commands = [declared.command, options.command, ...(Array.isArray(options.commands) ? options.commands : [])]
    .map((each) => (record(each) ? (each as { command?: unknown }).command : each))
    .filter((each): each is string => typeof each === 'string');
  const put = (text: string) =>
    text
      .replaceAll('{projectRoot}', project.dir)
      .replaceAll('{workspaceRoot}/', '')
      .replaceAll('{projectName}', project.name);
  if (commands.length > 0) {
    const folder = typeof options.cwd === 'string' ? put(options.cwd) : '.';
    return [...runs, ...commands.flatMap((text) => self.text(put(text), { ...place, cwd: joinPath(folder) ?? '.' }))];
  }
  if (name.endsWith(':run-script')) {
    const manifest = self.manifests.find((each) => each.dir === project.dir) ?? null;
    return [
      ...runs,
      ...(runScript(manifest, typeof options.script === 'string' ? options.script : target, [], place, self) ?? []),
    ];
  }
  const main = typeof options.main === 'string' ? scriptFile(put(options.main), '.', self) : null;
  return [...runs, { ...plainRun(['nx', 'run', `${project.name}:${target}`], place, main), program: name }];
}

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;

function json(text: string | null): Record<string, unknown> | null {
  try {
    return record(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}

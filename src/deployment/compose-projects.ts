import type { Evidence } from '../model/evidence.ts';
import type { ComposeFact } from '../model/facts/index.ts';
import { baseOf, byCodeUnit, dirOf, isWithin, joinPath } from '../model/paths.ts';
import { type Context, programs } from './context.ts';
import { optionsOf } from './words.ts';

/** Files that are brought up together, the base first. */
export interface Project {
  files: ComposeFact[];
  /** The command that joins them, where one does. */
  joined: Evidence | null;
}

const baseName = /^(?:docker-|podman-)?(?:compose|stack)\.ya?ml$/i;
const overrideName = /\.override\.ya?ml$/i;

/**
 * Which compose files make one project. Docker itself joins `compose.yml` with its override, and what `-f a -f b` names;
 * a variant (`compose.prod.yml`) whose services say neither image nor build is meant over the base beside it.
 */
export function projectsOf(context: Context): Project[] {
  const facts = context.facts.compose;
  const byPath = new Map(facts.map((fact) => [fact.path, fact]));
  const projects = new Map<string, Project>();
  const add = (files: ComposeFact[], joined: Evidence | null): void => {
    const unique = [...new Set(files)];
    const whole = unique.flatMap((file) => [...included(file, byPath), file]);
    const key = whole.map(({ path }) => path).join('+');
    if (!projects.has(key)) projects.set(key, { files: [...new Set(whole)], joined });
  };
  const partial = new Set<string>();
  for (const { paths, evidence } of joins(context)) {
    const files = paths.map((path) => byPath.get(path)).filter((file): file is ComposeFact => file !== undefined);
    if (files.length < 2) continue;
    const [base, ...others] = files as [ComposeFact, ...ComposeFact[]];
    const over = others.map((file) => laidOver(context, dirOf(base.path), file));
    add([base, ...over], evidence);
    for (const file of over) if (needsBase(file) || !others.includes(file)) partial.add(file.path);
  }
  const includes = new Set(facts.flatMap((fact) => fact.include));
  for (const fact of facts) {
    if (partial.has(fact.path) || includes.has(fact.path)) continue;
    const base = facts.find(
      (other) => dirOf(other.path) === dirOf(fact.path) && baseName.test(baseOf(other.path)) && other !== fact,
    );
    if (overrideName.test(fact.path)) {
      if (base) add([base, fact], null);
    } else if (needsBase(fact) && base) add([base, fact], null);
    else add([fact], null);
  }
  return [...projects.values()].sort((a, b) =>
    byCodeUnit(a.files.map(({ path }) => path).join('+'), b.files.map(({ path }) => path).join('+')),
  );
}

/** What lies over a base is brought up from the folder of the base, and its paths are meant from there. */
function laidOver(context: Context, folder: string, file: ComposeFact): ComposeFact {
  const own = dirOf(file.path);
  const moved = (path: string | null): string | null =>
    path === null || !isWithin(path, own) ? path : joinPath(folder, own === '.' ? path : path.slice(own.length + 1));
  const isMeant = (path: string | null): boolean =>
    path !== null &&
    path !== moved(path) &&
    !context.view.hasDirectory(path) &&
    context.view.hasDirectory(moved(path)!);
  if (own === folder || !file.services.some(({ build }) => isMeant(build?.context ?? null))) return file;
  return {
    ...file,
    services: file.services.map((service) => ({
      ...service,
      build: service.build && {
        ...service.build,
        context: moved(service.build.context),
        dockerfile: moved(service.build.dockerfile),
      },
      envFiles: service.envFiles.map((each) => ({ ...each, path: moved(each.path) ?? each.path })),
      volumes: service.volumes.map((each) => (each.kind === 'bind' ? { ...each, source: moved(each.source) } : each)),
    })),
  };
}

const needsBase = (fact: ComposeFact): boolean => fact.services.some(({ image, build }) => !image && !build);

function included(
  fact: ComposeFact,
  byPath: ReadonlyMap<string, ComposeFact>,
  seen = new Set<string>(),
): ComposeFact[] {
  if (seen.has(fact.path)) return [];
  seen.add(fact.path);
  return fact.include.flatMap((path) => {
    const other = byPath.get(path);
    return other ? [...included(other, byPath, seen), other] : [];
  });
}

/** `-f a -f b` of scripts and pipelines. */
function joins(context: Context): { paths: string[]; evidence: Evidence }[] {
  const found: { paths: string[]; evidence: Evidence }[] = [];
  const read = (text: string, cwd: string, evidence: Evidence): void => {
    if (!/compose/.test(text)) return;
    for (const run of programs(context, text, cwd)) {
      if (!/^(?:docker|docker-compose|podman-compose)$/.test(run.program)) continue;
      const paths = optionsOf(run.argv, ['-f', '--file'])
        .map((file) => joinPath(run.cwd, file))
        .filter((path): path is string => path !== null);
      if (paths.length > 1) found.push({ paths, evidence: { ...evidence, note: run.argv.join(' ').slice(0, 120) } });
    }
  };
  for (const manifest of context.facts.manifests) {
    for (const [name, text] of Object.entries(manifest.scripts)) {
      read(text, manifest.dir, { file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1, note: '' });
    }
  }
  for (const pipeline of context.facts.pipelines) {
    for (const step of pipeline.jobs.flatMap((job) => job.steps)) {
      read(step.run ?? step.with.script ?? '', step.workingDirectory ?? '.', {
        file: pipeline.path,
        line: step.line,
        note: '',
      });
    }
  }
  for (const path of context.view
    .list()
    .filter((file) => /\.(?:sh|bash)$|(?:^|\/)(?:Makefile|justfile)$/i.test(file))) {
    context.view
      .text(path)
      .split('\n')
      .forEach((line, i) => {
        if (/compose.*\s-f\s.*\s-f\s/.test(line))
          read(line.trim().replace(/^@/, ''), '.', { file: path, line: i + 1, note: '' });
      });
  }
  return found;
}

/** Profiles that something turns on: `--profile x`, `COMPOSE_PROFILES=x`. */
export function activeProfiles(context: Context): Set<string> {
  const active = new Set<string>();
  const read = (text: string): void => {
    for (const match of text.matchAll(/--profile[=\s]+["']?([\w.-]+)|COMPOSE_PROFILES\s*[=:]\s*["']?([\w.,-]+)/g)) {
      for (const name of (match[1] ?? match[2] ?? '').split(',')) active.add(name);
    }
  };
  for (const manifest of context.facts.manifests) read(Object.values(manifest.scripts).join('\n'));
  for (const pipeline of context.facts.pipelines)
    for (const job of pipeline.jobs) for (const step of job.steps) read(step.run ?? '');
  for (const path of context.view.list()) {
    if (/\.(?:sh|bash)$|(?:^|\/)(?:Makefile|justfile|\.env(?:\.[\w.-]+)?)$/i.test(path)) read(context.view.text(path));
  }
  return active;
}

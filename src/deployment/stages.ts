import type { ComponentRoot } from '../model/component.ts';
import { indexOf, isPlace } from '../model/docker-stages.ts';
import type { DockerfileFact, DockerStage } from '../model/facts/index.ts';
import { dirOf } from '../model/paths.ts';

/** The stage that is built and every stage it stands on or copies from, that one first. */
export function chainOf(fact: DockerfileFact, target: string | null): DockerStage[] {
  const named =
    target === null ? -1 : fact.stages.findIndex((stage) => stage.name?.toLowerCase() === target.toLowerCase());
  const chain: number[] = [named === -1 ? fact.final : named];
  for (let i = 0; i < chain.length; i++) {
    const stage = fact.stages[chain[i]!]!;
    const from = stage.copies.map((copy) => indexOf(fact, copy.from));
    for (const next of [stage.base.stage ?? -1, ...from]) if (next !== -1 && !chain.includes(next)) chain.push(next);
  }
  return chain.map((index) => fact.stages[index]!);
}

/** The stage that is built and those it stands on by `FROM`: what the image is made of, without what it only copies from. */
export function ancestryOf(fact: DockerfileFact, target: string | null): DockerStage[] {
  const first = chainOf(fact, target)[0]!;
  const stages = [first];
  for (
    let next = first.base.stage;
    next !== null && stages.length < fact.stages.length;
    next = fact.stages[next]!.base.stage
  )
    stages.push(fact.stages[next]!);
  return stages;
}

/** What programs need of a component beside its code (its migrations, its pictures): that they take it says nothing of where it runs. */
const besideCode =
  /(?:^|\/)(?:node_modules|prisma|drizzle|migrations?|seeds?|scripts?|sql|public|assets|static|images?|locales?|translations)(?:\/|$)|\.(?:json|ya?ml|sql|prisma|toml|md)$/;

/** Components whose build output the built stage copies in from earlier stages. */
export function builtOf(roots: readonly ComponentRoot[], fact: DockerfileFact, target: string | null): string[] {
  const sources = ancestryOf(fact, target)
    .flatMap(({ copies }) => copies)
    .filter(({ from }) => from !== null)
    .flatMap(({ sources: list }) => list);
  return roots
    .map(({ path }) => path)
    .filter((path) => {
      if (path === '.') return false;
      // A folder of one short name may be anything in an image; its build output is its own.
      const output = path.includes('/') ? '(?:/|$)' : '/(?:dist|build|out|bin|target|publish|\\.next|\\.output)(?:/|$)';
      const pattern = new RegExp(`(?:^|/)${quoted(path)}${output}`);
      // A workspace's common output folder holds what each of its components was built into.
      const common = path.includes('/') ? new RegExp(`(?:^|/)(?:dist|build|out)/${quoted(dirOf(path))}/?$`) : null;
      return sources.some(
        (source) => (pattern.test(source) && !besideCode.test(source)) || (common?.test(source) ?? false),
      );
    });
}

/**
 * Components that an image is filled with whole, those that lie where it works first: one whose folder is copied to where the built
 * stage works, or to where a stage works whose files it takes; and the root where a stage builds it and the image takes its output.
 */
export function laidOut(
  roots: readonly ComponentRoot[],
  fact: DockerfileFact,
  { context, target }: { context: string | null; target: string | null },
): string[] {
  const stages = ancestryOf(fact, target);
  const last = stages[0]!;
  if ((context ?? fact.dir) !== '.') return [];
  const own = stages.flatMap(wholeOf);
  const taken = stages
    .flatMap(({ copies }) => copies)
    .filter(({ sources }) =>
      sources.some((source) => !/(?:^|\/)(?:node_modules|package(?:-lock)?\.json)\/?$/.test(source)),
    )
    .sort((a, b) => Number(isPlace(last, b.dest)) - Number(isPlace(last, a.dest)))
    .flatMap(({ from }) => fact.stages[indexOf(fact, from)] ?? [])
    .flatMap(wholeOf);
  const folders = [...new Set([...own, ...taken])].map((source) => source.replace(/^\.?\/|\/$/g, ''));
  const paths = roots.map(({ path }) => path);
  return [
    ...folders.filter((folder) => paths.includes(folder)),
    ...paths.filter((path) => path === '.' && own.length > 0 && takesOutputOfRoot(fact, last)),
  ];
}

/** What a stage copies from the context to where it works. */
const wholeOf = (stage: DockerStage): string[] =>
  stage.copies.flatMap(({ from, dest, sources }) => (from === null && isPlace(stage, dest) ? sources : []));

const takesOutputOfRoot = (fact: DockerfileFact, last: DockerStage): boolean =>
  last.copies.some(({ from, sources }) => {
    const stage = fact.stages[indexOf(fact, from)];
    const dir = stage?.workdir?.value.replace(/\/$/, '');
    return (
      stage?.copies.some((copy) => copy.from === null && copy.sources.some((source) => /^\.\/?$/.test(source))) &&
      sources.some(
        (source) =>
          /^\/(dist|build|out|www|\.output)\/?$/.test(source.slice(dir?.length)) && source.startsWith(dir ?? '/'),
      )
    );
  });

export const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

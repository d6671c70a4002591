import type { ComponentRoot } from '../model/component.ts';
import type { DockerfileFact } from '../model/facts/index.ts';
import { baseOf, deepestHolding, dirOf, isWithin } from '../model/paths.ts';
import { type Build, buildsOf } from './builds.ts';
import type { Context } from './context.ts';
import { imageName, imageRepository, softwareOf } from './images.ts';
import { endsWithTokens, nameTokens, saysDevelopment } from './places.ts';
import { builtOf, chainOf, laidOut, quoted } from './stages.ts';

/** What a definition says of the thing it runs. */
export interface Claim {
  /** Names, the most telling first: service, container, deployment. */
  names: string[];
  image: string | null;
  context: string | null;
  dockerfile: string | null;
  target: string | null;
  args: string[];
}
export interface Match {
  component: string | null;
  /** Further components that the same image runs. */
  alsoRuns: string[];
  dockerfile: string | null;
}

export interface Matcher {
  match(claim: Claim): Match;
  /** By folder alone: a platform's root directory. `texts`: commands that may name the component. */
  matchFolder(dir: string | null, texts: string[], names: string[]): string | null;
  /** The component that holds the first of these modules that exists; paths without their ending. */
  holderOf(modules: readonly string[]): string | null;
  builds: readonly Build[];
}

export function matcherOf(context: Context): Matcher {
  const builds = buildsOf(context);
  const byPath = new Map(context.facts.dockerfiles.map((fact) => [fact.path, fact]));
  const inside = (claim: Claim): Match => {
    const fact = claim.dockerfile === null ? undefined : byPath.get(claim.dockerfile);
    if (fact && (configuresSoftware(fact, claim.target) || installsSoftware(fact, claim)))
      return { component: null, alsoRuns: [], dockerfile: fact.path };
    const { main, others } = componentsOfImage(context.roots, claim, fact);
    return { component: main, alsoRuns: others, dockerfile: fact ? fact.path : null };
  };
  const match = (claim: Claim): Match => {
    if (claim.context !== null || claim.dockerfile !== null) return inside(claim);
    if (claim.image === null) return { component: byName(context.roots, claim.names), alsoRuns: [], dockerfile: null };
    const repository = imageRepository(claim.image);
    const same = builds.filter(({ images }) => images.includes(repository));
    const alike =
      same.length > 0 ? same : builds.filter(({ images }) => images.some((image) => sameName(image, repository)));
    // A base image may share the name: the one that starts something is the program's. Tags may tell several programs
    // apart under one name: the component of that very name goes first.
    const forWork = ({ dockerfile, evidence }: Build): boolean =>
      saysDevelopment(dockerfile) || saysDevelopment(evidence.file);
    const starting = alike
      .filter(({ dockerfile, target }) => starts(byPath.get(dockerfile), target))
      .sort((a, b) => Number(forWork(a)) - Number(forWork(b)));
    const namesake = byName(context.roots, [imageName(claim.image)], true);
    const build =
      starting.find((each) => namesake !== null && componentOfBuild(context.roots, each, byPath) === namesake) ??
      starting[0] ??
      alike[0];
    if (build)
      return inside({
        ...claim,
        context: build.context,
        dockerfile: build.dockerfile,
        target: build.target,
        args: build.args,
      });
    const own = isOwn(context, claim.image);
    // A service of ours may bear the name of well-known software: then the image has our owner's name before it.
    if (softwareOf(claim.image) && !(own && byName(context.roots, [imageName(claim.image)], true)))
      return { component: null, alsoRuns: [], dockerfile: null };
    const named =
      byName(context.roots, [imageName(claim.image), ...claim.names], true) ??
      (own ? byName(context.roots, [imageName(claim.image)], false) : null);
    if (named !== null) return { component: named, alsoRuns: [], dockerfile: dockerfileIn(context, named) };
    // Another compose file builds what this one pulls under the same name.
    const twin = builds.find(({ service }) => service !== undefined && claim.names.includes(service));
    if (twin && endsWithTokens(nameTokens(imageName(claim.image)), nameTokens(twin.service!)))
      return inside({
        ...claim,
        context: twin.context,
        dockerfile: twin.dockerfile,
        target: twin.target,
        args: twin.args,
      });
    const only = bearsName(context, claim.image) ? onlyBuilt(context) : null;
    return only
      ? inside({ ...claim, context: '.', dockerfile: only })
      : { component: null, alsoRuns: [], dockerfile: null };
  };
  const matchFolder = (dir: string | null, texts: string[], names: string[]): string | null => {
    if (dir === null) return null;
    // A schema's path names where the schema lies, not what is started.
    const telling = texts.map((text) => text.replace(/--schema[=\s]+\S+/g, ''));
    const scores = scoresOf(context.roots, { texts: telling, names: [], copied: [] });
    const hinted = best(scores, 4);
    if (hinted !== null && (dir === '.' || isWithin(hinted, dir))) return hinted;
    const holding = deepestHolding(
      dir,
      context.roots.map(({ path }) => path),
    );
    if (holding !== null && (holding !== '.' || dir === '.' || context.roots.length === 1)) return holding;
    const under = context.roots.filter(({ path }) => isWithin(path, dir));
    if (under.length === 1) return under[0]!.path;
    return dir === '.' ? byName(under, names) : null;
  };
  const holderOf = (modules: readonly string[]): string | null => {
    const module = modules.find((path) => endings.some((ending) => context.view.has(path + ending)));
    return module === undefined
      ? null
      : deepestHolding(
          module,
          context.roots.map(({ path }) => path),
        );
  };
  return { match, matchFolder, holderOf, builds };
}

const endings = ['.ts', '.js', '.mts', '.mjs', '.cjs', '.tsx', '/index.ts', '/index.js', '/index.mjs', '.py', '.go'];

const componentOfBuild = (
  roots: readonly ComponentRoot[],
  build: Build,
  facts: ReadonlyMap<string, DockerfileFact>,
): string | null =>
  componentsOfImage(
    roots,
    {
      names: [],
      image: null,
      context: build.context,
      dockerfile: build.dockerfile,
      target: build.target,
      args: build.args,
    },
    facts.get(build.dockerfile),
  ).main;

const starts = (fact: DockerfileFact | undefined, target: string | null): boolean => {
  const [stage] = fact ? chainOf(fact, target) : [];
  return stage !== undefined && (stage.cmd !== null || stage.entrypoint !== null);
};

/** Registries and owners differ between what is pushed and what is run; the last name decides, unless it is an expression. */
function sameName(image: string, repository: string): boolean {
  const name = imageName(image);
  return name === imageName(repository) && name !== '' && !/[${}]/.test(name) && !softwareOf(repository);
}

/** Image and service names against component names, word by word; the longest name that fits wins. */
function byName(roots: readonly ComponentRoot[], names: readonly string[], exactOnly = false): string | null {
  for (const name of names) {
    const tokens = nameTokens(name);
    let found: { roots: ComponentRoot[]; length: number; exact: boolean } | null = null;
    for (const root of roots) {
      for (const own of [nameTokens(root.name), nameTokens(baseOf(root.path))]) {
        if (own.length === 0 || (root.path === '.' && own[0] === '.')) continue;
        const exact = own.length === tokens.length && endsWithTokens(tokens, own);
        if (!exact && (exactOnly || !endsWithTokens(tokens, own))) continue;
        const better =
          found === null || (exact && !found.exact) || (exact === found.exact && own.length > found.length);
        if (better) found = { roots: [root], length: own.length, exact };
        else if (found && !found.roots.includes(root) && exact === found.exact && own.length === found.length)
          found.roots.push(root);
      }
    }
    const only = found ? onlyOne(found.roots, tokens.length) : null;
    if (only !== null) return only;
  }
  return null;
}

/**
 * The one that bears a name; of several the one that has no longer name of its own (`services/api` beside `ctrl-api` in
 * `services/ctrl/api`), or does not stand among shared code (`apps/api` beside `packages/api`).
 */
function onlyOne(roots: readonly ComponentRoot[], words: number): string | null {
  if (roots.length === 1) return roots[0]!.path;
  const plain = roots.filter(({ name }) => nameTokens(name).length <= words);
  if (plain.length === 1) return plain[0]!.path;
  const apart = (plain.length > 0 ? plain : roots).filter(({ path }) => !sharedCode.test(path));
  return apart.length === 1 ? apart[0]!.path : null;
}

const sharedCode = /(^|\/)(packages|libs?|internal|pkg|shared|common|modules)\//;

/** Names of the repository as a whole: its root manifest's, the scope that its packages share. */
function ownNames(context: Context): Set<string> {
  const names = new Set<string>();
  for (const manifest of context.facts.manifests) {
    const scope = /^@([^/]+)\//.exec(manifest.name ?? '')?.[1];
    if (scope) names.add(scope.toLowerCase());
    if (manifest.dir === '.' && manifest.name) names.add(manifest.name.replace(/^@[^/]+\//, '').toLowerCase());
  }
  return names;
}

const bearsName = (context: Context, image: string): boolean => ownNames(context).has(imageName(image));

/** Its owner, or the start of its name, is the repository's own: another's image may end in one of our words by chance. */
function isOwn(context: Context, image: string): boolean {
  const names = ownNames(context);
  const parts = imageRepository(image).split('/').slice(-2);
  return parts.some(
    (part) => names.has(part) || [...names].some((name) => part.startsWith(`${name}-`) || part.startsWith(`${name}_`)),
  );
}

function onlyBuilt(context: Context): string | null {
  const production = context.facts.dockerfiles.filter(({ path }) => !saysDevelopment(path));
  const plain = production.filter(({ path }) => baseOf(path) === 'Dockerfile');
  return (production.length === 1 ? production[0]?.path : plain.length === 1 ? plain[0]?.path : null) ?? null;
}

function dockerfileIn(context: Context, component: string): string | null {
  const own = context.facts.dockerfiles.filter(
    ({ path }) => dirOf(path) === component && !saysDevelopment(baseOf(path)),
  );
  return own.find(({ path }) => baseOf(path) === 'Dockerfile')?.path ?? own[0]?.path ?? null;
}

/** The components whose code an image runs: by where its Dockerfile and context lie, then by what the Dockerfile says. */
export function componentsOfImage(
  roots: readonly ComponentRoot[],
  claim: Claim,
  fact: DockerfileFact | undefined,
): { main: string | null; others: string[] } {
  const folders = roots.map(({ path }) => path);
  const contextRoot = claim.context === null ? null : deepestHolding(claim.context, folders);
  const fileRoot = fact ? deepestHolding(fact.dir, folders) : null;
  const specific = [contextRoot, fileRoot].filter((path): path is string => path !== null && path !== '.');
  const deepest = specific.sort((a, b) => b.length - a.length)[0] ?? null;
  const scores = fact ? scoresOf(roots, hintsOf(claim, fact)) : new Map<string, number>();
  const copied = fact ? [...builtOf(roots, fact, claim.target), ...laidOut(roots, fact, claim)] : [];
  // A root that is a component of its own needs strong words to lose its image to another: a step that builds it is not enough.
  const hasRoot = folders.includes('.');
  const hinted = best(scores, hasRoot ? 5 : 1);
  const lead = [...copied].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))[0] ?? null;
  const sure = deepest !== null && !hasFolderBelow(folders, deepest) ? deepest : null;
  const main = sure ?? hinted ?? deepest ?? lead ?? byNameOrRoot(roots, claim, hasRoot);
  const beside = main === '.' ? folders.filter((path) => (scores.get(path) ?? 0) >= 4) : [];
  return { main, others: [...new Set([...copied, ...beside])].filter((path) => path !== main) };
}

const hasFolderBelow = (folders: string[], path: string): boolean =>
  folders.some((folder) => folder !== path && isWithin(folder, path));

function byNameOrRoot(roots: readonly ComponentRoot[], claim: Claim, hasRoot: boolean): string | null {
  if (hasRoot) return '.';
  return claim.dockerfile === null && claim.context === null ? null : byName(roots, claim.names);
}

interface Hints {
  texts: string[];
  names: string[];
  copied: string[];
}

function hintsOf(claim: Claim, fact: DockerfileFact): Hints {
  const stages = chainOf(fact, claim.target);
  const last = stages[0]!;
  const starts = [...(last.cmd?.argv ?? []), ...(last.entrypoint?.argv ?? [])].join(' ');
  const runs = stages.flatMap((stage) => stage.runs.map(({ text }) => text));
  const env = fact.args.map(({ default: value }) => value ?? '');
  return {
    texts: [starts, ...runs, ...stages.flatMap((stage) => (stage.workdir ? [`cd ${stage.workdir.value}`] : []))],
    names: [
      ...claim.args,
      ...env,
      claim.target ?? '',
      baseOf(fact.path).replace(/\.?(?:Docker|Container)file\.?/i, ''),
      ...claim.names,
    ].filter(Boolean),
    copied: stages.flatMap((stage) => stage.copies.flatMap(({ sources }) => sources)),
  };
}

const filterWords =
  /(?:--filter|--scope|-F|--workspace|-w|--projects?|--workspaces-focus|workspaces? focus|workspace|nx (?:run )?build|nx run|nest build|nest start|turbo (?:run )?build|turbo prune|prune|deploy)[=\s]+["']?(@?[\w./-]+)/g;

/** How strongly some words point at each component. */
function scoresOf(roots: readonly ComponentRoot[], hints: Hints): Map<string, number> {
  const scores = new Map<string, number>();
  const add = (path: string, score: number): void => {
    scores.set(path, (scores.get(path) ?? 0) + score);
  };
  const asked = hints.texts.flatMap((text) =>
    [...text.matchAll(filterWords)].map((match) =>
      match[1]!
        .replace(/^\.\//, '')
        .replace(/\.\.\.$/, '')
        .replace(/[:@].*$/, (rest) => (rest.startsWith('@') ? rest : '')),
    ),
  );
  for (const root of roots) {
    if (root.path === '.') continue;
    const base = baseOf(root.path);
    if (asked.some((word) => word === root.name || word === root.path || word === base)) add(root.path, 12);
    const folder = new RegExp(`(?:^|[\\s/"'=])${quoted(root.path)}(?:[/\\s"']|$)`);
    if (folder.test(hints.texts[0] ?? '')) add(root.path, 10);
    else if (hints.texts.some((text) => folder.test(text))) add(root.path, 4);
    hints.names.forEach((name) => {
      if (name === base || name === root.name || name === root.path) add(root.path, 6);
      else if (endsWithTokens(nameTokens(name), nameTokens(root.name))) add(root.path, 3);
    });
    if (hints.copied.some((source) => new RegExp(`(?:^|/)${quoted(root.path)}/?(?:\\*.*)?$`).test(source)))
      add(root.path, 1);
  }
  return scores;
}

/** The one with the highest score; none on a tie or below `least`. */
function best(scores: ReadonlyMap<string, number>, least: number): string | null {
  const sorted = [...scores].sort((a, b) => b[1] - a[1]);
  const [first, second] = sorted;
  if (!first || first[1] < least) return null;
  return second && second[1] === first[1] ? null : first[0];
}

/** An image that only sets up well-known software (a database with start scripts, nginx with its config) runs no code of ours. */
export function configuresSoftware(fact: DockerfileFact, target: string | null): boolean {
  const [stage, ...further] = chainOf(fact, target);
  const base = further.length === 0 && stage ? softwareOf(stage.base.image) : null;
  if (!base || !stage) return false;
  const sources = stage.copies.flatMap((copy) => copy.sources);
  if (base.role === 'other') return false;
  return base.role !== 'proxy' || (sources.length > 0 && sources.every((source) => configFile.test(source)));
}

/** Takes nothing from the repository and bears the name of well-known software: it installs that. */
const installsSoftware = (fact: DockerfileFact, { names, target }: Claim): boolean =>
  chainOf(fact, target).every((stage) => stage.copies.every(({ from }) => from !== null)) &&
  names.some((name) => softwareOf(name.toLowerCase()) !== null);

const configFile =
  /(?:\.conf|\.template|\.tmpl|\.cfg|\.ya?ml|\.toml|\.sh|\.crt|\.pem|\.key|Caddyfile|conf\.d\/?|nginx\/?|templates\/?|certs?\/?|ssl\/?)$/i;

import type { DockerfileFact } from '../model/facts/index.ts';
import { baseOf, deepestHolding, dirOf, isWithin } from '../model/paths.ts';
import { type Build, buildsOf, recipeOf } from './builds.ts';
import { byName } from './by-name.ts';
import { best, type Claim, componentsOfImage, configFile, installsSoftware, isOfOthers, scoresOf } from './contents.ts';
import type { Context } from './context.ts';
import { imageName, imageRepository, softwareOf } from './images.ts';
import { endsWithTokens, nameTokens, saysDevelopment } from './places.ts';
import { ancestryOf, chainOf } from './stages.ts';

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
    if (fact && (isOfOthers(context, fact, claim.target) || installsSoftware(fact, claim)))
      return { component: null, alsoRuns: [], dockerfile: fact.path };
    const standsOn = fact && builtBase(builds, fact, claim);
    if (standsOn) return inside({ ...claim, ...standsOn });
    const { main, others } = componentsOfImage(context, claim, fact);
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
      starting.find((each) => namesake !== null && componentOfBuild(context, each, byPath) === namesake) ??
      starting[0] ??
      alike[0];
    if (build) return inside({ ...claim, ...recipeOf(build) });
    const own = isOwn(context, claim.image);
    // A service of ours may bear the name of well-known software: then the image has our owner's name before it.
    if (softwareOf(claim.image) && !(own && byName(context.roots, [imageName(claim.image)], true)))
      return { component: null, alsoRuns: [], dockerfile: null };
    const sibling = bearsName(context, claim.image) ? siblingBuild(builds, byPath, claim) : undefined;
    if (sibling) return inside({ ...claim, ...recipeOf(sibling) });
    const named =
      byName(context.roots, [imageName(claim.image), ...claim.names], true) ??
      (own ? byName(context.roots, [imageName(claim.image)], false) : null);
    if (named !== null) return { component: named, alsoRuns: [], dockerfile: dockerfileIn(context, named) };
    // Another compose file builds what this one pulls under the same name.
    const twin = builds.find(({ service }) => service !== undefined && claim.names.includes(service));
    if (twin && endsWithTokens(nameTokens(imageName(claim.image)), nameTokens(twin.service!)))
      return inside({ ...claim, ...recipeOf(twin) });
    const only = (own && builtFor(context, claim)) || (bearsName(context, claim.image) ? onlyBuilt(context) : null);
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

/** The image that bears the repository's own name is what the service of the same name is built from elsewhere. */
const siblingBuild = (
  builds: readonly Build[],
  facts: ReadonlyMap<string, DockerfileFact>,
  { names }: Claim,
): Build | undefined =>
  builds.find(
    ({ service, dockerfile, target, evidence }) =>
      service !== undefined &&
      names.includes(service) &&
      starts(facts.get(dockerfile), target) &&
      !saysDevelopment(dockerfile) &&
      !saysDevelopment(evidence.file),
  );

/** What is copied into an image of ours to start it otherwise: the program is that of the image below. */
function builtBase(
  builds: readonly Build[],
  fact: DockerfileFact,
  { target, dockerfile }: Claim,
): ReturnType<typeof recipeOf> | null {
  const stages = ancestryOf(fact, target);
  const { image } = stages.at(-1)!.base;
  const copied = stages.flatMap(({ copies }) => copies.flatMap(({ sources }) => sources));
  if (!copied.every((source) => configFile.test(source))) return null;
  const build = builds.find(({ images }) => images.some((one) => one === imageRepository(image)));
  return build && build.dockerfile !== dockerfile ? recipeOf(build) : null;
}

const componentOfBuild = (context: Context, build: Build, facts: ReadonlyMap<string, DockerfileFact>): string | null =>
  componentsOfImage(context, { names: [], image: null, ...recipeOf(build) }, facts.get(build.dockerfile)).main;

const starts = (fact: DockerfileFact | undefined, target: string | null): boolean => {
  const [stage] = fact ? chainOf(fact, target) : [];
  return stage !== undefined && (stage.cmd !== null || stage.entrypoint !== null);
};

/** Registries and owners differ between what is pushed and what is run; the last name decides, unless it is an expression. */
function sameName(image: string, repository: string): boolean {
  const name = imageName(image);
  return name === imageName(repository) && name !== '' && !/[${}]/.test(name) && !softwareOf(repository);
}

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

/** `Dockerfile.backend`, `worker.Dockerfile`: named for the service, or for what the image's name ends with. */
function builtFor(context: Context, { names, image }: Claim): string | null {
  const tokens = nameTokens(imageName(image!));
  const named = context.facts.dockerfiles.find(({ path }) => {
    const word = baseOf(path).replace(/\.?(?:Docker|Container)file\.?/i, '');
    return word !== '' && !saysDevelopment(path) && (names.includes(word) || endsWithTokens(tokens, nameTokens(word)));
  });
  return named?.path ?? null;
}

function onlyBuilt(context: Context): string | null {
  const production = context.facts.dockerfiles.filter(
    (fact) => !saysDevelopment(fact.path) && !isOfOthers(context, fact, null),
  );
  const plain = production.filter(({ path }) => baseOf(path) === 'Dockerfile');
  return (production.length === 1 ? production[0]?.path : plain.length === 1 ? plain[0]?.path : null) ?? null;
}

function dockerfileIn(context: Context, component: string): string | null {
  const own = context.facts.dockerfiles.filter(
    ({ path }) => dirOf(path) === component && !saysDevelopment(baseOf(path)),
  );
  return own.find(({ path }) => baseOf(path) === 'Dockerfile')?.path ?? own[0]?.path ?? null;
}

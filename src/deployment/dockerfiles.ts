import { dockerfilesBuilt, type Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { DockerfileFact } from '../model/facts/index.ts';
import { baseOf, byCodeUnit, dirOf } from '../model/paths.ts';
import { recipeOf } from './builds.ts';
import { componentsOfImage, isOfOthers } from './contents.ts';
import type { Context } from './context.ts';
import { imageRepository } from './images.ts';
import type { Matcher } from './match.ts';
import { saysDevelopment, saysProduction } from './places.ts';

/** Images of a work place, not of the program. */
const workplace =
  /(?:^|\/)(?:\.devcontainer|\.gitpod|\.github|\.circleci|\.vscode|\.codesandbox)(?:\/|\.|$)|\.gitpod\.Dockerfile$/i;

/** Dockerfiles by the component that they build, best first: deployed, plainly named, then those for development and tests. */
export function dockerfilesByComponent(
  context: Context,
  matcher: Matcher,
  counting: readonly Environment[],
): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  const add = (component: string | null, path: string): void => {
    if (component !== null) found.set(component, (found.get(component) ?? new Set()).add(path));
  };
  for (const fact of context.facts.dockerfiles)
    for (const component of componentsBuilt(context, matcher, fact)) add(component, fact.path);
  // One image may hold several programs: a definition says by its command which of them it starts.
  for (const { component, dockerfile } of counting.flatMap(({ services }) => services))
    if (dockerfile !== null) add(component, dockerfile);
  const deployed = dockerfilesBuilt(counting, false);
  const worked = dockerfilesBuilt(counting, true);
  // `Dockerfile.prod` beside the `Dockerfile` that people work in.
  const forWork = (path: string, paths: ReadonlySet<string>): boolean =>
    saysDevelopment(path) || (worked.has(path) && !deployed.has(path) && [...paths].some(saysProduction));
  const order = (path: string, paths: ReadonlySet<string>): number =>
    (forWork(path, paths) ? 4 : 0) +
    (deployed.has(path) || worked.has(path) ? 0 : 2) +
    (baseOf(path).toLowerCase() === 'dockerfile' ? 0 : 1);
  return new Map(
    [...found].map(([component, paths]) => [
      component,
      [...paths].sort((a, b) => order(a, paths) - order(b, paths) || byCodeUnit(a, b)),
    ]),
  );
}

/** Every component that some build of the Dockerfile makes an image of. */
function componentsBuilt(context: Context, matcher: Matcher, fact: DockerfileFact): Set<string> {
  if (workplace.test(fact.path) || isOfOthers(context, fact, null)) return new Set();
  const builds = matcher.builds.filter(({ dockerfile }) => dockerfile === fact.path);
  const claims = builds.map((build) => ({ names: build.images, image: null, ...recipeOf(build) }));
  const alone = {
    names: [baseOf(dirOf(fact.path))],
    image: null,
    context: null,
    dockerfile: fact.path,
    target: null,
    args: [],
  };
  const found = [...claims, alone].flatMap((claim) => {
    const { main, others } = componentsOfImage(context, claim, fact);
    return [main, ...others];
  });
  return new Set(found.filter((component) => component !== null));
}

/**
 * A definition that is made once for each program, its name a variable (`shop-${service}`), where one Dockerfile makes the images of
 * several: it runs each of them that nothing else does.
 */
export function placeForEach(context: Context, matcher: Matcher, environments: readonly Environment[]): void {
  const real = environments.filter(({ rank }) => rank !== 'development');
  const open = real
    .flatMap(({ services }) => services)
    .filter(
      ({ component, role, software, name }) =>
        component === null && role === 'other' && software === null && /\$\{/.test(name),
    );
  const shared = context.facts.dockerfiles
    .map((fact) => ({ path: fact.path, components: componentsBuilt(context, matcher, fact) }))
    .filter(({ path, components }) => components.size > 1 && !saysDevelopment(path));
  if (open.length !== 1 || shared.length !== 1) return;
  const placed = new Set(
    real.flatMap(({ services }) => services.flatMap(({ component, alsoRuns }) => [component, ...(alsoRuns ?? [])])),
  );
  const [first, ...rest] = [...shared[0]!.components].filter((component) => !placed.has(component)).sort(byCodeUnit);
  if (first === undefined) return;
  Object.assign(open[0]!, { component: first, alsoRuns: rest, role: 'component', dockerfile: shared[0]!.path });
}

/** The pipeline steps that push a component's image. */
export function pushesByComponent(
  context: Context,
  matcher: Matcher,
  counting: readonly Environment[],
): Map<string, Evidence[]> {
  const found = new Map<string, Evidence[]>();
  const pipelines = new Set(context.facts.pipelines.map(({ path }) => path));
  for (const build of matcher.builds) {
    const fact = context.facts.dockerfiles.find(({ path }) => path === build.dockerfile);
    if (!build.pushed || !fact || !pipelines.has(build.evidence.file)) continue;
    const claim = { names: build.images, image: null, ...recipeOf(build) };
    const { main, others } = componentsOfImage(context, claim, fact);
    const started = counting
      .flatMap(({ services }) => services)
      .filter(
        ({ image, dockerfile }) => image && dockerfile === fact.path && build.images.includes(imageRepository(image)),
      )
      .map(({ component }) => component);
    for (const path of new Set([main, ...others, ...started])) {
      if (path !== null)
        found.set(path, [...(found.get(path) ?? []), { ...build.evidence, note: `pushes the image of ${path}` }]);
    }
  }
  return found;
}

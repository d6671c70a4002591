import type { Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import { baseOf, byCodeUnit, dirOf } from '../model/paths.ts';
import { recipeOf } from './builds.ts';
import { componentsOfImage, configuresSoftware } from './contents.ts';
import type { Context } from './context.ts';
import type { Matcher } from './match.ts';
import { saysDevelopment } from './places.ts';

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
  for (const fact of context.facts.dockerfiles) {
    if (workplace.test(fact.path) || configuresSoftware(fact, null)) continue;
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
    for (const claim of [...claims, alone]) {
      const { main, others } = componentsOfImage(context, claim, fact);
      for (const component of [main, ...others]) add(component, fact.path);
    }
  }
  const deployed = new Set(counting.flatMap(({ services }) => services.map(({ dockerfile }) => dockerfile)));
  const order = (path: string): number =>
    (saysDevelopment(path) ? 4 : 0) +
    (deployed.has(path) ? 0 : 2) +
    (baseOf(path).toLowerCase() === 'dockerfile' ? 0 : 1);
  return new Map(
    [...found].map(([component, paths]) => [
      component,
      [...paths].sort((a, b) => order(a) - order(b) || byCodeUnit(a, b)),
    ]),
  );
}

/** The pipeline steps that push a component's image. */
export function pushesByComponent(context: Context, matcher: Matcher): Map<string, Evidence[]> {
  const found = new Map<string, Evidence[]>();
  const pipelines = new Set(context.facts.pipelines.map(({ path }) => path));
  for (const build of matcher.builds) {
    const fact = context.facts.dockerfiles.find(({ path }) => path === build.dockerfile);
    if (!build.pushed || !fact || !pipelines.has(build.evidence.file)) continue;
    const claim = { names: build.images, image: null, ...recipeOf(build) };
    const { main, others } = componentsOfImage(context, claim, fact);
    for (const path of [main, ...others]) {
      if (path !== null)
        found.set(path, [...(found.get(path) ?? []), { ...build.evidence, note: `pushes the image of ${path}` }]);
    }
  }
  return found;
}

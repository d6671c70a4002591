import type { CommandRun } from '../commands/index.ts';
import { runsOf, runsOfArgv } from '../commands/index.ts';
import type { ComponentRoot } from '../model/component.ts';
import type { DeployedService, Deployment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, Facts, ForeignManifestFact, ManifestFact, Origin } from '../model/facts/index.ts';
import type { FrameworkFact, Knowledge } from '../model/knowledge.ts';
import { deepestHolding, dirOf, isWithin, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import type { ComponentWiring, Located, Route, Wiring } from '../model/wiring.ts';
import { languageOf } from './languages.ts';
import { isOwnWork, isStagePath, isToolingPath } from './places.ts';

/** A framework in use, with what shows it. */
export interface FrameworkUse {
  fact: FrameworkFact;
  /** `runtime`: a dependency proper or a live import; `development`: a devDependency, which for a browser app is no less. */
  how: 'runtime' | 'development';
  evidence: Evidence;
}

/** What a program is started by, and where that is said. */
export interface Start {
  run: CommandRun;
  evidence: Evidence;
  /** Name of the script, or `image` for a Dockerfile's command and `platform` for a platform's. */
  by: string;
}

/** Everything that the kind and the traits of one component are decided by. */
export interface Signals {
  root: ComponentRoot;
  view: RepoView;
  facts: Facts;
  knowledge: Knowledge;
  manifest: ManifestFact | null;
  foreign: ForeignManifestFact[];
  /** Files that belong to it and to no component inside it. */
  own: readonly string[];
  /** Of those, source that is no configuration, test or script. */
  work: readonly string[];
  frameworks: FrameworkUse[];
  starts: Start[];
  wiring: ComponentWiring;
  routes: Route[];
  /** Calls in the component's own files, the dead left out, and those of shared packages that it is seen to reach. */
  calls: Located<CallFact>[];
  /** Services of the counting definitions that run it. */
  deployed: DeployedService[];
  images: readonly string[];
  /** Some image of it is not for development alone. */
  shipped: boolean;
  /** Each image of it is that of a component which depends on it, so it may lie there for that one's sake. */
  carried: boolean;
  managed: { platform: string; serverless: boolean; evidence: Evidence } | null;
  /** Another component of the repository depends on it by name. */
  imported: boolean;
  /** A stage of a course, beside what the course leads to. */
  staged: boolean;
}

export interface Surroundings {
  view: RepoView;
  facts: Facts;
  roots: readonly ComponentRoot[];
  wiring: Wiring;
  deployment: Deployment;
  knowledge: Knowledge;
  own: ReadonlyMap<string, string[]>;
}

/** A host of files only: what it publishes from a package is as often its documentation, and says nothing of what the package is. */
const pagesHost = 'github-pages';

export function signalsOf(root: ComponentRoot, around: Surroundings): Signals {
  const { view, facts, knowledge, deployment } = around;
  const own = around.own.get(root.path) ?? [];
  const manifest = facts.manifests.find((m) => m.dir === root.path) ?? null;
  const wiring = wiringOf(root, around.wiring);
  const inside = new Set(own);
  const images = imagesOf(root, around);
  const managed = deployment.managed.get(root.path) ?? null;
  // Where no entry is known, nothing is proved dead.
  const isBlind = !wiring.entries.some((entry) => entry.phase === 'runtime');
  return {
    root,
    view,
    facts,
    knowledge,
    manifest,
    foreign: facts.foreignManifests.filter((m) => m.path === root.manifest || m.dir === root.path),
    own,
    work: own.filter((file) => languageOf(file) !== null && isOwnWork(file, root.path)),
    frameworks: frameworksOf(manifest, wiring, inside, knowledge, isBlind),
    starts: startsOf(root, manifest, around),
    wiring,
    routes: wiring.routes().filter((route) => isBlind || route.live !== 'dead'),
    calls: wiring.calls().filter(({ live, file }) => (inside.has(file) ? isBlind || live !== 'dead' : live === 'live')),
    deployed: deployment
      .servicesOf(root.path)
      .map(({ service }) => service)
      .filter(({ platform }) => platform !== pagesHost),
    images,
    shipped: images.some((path) => {
      const users = deployment.anyServicesOf(root.path).filter(({ service }) => service.dockerfile === path);
      return (
        users.length === 0 ||
        users.some(({ service, environment }) => service.development === null && environment.rank !== 'development')
      );
    }),
    carried: images.length > 0 && images.every((path) => isCarried(path, manifest, around)),
    managed: managed?.platform === pagesHost ? null : managed,
    imported: dependents(manifest, facts).length > 0,
    staged:
      isStagePath(root.path) &&
      around.roots.some(({ path }) => path !== '.' && !isStagePath(path) && !isToolingPath(path)),
  };
}

/** Where the wiring could not be made, manifests and deployment still say most of what a component is. */
function wiringOf(root: ComponentRoot, wiring: Wiring): ComponentWiring {
  try {
    return wiring.of(root);
  } catch {
    return {
      root,
      entries: [],
      reached: [],
      own: [],
      placeOf: () => null,
      fileLiveness: () => 'unknown',
      unitLiveness: () => 'unknown',
      calls: () => [],
      called: () => [],
      env: () => [],
      jsx: () => [],
      routes: () => [],
      middleware: () => [],
      before: () => [],
      packages: () => new Map(),
      pathTo: () => [],
      blind: [],
    };
  }
}

function dependents(manifest: ManifestFact | null, facts: Facts): ManifestFact[] {
  const name = manifest?.name;
  if (!name) return [];
  return facts.manifests.filter(
    (m) => m !== manifest && [m.dependencies, m.peerDependencies, m.devDependencies].some((list) => name in list),
  );
}

const isCarried = (image: string, manifest: ManifestFact | null, { facts, deployment }: Surroundings): boolean =>
  dependents(manifest, facts).some(({ dir }) => deployment.dockerfilesOf(dir).includes(image));

/** In the order of the knowledge, which puts what is built on something else before it. */
function frameworksOf(
  manifest: ManifestFact | null,
  wiring: ComponentWiring,
  own: ReadonlySet<string>,
  knowledge: Knowledge,
  isBlind: boolean,
): FrameworkUse[] {
  const packages = wiring.packages();
  const found: FrameworkUse[] = [];
  for (const fact of knowledge.frameworks.values()) {
    const use = fact.packages.flatMap((name) => useOf(name, fact, manifest, packages, own, isBlind))[0];
    if (use) found.push(use);
  }
  return found;
}

function useOf(
  name: string,
  fact: FrameworkFact,
  manifest: ManifestFact | null,
  packages: ReturnType<ComponentWiring['packages']>,
  own: ReadonlySet<string>,
  isBlind: boolean,
): FrameworkUse[] {
  if (manifest && name in manifest.dependencies) {
    const line = manifest.lines[`dependencies.${name}`] ?? 1;
    return [{ fact, how: 'runtime', evidence: { file: manifest.path, line, note: `depends on ${name}` } }];
  }
  const imported = packages.get(name);
  if (imported && (isBlind || imported.live !== 'dead') && own.has(imported.evidence.file))
    return [{ fact, how: 'runtime', evidence: { ...imported.evidence, note: `imports ${name}` } }];
  if (manifest && name in manifest.devDependencies) {
    const line = manifest.lines[`devDependencies.${name}`] ?? 1;
    return [{ fact, how: 'development', evidence: { file: manifest.path, line, note: `develops with ${name}` } }];
  }
  return [];
}

/** Images that build it. One that lies in another component's folder builds that one, whatever else it copies. */
function imagesOf(root: ComponentRoot, { deployment, roots }: Surroundings): string[] {
  const others = roots
    .map((other) => other.path)
    .filter((path) => path !== '.' && path !== root.path && !isWithin(root.path, path));
  return deployment.dockerfilesOf(root.path).filter((path) => deepestHolding(dirOf(path), others) === null);
}

const startName = /^(start|dev|serve|server|develop|prod|production|worker|preview|run)([:._-].*)?$/;

/** Programs that start the component: by its scripts, its images' commands, its platform's. */
function startsOf(root: ComponentRoot, manifest: ManifestFact | null, around: Surroundings): Start[] {
  const { view, facts } = around;
  const starts: Start[] = [];
  const folders = new Set(around.roots.map((other) => other.path));
  const inside = (run: CommandRun) =>
    (run.file !== null ? deepestHolding(run.file, folders) : deepestHolding(run.cwd, folders)) === root.path;
  for (const [name, text] of Object.entries(manifest?.scripts ?? {})) {
    if (!startName.test(name)) continue;
    const line = manifest!.lines[`scripts.${name}`] ?? 1;
    const evidence = { file: manifest!.path, line, note: `"${name}" runs ${short(text)}` };
    for (const run of runsOf(text, { cwd: root.path, facts, view }))
      if (inside(run)) starts.push({ run, evidence, by: name });
  }
  for (const path of imagesOf(root, around)) {
    const dockerfile = facts.dockerfiles.find((d) => d.path === path);
    const stage = dockerfile?.stages[dockerfile.final];
    const command = stage?.entrypoint && !stage.cmd ? stage.entrypoint : stage?.cmd;
    if (!command) continue;
    const evidence = { file: path, line: command.line, note: `image runs ${short(command.argv.join(' '))}` };
    // A command that names no file of ours starts whatever the image is for: not what is carried in for that one's sake.
    const carried = isCarried(path, manifest, around);
    for (const run of runsOfArgv(command.argv, { cwd: root.path, facts, view }))
      if (inside(run) && !(carried && !view.has(run.file ?? ''))) starts.push({ run, evidence, by: 'image' });
  }
  for (const platform of facts.platforms) {
    for (const service of platform.services) {
      if (service.command === null || (service.dir ?? dirOf(platform.path)) !== root.path) continue;
      const evidence = {
        file: platform.path,
        line: service.line,
        note: `${platform.platform} runs ${short(service.command)}`,
      };
      for (const run of runsOf(service.command, { cwd: root.path, facts, view }))
        if (inside(run)) starts.push({ run, evidence, by: 'platform' });
    }
  }
  return starts;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

/** The package that a value was made from, through whatever it was made by. */
export function packageBehind(origin: Origin | null): string | null {
  let at = origin;
  for (let depth = 0; at && depth < 20; depth++) {
    if (at.from === 'package') return at.package;
    at = at.from === 'result' ? at.of : null;
  }
  return null;
}

/** The component's own file of that name, by a path relative to its folder; null when there is none. */
export function ownFile(signals: Signals, ...names: string[]): string | null {
  for (const name of names) {
    const path = joinPath(signals.root.path, name);
    if (path !== null && signals.view.has(path)) return path;
  }
  return null;
}

export const hasFolder = (signals: Signals, name: string): boolean =>
  signals.view.hasDirectory(joinPath(signals.root.path, name) ?? name);

export const uses = (signals: Signals, ...names: string[]): FrameworkUse | null =>
  signals.frameworks.find((use) => names.includes(use.fact.name)) ?? null;

export const runtimeOf = (signals: Signals, ...kinds: FrameworkFact['kind'][]): FrameworkUse | null =>
  signals.frameworks.find((use) => use.how === 'runtime' && kinds.includes(use.fact.kind)) ?? null;

/** A start whose program is one of these and which runs the component's own folder. */
export const startedBy = (signals: Signals, ...programs: string[]): Start | null =>
  signals.starts.find((start) => programs.includes(start.run.program)) ?? null;

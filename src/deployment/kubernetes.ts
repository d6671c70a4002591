import type { DefinitionRank, DeployedService, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { HelmChartFact, KubernetesFact, KustomizationFact } from '../model/facts/index.ts';
import { byCodeUnit, dirOf, isWithin } from '../model/paths.ts';
import type { Application } from './applied.ts';
import { letIn, servedByChart } from './chart-values.ts';
import type { Context } from './context.ts';
import { emptyEnvironment } from './environment.ts';
import { softwareOf } from './images.ts';
import { connect } from './kubernetes-network.ts';
import { isWorkload, workloadsOf } from './kubernetes-workloads.ts';
import type { Matcher } from './match.ts';
import { saysDevelopment, saysProduction } from './places.ts';
import { bareService } from './service.ts';

/** Documents that are applied together. */
interface ManifestSet {
  id: string;
  kind: 'kubernetes' | 'helm';
  /** What its name is read from. */
  folder: string;
  docs: KubernetesFact[];
  rank: DefinitionRank;
  because: Evidence;
  chart: HelmChartFact | null;
  /** Images that a kustomization puts in place of others. */
  renamed: Map<string, string>;
  broken: Evidence[];
}

export function kubernetesEnvironments(
  context: Context,
  matcher: Matcher,
  applications: readonly Application[],
): Environment[] {
  const inCluster = applications.filter(({ tool }) => tool === 'kubectl' || tool === 'kustomize' || tool === 'helm');
  const pipeline = inCluster.filter(({ by }) => by === 'pipeline');
  // A script that people run counts where no pipeline does the work.
  const applied = pipeline.length > 0 ? pipeline : inCluster;
  const sets = [...chartSets(context, applied), ...kustomizeSets(context, applied), ...plainSets(context, applied)];
  return sets.map((set) => environmentOf(context, matcher, set));
}

function environmentOf(context: Context, matcher: Matcher, set: ManifestSet): Environment {
  const files = [...new Set(set.docs.map(({ path }) => path))].sort(byCodeUnit);
  const workloads = workloadsOf(context, matcher, set.docs, set.renamed);
  const environment = emptyEnvironment(set.id, set.kind, files, set.rank, set.because);
  environment.services = [
    ...workloads.flatMap(({ services }) => services),
    ...dependencyServices(context, matcher, set),
  ];
  environment.broken = set.broken;
  connect(environment, set.docs, workloads, matcher, context.facts.kubernetes);
  for (const { name } of set.chart?.dependencies ?? []) letIn(context, environment, set.chart!, name);
  return environment;
}

/** What a chart asks other charts to run. */
function dependencyServices(context: Context, matcher: Matcher, { chart }: ManifestSet): DeployedService[] {
  return (chart?.dependencies ?? []).flatMap((dependency) => {
    const { name, enabled, line } = dependency;
    if (!enabled) return [];
    const served = servedByChart(context, matcher, chart!, dependency);
    if (served?.component) return [served];
    const software = softwareOf(name.toLowerCase());
    if (!software) return [];
    const file = `${chart!.dir === '.' ? '' : `${chart!.dir}/`}Chart.yaml`;
    return [bareService(name, { file, line, note: `chart ${name} runs ${software.software}` }, software)];
  });
}

/** The rank that a name gives, where nothing applies the set. */
function named(folder: string, evidence: Omit<Evidence, 'note'>): { rank: DefinitionRank; because: Evidence } {
  if (saysDevelopment(folder))
    return { rank: 'development', because: { ...evidence, note: 'its name says development or test' } };
  if (saysProduction(folder))
    return { rank: 'named-production', because: { ...evidence, note: 'its name says production' } };
  return { rank: 'infrastructure', because: { ...evidence, note: 'Kubernetes manifests' } };
}

function chartSets(context: Context, applied: readonly Application[]): ManifestSet[] {
  const charts = context.facts.helm.filter(
    ({ dir }) =>
      !context.facts.helm.some(
        (other) => other.dir !== dir && isWithin(dir, `${other.dir === '.' ? '' : `${other.dir}/`}charts`),
      ),
  );
  return charts.flatMap((chart) => {
    const docs = context.facts.kubernetes.filter((doc) => doc.chart !== null && isWithin(doc.chart, chart.dir));
    if (!docs.some(isWorkload) && (chart.dependencies ?? []).length === 0) return [];
    const application = applied.find(
      ({ tool, paths }) => tool === 'helm' && paths.some((path) => isWithin(chart.dir, path)),
    );
    const place = { file: docs[0]?.path ?? `${chart.dir}/Chart.yaml`, line: docs[0]?.line ?? 1 };
    const rank = application ? { rank: 'applied' as const, because: application.evidence } : named(chart.dir, place);
    return [
      {
        id: `helm:${chart.dir}`,
        kind: 'helm' as const,
        folder: chart.dir,
        docs,
        ...rank,
        chart,
        renamed: new Map(),
        broken: [],
      },
    ];
  });
}

/** Every kustomization that no other one takes in, with all that it takes in. */
function kustomizeSets(context: Context, applied: readonly Application[]): ManifestSet[] {
  const all = context.facts.kustomizations;
  const taken = new Set(all.flatMap(({ resources }) => resources.map(({ path }) => path)));
  const wanted = (dir: string): Application | undefined =>
    applied.find(({ tool, paths }) => (tool === 'kustomize' || tool === 'kubectl') && paths.includes(dir));
  return (
    all
      // A component that nothing takes in is off (ruling 15).
      .filter(
        ({ dir, path }) => wanted(dir) || (!taken.has(dir) && !/^kind:\s*Component\b/m.test(context.view.text(path))),
      )
      .map((kustomization) => {
        const used = closure(kustomization, all);
        const paths = used.flatMap(({ resources }) => resources.map(({ path }) => path));
        const docs = context.facts.kubernetes.filter(
          (doc) =>
            doc.chart === null &&
            paths.some(
              (path) => doc.path === path || (isWithin(doc.path, path) && !all.some(({ dir }) => dir === path)),
            ),
        );
        const application = wanted(kustomization.dir);
        const rank = application
          ? { rank: 'applied' as const, because: application.evidence }
          : named(kustomization.dir, { file: kustomization.path, line: 1 });
        const missing = kustomization.resources.filter(
          ({ path }) => !context.view.has(path) && !context.view.hasDirectory(path),
        );
        return {
          id: `kustomize:${kustomization.dir}`,
          kind: 'kubernetes' as const,
          folder: kustomization.dir,
          docs,
          ...rank,
          chart: null,
          renamed: new Map(
            used.flatMap(({ images }) => (images ?? []).map(({ name, newName }) => [name, newName ?? name] as const)),
          ),
          broken: missing.map(({ path, line }) => ({
            file: kustomization.path,
            line,
            note: `takes in ${path}, which does not exist`,
          })),
        };
      })
      .filter(({ docs, broken }) => docs.length > 0 || broken.length > 0)
  );
}

function closure(start: KustomizationFact, all: readonly KustomizationFact[]): KustomizationFact[] {
  const found = [start];
  for (let i = 0; i < found.length; i++) {
    for (const { path } of found[i]!.resources) {
      const next = all.find(({ dir }) => dir === path);
      if (next && !found.includes(next)) found.push(next);
    }
  }
  return found;
}

/** Manifests outside charts and kustomizations: what is applied, then the rest by folder. */
function plainSets(context: Context, applied: readonly Application[]): ManifestSet[] {
  const all = context.facts.kustomizations;
  const claimed = new Set(all.flatMap(({ resources }) => resources.map(({ path }) => path)));
  const plain = context.facts.kubernetes.filter(
    ({ chart, path }) =>
      chart === null &&
      !claimed.has(path) &&
      ![...claimed].some((dir) => isWithin(path, dir) && !context.view.has(dir)),
  );
  const set = appliedSet(
    context,
    plain,
    applied.filter(
      ({ tool, paths }) => tool === 'kubectl' && !paths.some((path) => all.some(({ dir }) => dir === path)),
    ),
  );
  const rest = plain.filter((doc) => !set?.docs.includes(doc));
  return [...(set ? [set] : []), ...folderSets(rest)];
}

function appliedSet(
  context: Context,
  docs: readonly KubernetesFact[],
  applied: readonly Application[],
): ManifestSet | null {
  const paths = applied.flatMap((application) => application.paths.map((path) => ({ path, application })));
  const real = paths.filter(({ path }) => !saysDevelopment(path));
  const used = real.length > 0 ? real : paths;
  if (used.length === 0) return null;
  // A folder is applied as it is, without those below it.
  const chosen = docs.filter((doc) => used.some(({ path }) => doc.path === path || dirOf(doc.path) === path));
  const missing = used.filter(({ path }) => !context.view.has(path) && !context.view.hasDirectory(path));
  if (chosen.length === 0 && missing.length === 0) return null;
  const names = [...new Set(used.map(({ path }) => path))].sort(byCodeUnit);
  return {
    id: `kubernetes:${names.join('+')}`,
    kind: 'kubernetes',
    folder: names[0]!,
    docs: chosen,
    rank: 'applied',
    because: (used.find(({ path }) => context.view.hasDirectory(path) || context.view.has(path)) ?? used[0]!)
      .application.evidence,
    chart: null,
    renamed: new Map(),
    broken: missing.map(({ path, application }) => ({
      ...application.evidence,
      note: `applies ${path}, which does not exist`,
    })),
  };
}

const clusterFolder =
  /^(?:k8s|kube|kubernetes|manifests?|deploy|deployments?|infra|infrastructure|ops|gitops|cluster|helm)/i;

/** The folder that a manifest's set is named after: the deepest of a run of folders made for deploying, else its own. */
function setFolder(path: string): string {
  const segments = dirOf(path).split('/');
  const start = segments.findIndex((segment) => clusterFolder.test(segment));
  if (start === -1) return dirOf(path);
  let end = start;
  while (end + 1 < segments.length && (clusterFolder.test(segments[end + 1]!) || /k8/.test(segments[end + 1]!))) end++;
  const next = segments[end + 1];
  if (next !== undefined && (saysDevelopment(next) || saysProduction(next) || /^stag/.test(next))) end++;
  return segments.slice(0, end + 1).join('/');
}

function folderSets(docs: readonly KubernetesFact[]): ManifestSet[] {
  const groups = new Map<string, KubernetesFact[]>();
  for (const doc of docs) {
    const folder = setFolder(doc.path);
    groups.set(folder, [...(groups.get(folder) ?? []), doc]);
  }
  return [...groups].map(([folder, own]) => {
    // A variant with no workloads of its own lies over the neutral set beside or above it.
    const base = own.some(isWorkload)
      ? []
      : [...groups]
          .filter(
            ([other]) =>
              other !== folder && isNeutral(other) && (dirOf(folder) === dirOf(other) || isWithin(folder, other)),
          )
          .flatMap(([, list]) => list);
    return {
      id: `kubernetes:${folder}`,
      kind: 'kubernetes' as const,
      folder,
      docs: isNeutral(folder) ? own : [...base, ...own],
      ...named(folder, { file: own[0]!.path, line: own[0]!.line }),
      chart: null,
      renamed: new Map<string, string>(),
      broken: [],
    };
  });
}

const isNeutral = (folder: string): boolean => !saysDevelopment(folder) && !saysProduction(folder.split('/').at(-1)!);

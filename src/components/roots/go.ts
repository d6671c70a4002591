import type { ComponentRoot } from '../../model/component.ts';
import type { Facts } from '../../model/facts/index.ts';
import { baseOf, byCodeUnit, dirOf, isWithin, relativeTo } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';

const homes = new Set(['svc', 'services', 'apps', 'microservices']);

/**
 * Services that share one Go module: folders side by side under `services/` or its like, each with a program of its own or
 * named by something that is deployed. The module then is what they are built from, and no component itself.
 */
export function goServices(view: RepoView, facts: Facts, module: string): ComponentRoot[] {
  const workloads = workloadNames(facts);
  const folders = new Map<string, string[]>();
  for (const file of view.glob('**/*.go')) {
    if (!isWithin(file, module) || file.endsWith('_test.go')) continue;
    const [home, name, ...rest] = relativeTo(file, module).split('/');
    if (!homes.has(home!) || name === undefined || rest.length === 0) continue;
    const folder = `${module === '.' ? '' : `${module}/`}${home}/${name}`;
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const found = [...folders].flatMap(([folder, files]) => {
    const name = baseOf(folder);
    const parts = partsOf(folder, files, workloads);
    if (parts.length > 1) return parts;
    const main = files.find((file) => file === `${folder}/main.go` || dirOf(dirOf(file)) === `${folder}/cmd`);
    const isDeployed = workloads.some((workload) => workload === name || workload.startsWith(`${name}-`));
    if (!main && !isDeployed) return [];
    const note = main ? 'program of its own in a shared module' : `named by a deployed ${name}`;
    const evidence = [{ file: main ?? files[0]!, line: 1, note }];
    return [{ path: folder, name, language: 'go' as const, manifest: null, evidence }];
  });
  return found.length >= 2 ? found.sort((a, b) => byCodeUnit(a.path, b.path)) : [];
}

/** Folders within a service that are deployed each by itself: `ctrl/api` and `ctrl/worker` as `ctrl-api` and `ctrl-worker`. */
function partsOf(folder: string, files: readonly string[], workloads: readonly string[]): ComponentRoot[] {
  const first = new Map<string, string>();
  for (const file of files) {
    const [part, ...rest] = relativeTo(file, folder).split('/');
    if (rest.length > 0 && !first.has(part!)) first.set(part!, file);
  }
  return [...first]
    .map(([part, file]) => ({ part, file, name: `${baseOf(folder)}-${part}` }))
    .filter(({ name }) => workloads.includes(name))
    .map(({ part, file, name }) => ({
      path: `${folder}/${part}`,
      name,
      language: 'go' as const,
      manifest: null,
      evidence: [{ file, line: 1, note: `named by a deployed ${name}` }],
    }));
}

function workloadNames(facts: Facts): string[] {
  const kinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'CronJob']);
  return [
    ...facts.kubernetes.filter((doc) => kinds.has(doc.kind)).map((doc) => doc.name),
    ...facts.compose.flatMap((compose) => compose.services.map((service) => service.name)),
  ];
}

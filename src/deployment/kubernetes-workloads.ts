import { asList, asNumber, asRecord, asText, asTexts, type Data, dig, lineIn } from '../model/data.ts';
import type { DeployedService } from '../model/deployment.ts';
import type { KubernetesFact } from '../model/facts/index.ts';
import type { ValueAt } from '../model/value-at.ts';
import type { Context } from './context.ts';
import { softwareOf } from './images.ts';
import type { Matcher } from './match.ts';
import { roleOfImage } from './roles.ts';

/** A controller of pods, with the patches that lie over it. */
export interface Workload {
  kind: string;
  name: string;
  labels: Data;
  /** The pods stay up: no Job or CronJob. */
  longRunning: boolean;
  /** The layers, base first. */
  docs: KubernetesFact[];
  services: DeployedService[];
}

const workloadKinds = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Pod',
  'Job',
  'CronJob',
  'Rollout',
  'DeploymentConfig',
  'ReplicationController',
]);

/** Knative's Service has a kind of its own name. */
const isKnative = (doc: KubernetesFact): boolean =>
  doc.kind === 'Service' && doc.apiVersion.startsWith('serving.knative.dev/');
export const isWorkload = (doc: KubernetesFact): boolean => workloadKinds.has(doc.kind) || isKnative(doc);

const templatePath = (kind: string): string[] =>
  kind === 'Pod' ? [] : kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];

/** Every workload of a set of documents, with a service per container that is no mere helper. */
export function workloadsOf(
  context: Context,
  matcher: Matcher,
  docs: readonly KubernetesFact[],
  renamed: ReadonlyMap<string, string>,
): Workload[] {
  const groups = new Map<string, KubernetesFact[]>();
  for (const doc of docs)
    if (isWorkload(doc)) groups.set(`${doc.kind}/${doc.name}`, [...(groups.get(`${doc.kind}/${doc.name}`) ?? []), doc]);
  return [...groups.values()].map((layers) => {
    // A patch says less than what it patches: the layer that names an image is the base.
    const ordered = [...layers].sort((a, b) => Number(hasImage(b)) - Number(hasImage(a)));
    const base = ordered[0]!;
    const workload: Workload = {
      kind: base.kind,
      name: base.name,
      labels: asRecord(dig(base.doc, ...templatePath(base.kind), 'metadata', 'labels')),
      longRunning: base.kind !== 'Job' && base.kind !== 'CronJob',
      docs: ordered,
      services: [],
    };
    workload.services = containersOf(base)
      .map((_, i) => serviceOf(context, matcher, workload, i, docs, renamed))
      .filter((service) => service !== null);
    return workload;
  });
}

const containersOf = (doc: KubernetesFact): Data[] =>
  asList(dig(doc.doc, ...templatePath(doc.kind), 'spec', 'containers')).map(asRecord);
const hasImage = (doc: KubernetesFact): boolean =>
  containersOf(doc).some((container) => asText(container.image) !== null);

interface Found {
  value: unknown;
  at: { file: string; line: number };
}

/** A value of the container, from the topmost layer that has it. */
function inContainer(workload: Workload, index: number, path: string[]): Found | null {
  const name = asText(containersOf(workload.docs[0]!)[index]?.name);
  for (const doc of [...workload.docs].reverse()) {
    const containers = containersOf(doc);
    const at = doc === workload.docs[0] ? index : containers.findIndex((container) => asText(container.name) === name);
    const value = dig(containers[at], ...path);
    if (value !== undefined && value !== null) {
      const dotted = [...templatePath(doc.kind), 'spec', 'containers', at, ...path].join('.');
      return { value, at: { file: doc.path, line: lineIn(doc.lines, dotted, doc.line) } };
    }
  }
  return null;
}

function inWorkload(workload: Workload, path: string[]): Found | null {
  for (const doc of [...workload.docs].reverse()) {
    const value = dig(doc.doc, ...path);
    if (value !== undefined && value !== null)
      return { value, at: { file: doc.path, line: lineIn(doc.lines, path.join('.'), doc.line) } };
  }
  return null;
}

const asValue = (found: Found | null): ValueAt<string> | null => {
  const text = found && asText(found.value);
  return found && text !== null && text !== undefined ? { value: text, ...found.at } : null;
};

function serviceOf(
  context: Context,
  matcher: Matcher,
  workload: Workload,
  index: number,
  docs: readonly KubernetesFact[],
  renamed: ReadonlyMap<string, string>,
): DeployedService | null {
  const base = workload.docs[0]!;
  const container = containersOf(base)[index]!;
  const written = asText(inContainer(workload, index, ['image'])?.value);
  const image = written === null ? null : (renamed.get(written.replace(/[:@][^/]*$/, '')) ?? written);
  if (image !== null && index > 0 && isSidecar(image)) return null;
  const names = [workload.name, asText(container.name) ?? ''].filter(Boolean);
  const command = [...asTexts(container.command ?? []), ...asTexts(container.args ?? [])];
  const match = matcher.match({
    names,
    image,
    context: null,
    dockerfile: null,
    target: null,
    args: [],
    command: command.length > 0 ? command : null,
  });
  const fact = context.facts.dockerfiles.find(({ path }) => path === match.dockerfile);
  const spec = [...templatePath(workload.kind), 'spec'];
  return {
    name: index === 0 ? workload.name : `${workload.name}/${asText(container.name) ?? index}`,
    component: match.component,
    alsoRuns: match.alsoRuns,
    ...roleOfImage(match.component, image, fact, null),
    image,
    dockerfile: match.dockerfile,
    command: command.length > 0 ? command : null,
    ports: asList(container.ports).flatMap((port) => {
      const number = asNumber(asRecord(port).containerPort);
      return number === null ? [] : [{ host: asNumber(asRecord(port).hostPort), container: number }];
    }),
    exposed: false,
    healthProbe: probeOf(workload, index),
    restart: restartOf(workload, spec),
    memoryLimit: asValue(inContainer(workload, index, ['resources', 'limits', 'memory'])),
    replicas: replicasOf(workload),
    autoscaled: knativeScale(workload),
    user: userOf(workload, index, spec),
    volumes: volumesOf(workload, index, spec),
    env: envOf(workload, index, docs),
    platform: null,
    serverless: false,
    development: null,
    oneShot: !workload.longRunning,
    evidence: {
      file: base.path,
      line: base.line,
      note: `${workload.kind} ${workload.name} runs ${match.component ?? image ?? 'a container'}`,
    },
  };
}

/** Beside the container that matters. */
const isSidecar = (image: string): boolean =>
  /proxy|sidecar|istio|linkerd|envoy|cloud-sql|fluent|exporter|agent|vault/.test(image) ||
  softwareOf(image)?.role === 'monitoring';

function probeOf(workload: Workload, index: number): ValueAt<string> | null {
  for (const kind of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
    const found = inContainer(workload, index, [kind]);
    if (!found) continue;
    const path = asText(dig(found.value, 'httpGet', 'path'));
    const how =
      path ?? Object.keys(asRecord(found.value)).find((key) => /^(?:httpGet|tcpSocket|exec|grpc)$/.test(key)) ?? '';
    return { value: `${kind} ${how}`.trim(), ...found.at };
  }
  return null;
}

/** Pods of a controller restart unless told otherwise. */
function restartOf(workload: Workload, spec: string[]): ValueAt<string> {
  const stated = asValue(inWorkload(workload, [...spec, 'restartPolicy']));
  const base = workload.docs[0]!;
  return stated ?? { value: 'Always', file: base.path, line: base.line };
}

function replicasOf(workload: Workload): ValueAt<number> | null {
  const found = inWorkload(workload, ['spec', 'replicas']);
  const number = found && asNumber(found.value);
  return found && number !== null && number !== undefined ? { value: number, ...found.at } : null;
}

/** Knative scales by itself; a minimum says how far. */
function knativeScale(workload: Workload): ValueAt<string> | null {
  const base = workload.docs[0]!;
  if (!isKnative(base)) return null;
  const annotations = asRecord(dig(base.doc, 'spec', 'template', 'metadata', 'annotations'));
  const bounds = Object.entries(annotations).filter(([key]) => /autoscaling\.knative\.dev\/(?:min|max)/i.test(key));
  return {
    value: bounds.map(([key, value]) => `${key.split('/').at(-1)} ${asText(value)}`).join(', ') || 'Knative',
    file: base.path,
    line: base.line,
  };
}

function userOf(workload: Workload, index: number, spec: string[]): ValueAt<string> | null {
  for (const key of ['runAsUser', 'runAsNonRoot']) {
    const found =
      inContainer(workload, index, ['securityContext', key]) ?? inWorkload(workload, [...spec, 'securityContext', key]);
    if (found && found.value !== false)
      return { value: key === 'runAsUser' ? String(found.value) : 'runAsNonRoot', ...found.at };
  }
  return null;
}

function volumesOf(workload: Workload, index: number, spec: string[]): DeployedService['volumes'] {
  const volumes = asList(inWorkload(workload, [...spec, 'volumes'])?.value).map(asRecord);
  const claims = asList(inWorkload(workload, ['spec', 'volumeClaimTemplates'])?.value).map((claim) =>
    asText(dig(claim, 'metadata', 'name')),
  );
  const mounts = inContainer(workload, index, ['volumeMounts']);
  return asList(mounts?.value).map((mount) => {
    const name = asText(asRecord(mount).name);
    const volume = volumes.find((candidate) => asText(candidate.name) === name) ?? {};
    const claim = asText(dig(volume, 'persistentVolumeClaim', 'claimName'));
    const config = asText(dig(volume, 'configMap', 'name'));
    return {
      source: claim ?? config ?? name,
      target: asText(asRecord(mount).mountPath) ?? '',
      persistent:
        claims.includes(name) ||
        claim !== null ||
        'hostPath' in volume ||
        'nfs' in volume ||
        'csi' in volume ||
        'awsElasticBlockStore' in volume ||
        'gcePersistentDisk' in volume,
      bindsSource: false,
      ...mounts!.at,
    };
  });
}

function envOf(workload: Workload, index: number, docs: readonly KubernetesFact[]): DeployedService['env'] {
  const own = inContainer(workload, index, ['env']);
  const entries = asList(own?.value).map((entry) => ({
    name: asText(asRecord(entry).name) ?? '',
    value: asText(asRecord(entry).value),
    ...own!.at,
  }));
  const from = asList(inContainer(workload, index, ['envFrom'])?.value).flatMap((source) => {
    const name = asText(dig(source, 'configMapRef', 'name')) ?? asText(dig(source, 'secretRef', 'name'));
    return docs
      .filter((doc) => (doc.kind === 'ConfigMap' || doc.kind === 'Secret') && doc.name === name)
      .flatMap((doc) =>
        ['data', 'stringData'].flatMap((key) =>
          Object.entries(asRecord(doc.doc[key])).map(([variable, value]) => ({
            name: variable,
            value: doc.kind === 'ConfigMap' ? asText(value) : null,
            file: doc.path,
            line: lineIn(doc.lines, `${key}.${variable}`, doc.line),
          })),
        ),
      );
  });
  return [...entries, ...from];
}

import { asList, asNumber, asRecord, asText, asTexts, type Data, dig, lineIn } from '../model/data.ts';
import type { Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { KubernetesFact } from '../model/facts/index.ts';
import type { Claim } from './contents.ts';
import { isWorkload, type Workload } from './kubernetes-workloads.ts';
import type { Matcher } from './match.ts';

/** Adds what leads into the cluster: services, ingresses, gateways, certificates, limits, autoscalers. `all`: the documents of other sets too. */
export function connect(
  environment: Environment,
  docs: readonly KubernetesFact[],
  workloads: readonly Workload[],
  matcher: Matcher,
  all: readonly KubernetesFact[],
): void {
  for (const doc of docs) {
    if (doc.kind === 'Service') expose(doc, workloads);
    else if (doc.kind === 'HorizontalPodAutoscaler' || doc.kind === 'ScaledObject') autoscale(doc, workloads);
    certificates(environment, doc);
    limits(environment, doc);
    headers(environment, doc);
  }
  for (const doc of docs)
    for (const route of routesOf(doc)) addRoute(environment, doc, route, docs, workloads, matcher, all);
}

const at = (doc: KubernetesFact, path: string, note: string): Evidence => ({
  file: doc.path,
  line: lineIn(doc.lines, path, doc.line),
  note,
});

const selects = (selector: Data, workload: Pick<Workload, 'labels'>): boolean =>
  Object.keys(selector).length > 0 &&
  Object.entries(selector).every(([key, value]) => asText(workload.labels[key]) === asText(value));

function expose(doc: KubernetesFact, workloads: readonly Workload[]): void {
  if (!/^(?:NodePort|LoadBalancer)$/.test(asText(dig(doc.doc, 'spec', 'type')) ?? '')) return;
  const selector = asRecord(dig(doc.doc, 'spec', 'selector'));
  for (const workload of workloads)
    if (selects(selector, workload)) for (const service of workload.services) service.exposed = true;
}

function autoscale(doc: KubernetesFact, workloads: readonly Workload[]): void {
  const target = asText(dig(doc.doc, 'spec', 'scaleTargetRef', 'name'));
  const [least, most] = ['minReplicas', 'maxReplicas'].map(
    (key) =>
      asNumber(dig(doc.doc, 'spec', key)) ?? asNumber(dig(doc.doc, 'spec', key.replace('Replicas', 'ReplicaCount'))),
  );
  for (const workload of workloads) {
    if (workload.name !== target) continue;
    for (const service of workload.services)
      service.autoscaled = { value: `${doc.kind} ${least ?? 1} to ${most ?? '?'}`, file: doc.path, line: doc.line };
  }
}

const nobody: Claim = { names: [], image: null, context: null, dockerfile: null, target: null, args: [] };

interface ClusterRoute {
  match: string;
  /** Kubernetes service that it leads to. */
  service: string;
  tls: boolean;
  path: string;
}

/** Routes of an Ingress, HTTPRoute, GRPCRoute, VirtualService, IngressRoute or OpenShift's Route. */
function routesOf(doc: KubernetesFact): ClusterRoute[] {
  const spec = asRecord(doc.doc.spec);
  if (doc.kind === 'Ingress') return ingressRoutes(doc, spec);
  if (doc.kind === 'HTTPRoute' || doc.kind === 'GRPCRoute') {
    return asList(spec.rules).flatMap((rule, i) =>
      asList(asRecord(rule).backendRefs).map((backend) => ({
        match: asText(dig(rule, 'matches', 0, 'path', 'value')) ?? '/',
        service: asText(asRecord(backend).name) ?? '',
        tls: false,
        path: `spec.rules.${i}`,
      })),
    );
  }
  if (doc.kind === 'VirtualService') {
    return asList(spec.http).flatMap((rule, i) =>
      asList(asRecord(rule).route).map((target) => ({
        match: asText(dig(rule, 'match', 0, 'uri', 'prefix')) ?? '/',
        service: (asText(dig(target, 'destination', 'host')) ?? '').split('.')[0]!,
        tls: false,
        path: `spec.http.${i}`,
      })),
    );
  }
  if (doc.kind === 'IngressRoute') {
    return asList(spec.routes).flatMap((rule, i) =>
      asList(asRecord(rule).services).map((service) => ({
        match: asText(asRecord(rule).match) ?? '/',
        service: asText(asRecord(service).name) ?? '',
        tls: spec.tls !== undefined,
        path: `spec.routes.${i}`,
      })),
    );
  }
  if (doc.kind === 'Route' && spec.to !== undefined) {
    return [
      {
        match: `${asText(spec.host) ?? ''}${asText(spec.path) ?? '/'}`,
        service: asText(dig(spec.to, 'name')) ?? '',
        tls: spec.tls !== undefined,
        path: 'spec.to',
      },
    ];
  }
  return [];
}

function ingressRoutes(doc: KubernetesFact, spec: Data): ClusterRoute[] {
  const tls = asList(spec.tls).length > 0 || annotated(doc, tlsAnnotation) !== null;
  const backend = (value: unknown): string =>
    asText(dig(value, 'service', 'name')) ?? asText(asRecord(value).serviceName) ?? '';
  const rules = asList(spec.rules).flatMap((rule, i) =>
    asList(dig(rule, 'http', 'paths')).map((path, j) => ({
      match: `${asText(asRecord(rule).host) ?? ''}${asText(asRecord(path).path) ?? '/'}`,
      service: backend(asRecord(path).backend),
      tls,
      path: `spec.rules.${i}.http.paths.${j}`,
    })),
  );
  const fallback = spec.defaultBackend ?? spec.backend;
  return fallback === undefined
    ? rules
    : [...rules, { match: '/', service: backend(fallback), tls, path: 'spec.defaultBackend' }];
}

function addRoute(
  environment: Environment,
  doc: KubernetesFact,
  route: ClusterRoute,
  docs: readonly KubernetesFact[],
  workloads: readonly Workload[],
  matcher: Matcher,
  all: readonly KubernetesFact[],
): void {
  const target = docs.find(({ kind, name }) => kind === 'Service' && name === route.service);
  const selector = asRecord(dig(target?.doc, 'spec', 'selector'));
  const workload =
    workloads.find((candidate) => selects(selector, candidate)) ?? workloads.find(({ name }) => name === route.service);
  const service = workload?.services[0] ?? null;
  if (service) service.exposed = true;
  environment.routes.push({
    match: route.match,
    service: service?.name ?? route.service,
    component: service ? service.component : elsewhere(route.service, matcher, all),
    tls: route.tls || environment.tls.length > 0,
    evidence: at(doc, route.path, `${doc.kind} ${doc.name} routes ${route.match} to ${route.service}`),
  });
}

/** The workload may stand in another set: what its service selects there says whose it is, or that service's name. */
function elsewhere(name: string, matcher: Matcher, all: readonly KubernetesFact[]): string | null {
  const selector = asRecord(
    dig(all.find((doc) => doc.kind === 'Service' && doc.name === name)?.doc, 'spec', 'selector'),
  );
  const found = all.find(
    (doc) =>
      isWorkload(doc) &&
      selects(selector, { labels: asRecord(dig(doc.doc, 'spec', 'template', 'metadata', 'labels')) }),
  );
  const image = asText(dig(found?.doc, 'spec', 'template', 'spec', 'containers', 0, 'image'));
  const names = [...(found ? [found.name] : []), name];
  return (
    (image === null ? null : matcher.match({ ...nobody, names, image }).component) ??
    matcher.match({ ...nobody, names: [name] }).component
  );
}

const tlsAnnotation =
  /^(?:cert-manager\.io\/(?:cluster-)?issuer|kubernetes\.io\/tls-acme|networking\.gke\.io\/managed-certificates|alb\.ingress\.kubernetes\.io\/certificate-arn|ingress\.gcp\.kubernetes\.io\/pre-shared-cert|service\.beta\.kubernetes\.io\/aws-load-balancer-ssl-cert|traefik\.ingress\.kubernetes\.io\/router\.tls(?:\..+)?)$/;

function annotated(doc: KubernetesFact, pattern: RegExp): { key: string; value: string } | null {
  const found = Object.entries(asRecord(dig(doc.doc, 'metadata', 'annotations'))).find(
    ([key, value]) => pattern.test(key) && value !== false && value !== 'false',
  );
  return found ? { key: found[0], value: asText(found[1]) ?? '' } : null;
}

function certificates(environment: Environment, doc: KubernetesFact): void {
  const spec = asRecord(doc.doc.spec);
  const annotation = annotated(doc, tlsAnnotation);
  if (annotation)
    environment.tls.push(
      at(doc, `metadata.annotations.${annotation.key}`, `${doc.kind} ${doc.name}: ${annotation.key}`),
    );
  else if (doc.kind === 'Ingress' && asList(spec.tls).length > 0)
    environment.tls.push(at(doc, 'spec.tls', `Ingress ${doc.name} ends TLS`));
  else if ((doc.kind === 'IngressRoute' || doc.kind === 'Route') && spec.tls !== undefined)
    environment.tls.push(at(doc, 'spec.tls', `${doc.kind} ${doc.name} ends TLS`));
  else if (
    doc.kind === 'ManagedCertificate' ||
    (doc.kind === 'Certificate' && doc.apiVersion.startsWith('cert-manager'))
  )
    environment.tls.push(at(doc, 'kind', `${doc.kind} ${doc.name}`));
  else if (doc.kind === 'Gateway') {
    const listeners = [...asList(spec.listeners), ...asList(spec.servers)];
    const index = listeners.findIndex(
      (listener) =>
        /^(?:HTTPS|TLS)$/i.test(
          asText(asRecord(listener).protocol) ?? asText(dig(listener, 'port', 'protocol')) ?? '',
        ) || dig(listener, 'tls') !== undefined,
    );
    if (index !== -1)
      environment.tls.push(
        at(doc, `spec.${spec.listeners ? 'listeners' : 'servers'}.${index}`, `Gateway ${doc.name} ends TLS`),
      );
  }
}

function limits(environment: Environment, doc: KubernetesFact): void {
  const annotation = annotated(
    doc,
    /^(?:nginx\.ingress\.kubernetes\.io\/limit-(?:rps|rpm|connections)|haproxy\.org\/rate-limit-requests|haproxy\.router\.openshift\.io\/rate-limit-connections(?:\.rate-http)?)$/,
  );
  if (annotation)
    environment.rateLimits.push(
      at(doc, `metadata.annotations.${annotation.key}`, `${annotation.key}: ${annotation.value}`),
    );
  const spec = asRecord(doc.doc.spec);
  if ((doc.kind === 'Middleware' || doc.kind === 'BackendTrafficPolicy') && spec.rateLimit !== undefined)
    environment.rateLimits.push(at(doc, 'spec.rateLimit', `${doc.kind} ${doc.name} limits the rate`));
  if (/^Kong(?:Cluster)?Plugin$/.test(doc.kind) && /^rate-limiting/.test(asText(doc.doc.plugin) ?? ''))
    environment.rateLimits.push(at(doc, 'plugin', `Kong plugin ${doc.name}`));
}

function headers(environment: Environment, doc: KubernetesFact): void {
  const snippet = annotated(doc, /^nginx\.ingress\.kubernetes\.io\/(?:configuration|server)-snippet$/);
  for (const match of (snippet?.value ?? '').matchAll(/(?:add_header|more_set_headers)\s+"?([\w-]+)"?:?\s+([^;]+);/g)) {
    environment.headers.push({
      name: match[1]!,
      value: match[2]!.trim().replace(/^"|"$/g, ''),
      evidence: at(doc, `metadata.annotations.${snippet!.key}`, `adds ${match[1]}`),
    });
  }
  if (doc.kind !== 'Middleware') return;
  const list = asRecord(dig(doc.doc, 'spec', 'headers'));
  const add = (name: string, value: unknown, key: string): void => {
    environment.headers.push({
      name,
      value: asTexts(value).join(' '),
      evidence: at(doc, `spec.headers.${key}`, `adds ${name}`),
    });
  };
  if (list.stsSeconds !== undefined) add('Strict-Transport-Security', list.stsSeconds, 'stsSeconds');
  if (list.contentTypeNosniff === true) add('X-Content-Type-Options', 'nosniff', 'contentTypeNosniff');
  if (list.frameDeny === true) add('X-Frame-Options', 'DENY', 'frameDeny');
  if (list.contentSecurityPolicy !== undefined)
    add('Content-Security-Policy', list.contentSecurityPolicy, 'contentSecurityPolicy');
  for (const [name, value] of Object.entries(asRecord(list.customResponseHeaders)))
    add(name, value, `customResponseHeaders.${name}`);
}

import type { DeployedService, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ComposeService } from '../model/facts/index.ts';
import type { Context } from './context.ts';

interface Label {
  key: string;
  value: string;
  evidence: Evidence;
  service: DeployedService;
}

/** Traefik reads its routes from compose labels. They count where a Traefik runs, here or on a network that bears its name. */
export function connectTraefik(context: Context, environment: Environment): void {
  const traefik = environment.services.filter(
    ({ software, image }) => software === 'traefik' || /traefik/.test(image ?? ''),
  );
  for (const service of traefik) staticFlags(environment, service);
  const labels = labelsOf(context, environment);
  if (traefik.length === 0 && !labels.some(({ service }) => onProxyNetwork(context, environment, service))) return;
  for (const label of labels) read(environment, label, labels);
}

function layersOf(
  context: Context,
  environment: Environment,
  name: string,
): { file: string; service: ComposeService }[] {
  return context.facts.compose
    .filter(({ path }) => environment.files.includes(path))
    .flatMap(({ path, services }) =>
      services.filter((service) => service.name === name).map((service) => ({ file: path, service })),
    );
}

const onProxyNetwork = (context: Context, environment: Environment, service: DeployedService): boolean =>
  layersOf(context, environment, service.name).some(({ service: { networks } }) =>
    networks.some((network) => /traefik|proxy|coolify|dokploy/i.test(network)),
  );

function labelsOf(context: Context, environment: Environment): Label[] {
  return environment.services.flatMap((service) =>
    layersOf(context, environment, service.name).flatMap(({ file, service: { labels } }) =>
      labels.map(({ key, value, line }) => ({
        key,
        value,
        service,
        evidence: { file, line, note: `${key}=${value}`.slice(0, 120) },
      })),
    ),
  );
}

function read(environment: Environment, label: Label, all: readonly Label[]): void {
  const { key, value, service, evidence } = label;
  const [, router, field] = /^traefik\.http\.routers\.([^.]+)\.(rule|tls(?:\..+)?|entrypoints)$/i.exec(key) ?? [];
  if (router && field === 'rule') {
    const tls = all.some(
      (other) =>
        other.service === service &&
        ((other.key.startsWith(`traefik.http.routers.${router}.tls`) && other.value !== 'false') ||
          // The name that Traefik's own documentation gives the entry point of TLS.
          (other.key === `traefik.http.routers.${router}.entrypoints` && /websecure|https/i.test(other.value))),
    );
    service.exposed = true;
    environment.routes.push({
      match: value,
      service: service.name,
      component: service.component,
      tls,
      evidence: { ...evidence, note: `Traefik routes ${value} to ${service.name}` },
    });
  } else if (
    router &&
    ((field?.startsWith('tls') && value !== 'false') || (field === 'entrypoints' && /websecure|https/i.test(value)))
  )
    environment.tls.push(evidence);
  else if (/\.ratelimit\./i.test(key) && attached(key, all)) environment.rateLimits.push(evidence);
  const [, header] = /\.headers\.(?:customresponseheaders\.)?([\w-]+)$/i.exec(key) ?? [];
  if (header && attached(key, all))
    environment.headers.push({ name: names[header.toLowerCase()] ?? header, value, evidence });
}

/** A middleware does something where a router's list names it. */
function attached(key: string, all: readonly Label[]): boolean {
  const name = /^traefik\.http\.middlewares\.([^.]+)\./i.exec(key)?.[1];
  return all.some(
    (other) =>
      /^traefik\.http\.routers\.[^.]+\.middlewares$/i.test(other.key) &&
      name !== undefined &&
      other.value.split(/[,@\s]+/).includes(name),
  );
}

const names: Record<string, string> = {
  stsseconds: 'Strict-Transport-Security',
  contentsecuritypolicy: 'Content-Security-Policy',
  contenttypenosniff: 'X-Content-Type-Options',
  framedeny: 'X-Frame-Options',
  customframeoptionsvalue: 'X-Frame-Options',
  referrerpolicy: 'Referrer-Policy',
  permissionspolicy: 'Permissions-Policy',
};

function staticFlags(environment: Environment, service: DeployedService): void {
  for (const word of service.command ?? []) {
    const evidence = { ...service.evidence, note: word.slice(0, 120) };
    if (/certificatesresolvers\..*acme/i.test(word)) environment.tls.push(evidence);
    if (/^--accesslog(?:=true|$)/i.test(word)) environment.accessLogs.push(evidence);
  }
  const acme = service.env.find(({ name }) => /CERTIFICATESRESOLVERS/.test(name));
  if (acme) environment.tls.push({ file: acme.file, line: acme.line, note: acme.name });
}

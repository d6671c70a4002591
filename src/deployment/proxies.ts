import type { DeployedService, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ProxyFact } from '../model/facts/index.ts';
import { dirOf, isWithin, joinPath } from '../model/paths.ts';
import type { Context } from './context.ts';
import { imageName } from './images.ts';
import type { Matcher } from './match.ts';
import { ancestryOf } from './stages.ts';
import { connectTraefik } from './traefik.ts';

/** Adds what the proxies of an environment do. A config that no deployed service mounts or copies in does nothing. */
export function connectProxies(context: Context, matcher: Matcher, environment: Environment): void {
  for (const service of environment.services) {
    for (const fact of configsOf(context, matcher, environment, service)) apply(environment, service, fact);
    certificateHelper(environment, service);
  }
  if (environment.kind === 'compose' || environment.kind === 'swarm') connectTraefik(context, environment);
}

/** Proxy configs that reach the service: bind-mounted files or folders, or copied by its Dockerfile. */
function configsOf(
  context: Context,
  matcher: Matcher,
  environment: Environment,
  service: DeployedService,
): ProxyFact[] {
  const folder = dirOf(environment.files.at(-1) ?? '.');
  const sources = service.volumes.flatMap(({ source, file }) =>
    source === null ? [] : [joinPath(file ? dirOf(file) : folder, source)],
  );
  // A folder mounted into one of ours is its source, whatever lies in it; a single config file is meant.
  const mounted = context.facts.proxies.filter(({ path }) =>
    sources.some(
      (source) =>
        source === path ||
        (service.role !== 'component' && source !== null && source !== '.' && isWithin(path, source)),
    ),
  );
  return [...new Set([...mounted, ...copiedConfigs(context, matcher, service)])];
}

const proxyTarget = /nginx|caddy|traefik|envoy|haproxy|kong|httpd|apache|conf\.d|sites-/i;

function copiedConfigs(context: Context, matcher: Matcher, service: DeployedService): ProxyFact[] {
  const dockerfile = context.facts.dockerfiles.find(({ path }) => path === service.dockerfile);
  if (!dockerfile) return [];
  const builds = matcher.builds.filter((build) => build.dockerfile === dockerfile.path);
  const folders = [...new Set([...builds.map(({ context: folder }) => folder), dockerfile.dir])];
  const stages = ancestryOf(dockerfile, service.target ?? null);
  return context.facts.proxies.filter(({ path }) =>
    stages.some((each) =>
      each.copies.some(({ from, sources, dest }) =>
        sources.some((source) => {
          // From an earlier stage the path is the image's: its end must be the config's path.
          if (from !== null) return source.endsWith(`/${path}`);
          return (
            proxyTarget.test(`${dest} ${source}`) &&
            folders.some((folder) => {
              const full = joinPath(folder, source.replace(/^\//, './').replace(/\/?\*.*$/, ''));
              return full !== null && full !== '.' && isWithin(path, full);
            })
          );
        }),
      ),
    ),
  );
}

function apply(environment: Environment, proxy: DeployedService, fact: ProxyFact): void {
  const at = (line: number, note: string): Evidence => ({ file: fact.path, line, note });
  environment.tls.push(...fact.tls.map(({ note, line }) => at(line, note)));
  if (fact.tls.length === 0)
    environment.tls.push(
      ...fact.listens.filter(({ tls }) => tls).map(({ port, line }) => at(line, `listens on ${port} with TLS`)),
    );
  // The configuration of a front end's own image does so for its files, and for no one else.
  if (proxy.component !== null && fact.routes.every(({ upstream }) => upstream === null)) return;
  environment.rateLimits.push(...fact.rateLimits.map(({ note, line }) => at(line, note)));
  environment.headers.push(
    ...fact.headers.map(({ name, value, line }) => ({ name, value, evidence: at(line, `adds ${name}`) })),
  );
  environment.caching.push(...fact.caching.map(({ note, line }) => at(line, note)));
  // nginx and Kong log each request unless they are told not to.
  const isSilent = proxy.env.some(({ name, value }) => name === 'KONG_PROXY_ACCESS_LOG' && value === 'off');
  if (fact.accessLog?.on) environment.accessLogs.push(at(fact.accessLog.line, 'access log'));
  else if (
    /^(?:nginx|kong)$/.test(fact.kind) &&
    fact.accessLog === null &&
    !isSilent &&
    fact.routes.some(({ upstream }) => upstream !== null)
  )
    environment.accessLogs.push(at(1, `${fact.kind} writes an access log by default`));
  for (const { match, upstream, line } of fact.routes) {
    if (upstream === null) continue;
    const target = upstreamService(environment, proxy, upstream);
    environment.routes.push({
      match,
      service: target?.name ?? null,
      component: target?.component ?? null,
      tls: fact.tls.length > 0 || fact.listens.some(({ tls }) => tls),
      evidence: at(line, `${fact.kind} routes ${match} to ${upstream}`),
    });
  }
}

/** An upstream that is a variable: Caddy's `{$API_URL}` or `{env.API_URL}`, `${API_URL}` of a template. */
const variable = /^(?:\{\$|\{env\.|\$\{|\$)(\w+)(?::([^}]*))?\}?$/;

/** The service that an upstream names, by a variable of the proxy's own if need be; a loopback address is the proxy's own image. */
function upstreamService(environment: Environment, proxy: DeployedService, upstream: string): DeployedService | null {
  const [, name, fallback] = variable.exec(upstream) ?? [];
  const address = name === undefined ? upstream : (proxy.env.find((one) => one.name === name)?.value ?? fallback ?? '');
  const bare = address.replace(/^\w+:\/\//, '');
  const [, port] = /^(?:host|gateway)\.docker\.internal:(\d+)/.exec(bare) ?? [];
  if (port !== undefined)
    return environment.services.find(({ ports }) => ports.some(({ host }) => host === Number(port))) ?? null;
  const host = bare.split(/[.:/]/)[0] ?? '';
  if (/^(?:localhost|127|0|)$/.test(host)) return host === '' ? null : proxy;
  return (
    environment.services.find(({ name }) => name === host) ??
    environment.services.find(
      ({ name }) => host.replace(/[-_]/g, '').toLowerCase() === name.replace(/[-_]/g, '').toLowerCase(),
    ) ??
    null
  );
}

/** Helpers that get certificates for a proxy beside them. */
function certificateHelper(environment: Environment, service: DeployedService): void {
  if (
    /certbot|letsencrypt|^acme\.sh$|acme-companion|^swag$|nginx-proxy-manager|caddy-docker-proxy/.test(
      imageName(service.image ?? ''),
    )
  ) {
    environment.tls.push({ ...service.evidence, note: `${service.name} gets certificates` });
  }
  const host = service.env.find(({ name }) => name === 'LETSENCRYPT_HOST');
  if (host) environment.tls.push({ file: host.file, line: host.line, note: 'LETSENCRYPT_HOST asks for a certificate' });
  const virtual = service.env.find(({ name }) => name === 'VIRTUAL_HOST');
  if (virtual && environment.services.some(({ image }) => /nginx-proxy/.test(image ?? ''))) {
    environment.routes.push({
      match: virtual.value ?? '/',
      service: service.name,
      component: service.component,
      tls: host !== undefined,
      evidence: {
        file: virtual.file,
        line: virtual.line,
        note: `nginx-proxy routes ${virtual.value ?? ''} to ${service.name}`,
      },
    });
  }
}

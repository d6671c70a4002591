import { asList, asRecord, asText, asTexts, type Data, dig, isRecord } from '../../model/data.ts';
import type { ProxyFact } from '../../model/facts/index.ts';
import type { Located } from './yaml.ts';

const empty = (path: string, kind: ProxyFact['kind']): ProxyFact => ({
  path,
  kind,
  routes: [],
  listens: [],
  tls: [],
  headers: [],
  rateLimits: [],
  accessLog: null,
  caching: [],
});

/** A gateway's own config by its shape; null for any other data. */
export function readGateway(path: string, located: Located): ProxyFact | null {
  const top = asRecord(located.data);
  if ('apiVersion' in top) return null;
  if ('_format_version' in top) return kong(path, top, located);
  if ('static_resources' in top) return envoy(path, top, located);
  const http = asRecord(top.http);
  if (
    'entryPoints' in top ||
    'certificatesResolvers' in top ||
    'routers' in http ||
    ('services' in http && 'middlewares' in http)
  ) {
    return traefik(path, top, located);
  }
  return null;
}

function traefik(path: string, top: Data, { lines }: Located): ProxyFact {
  const fact = empty(path, 'traefik');
  const at = (key: string): number => lines[key] ?? 1;
  for (const [name, entry] of Object.entries(asRecord(top.entryPoints))) {
    const port = Number(/:(\d+)/.exec(asText(asRecord(entry).address) ?? '')?.[1] ?? 80);
    const tls = isRecord(dig(entry, 'http', 'tls'));
    fact.listens.push({ port, tls, line: at(`entryPoints.${name}`) });
  }
  for (const name of Object.keys(asRecord(top.certificatesResolvers))) {
    fact.tls.push({ note: `certificate resolver ${name}`, line: at(`certificatesResolvers.${name}`) });
  }
  if ('accessLog' in top) fact.accessLog = { on: top.accessLog !== false, line: at('accessLog') };
  for (const [name, router] of Object.entries(asRecord(dig(top, 'http', 'routers')))) {
    const line = at(`http.routers.${name}`);
    const rule = asText(asRecord(router).rule) ?? '';
    const service = asText(asRecord(router).service) ?? '';
    const servers = asList(dig(top, 'http', 'services', service, 'loadBalancer', 'servers'));
    const upstreams = servers.map((server) => hostOf(asText(asRecord(server).url) ?? ''));
    for (const upstream of upstreams.length > 0 ? upstreams : [service])
      fact.routes.push({ match: rule, upstream, line });
    if ('tls' in asRecord(router)) fact.tls.push({ note: `TLS on router ${name}`, line });
  }
  if (isRecord(top.tls)) fact.tls.push({ note: 'TLS certificates', line: at('tls') });
  for (const [name, middleware] of Object.entries(asRecord(dig(top, 'http', 'middlewares')))) {
    const line = at(`http.middlewares.${name}`);
    if ('rateLimit' in asRecord(middleware)) fact.rateLimits.push({ note: `rateLimit middleware ${name}`, line });
    traefikHeaders(fact, asRecord(asRecord(middleware).headers), line);
  }
  return fact;
}

/** Traefik's own words for the headers that it adds. */
export const traefikHeaderNames: Readonly<Record<string, string>> = {
  stsseconds: 'Strict-Transport-Security',
  contentsecuritypolicy: 'Content-Security-Policy',
  contenttypenosniff: 'X-Content-Type-Options',
  framedeny: 'X-Frame-Options',
  customframeoptionsvalue: 'X-Frame-Options',
  referrerpolicy: 'Referrer-Policy',
  permissionspolicy: 'Permissions-Policy',
};

function traefikHeaders(fact: ProxyFact, headers: Data, line: number): void {
  for (const [key, value] of Object.entries(headers)) {
    const name = traefikHeaderNames[key.toLowerCase()];
    if (name && value !== false) fact.headers.push({ name, value: asText(value) ?? '', line });
  }
  for (const [name, value] of Object.entries(asRecord(headers.customResponseHeaders))) {
    fact.headers.push({ name, value: asText(value) ?? '', line });
  }
}

function kong(path: string, top: Data, { lines }: Located): ProxyFact {
  const fact = empty(path, 'kong');
  const plugins = (list: unknown, at: string): void => {
    asList(list).forEach((plugin, i) => {
      const name = asText(asRecord(plugin).name) ?? '';
      const line = lines[`${at}.${i}`] ?? 1;
      if (name.startsWith('rate-limiting')) fact.rateLimits.push({ note: `${name} plugin`, line });
      if (name === 'response-transformer') {
        for (const header of asTexts(dig(plugin, 'config', 'add', 'headers') ?? [])) {
          const [key = '', ...value] = header.split(':');
          fact.headers.push({ name: key.trim(), value: value.join(':').trim(), line });
        }
      }
      if (name === 'cors') {
        const origins = asTexts(dig(plugin, 'config', 'origins') ?? '*').join(', ');
        fact.headers.push({ name: 'Access-Control-Allow-Origin', value: origins, line });
      }
      if (/-log$/.test(name)) fact.accessLog = { on: true, line };
      if (name === 'proxy-cache') fact.caching.push({ note: 'proxy-cache plugin', line });
    });
  };
  asList(top.services).forEach((item, i) => {
    const service = asRecord(item);
    const upstream =
      asText(service.url) !== null
        ? hostOf(asText(service.url)!)
        : [asText(service.host) ?? '', asText(service.port)].filter(Boolean).join(':');
    asList(service.routes).forEach((route, j) => {
      for (const match of asTexts(asRecord(route).paths ?? asRecord(route).hosts ?? '/')) {
        fact.routes.push({ match, upstream, line: lines[`services.${i}.routes.${j}`] ?? 1 });
      }
      plugins(asRecord(route).plugins, `services.${i}.routes.${j}.plugins`);
    });
    plugins(service.plugins, `services.${i}.plugins`);
  });
  plugins(top.plugins, 'plugins');
  if (asList(top.certificates).length > 0) fact.tls.push({ note: 'certificates', line: lines.certificates ?? 1 });
  return fact;
}

/** Envoy's config is deep and nested in extensions: everything is found by key, wherever it stands. */
function envoy(path: string, top: Data, { lines }: Located): ProxyFact {
  const fact = empty(path, 'envoy');
  const addresses = new Map<string, string>();
  for (const cluster of asList(dig(top, 'static_resources', 'clusters'))) {
    walk(cluster, '', (key, value) => {
      if (key !== 'socket_address') return;
      const name = asText(asRecord(cluster).name) ?? '';
      if (!addresses.has(name))
        addresses.set(name, `${asText(asRecord(value).address)}:${asText(asRecord(value).port_value)}`);
    });
  }
  walk(dig(top, 'static_resources', 'listeners'), 'static_resources.listeners', (key, value, at) => {
    const line = lines[at] ?? 1;
    if (key === 'routes') {
      asList(value).forEach((route, i) => {
        const cluster = asText(dig(route, 'route', 'cluster'));
        const match = asText(dig(route, 'match', 'prefix')) ?? asText(dig(route, 'match', 'path')) ?? '/';
        if (cluster !== null)
          fact.routes.push({ match, upstream: addresses.get(cluster) ?? cluster, line: lines[`${at}.${i}`] ?? line });
      });
    } else if (key === 'socket_address') {
      fact.listens.push({ port: Number(asRecord(value).port_value) || 80, tls: false, line });
    } else if (key === 'transport_socket' && JSON.stringify(value).includes('tls')) {
      fact.tls.push({ note: 'TLS transport socket', line });
    } else if (key === 'name' && /ratelimit/.test(asText(value) ?? '')) {
      fact.rateLimits.push({ note: asText(value)!, line });
    } else if (key === 'access_log') fact.accessLog = { on: true, line };
  });
  return fact;
}

function walk(value: unknown, at: string, see: (key: string, value: unknown, at: string) => void, depth = 0): void {
  if (depth > 40) return;
  const entries = Array.isArray(value)
    ? value.map((item, i) => [String(i), item] as const)
    : Object.entries(asRecord(value));
  for (const [key, item] of entries) {
    const path = at === '' ? key : `${at}.${key}`;
    see(key, item, path);
    walk(item, path, see, depth + 1);
  }
}

const hostOf = (url: string): string => url.replace(/^[a-z0-9+.-]+:\/\//i, '').replace(/\/.*$/, '');

/** HAProxy: frontends, backends and their servers. */
export function readHaproxy(path: string, text: string): ProxyFact {
  const fact = empty(path, 'haproxy');
  const servers = new Map<string, string[]>();
  const uses: { match: string; backend: string; line: number }[] = [];
  let section = '';
  text.split('\n').forEach((raw, i) => {
    const words = raw.replace(/#.*$/, '').trim().split(/\s+/);
    const line = i + 1;
    const [name = '', first = ''] = words;
    if (/^(?:frontend|backend|listen|defaults|global)$/.test(name)) {
      section = first;
      if (name === 'listen') uses.push({ match: '/', backend: first, line });
    } else if (name === 'server') servers.set(section, [...(servers.get(section) ?? []), words[2] ?? '']);
    else if (name === 'default_backend' || name === 'use_backend') {
      uses.push({ match: name === 'use_backend' ? words.slice(2).join(' ') : '/', backend: first, line });
    } else if (name === 'bind') {
      const tls = words.includes('ssl');
      fact.listens.push({ port: Number(/:(\d+)/.exec(first)?.[1] ?? 80), tls, line });
      if (tls) fact.tls.push({ note: words.join(' '), line });
    } else if (/rate|sc_http_req/.test(raw) && /deny|tarpit|429/.test(raw))
      fact.rateLimits.push({ note: raw.trim(), line });
    else if (words.slice(0, 2).join(' ') === 'option httplog') fact.accessLog = { on: true, line };
    else if (/^http-response (?:set|add)-header/.test(words.join(' '))) {
      fact.headers.push({ name: words[2] ?? '', value: words.slice(3).join(' '), line });
    }
  });
  for (const { match, backend, line } of uses) {
    for (const upstream of servers.get(backend) ?? [backend]) fact.routes.push({ match, upstream, line });
  }
  return fact;
}

/** Apache: virtual hosts, ProxyPass, headers. */
export function readApache(path: string, text: string): ProxyFact {
  const fact = empty(path, 'apache');
  text.split('\n').forEach((raw, i) => {
    const words =
      raw
        .trim()
        .match(/"[^"]*"|\S+/g)
        ?.map((word) => word.replace(/^"|"$/g, '')) ?? [];
    const line = i + 1;
    const [name = ''] = words;
    if (name.startsWith('#')) return;
    if (/^<VirtualHost$/i.test(name))
      fact.listens.push({ port: Number(/:(\d+)/.exec(words[1] ?? '')?.[1] ?? 80), tls: false, line });
    else if (/^ProxyPass(Match)?$/i.test(name) && words[2] && words[2] !== '!') {
      fact.routes.push({ match: words[1] ?? '/', upstream: hostOf(words[2]), line });
    } else if (/^DocumentRoot$/i.test(name)) fact.routes.push({ match: '/', upstream: null, line });
    else if (/^SSLCertificateFile$/i.test(name)) fact.tls.push({ note: words.join(' '), line });
    else if (/^Header$/i.test(name)) {
      const at = words.findIndex((word) => /^(?:set|append|add)$/i.test(word));
      if (at !== -1) fact.headers.push({ name: words[at + 1] ?? '', value: words[at + 2] ?? '', line });
    } else if (/^CustomLog$/i.test(name)) fact.accessLog = { on: true, line };
    else if (/^Expires(?:Active|ByType|Default)$/i.test(name)) fact.caching.push({ note: words.join(' '), line });
  });
  return fact;
}

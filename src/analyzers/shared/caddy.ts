import type { ProxyFact } from '../../model/facts/index.ts';

/** Reads a Caddyfile line by line: site blocks, handles, reverse proxies, headers. */
export function readCaddyfile(path: string, text: string): ProxyFact {
  const fact: ProxyFact = {
    path,
    kind: 'caddy',
    routes: [],
    listens: [],
    tls: [],
    headers: [],
    rateLimits: [],
    accessLog: null,
    caching: [],
  };
  const stack: { words: string[]; match: string }[] = [];
  text.split('\n').forEach((raw, i) => {
    const line = i + 1;
    const bare = raw.replace(/(^|\s)#.*$/, '').trim();
    if (bare === '') return;
    const opens = /(^|\s)\{$/.test(bare);
    const words =
      bare
        .replace(/\s*\{$/, '')
        .match(/"[^"]*"|`[^`]*`|[^\s]+/g)
        ?.map((word) => word.replace(/^["`]|["`]$/g, '')) ?? [];
    const match = stack.at(-1)?.match ?? '/';
    if (bare === '}') {
      stack.pop();
      return;
    }
    const siteOnOneLine = stack.length === 0 && !opens && isAddress(words[0] ?? '');
    if (stack.length === 0 && (opens || siteOnOneLine)) for (const address of words) listen(fact, address, line);
    else directive(fact, words, stack, match, line);
    if (opens) stack.push({ words, match: matcherOf(words) ?? match });
  });
  return fact;
}

const isAddress = (word: string): boolean =>
  /^(?:https?:\/\/)?(?::\d+|[\w*{}$.-]+\.[a-z]{2,}(?::\d+)?,?|localhost(?::\d+)?)$/i.test(word);

function matcherOf(words: string[]): string | null {
  if (!/^(?:handle|handle_path|route|redir|rewrite)$/.test(words[0] ?? '')) return null;
  return words[1] && !words[1].startsWith('{') ? words[1] : null;
}

function listen(fact: ProxyFact, written: string, line: number): void {
  // `{$NAME:default}` is filled in from the environment when Caddy starts.
  const address = written
    .replace(/,$/, '')
    .replace(/\{\$\w+:([^}]*)\}/g, '$1')
    .replace(/:\{\$\w+\}/g, ':80')
    .replace(/\{\$(\w+)\}/g, '$1');
  if (address === '' || address.startsWith('(')) return;
  const host = address.replace(/^https?:\/\//, '');
  const port = Number(/:(\d+)$/.exec(host)?.[1] ?? (address.startsWith('http://') ? 80 : 443));
  const name = host.replace(/:\d+$/, '');
  // Caddy gets certificates by itself for a site that has a name; a bare port or http:// is plain.
  const automatic =
    name !== '' &&
    !address.startsWith('http://') &&
    port !== 80 &&
    !/^(?:localhost|[\d.]+|\*)$/.test(name) &&
    !onlyLocal(name);
  fact.listens.push({ port, tls: automatic, line });
  if (automatic) fact.tls.push({ note: `automatic HTTPS for ${name}`, line });
}

/** Names that no public authority gives a certificate for. */
const onlyLocal = (name: string): boolean =>
  /(^|\.)(localhost|test|local|localdomain|internal|lan|home\.arpa)(:\d+)?,?$/i.test(name);

function directive(fact: ProxyFact, words: string[], stack: { words: string[] }[], match: string, line: number): void {
  const [name = '', ...args] = words;
  const parent = stack.at(-1)?.words[0] ?? '';
  if (name === 'reverse_proxy' || name === 'php_fastcgi' || name === 'forward_auth') {
    if (name === 'forward_auth') return;
    const own = args[0] && /^[/@*]/.test(args[0]) ? args.shift()! : match;
    for (const upstream of args) fact.routes.push({ match: own, upstream: upstream.replace(/^\w+:\/\//, ''), line });
  } else if (name === 'to' && parent === 'reverse_proxy') {
    for (const upstream of args) fact.routes.push({ match, upstream: upstream.replace(/^\w+:\/\//, ''), line });
  } else if (name === 'file_server' || name === 'root') {
    if (!fact.routes.some((route) => route.match === match && route.upstream === null))
      fact.routes.push({ match, upstream: null, line });
  } else if (name === 'tls') {
    // A certificate of Caddy's own authority, for a name that only a developer's machine knows.
    if (args[0] === 'internal' && stack.every(({ words: [site = ''] }) => onlyLocal(site))) return;
    fact.tls.push({ note: words.join(' '), line });
  } else if (name === 'auto_https' && args[0] === 'off') {
    fact.tls.length = 0;
  } else if (name === 'rate_limit') {
    fact.rateLimits.push({ note: words.join(' '), line });
  } else if (name === 'log') {
    fact.accessLog ??= { on: true, line };
  } else if (name === 'header' || parent === 'header') {
    const [key = '', value = ''] = name === 'header' ? (args[0]?.startsWith('/') ? args.slice(1) : args) : words;
    if (/^[+?>]?[A-Za-z][\w-]*$/.test(key)) fact.headers.push({ name: key.replace(/^[+?>]/, ''), value, line });
    if (/^cache-control$/i.test(key)) fact.caching.push({ note: `Cache-Control ${value}`, line });
  }
}

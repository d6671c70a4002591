import type { ProxyFact } from '../../model/facts/index.ts';

/** A directive of an nginx-like config: words, and a block where it has one. */
export interface Directive {
  words: string[];
  line: number;
  block: Directive[] | null;
}

/** Reads nginx syntax; what does not close is closed at the end of the text. */
export function readDirectives(text: string): Directive[] {
  const root: Directive[] = [];
  const stack = [root];
  let words: string[] = [];
  let line = 1;
  let start = 1;
  const tokens =
    /\n|#[^\n]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\$\{[^}\n]*\}[^\s;{}]*|[;{}]|(?:\\.|[^\s;{}"'#\\]|(?<=\S)#|\$\{[^}\n]*\})+/g;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '\n') line++;
    else if (token.startsWith('#') && words.length === 0) continue;
    else if (token === ';') {
      if (words.length > 0) stack.at(-1)!.push({ words, line: start, block: null });
      words = [];
    } else if (token === '{') {
      const block: Directive[] = [];
      stack.at(-1)!.push({ words, line: words.length > 0 ? start : line, block });
      if (stack.length < 50) stack.push(block);
      words = [];
    } else if (token === '}') {
      if (stack.length > 1) stack.pop();
      words = [];
    } else if (!token.startsWith('#')) {
      if (words.length === 0) start = line;
      words.push(token.replace(/^(["'])([\s\S]*)\1$/, '$2'));
      line += token.split('\n').length - 1;
    }
  }
  return root;
}

/** Does this text look like nginx? Other programs have `.conf` files too. */
export const looksLikeNginx = (text: string): boolean =>
  /^\s*(?:server|upstream\s+\S+|http|stream)\s*\{/m.test(text) || /^\s*location\s+[^{]+\{/m.test(text);

/** Brings an nginx config to the proxy fact's shape. */
export function readNginx(path: string, text: string): ProxyFact {
  const fact: ProxyFact = {
    path,
    kind: 'nginx',
    routes: [],
    listens: [],
    tls: [],
    headers: [],
    rateLimits: [],
    accessLog: null,
    caching: [],
  };
  const root = readDirectives(text);
  const upstreams = new Map<string, string[]>();
  walk(root, ({ words, block }) => {
    if (words[0] === 'upstream' && words[1] && block) {
      upstreams.set(
        words[1],
        block.filter((d) => d.words[0] === 'server').map((d) => d.words[1] ?? ''),
      );
    }
  });
  visit(fact, root, '/', upstreams);
  return fact;
}

function walk(directives: Directive[], see: (directive: Directive) => void): void {
  for (const directive of directives) {
    see(directive);
    if (directive.block) walk(directive.block, see);
  }
}

const passes = new Set(['proxy_pass', 'grpc_pass', 'fastcgi_pass', 'uwsgi_pass']);

function visit(fact: ProxyFact, directives: Directive[], location: string, upstreams: Map<string, string[]>): void {
  const variables = new Map(
    directives.filter(({ words }) => words[0] === 'set').map(({ words }) => [words[1] ?? '', words[2] ?? '']),
  );
  for (const { words, line, block } of directives) {
    const [name = '', ...args] = words;
    if (passes.has(name)) {
      let target = args[0] ?? '';
      for (const [variable, value] of variables) target = target.replace(variable, value);
      for (const upstream of resolve(target, upstreams)) fact.routes.push({ match: location, upstream, line });
    } else if (name === 'root' || name === 'try_files' || name === 'alias') {
      if (!fact.routes.some((route) => route.match === location))
        fact.routes.push({ match: location, upstream: null, line });
    } else plain(fact, name, args, line);
    if (block) visit(fact, block, name === 'location' ? (args.at(-1) ?? '/') : location, upstreams);
  }
}

function plain(fact: ProxyFact, name: string, args: string[], line: number): void {
  switch (name) {
    case 'listen': {
      const port = Number(/(\d+)$/.exec(args[0] ?? '')?.[1] ?? 80);
      fact.listens.push({ port, tls: args.includes('ssl') || args.includes('quic'), line });
      break;
    }
    case 'ssl_certificate':
      fact.tls.push({ note: `ssl_certificate ${args[0] ?? ''}`, line });
      break;
    case 'add_header':
      fact.headers.push({ name: args[0] ?? '', value: args[1] ?? '', line });
      break;
    case 'limit_req':
    case 'limit_conn':
      fact.rateLimits.push({ note: [name, ...args].join(' '), line });
      break;
    case 'access_log':
      fact.accessLog = { on: args[0] !== 'off', line };
      break;
    case 'expires':
    case 'proxy_cache':
      if (args[0] !== 'off') fact.caching.push({ note: [name, ...args].join(' '), line });
      break;
  }
  if (name === 'add_header' && /^cache-control$/i.test(args[0] ?? '')) {
    fact.caching.push({ note: `Cache-Control ${args[1] ?? ''}`, line });
  }
}

function resolve(target: string, upstreams: Map<string, string[]>): string[] {
  const host = target.replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, '');
  return upstreams.get(host) ?? [host];
}

import { asList, asRecord, asText, type Data, dig, isRecord, lineIn } from '../../../model/data.ts';
import { lineAt, lineStartsOf } from '../../../model/evidence.ts';
import type { DeclaredFunction, PlatformFact } from '../../../model/facts/index.ts';
import { dirOf, isWithin, joinPath } from '../../../model/paths.ts';
import { yamlOf } from '../yaml.ts';
import {
  folderName,
  originsOf,
  type PlatformFile,
  type PlatformReader,
  platformFact,
  platformService,
} from './reader.ts';

/** The Serverless Framework, and Architect. */
export const serverlessReaders: PlatformReader[] = [
  { path: /(?:^|\/)serverless(?:[-.][\w-]+)?\.(?:ya?ml|json|[jt]s)$/, read: serverless },
  { path: /(?:^|\/)(?:app)?\.arc$/, text: /^@app\s/m, read: architect },
];

/** Architect's manifest: sections that begin with `@`, each line below them one thing. */
function architect(file: PlatformFile): PlatformFact {
  const lines = file.text.split('\n').map((text, i) => ({ text: text.replace(/#.*$/, '').trimEnd(), line: i + 1 }));
  const section = (name: string): { text: string; line: number }[] => {
    const from = lines.findIndex(({ text }) => text === `@${name}`);
    const rest = from < 0 ? [] : lines.slice(from + 1);
    const end = rest.findIndex(({ text }) => text.startsWith('@'));
    return (end < 0 ? rest : rest.slice(0, end)).filter(({ text }) => /^\S/.test(text));
  };
  const answers = section('http')[0];
  const isJob = !answers && section('static').length === 0 && section('scheduled').length > 0;
  return platformFact(file.path, 'architect', {
    services: [
      platformService(section('app')[0]?.text ?? folderName(file.dir), file.dir, {
        kind: isJob ? 'job' : 'function',
        autoscaling: true,
        line: answers?.line ?? 1,
      }),
    ],
    resources: section('tables').map(({ text, line }) => ({ type: 'dynamodb', name: text, line })),
  });
}

function serverless(file: PlatformFile): PlatformFact | null {
  if (file.located === null) {
    if (!/functions\s*[:,]|provider\s*:/.test(file.text)) return null;
    return platformFact(file.path, 'serverless', {
      services: [platformService(folderName(file.dir), file.dir, { kind: 'function', autoscaling: true })],
      functions: functionsInCode(file),
    });
  }
  const data = asRecord(file.located.data);
  const at = (path: string): number => lineIn(file.located!.lines, path);
  if (!('provider' in data) && !('functions' in data) && !('component' in data)) return null;
  const functions = partsOf(file, data.functions, 'functions').flatMap((part) =>
    Object.entries(part.data).map(([name, fn]) => ({ name, fn, path: part.path, line: part.line(name) })),
  );
  const first = functions[0]?.fn;
  const crons = functions.filter(
    ({ fn }) => eventsOf(fn).length > 0 && eventsOf(fn).every((event) => isRecord(event) && 'schedule' in event),
  );
  const environment = asRecord(dig(data, 'provider', 'environment'));
  const ran = asText(dig(data, 'provider', 'runtime'));
  const runtime = ran ? { name: ran, file: file.path, line: at('provider.runtime') } : undefined;
  const throttled = isRecord(dig(data, 'provider', 'apiGateway', 'usagePlan', 'throttle'));
  const resources = partsOf(file, data.resources, 'resources')
    .flatMap((part) =>
      isRecord(part.data.Resources)
        ? [{ ...part, data: part.data.Resources, line: (below: string) => part.line(`Resources.${below}`) }]
        : partsOf(file, part.data.Resources, 'resources.Resources'),
    )
    .flatMap((part) =>
      Object.entries(part.data).map(([name, resource]) => ({
        type: asText(asRecord(resource).Type) ?? '',
        name,
        line: part.path === file.path ? part.line(name) : at('resources'),
        path: asText(dig(resource, 'Properties', 'BasePath') ?? dig(resource, 'Properties', 'ApiMappingKey')),
      })),
    );
  const service = asText(data.service) ?? folderName(file.dir);
  // A path of a domain that several share: the domain is the one entry point.
  const domain = asText(dig(data, 'custom', 'customDomain', 'basePath'));
  const shared = [
    ...resources.filter(({ type }) => /::(BasePathMapping|ApiMapping)$/.test(type)),
    { path: domain, line: at('custom.customDomain.basePath') },
  ];
  const throttling = asRecord(dig(data, 'custom', 'apiGatewayThrottling'));
  return platformFact(file.path, 'serverless', {
    services: [
      platformService(service, file.dir, {
        kind: functions.length > 0 && crons.length === functions.length ? 'job' : 'function',
        command: asText(asRecord(first).handler),
        autoscaling: true,
        line: at('functions'),
      }),
    ],
    functions: functions.flatMap(({ fn, path, line }) => declared(file, asRecord(fn), { file: path, line }, runtime)),
    resources: resources.map(({ type, name, line }) => ({ type, name, line })),
    routes: shared.flatMap(({ path, line }) =>
      path ? [{ match: `/${path.replace(/^\//, '')}`, target: service, line }] : [],
    ),
    rateLimits: [
      ...(throttled ? [{ note: 'usagePlan limits the rate', line: at('provider.apiGateway.usagePlan.throttle') }] : []),
      ...('maxRequestsPerSecond' in throttling
        ? [{ note: 'apiGatewayThrottling limits the rate', line: at('custom.apiGatewayThrottling') }]
        : []),
    ],
    env: Object.keys(environment).map((name) => ({ name, line: at(`provider.environment.${name}`) })),
    ...originsOf(file.located, [
      'provider.httpApi.cors',
      ...functions.flatMap(({ name, fn }) =>
        eventsOf(fn).flatMap((_, i) => [
          `functions.${name}.events.${i}.http.cors`,
          `functions.${name}.events.${i}.httpApi.cors`,
        ]),
      ),
    ]),
  });
}

/** What stands at a key: in the file itself, or in others by `${file(./functions.yml)}`, alone or in a list. */
function partsOf(
  file: PlatformFile,
  value: unknown,
  key: string,
): { data: Data; path: string; line: (below: string) => number }[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => partsOf(file, each, `${key}.${i}`));
  if (isRecord(value))
    return [{ data: value, path: file.path, line: (below) => lineIn(file.located!.lines, `${key}.${below}`) }];
  const named = /^\$\{file\(([^)]+\.ya?ml)\)(?::([\w.-]+))?\}$/.exec(asText(value)?.trim() ?? '');
  const path = named && joinPath(file.dir, named[1]!);
  const document = path ? yamlOf(file.view, path).documents[0] : undefined;
  if (!path || !document) return [];
  const inner = named[2];
  return [
    {
      data: asRecord(inner ? dig(document.data, ...inner.split('.')) : document.data),
      path,
      line: (below) => lineIn(document.lines, inner ? `${inner}.${below}` : below),
    },
  ];
}

const eventsOf = (fn: unknown): unknown[] => asList(asRecord(fn).events);

function declared(
  file: PlatformFile,
  fn: Data,
  place: { file: string; line: number },
  shared: DeclaredFunction['runtime'],
): DeclaredFunction[] {
  const handler = asText(fn.handler);
  const module = handler && joinPath(file.dir, handler.replace(/\.[\w$]+$/, ''));
  if (!module) return [];
  const events = eventsOf(fn);
  const own = asText(fn.runtime);
  const runtime = own ? { name: own, ...place } : shared;
  const requests = events.flatMap(requestOf);
  const answers = requests.length > 0 || Boolean(fn.url) || events.some((event) => isRecord(event) && 'alb' in event);
  return [
    {
      modules: [module],
      member: /([\w$]+)$/.exec(handler!)?.[1] ?? 'handler',
      by: answers ? 'request' : events.length > 0 ? 'event' : null,
      requests,
      authorized: events.some((event) =>
        Boolean(dig(event, 'http', 'authorizer') ?? dig(event, 'httpApi', 'authorizer')),
      ),
      ...(runtime && { runtime }),
      ...place,
    },
  ];
}

/** `http: GET users`, `http: { path, method }`, `httpApi: '*'`. */
function requestOf(event: unknown): { method: string; path: string }[] {
  const said = asRecord(event).http ?? asRecord(event).httpApi;
  if (said === undefined) return [];
  const [first = '', second] = (asText(said) ?? '').split(/\s+/);
  const method = asText(asRecord(said).method) ?? (second === undefined ? 'ALL' : first);
  const path = asText(asRecord(said).path) ?? second ?? first;
  return [{ method: verb(method), path: `/${path.replace(/^\//, '')}` }];
}

const verb = (word: string): string => (/^(?:any|\*|)$/i.test(word) ? 'ALL' : word.toUpperCase());

/** The TypeScript template keeps each function's configuration beside its code, with the handler by `handlerPath(__dirname)`. */
function functionsInCode({ view, dir }: PlatformFile): DeclaredFunction[] {
  return view
    .list()
    .filter((path) => /\.[jt]s$/.test(path) && isWithin(path, dir) && !/(?:^|\/)node_modules\//.test(path))
    .flatMap((path) => {
      const text = view.text(path);
      if (!text.includes('(__dirname)')) return [];
      const starts = lineStartsOf(text);
      const found = [...text.matchAll(/\bhandler\s*:\s*`\$\{\w+\(__dirname\)\}\/?([\w./-]+?)\.([\w$]+)`/g)];
      return found.flatMap((match, i): DeclaredFunction[] => {
        const module = joinPath(dirOf(path), match[1]!);
        const body = text.slice(match.index, Math.min(found[i + 1]?.index ?? text.length, match.index + 4_000));
        const requests = [...body.matchAll(/\bhttp(?:Api)?\s*:\s*\{([^{}]*)/g)].map(([, said = '']) => ({
          method: verb(/\bmethod\s*:\s*['"](\w+)/.exec(said)?.[1] ?? ''),
          path: `/${/\bpath\s*:\s*['"`]\/?([^'"`]*)/.exec(said)?.[1] ?? ''}`,
        }));
        const isEvent = /\b(?:schedule|sqs|sns|s3|stream|eventBridge|websocket|cognitoUserPool)\s*:/.test(body);
        return module === null
          ? []
          : [
              {
                modules: [module],
                member: match[2]!,
                by: requests.length > 0 ? 'request' : isEvent ? 'event' : null,
                requests,
                authorized: /\bauthorizer\s*:/.test(body),
                file: path,
                line: lineAt(starts, match.index),
              },
            ];
      });
    });
}

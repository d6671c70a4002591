import { lineAt, lineStartsOf } from '../../../model/evidence.ts';
import type { DeclaredFunction, PlatformFact } from '../../../model/facts/index.ts';
import { dirOf, joinPath } from '../../../model/paths.ts';
import {
  below,
  folderName,
  type PlatformFile,
  type PlatformReader,
  type PlatformService,
  platformFact,
  platformService,
} from './reader.ts';

/** SST, by its configuration: a program since its second version, `sst.json` beside a program before. */
export const sstReaders: PlatformReader[] = [
  { path: /(?:^|\/)sst\.config\.[cm]?[jt]s$/, read: sst },
  { path: /(?:^|\/)sst\.json$/, read: sst },
];

const kinds: [RegExp, PlatformService['kind']][] = [
  [/StaticSite|^aws\.Static|ViteStatic/, 'static'],
  [/Nextjs|Remix|Astro|SolidStart|SvelteKit|Nuxt|React|TanStack|Analog|NextjsSite|AstroSite|RemixSite/, 'web'],
  [/Service$|Task$|Fargate/, 'worker'],
  [/Function$|ApiGateway|^Api$|Cron|Queue|Worker$|Hono/, 'function'],
];

const construct =
  /\bnew\s+(?:sst\.(?:aws|cloudflare)\.)?([A-Z]\w+)\(\s*(?:(?:stack|this|ctx\.stack)\s*,\s*)?["'`]([\w-]+)["'`]|\.add(Service)\(\s*["'`]([\w-]+)["'`]/g;

/** SST names components in code: `new sst.aws.Nextjs("Web", { path: "packages/web" })`. Stacks beside the config are read too. */
function sst(file: PlatformFile): PlatformFact {
  const fact = platformFact(file.path, 'sst', { functions: [] });
  const isOlder = file.path.endsWith('.json');
  const sources = file.view
    .list()
    .filter(
      (path) =>
        (path === file.path && !isOlder) ||
        /(?:^|\/)(?:stacks|infra)\/[^/]+\.[cm]?[jt]s$/.test(path) ||
        (isOlder && /(?:^|\/)lib\/[^/]+\.[jt]s$/.test(path)),
    );
  const texts = sources.map((path) => ({ path, text: file.view.text(path) }));
  const folder = texts.map(({ text }) => /\bsrcPath\s*:\s*["'`]([^"'`]+)["'`]/.exec(text)?.[1]).find(Boolean) ?? '.';
  for (const { path, text } of texts) {
    const starts = lineStartsOf(text);
    const made = [...text.matchAll(construct)];
    for (const [i, match] of made.entries()) {
      const type = match[1] ?? match[3]!;
      const name = match[2] ?? match[4]!;
      const body = text.slice(match.index, Math.min(match.index + 3_000, made[i + 1]?.index ?? text.length));
      const kind = kinds.find(([pattern]) => pattern.test(type))?.[1];
      const line = path === file.path ? lineAt(starts, match.index) : 1;
      if (kind) {
        const functions = kind === 'function' ? routesIn(file, folder, path, body, match.index, starts) : [];
        fact.functions!.push(...functions);
        fact.services.push(
          platformService(name, folderOf(file, body, functions[0]), {
            kind: kind === 'worker' ? 'web' : kind,
            line,
            host: type,
            autoscaling: kind === 'worker' && /\bscaling\s*:/.test(body),
          }),
        );
      } else if (/Bucket|Dynamo|Postgres|Redis|Mysql|Aurora|Table|RDS/.test(type))
        fact.resources.push({ type, name, line });
    }
  }
  if (fact.services.length === 0)
    fact.services.push(platformService(folderName(file.dir), file.dir, { kind: 'function' }));
  return fact;
}

function folderOf(file: PlatformFile, body: string, routed: DeclaredFunction | undefined): string | null {
  const [, key, value] = /\b(path|handler|context|dockerfile)\s*:\s*["'`]([^"'`]+)["'`]/.exec(body) ?? [];
  if (value === undefined && routed) return dirOf(routed.modules[0]!);
  const written = value ?? '.';
  return below(file.dir, key === 'handler' || key === 'dockerfile' ? dirOf(written) : written);
}

/** The routes of an API: `"GET /notes": "functions/list.main"` or `api.route("GET /notes", …)`, also as `{ handler: … }`, `{ function: … }`. */
function routesIn(
  { dir }: PlatformFile,
  folder: string,
  path: string,
  body: string,
  from: number,
  starts: number[],
): DeclaredFunction[] {
  const route =
    /["'`](GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY|\$default)\s*(\/[^"'`\n]*)?["'`]\s*[:,]\s*(?:\{[^{}"'`]*){0,2}["'`]([\w./@-]+)\.([\w$]+)["'`]/g;
  return [...body.matchAll(route)].flatMap((match): DeclaredFunction[] => {
    const [, method = '', at = '/', module = '', member = ''] = match;
    const modules = [...new Set([folder, '.'])].flatMap((base) => joinPath(dir, base, module) ?? []);
    if (modules.length === 0) return [];
    return [
      {
        modules,
        member,
        by: 'request',
        requests: [{ method: /^(?:ANY|\$default)$/.test(method) ? 'ALL' : method, path: at }],
        authorized: /\bauthorizer\s*:\s*(?!["'`]none)/.test(body),
        file: path,
        line: lineAt(starts, from + match.index),
      },
    ];
  });
}

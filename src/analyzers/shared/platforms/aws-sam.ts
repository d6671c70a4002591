import { asList, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../../model/data.ts';
import type { DeclaredFunction, PlatformFact } from '../../../model/facts/index.ts';
import { joinPath } from '../../../model/paths.ts';
import type { Located } from '../yaml.ts';
import { below, originsOf, type PlatformFile, type PlatformReader, platformFact, platformService } from './reader.ts';

/** AWS SAM: templates by their usual name, and under any name in a folder of infrastructure. */
export const samReaders: PlatformReader[] = [
  { path: /(?:^|\/)(?:template|sam)(?:[-.][\w-]+)?\.ya?ml$/, read: sam },
  {
    path: /(?:^|\/)(?:infra(?:structure)?|cloud-?formation|cfn|sam|stacks?|aws|templates|deploy(?:ment)?)\/(?:[^/]+\/)*[^/]+\.ya?ml$/i,
    text: /^Transform:[\s\S]*AWS::Serverless-/m,
    read: sam,
  },
];

const at = (located: Located | null, path: string): number => lineIn(located?.lines ?? {}, path);
const top = (file: PlatformFile): Data => asRecord(file.located?.data);

function sam(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  if (!asTexts(data.Transform ?? []).some((transform) => transform.startsWith('AWS::Serverless'))) return null;
  const fact = platformFact(file.path, 'aws-sam', { functions: [], routes: [] });
  // An API asks by default where it has an authorizer of its own.
  const guarded = Object.values(asRecord(data.Resources))
    .map((resource) => dig(resource, 'Properties', 'Auth'))
    .concat([dig(data, 'Globals', 'Api', 'Auth'), dig(data, 'Globals', 'HttpApi', 'Auth')])
    .some((auth) => asText(asRecord(auth).DefaultAuthorizer) !== null);
  for (const [name, value] of Object.entries(asRecord(data.Resources))) {
    const type = asText(asRecord(value).Type) ?? '';
    const line = at(file.located, `Resources.${name}`);
    const code = asText(dig(value, 'Properties', 'CodeUri')) ?? asText(dig(data, 'Globals', 'Function', 'CodeUri'));
    if (type === 'AWS::Serverless::Function') {
      fact.services.push(
        platformService(name, below(file.dir, code), {
          kind: 'function',
          command: asText(dig(value, 'Properties', 'Handler')),
          autoscaling: true,
          line,
        }),
      );
      const functions = declared(file, value, code, guarded, line);
      fact.functions!.push(...functions);
      for (const { path } of functions.flatMap(({ requests }) => requests))
        fact.routes!.push({ match: path, target: name, line });
    } else fact.resources.push({ type, name, line });
  }
  const apis = Object.keys(asRecord(data.Resources)).flatMap((name) => [
    `Resources.${name}.Properties.CorsConfiguration`,
    `Resources.${name}.Properties.Cors`,
  ]);
  return {
    ...fact,
    rateLimits: throttles(file),
    ...originsOf(file.located, ['Globals.HttpApi.CorsConfiguration', 'Globals.Api.Cors', ...apis]),
  };
}

/** Usage plans and throttling of the APIs, by the API itself or for all of them. */
function throttles(file: PlatformFile): { note: string; line: number }[] {
  const data = top(file);
  const places = [
    'Globals.Api',
    'Globals.HttpApi',
    ...Object.keys(asRecord(data.Resources)).map((name) => `Resources.${name}.Properties`),
  ];
  return places.flatMap((place) => {
    const said = asRecord(dig(data, ...place.split('.')));
    const settings = [said.DefaultRouteSettings, ...asList(said.MethodSettings)];
    const keys = [
      ['Auth.UsagePlan.Throttle', dig(said, 'Auth', 'UsagePlan', 'Throttle')],
      ['Throttle', said.Throttle],
      ['MethodSettings', settings.find((each) => dig(each, 'ThrottlingRateLimit') !== undefined)],
    ] as const;
    return keys
      .filter(([, value]) => isRecord(value))
      .map(([key]) => ({ note: `${key} limits the rate`, line: at(file.located, `${place}.${key}`) }));
  });
}

function declared(
  file: PlatformFile,
  value: unknown,
  code: string | null,
  guarded: boolean,
  line: number,
): DeclaredFunction[] {
  const handler = asText(dig(value, 'Properties', 'Handler'));
  const dir = below(file.dir, code);
  const module = dir !== null && handler ? joinPath(dir, handler.replace(/\.[\w$]+$/, '')) : null;
  if (!module) return [];
  const events = Object.values(asRecord(dig(value, 'Properties', 'Events'))).map(asRecord);
  const asked = events.filter((event) => /^(Http)?Api$/.test(asText(event.Type) ?? ''));
  const answers = asked.length > 0 || isRecord(dig(value, 'Properties', 'FunctionUrlConfig'));
  return [
    {
      modules: [module],
      member: /([\w$]+)$/.exec(handler!)?.[1] ?? 'handler',
      by: answers ? 'request' : 'event',
      requests: asked.flatMap((event) => {
        const path = asText(dig(event, 'Properties', 'Path'));
        const method = asText(dig(event, 'Properties', 'Method')) ?? 'any';
        return path === null ? [] : [{ method: /^any$/i.test(method) ? 'ALL' : method.toUpperCase(), path }];
      }),
      authorized: guarded || asked.some((event) => asText(dig(event, 'Properties', 'Auth', 'Authorizer')) !== null),
      ...runtimeOf(file, value, line),
      file: file.path,
      line,
    },
  ];
}

function runtimeOf(file: PlatformFile, value: unknown, line: number): Pick<DeclaredFunction, 'runtime'> {
  const own = asText(dig(value, 'Properties', 'Runtime'));
  const shared = asText(dig(top(file), 'Globals', 'Function', 'Runtime'));
  if (own) return { runtime: { name: own, file: file.path, line } };
  return shared
    ? { runtime: { name: shared, file: file.path, line: at(file.located, 'Globals.Function.Runtime') } }
    : {};
}

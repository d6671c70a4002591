import { asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../../model/data.ts';
import type { PlatformFact } from '../../../model/facts/index.ts';
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
  const fact = platformFact(file.path, 'aws-sam');
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
          host: answersHttp(value) ? 'api' : null,
        }),
      );
    } else fact.resources.push({ type, name, line });
  }
  const apis = Object.keys(asRecord(data.Resources)).flatMap((name) => [
    `Resources.${name}.Properties.CorsConfiguration`,
    `Resources.${name}.Properties.Cors`,
  ]);
  return {
    ...fact,
    ...originsOf(file.located, ['Globals.HttpApi.CorsConfiguration', 'Globals.Api.Cors', ...apis]),
  };
}

const answersHttp = (value: unknown): boolean =>
  isRecord(dig(value, 'Properties', 'FunctionUrlConfig')) ||
  Object.values(asRecord(dig(value, 'Properties', 'Events'))).some((event) =>
    /^(Http)?Api$/.test(asText(asRecord(event).Type) ?? ''),
  );

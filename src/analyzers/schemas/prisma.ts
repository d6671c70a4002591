import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { DataSchemaFact } from '../../model/facts/config.ts';
import { dirOf, isWithin, joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { envOf, named, providerOf, schema } from './parts.ts';

/** Prisma schemas; the files of a multi-file schema take the provider of the one that holds the data source. */
export function prismaSchemas(view: RepoView): DataSchemaFact[] {
  const facts = view
    .glob('**/*.prisma')
    .map((path) => prismaFile(path, view.text(path).replace(/^[ \t]*\/\/.*$/gm, '')));
  return facts.map((fact) => {
    if (fact.provider !== null) return fact;
    const holder = facts.filter((each) => each.provider !== null && isWithin(fact.path, dirOf(each.path))).at(-1);
    const sibling =
      holder ?? facts.find((each) => each.provider !== null && isWithin(dirOf(each.path), dirOf(fact.path)));
    return { ...fact, provider: sibling?.provider ?? null };
  });
}

function prismaFile(path: string, text: string): DataSchemaFact {
  const source = /\bdatasource\s+\w+\s*\{([^}]*)\}/.exec(text);
  const stated = source ? /\bprovider\s*=\s*"([^"]*)"/.exec(source[1]!)?.[1] : undefined;
  const client = clientFolder(path, text);
  return schema({
    ...(client === null ? {} : { client }),
    path,
    orm: 'prisma',
    role: 'schema',
    provider: providerOf(stated) ?? stated ?? null,
    models: named(text, /^[ \t]*model\s+(\w+)\s*\{/gm),
    env: envOf(text),
    line: source ? lineAt(lineStartsOf(text), source.index) : 1,
  });
}

/** Other generators write documents, schemas for validation and the like. */
function clientFolder(path: string, text: string): string | null {
  for (const [, body] of text.matchAll(/\bgenerator\s+\w+\s*\{([^}]*)\}/g)) {
    const output = /\boutput\s*=\s*"([^"]+)"/.exec(body!)?.[1];
    if (output && /\bprovider\s*=\s*"prisma-client(-js)?"/.test(body!) && !output.includes('node_modules'))
      return joinPath(dirOf(path), output);
  }
  return null;
}

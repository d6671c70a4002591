import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { DataSchemaFact } from '../../model/facts/config.ts';
import { dirOf, isWithin } from '../../model/paths.ts';
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
  return schema({
    path,
    orm: 'prisma',
    role: 'schema',
    provider: providerOf(stated) ?? stated ?? null,
    models: named(text, /^[ \t]*model\s+(\w+)\s*\{/gm),
    env: envOf(text),
    line: source ? lineAt(lineStartsOf(text), source.index) : 1,
  });
}

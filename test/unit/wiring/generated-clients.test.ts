import { expect, it } from 'vitest';
import { collect, loadAnalyzers } from '../../../src/audit/collect.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { withGeneratedClients } from '../../../src/wiring/generated-clients.ts';

const analyzers = await loadAnalyzers();

const generator = (output: string, provider = 'prisma-client-js'): string =>
  `generator client {\n  provider = "${provider}"\n  output   = "${output}"\n}\n\nmodel Note {\n  id Int @id\n}\n`;

const paths = (aliases: Record<string, string[]>): Record<string, string> => ({
  'tsconfig.json': JSON.stringify({ compilerOptions: { baseUrl: '.', paths: aliases } }),
});

/** What is imported or passed on: the schema, what the code says, other files, and the modules it then comes from. */
it.each<[title: string, schema: string, code: string, files: Record<string, string>, expected: string[]]>([
  [
    'a client in a folder of its own',
    generator('../generated/db'),
    "import { PrismaClient } from '../generated/db';",
    {},
    ['@prisma/client'],
  ],
  [
    'by the newer generator',
    generator('../src/db', 'prisma-client'),
    "import { PrismaClient } from './db/client';",
    {},
    ['@prisma/client'],
  ],
  [
    'its enumerations, and what a browser may load, which ask no database',
    generator('../src/db'),
    "import { Kind } from './db/enums.js';\nimport { Colour } from './db/browser';",
    {},
    ['./db/enums.js', './db/browser'],
  ],
  [
    'passed on by a module',
    generator('../src/db'),
    "export * from './db';\nexport { Kind } from './db/enums';",
    {},
    ['@prisma/client', './db/enums'],
  ],
  [
    'by an alias of the bundler',
    generator('../src/made/db'),
    "import { PrismaClient } from '@/made/db';",
    {},
    ['@prisma/client'],
  ],
  [
    'by an alias of the tsconfig',
    generator('../src/made/db'),
    "import { PrismaClient } from '#made/db';",
    paths({ '#made/*': ['src/made/*'] }),
    ['@prisma/client'],
  ],
  [
    'by the path from the top',
    generator('../src/made/db'),
    "import { PrismaClient } from 'src/made/db';",
    {},
    ['@prisma/client'],
  ],
  [
    'what lies beside it',
    generator('../src/db'),
    "import { notes } from './dbs';\nimport { list } from './notes';",
    {},
    ['./dbs', './notes'],
  ],
  [
    'where the generator says nothing of a folder',
    generator('../src/db').replace(/.*output.*\n/, ''),
    "import { PrismaClient } from './db';",
    {},
    ['./db'],
  ],
  [
    'among the packages',
    generator('../node_modules/.prisma/client'),
    "import { PrismaClient } from './db';",
    {},
    ['./db'],
  ],
  [
    'what another generator writes',
    generator('../src/db', 'prisma-zod-generator'),
    "import { PrismaClient } from './db';",
    {},
    ['./db'],
  ],
  ['outside the repository', generator('../../db'), "import { PrismaClient } from '../../db';", {}, ['../../db']],
])('%s', async (_, schema, code, files, expected) => {
  const view = openMemory({
    'package.json': '{"name":"notes"}',
    'prisma/schema.prisma': schema,
    'src/index.ts': code,
    ...files,
  });
  const facts = await collect(view, analyzers.values(), async (_unit, run) => run());
  const [source] = withGeneratedClients(view, facts).filter(({ path }) => path === 'src/index.ts');
  const { imports, exports } = source!.module;
  const said =
    exports.length > 0 ? exports.map(({ from }) => from?.specifier) : imports.map(({ specifier }) => specifier);
  expect(said).toEqual(expected);
});

import type { Analyzer } from '../model/facts/index.ts';
import { byCodeUnit } from '../model/paths.ts';
import { codeSchemas } from './schemas/code-models.ts';
import { dataConfigs, migrationFolders, sqlSchemas } from './schemas/migrations.ts';
import { prismaSchemas } from './schemas/prisma.ts';

const dataSchemas: Analyzer<'dataSchemas'> = {
  gives: 'dataSchemas',
  sees: 'Schemas, models, data sources and migration folders of the common ORMs, and SQL that creates tables.',
  blindTo: 'Models that are built by a function of the repository, and what a driver is told in plain queries.',
  analyze: (view) =>
    [prismaSchemas, migrationFolders, sqlSchemas, dataConfigs, codeSchemas]
      .flatMap((read) => read(view))
      .sort((a, b) => byCodeUnit(a.path, b.path) || byCodeUnit(a.role, b.role)),
};
export default dataSchemas;

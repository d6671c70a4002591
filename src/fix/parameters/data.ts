import { byCodeUnit, relativeTo } from '../../model/paths.ts';
import { manifestOf } from './_packages.ts';
import type { Parameters } from './_parameter.ts';

/** Migrations and seeds that nothing runs yet, and the command that would. */
const data: Parameters = ({ model, component, view }) => {
  const folder = component?.path ?? '.';
  const manifest = manifestOf(model, folder);
  const declared = { ...manifest?.devDependencies, ...manifest?.dependencies };
  const inside = model.facts.dataSchemas.filter(({ path }) => folder === '.' || path.startsWith(`${folder}/`));
  const migrated = new Set(
    inside.filter(({ role, count }) => role === 'migrations' && count > 0).map(({ orm }) => orm),
  );
  const migrate =
    migrated.has('prisma') && declared.prisma
      ? 'prisma migrate deploy'
      : migrated.has('drizzle') && declared['drizzle-kit']
        ? 'drizzle-kit migrate'
        : migrated.has('knex') && declared.knex
          ? 'knex migrate:latest'
          : migrated.has('sequelize') && declared['sequelize-cli']
            ? 'sequelize-cli db:migrate'
            : null;
  const seed = view
    .glob(folder === '.' ? '**/seed.{ts,js,mjs,cjs}' : `${folder}/**/seed.{ts,js,mjs,cjs}`)
    .filter((path) => !/(^|\/)(tests?|node_modules)\//.test(path))
    .sort(byCodeUnit)[0];
  const runner =
    seed === undefined
      ? null
      : !seed.endsWith('.ts')
        ? 'node'
        : declared.tsx
          ? 'tsx'
          : declared['ts-node']
            ? 'ts-node'
            : null;
  return {
    migrateCommand: migrate,
    seedCommand: runner === null ? null : `${runner} ${relativeTo(seed!, folder)}`,
    manifestFile: manifest?.path ?? null,
  };
};
export default data;

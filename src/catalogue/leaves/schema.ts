import { z } from 'zod';
import { schemasOf } from '../../detectors/shared/schemas.ts';
import { noteOf, placeOf } from '../../detectors/shared/scope.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import { isWithin } from '../../model/paths.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'a database schema, ORM set-up or folder of migrations lies in the component, or in no component where this one keeps data',
  example: 'schema: { roles: [migrations], relational: true }',
  reads: 'config',
  options: z.strictObject({
    roles: z.array(z.enum(['schema', 'config', 'migrations'])).min(1),
    orms: z.array(z.string().min(1)).optional(),
    /** Leave document stores out. */
    relational: z.boolean().default(false),
    /** Count those of shared packages that its code reaches. */
    reached: z.boolean().default(false),
  }),
  short: (value) => ({ roles: [value].flat() }),
  judge(model, component, { roles, orms, relational, reached }) {
    const all = schemasOf(model, component, reached);
    // Where one model of an ORM says which store it is for, those that say nothing are for the same.
    const documents = new Set(all.filter(({ provider }) => provider === 'mongodb').map(({ orm }) => orm));
    const isRelational = ({ orm, provider }: (typeof all)[number]): boolean =>
      orm !== 'mongoose' && provider !== 'mongodb' && !(provider === null && documents.has(orm));
    const found = all
      .filter((fact) => roles.includes(fact.role) && (!orms || orms.includes(fact.orm)))
      .filter((fact) => !relational || isRelational(fact));
    if (found.length > 0)
      return yes(...found.map((fact) => noteOf({ file: shown(model, fact.path), line: fact.line }, noteFor(fact))));
    return no(`${placeOf(component)}: database ${roles.join(' or ')}`);
  },
});

/** A folder of migrations is shown by its first file. */
const shown = (model: AuditModel, path: string): string =>
  model.view.has(path) ? path : (model.view.list().find((file) => isWithin(file, path)) ?? path);

function noteFor(fact: { orm: string; role: string; models: readonly unknown[]; count: number }): string {
  if (fact.role === 'migrations') return `${fact.count} ${fact.orm} migrations`;
  return fact.models.length > 0 ? `${fact.orm} ${fact.role}, ${fact.models.length} models` : `${fact.orm} ${fact.role}`;
}

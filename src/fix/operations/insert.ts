import { type Application, findApplication } from '../code/application.ts';
import { slotInsertion } from '../code/place.ts';
import { askedImports, importInsertions } from '../code/requests.ts';
import { inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import { render, withValues } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import type { Operate, Surroundings } from './_operation.ts';

interface Asked {
  slot: string;
  code: string;
  imports: ImportSpec[];
  connections: boolean;
  with: Record<string, string>;
}

/** A statement in a slot of the component's application, with the imports it needs. */
const insert: Operate<Asked> = (asked, surroundings) =>
  insertInto(findApplication(surroundings, surroundings.draft), asked, surroundings);
export default insert;

/** The same in an application that is found already. */
export function insertInto(app: Application, asked: Asked, surroundings: Surroundings): void {
  const { draft, parameters } = surroundings;
  const text = app.source.text;
  const code = render(asked.code, withValues({ ...parameters, app: app.expression }, asked.with));
  const imports = [...asked.imports, ...(asked.connections ? askedImports(parameters, app.file) : [])];
  draft.edit(
    app.file,
    inserted(text, [
      ...importInsertions(app.file, text, imports, surroundings),
      slotInsertion(app, asked.slot, code, styleOf(text), surroundings),
    ]),
  );
}

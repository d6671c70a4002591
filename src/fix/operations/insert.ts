import { findApplication } from '../code/application.ts';
import { slotInsertion } from '../code/place.ts';
import { askedImports, importInsertions } from '../code/requests.ts';
import { inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import { render, withValues } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import type { Operate } from './_operation.ts';

/** A statement in a slot of the component's application, with the imports it needs. */
const insert: Operate<{
  slot: string;
  code: string;
  imports: ImportSpec[];
  connections: boolean;
  with: Record<string, string>;
}> = (asked, surroundings) => {
  const { draft, parameters } = surroundings;
  const app = findApplication(surroundings, draft);
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
};
export default insert;

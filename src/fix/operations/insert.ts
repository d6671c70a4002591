import { findApplication } from '../code/application.ts';
import { slotInsertion } from '../code/place.ts';
import { importInsertions } from '../code/requests.ts';
import { inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import type { Operate } from './_operation.ts';

/** A statement in a slot of the component's application, with the imports it needs. */
const insert: Operate<{ slot: string; code: string; imports: ImportSpec[] }> = (asked, surroundings) => {
  const { draft, parameters } = surroundings;
  const app = findApplication(surroundings, draft);
  const text = app.source.text;
  const code = render(asked.code, { ...parameters, app: app.expression });
  draft.edit(
    app.file,
    inserted(text, [
      ...importInsertions(app.file, text, asked.imports, surroundings),
      slotInsertion(app, asked.slot, code, styleOf(text), surroundings),
    ]),
  );
};
export default insert;

import { withJsonKey, withoutPlaceholder } from '../edit/json.ts';
import { pathOf, renderDeep } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

const setJson: Operate<{ file: string; path: string[]; value?: unknown }> = (
  { file, path, value },
  { parameters, draft },
) => {
  const at = pathOf(file, parameters);
  const before = draft.read(at);
  if (before === null) throw new Unfit(`there is no ${at}`);
  // What `npm init` leaves in place of a test script is nobody's choice.
  const open = path.join('.') === 'scripts.test' ? withoutPlaceholder(before) : before;
  draft.edit(at, withJsonKey(open, path, renderDeep(value, parameters)));
};
export default setJson;

import { withJsonKey } from '../edit/json.ts';
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
  draft.edit(at, withJsonKey(before, path, renderDeep(value, parameters)));
};
export default setJson;

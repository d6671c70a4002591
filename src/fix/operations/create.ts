import { askedImports, importInsertions } from '../code/requests.ts';
import { inserted } from '../edit/insert.ts';
import type { Style } from '../edit/style.ts';
import { restyle, usualStyle } from '../edit/style.ts';
import { pathOf, render, withValues } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import type { Operate } from './_operation.ts';

/** A new file from one under `files/`; code is brought to the style of the component's own. */
const create: Operate<{
  file: string;
  from: string;
  imports: ImportSpec[];
  connections: boolean;
  with: Record<string, string>;
}> = ({ file, from, imports, connections, with: values }, surroundings) => {
  const { template, parameters, draft } = surroundings;
  const text = template.file(from);
  if (text === null) throw new Error(`templates/${template.id}/files/${from} does not exist`);
  const filled = render(text, withValues(parameters, values));
  const style = (parameters.style as Style | undefined) ?? usualStyle;
  const path = pathOf(file, parameters);
  const styled = /\.[cm]?[jt]sx?$/.test(path) ? restyle(filled, style) : filled;
  const asked = [...imports, ...(connections ? askedImports(parameters, path) : [])];
  const lines = asked.length > 0 ? importInsertions(path, styled, asked, surroundings, true) : [];
  draft.create(path, inserted(styled, lines));
};
export default create;

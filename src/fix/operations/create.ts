import type { Style } from '../edit/style.ts';
import { restyle, usualStyle } from '../edit/style.ts';
import { pathOf, render } from '../render.ts';
import type { Operate } from './_operation.ts';

/** A new file from one under `files/`; code is brought to the style of the component's own. */
const create: Operate<{ file: string; from: string }> = ({ file, from }, { template, parameters, draft }) => {
  const text = template.file(from);
  if (text === null) throw new Error(`templates/${template.id}/files/${from} does not exist`);
  const filled = render(text, parameters);
  const style = (parameters.style as Style | undefined) ?? usualStyle;
  draft.create(
    pathOf(file, parameters),
    /\.[cm]?[jt]sx?$/.test(file) || /\.<%/.test(file) ? restyle(filled, style) : filled,
  );
};
export default create;

import { letterIcon } from '../png.ts';
import { pathOf, render } from '../render.ts';
import type { Operate } from './_operation.ts';

/** A square PNG of the component's first letter, `size` pixels wide; it may be masked. Colours are `#rrggbb`. */
const icon: Operate<{ file: string; size: number; ground: string; ink: string }> = (
  { file, size, ground, ink },
  { draft, parameters },
) => {
  const colours = [render(ground, parameters), render(ink, parameters)] as const;
  draft.create(pathOf(file, parameters), letterIcon(String(parameters.initial), size, colours));
};
export default icon;

import { render } from '../render.ts';
import type { Operate } from './_operation.ts';

/** What a person must run, or decide, where a condition asks for it. */
const tell: Operate<{ run: string[]; decide: string[] }> = ({ run, decide }, { draft, parameters }) => {
  draft.commands.push(...run.map((text) => render(text, parameters)));
  draft.notes.push(...decide.map((text) => render(text, parameters)));
};
export default tell;

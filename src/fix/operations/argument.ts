import { ts } from 'ts-morph';
import type { CallFact } from '../../model/facts/index.ts';
import { occurrence } from '../code/application.ts';
import { nodeAt, parse } from '../code/syntax.ts';
import { inserted } from '../edit/insert.ts';
import { restyle, styleOf } from '../edit/style.ts';
import { render } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/**
 * Options for a call that is given none: `cors()` becomes `cors({ … })`. A call that has the argument is left as a person wrote it.
 * `package` and `member` name the call; `after` is how many arguments it has already.
 */
const argument: Operate<{ package?: string; member: string; after: number; code: string }> = (asked, surroundings) => {
  const { model, component, draft, parameters, view } = surroundings;
  if (!component) throw new Unfit('it is asked of the whole repository');
  const found = model.wiring
    .of(component)
    .calls((call) => matches(call, asked) && call.args.length === asked.after)
    .filter(({ live }) => live === 'live');
  if (found.length !== 1)
    throw new Unfit(`${found.length === 0 ? 'no' : 'more than one'} call of ${asked.member} without options`);
  const { file, fact } = found[0]!;
  const before = view.text(file);
  const text = draft.text(file);
  const words = before.slice(fact.start, fact.end);
  const start = text === before ? fact.start : occurrence(text, words);
  const call = callAt(nodeAt(parse(file, text), start, start + words.length));
  if (!call) throw new Unfit(`${file}:${fact.line} could not be read`);
  const code = restyle(render(asked.code, parameters), styleOf(text));
  const at = asked.after === 0 ? call.end - 1 : call.arguments.at(-1)!.end;
  draft.edit(file, inserted(text, [{ at, text: asked.after === 0 ? code : `, ${code}` }]));
};
export default argument;

function matches({ origin, callee }: CallFact, asked: { package?: string; member: string }): boolean {
  if (asked.package === undefined) return callee.split('.').at(-1) === asked.member;
  return (
    origin?.from === 'package' &&
    origin.package === asked.package &&
    (origin.member === asked.member || origin.member === 'default' || origin.member === '*')
  );
}

function callAt(node: ts.Node): ts.CallExpression | null {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (ts.isCallExpression(at)) return at;
  return null;
}

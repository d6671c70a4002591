import type { IacFact } from '../../model/facts/index.ts';
import { entriesOf, valueFrom } from '../../model/iac-text.ts';

type Value = NonNullable<IacFact['values']>[number];

/** `param x type = value` and `var x = value`; `text` is null where a parameter has no default. */
export const bicepValues = (text: string): Value[] =>
  [...text.matchAll(/^[ \t]*(param|var)[ \t]+(\w+)[^\n=]*(=[ \t]*)?/gm)].map((match) => ({
    name: match[2]!,
    kind: match[1] === 'param' ? 'parameter' : 'local',
    text: match[3] === undefined ? null : valueFrom(text, match.index + match[0].length).text,
  }));

/** `variable "x" { default = … }` and the entries of `locals`. */
export function terraformValues(text: string): Value[] {
  const variables = [...text.matchAll(/^[ \t]*variable[ \t]+"(\w+)"[ \t]*\{/gm)].map(
    (match): Value => ({
      name: match[1]!,
      kind: 'parameter',
      text: entriesOf(text, match.index + match[0].length - 1).get('default') ?? null,
    }),
  );
  const locals = [...text.matchAll(/^[ \t]*locals[ \t]*\{/gm)].flatMap((match) =>
    [...entriesOf(text, match.index + match[0].length - 1)].map(
      ([name, value]): Value => ({ name, kind: 'local', text: value }),
    ),
  );
  return [...variables, ...locals];
}

/** The lines of a `.tfvars` file. */
export const givenValues = (text: string): Value[] =>
  [...entriesOf(`{${text}\n}`, 0)].map(([name, value]) => ({ name, kind: 'given', text: value }));

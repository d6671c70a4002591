import { describe, expect, it } from 'vitest';
import { declaredValue, outcomes } from '../../../src/detectors/shared/values.ts';
import type { ValueFact } from '../../../src/model/facts/index.ts';
import { app, at, understood } from './_asked.ts';

/** What the argument of `take(…)` was declared with, and where. */
const declared = async (argument: string, before: string, more: Record<string, string> = {}) => {
  const files = at(app(`take(${argument});`, before), more);
  const model = await understood(files);
  const call = model.wiring.code('src/index.js')!.calls.find(({ callee }) => callee === 'take')!;
  const { file, value } = declaredValue(model, 'src/index.js', call.args[0]!);
  const shown =
    value.kind === 'string' ? value.value : value.kind === 'object' ? Object.keys(value.props).join() : value.kind;
  return `${file} ${value.kind === 'ref' ? value.path : shown}`;
};
const own = {
  'src/own.js': "import 'express';\nexport const word = 'one';\nexport const all = { a: { b: 'two' }, word };\n",
};

it.each<[argument: string, before: string, expected: string]>([
  ["'a'", '', 'src/index.js a'],
  ['word', "const word = 'one';", 'src/index.js one'],
  ['all', "const all = { a: 'one', b: 'two' };", 'src/index.js a,b'],
  ['all.a', "const all = { a: 'one' };", 'src/index.js one'],
  ['all.a.b', "const all = { a: { b: 'one' } };", 'src/index.js one'],
  ['all.b', "const all = { a: 'one' };", 'src/index.js other'],
  ['all.toString', "const all = { a: 'one' };", 'src/index.js other'],
  ['all.a.b', "const all = { a: 'one' };", 'src/index.js other'],
  ['toString', '', 'src/index.js toString'],
  ['given', '', 'src/index.js given'],
  ['word', "import { word } from './own.js';", 'src/own.js one'],
  ['all.a.b', "import { all } from './own.js';", 'src/own.js two'],
  ['all.word', "import { all } from './own.js';", 'src/own.js one'],
  ['none', "import { none } from './own.js';", 'src/index.js none'],
  ['word', "import { word } from 'kit';", 'src/index.js word'],
  ['all.a', "const word = 'one';\nconst all = { a: word };", 'src/index.js one'],
])('%s after %s: %s', async (argument, before, expected) => {
  expect(await declared(argument, before, own)).toBe(expected);
});

it('follows a few names, and ends where they go around', async () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, i) => `const n${i} = { a: ${i === length - 1 ? "'end'" : `n${i + 1}.a`} };`).join('\n');
  expect(await declared('n0.a', chain(4))).toBe('src/index.js end');
  expect(await declared('n0.a', chain(5))).toBe('src/index.js n4.a');
  expect(await declared('a.x', 'const a = { x: b.x };\nconst b = { x: a.x };')).toMatch(/src\/index\.js [ab]\.x/);
});

describe('each outcome of a value', () => {
  const a: ValueFact = { kind: 'string', value: 'a' };
  const b: ValueFact = { kind: 'number', value: 1 };
  const env = (fallback: ValueFact | null): ValueFact => ({ kind: 'env', name: 'A', fallback }) as ValueFact;
  it.each<[value: ValueFact, expected: ValueFact[]]>([
    [a, [a]],
    [{ kind: 'choice', of: [a, b] }, [a, b]],
    [{ kind: 'choice', of: [a, { kind: 'choice', of: [b, a] }] }, [a, b, a]],
    [env(null), [env(null)]],
    [env(a), [env(null), a]],
    [env({ kind: 'choice', of: [a, b] }), [env(null), a, b]],
  ])('%j: %j', (value, expected) => expect(outcomes(value)).toEqual(expected));
});

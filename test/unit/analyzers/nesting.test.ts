import { describe, expect, it } from 'vitest';
import { tooDeepAt } from '../../../src/analyzers/source/nesting.ts';
import sources from '../../../src/analyzers/sources.ts';
import { openMemory } from '../../../src/repository/index.ts';

const nested = (open: string, close: string, times: number): string =>
  `x = ${open.repeat(times)}1${close.repeat(times)};\n`;

describe('code that would overflow the parser', () => {
  const cases: [string, string][] = [
    ['brackets', nested('(', ')', 5000)],
    ['arrays over many lines', nested('[\n', ']\n', 5000)],
    ['functions', nested('function f(){', '}', 3000)],
    ['arrow functions', nested('a => ', '', 8000)],
    ['conditions', nested('a ? b : ', '', 8000)],
    ['else branches', nested('if (a) {} else ', '', 6000)],
    ['branches without a bracket', nested('if (a) ', '', 6000)],
    ['assignments', nested('x = ', '', 8000)],
    ['unary operators', nested('! ', '', 25_000)],
    ['type arguments', nested('A<', '>', 4000)],
    ['templates', nested('`$' + '{', '}`', 4000)],
    ['sums beside what a tree is read for', `f(process.env.A);\n${nested('a + ', '', 3000)}`],
  ];
  it.each(cases)('%s: left alone, and the run goes on', (_, text) => {
    const facts = sources.analyze(openMemory({ 'deep.ts': text, 'next.ts': "import './deep.ts';\n" }), () => {});
    expect(facts.map(({ path, parseError }) => [path, parseError?.message ?? null])).toEqual([
      ['deep.ts', 'nested too deeply to be parsed'],
      ['next.ts', null],
    ]);
  });
});

describe('code that people write is parsed, however long', () => {
  const lines = (line: string): string => `${line}\n`.repeat(20_000);
  const cases: [string, string][] = [
    ['statements', lines('const { a } = f(b ? 1 : 2);')],
    ['statements without semicolons', lines('const a = f(b)')],
    ['a generated interface', `interface Rows {\n${lines('  name: string | null')}}`],
    ['comments with rules', lines('/* ---------- a: b = c ---------- */')],
    ['sums', `x = ${'a + '.repeat(20_000)}a`],
    ['drawings', `const d = "${'M12-3.4-5.6-7.8'.repeat(20_000)}"`],
    ['markup', lines('<path d="M1 2" fill="none" />')],
    ['data on one line', `x = [${'{a:1,b:"c"},'.repeat(20_000)}]`],
  ];
  it.each(cases)('%s', (_, text) => {
    expect(tooDeepAt(text)).toBe(-1);
  });
});

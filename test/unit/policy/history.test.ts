import { describe, expect, it } from 'vitest';
import { historyLineOf, readHistory, trendOf, withRun, writeHistory } from '../../../src/policy/history.ts';
import { sketch } from './reports.ts';

const run = (commit: string | null, committedAt: string | null, status: 'ready' | 'missing' = 'missing') =>
  historyLineOf(sketch({ 'a/b': { is: { api: status } } }, { commit, committedAt }), '2027-01-05');

const add = (text: string, ...runs: ReturnType<typeof run>[]) =>
  runs.reduce((file, line) => writeHistory(withRun(readHistory(file), line)), text);

describe('history', () => {
  it('keeps a line per commit, by date', () => {
    const text = add('', run('b', '2027-01-02T00:00:00Z'), run('a', '2027-01-01T00:00:00Z', 'ready'));
    expect(text).toBe(
      '{"commit":"a","date":"2027-01-01T00:00:00Z","score":100,"level":"scale","categories":{"a":100},"gaps":[]}\n' +
        '{"commit":"b","date":"2027-01-02T00:00:00Z","score":0,"level":"scale","categories":{"a":0},"gaps":["a/b api"]}\n',
    );
    expect(trendOf(readHistory(text).lines)[0]).toEqual({
      commit: 'a',
      date: '2027-01-01T00:00:00Z',
      score: 100,
      level: 'scale',
    });
  });

  it('replaces the line of a commit that is run again', () => {
    const once = add('', run('a', '2027-01-01T00:00:00Z'));
    expect(add(once, run('a', '2027-01-01T00:00:00Z'))).toBe(once);
    expect(
      add(once, run('a', '2027-01-01T00:00:00Z', 'ready'))
        .trim()
        .split('\n'),
    ).toHaveLength(1);
  });

  it('keeps a line per day where there is no commit', () => {
    const text = add('', run(null, null), run(null, null, 'ready'));
    expect(readHistory(text).lines).toMatchObject([{ commit: null, date: '2027-01-05', score: 100 }]);
  });

  it('reads what a union merge leaves, in any order, and names lines that are no run', () => {
    const [a, b] = [add('', run('a', '2027-01-01T00:00:00Z')), add('', run('b', '2027-01-02T00:00:00Z'))];
    const { lines, unreadable } = readHistory(`${b}<<<<<<< x\n${a}\n${b}{"commit":1}\n`);
    expect(lines.map((l) => l.commit)).toEqual(['a', 'b']);
    expect(unreadable).toEqual([2, 6]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Status } from '../../../src/model/status.ts';
import { compareReports } from '../../../src/policy/compare.ts';
import { sketch } from './reports.ts';

const change = (before: Status | null, after: Status | null) => {
  const of = (status: Status | null) =>
    sketch({ 'a/b': { is: status === null ? {} : { api: status } }, 'a/other': { is: 'ready' } });
  const { opened, closed, worsened, improved } = compareReports(of(before), of(after), 'main');
  const found = Object.entries({ opened, closed, worsened, improved }).filter(([, list]) => list.length > 0);
  for (const [, list] of found) expect(list).toEqual([{ rule: 'a/b', component: 'api', before, after }]);
  return found.map(([name]) => name).join() || 'nothing';
};

describe('two reports', () => {
  it.each<[Status | null, Status | null, string]>([
    ['ready', 'missing', 'opened'],
    ['not-applicable', 'partial', 'opened'],
    ['unknown', 'missing', 'opened'],
    [null, 'missing', 'opened'],
    ['missing', 'ready', 'closed'],
    ['partial', 'not-applicable', 'closed'],
    ['missing', null, 'closed'],
    ['missing', 'unknown', 'nothing'],
    ['partial', 'unwired', 'worsened'],
    ['unwired', 'missing', 'worsened'],
    ['missing', 'unwired', 'improved'],
    ['unwired', 'partial', 'improved'],
    ['missing', 'missing', 'nothing'],
    ['ready', 'ready', 'nothing'],
    ['ready', 'unknown', 'nothing'],
  ])('%s → %s: %s', (before, after, expected) => {
    expect(change(before, after)).toBe(expected);
  });

  it('tell the score before, and rules of the repository', () => {
    const changes = compareReports(sketch({ 'a/b': { is: 'ready' } }), sketch({ 'a/b': { is: 'missing' } }), 'v1.0');
    expect(changes).toMatchObject({ since: 'v1.0', scoreBefore: 100, opened: [{ rule: 'a/b', component: null }] });
  });
});

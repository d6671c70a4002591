import { describe, expect, it } from 'vitest';
import { aggregate } from '../../../src/audit/aggregate.ts';
import type { Status } from '../../../src/model/status.ts';

const of = (...statuses: Status[]) =>
  statuses.map((status, i) => ({
    component: `c${i}`,
    status,
    ...(status === 'unknown' && { cause: 'blind' as const, reason: 'not followed' }),
  }));

describe('over several components', () => {
  it.each<[Status[], Status, number, number]>([
    [['ready', 'ready'], 'ready', 2, 2],
    [['ready', 'missing'], 'partial', 1, 2],
    [['partial', 'missing'], 'partial', 0, 2],
    [['ready', 'unwired'], 'partial', 1, 2],
    [['unwired', 'missing'], 'unwired', 0, 2],
    [['missing', 'missing'], 'missing', 0, 2],
    [['ready', 'not-applicable'], 'ready', 1, 1],
    [['not-applicable', 'not-applicable'], 'not-applicable', 0, 0],
    [['ready', 'unknown'], 'ready', 1, 1],
    [['unknown', 'not-applicable'], 'unknown', 0, 0],
    [[], 'not-applicable', 0, 0],
  ])('%j is %s', (statuses, status, ready, judged) => {
    expect(aggregate(of(...statuses), 'each')).toMatchObject({ status, ready, judged });
  });

  it.each<[Status[], Status]>([
    [['ready', 'ready', 'missing'], 'ready'],
    [['ready', 'missing'], 'partial'],
    [['ready', 'missing', 'missing'], 'partial'],
    [['unwired', 'missing'], 'unwired'],
  ])('%j is %s where most suffice', (statuses, status) => {
    expect(aggregate(of(...statuses), 'most').status).toBe(status);
  });

  it('says how many could be judged, and why not the rest', () => {
    expect(aggregate(of('missing', 'unknown'), 'each').reason).toBe('judged 1 of 2: not followed');
    expect(aggregate(of('unknown'), 'each')).toMatchObject({ cause: 'blind', reason: 'not followed' });
  });

  it('names a failure of ours before other causes', () => {
    const failed = { component: 'z', status: 'unknown' as const, cause: 'failed' as const, reason: 'threw' };
    expect(aggregate([...of('unknown'), failed], 'each').cause).toBe('failed');
  });
});

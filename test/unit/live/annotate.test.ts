import { describe, expect, it } from 'vitest';
import { annotate } from '../../../src/live/annotate.ts';
import type { Sighting } from '../../../src/live/judge.ts';
import { lowered } from '../../../src/model/as-running.ts';
import type { LiveV1 } from '../../../src/model/live.ts';
import type { ReportV1 } from '../../../src/model/report.ts';
import type { Status } from '../../../src/model/status.ts';
import { target } from './target.ts';

const rule = 'resilience/container-limits';
const live = { containers: [], unmatched: [], notes: [] } as unknown as LiveV1;
/** Shows what it was given to score, as the statuses of its components. */
const rescore = (report: ReportV1) =>
  ({ score: report.rules[0]!.components.filter(({ status }) => status === 'ready').length, level: 'none' }) as never;
const sighting = (status: Status, more: Partial<Sighting> = {}): Sighting => ({
  rule,
  component: 'api',
  status,
  whole: true,
  evidence: [{ container: 'c', note: status }],
  ...more,
});

describe('what runs beside what is written', () => {
  const cases: [string, Status, Sighting[], Status | undefined, boolean][] = [
    ['agree', 'ready', [sighting('ready')], 'ready', false],
    ['worse', 'ready', [sighting('partial')], 'partial', true],
    ['worse still, when there is a gap already', 'partial', [sighting('missing')], 'missing', true],
    ['proved better', 'missing', [sighting('ready')], 'ready', true],
    ['better as far as it can see', 'missing', [sighting('ready', { whole: false })], 'unknown', false],
    ['confirmed as far as it can see', 'ready', [sighting('ready', { whole: false })], 'ready', false],
    ['less bad, not the whole of it', 'missing', [sighting('partial', { whole: false })], 'partial', false],
    ['the worst of several', 'ready', [sighting('ready'), sighting('missing')], 'missing', true],
    ['undecided', 'ready', [sighting('unknown', { reason: 'still starting' })], 'unknown', false],
    ['never judged as written', 'unknown', [sighting('missing')], 'missing', false],
    ['nothing seen', 'ready', [], undefined, false],
  ];
  it.each(cases)('%s', (_, written, sightings, status, contradicts) => {
    const { report } = target({ components: { api: {} }, rules: { [rule]: written } });
    const verdict = annotate(report, sightings, live, rescore).rules[0]!.components[0]!;
    expect(verdict.status).toBe(written);
    expect(verdict.live?.status).toBe(status);
    expect(verdict.live?.contradicts ?? false).toBe(contradicts);
  });

  it('counts what is confirmed and contradicted, and scores what runs', () => {
    const { report } = target({ components: { api: {}, web: {}, job: {} }, rules: { [rule]: 'ready' } });
    const seen = annotate(report, [sighting('ready'), sighting('missing', { component: 'web' })], live, rescore);
    expect(seen.live).toMatchObject({ confirmed: 1, contradicted: 1, score: 2 });
    expect(seen.score).toBe(80);
  });

  it('lowers for the gate, raises nothing, and says of the rule what its components say', () => {
    const { report } = target({
      components: { api: {}, web: {} },
      rules: { [rule]: { api: 'ready', web: 'missing' } },
    });
    const seen = annotate(report, [sighting('partial'), sighting('ready', { component: 'web' })], live, rescore);
    const [low] = lowered(seen).rules;
    expect(low!.components.map(({ status }) => status)).toEqual(['partial', 'missing']);
    expect([low!.status, low!.ready, low!.credit]).toEqual(['partial', 0, 0.25]);
  });

  it('keeps a rule of the repository', () => {
    const gateway = 'infrastructure/api-gateway';
    const { report } = target({ components: { api: {} }, rules: { [gateway]: 'ready' } });
    const seen = annotate(
      report,
      [sighting('unwired', { rule: gateway, component: null })],
      live,
      () => ({ score: 1, level: 'none' }) as never,
    );
    expect(seen.rules[0]!.live).toMatchObject({ status: 'unwired', contradicts: true });
    expect(lowered(seen).rules[0]).toMatchObject({ status: 'unwired', ready: 0, credit: 0 });
  });
});

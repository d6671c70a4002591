import { describe, expect, it } from 'vitest';
import { acceptedIn, acceptedOn } from '../../../src/policy/acceptances.ts';
import { loadConfig } from '../../../src/policy/config.ts';
import { staleSettings } from '../../../src/policy/stale.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { sketch } from './reports.ts';

const report = sketch({
  'a/one': { is: { api: 'missing', web: 'ready' } },
  'a/two': { is: 'missing' },
});
const config = loadConfig(
  openMemory({
    'readiness.config.yaml': `accepted:
  - { rule: a/one, component: api, reason: r, owner: o, expires: 2027-01-31 }
  - { rule: a/one, component: web, reason: r, owner: o, expires: 2027-01-31 }
  - { rule: a/two, reason: r, owner: o, expires: 2027-01-30 }
  - { rule: a/two, component: ap, reason: r, owner: o, expires: 2027-01-31 }
components:
  apii: { level: demo }
gate:
  minComponent: { wb: 50 }
`,
  }),
  { known: { rules: ['a/one', 'a/two'], categories: ['a'], scoringVersions: [1] } },
);

describe('accepted risks', () => {
  it('count up to and on their last day', () => {
    expect(acceptedOn(config.acceptances, '2027-01-30')).toHaveLength(4);
    expect(acceptedOn(config.acceptances, '2027-01-31').map((a) => a.rule)).toEqual(['a/one', 'a/one', 'a/two']);
    expect(acceptedOn(config.acceptances, '2027-02-01')).toEqual([]);
  });

  it('tell how they stand: for what is absent too, expired, or matching nothing', () => {
    expect(
      acceptedIn(report, config.acceptances, '2027-01-31').map((a) => [a.rule, a.component, a.status, a.state]),
    ).toEqual([
      ['a/one', 'api', 'missing', 'active'],
      ['a/one', 'web', 'ready', 'unmatched'],
      ['a/two', null, 'missing', 'expired'],
      ['a/two', 'ap', 'not-applicable', 'unmatched'],
    ]);
  });

  it('and settings that speak of nothing are named with file and line', () => {
    const accepted = acceptedIn(report, config.acceptances, '2027-01-31');
    const told = staleSettings(config, { ...report, accepted }).map((d) => `${d.file}:${d.line}: ${d.message}`);
    expect(told).toEqual([
      'readiness.config.yaml:7: no component at apii (did you mean api?)',
      'readiness.config.yaml:9: no component at wb (did you mean web?)',
      'readiness.config.yaml:3: accepted risk a/one web matches no gap; it can be removed',
      'readiness.config.yaml:4: accepted risk a/two expired on 2027-01-30 and counts no longer',
      'readiness.config.yaml:5: accepted risk a/two ap: no component at ap (did you mean api?)',
    ]);
  });
});

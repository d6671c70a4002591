import { expect, it } from 'vitest';
import { aggregate } from '../../../src/audit/aggregate.ts';
import { issueText, statusText } from '../../../src/audit/texts.ts';
import { loadRules } from '../../../src/catalogue/index.ts';
import type { Finding } from '../../../src/model/finding.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';

const [rule] = loadRules({
  files: [ruleFile(ruleText('appliesTo: { trait: http }\nsignals: { present: { always: true } }'))],
});
/** Findings as `status looked-for…`, for components a, b, c and so on. */
const findings = (all: readonly string[]): Finding[] =>
  all.map((text, i) => {
    const [status, ...words] = text.split(' ');
    const said = words.join(' ');
    const closed = status === 'unknown' || status === 'not-applicable';
    return {
      rule: rule!.id,
      component: 'abcdefgh'[i]!,
      status: status as Finding['status'],
      evidence: [],
      searched: said && !closed ? [said] : [],
      ...(said && closed && { reason: said }),
      ...(status === 'unknown' && { cause: 'blind' as const }),
    };
  });

/** What a reader is told of the findings of one rule, first the gap by its name, then where it stands. */
const rows: [findings: string[], issue: string, status: string][] = [
  [['ready'], '', 'It holds'],
  [['ready', 'ready'], '', 'It holds'],
  [['ready', 'not-applicable'], '', 'It holds'],
  [['missing'], 'No trace of it', 'no trace'],
  [['missing a limiter'], 'No trace of it', 'no trace; looked for a limiter'],
  [['unwired'], 'Nothing uses it', 'exists, and nothing that runs uses it'],
  [['unwired a limiter'], 'Nothing uses it', 'exists, and nothing that runs uses it; looked for a limiter'],
  [['partial'], '0 of 1 have it', 'partial'],
  [['partial a user'], '0 of 1 have it', 'partial: lacking a user'],
  [['partial', 'not-applicable'], '0 of 1 have it', 'partial'],
  [['ready', 'missing', 'unwired'], '1 of 3 have it', '1 of 3 components ready; unwired: c; missing: b'],
  [['partial', 'partial'], '0 of 2 have it', '0 of 2 components ready; partial: a, b'],
  [
    ['ready', 'missing', 'missing', 'missing', 'missing'],
    '1 of 5 have it',
    '1 of 5 components ready; missing: b, c, d, e',
  ],
  [
    ['ready', 'missing', 'missing', 'missing', 'missing', 'missing', 'missing'],
    '1 of 7 have it',
    '1 of 7 components ready; missing: b, c, d, e and 2 more',
  ],
  [['not-applicable'], '', 'does not apply here'],
  [['not-applicable a library', 'not-applicable a tool'], '', 'a library'],
  [[], '', 'does not apply here'],
  [['unknown'], '', 'could not be judged: the reason is not known'],
  [['unknown it loads by name', 'not-applicable'], '', 'could not be judged: it loads by name'],
  [['ready', 'unknown it loads by name'], '', 'It holds; judged 1 of 2: it loads by name'],
  [['missing', 'unknown'], 'No trace of it', 'no trace; judged 1 of 2: the rest could not be judged'],
];

it.each(rows)('%j reads "%s": %s', (all, issue, status) => {
  const found = findings(all);
  const total = aggregate(found, 'each');
  expect([issueText(rule!, total), statusText(rule!, total, found)]).toEqual([issue, status]);
});

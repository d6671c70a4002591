import { describe, expect, it } from 'vitest';
import { entriesOf, newAgainst, outlived, pruned } from '../../../src/policy/baseline.ts';
import { readBaseline, writeBaseline } from '../../../src/policy/baseline-file.ts';
import { type RuleSketch, sketch } from './reports.ts';

const secrets = 'security/no-committed-secrets';
const file = '.readiness/baseline.yaml';

const known = (text: string) => readBaseline(file, text);
const fresh = (text: string, rules: Record<string, RuleSketch>) => newAgainst(known(text), sketch(rules));

describe('baseline', () => {
  it('holds every gap by identity, one a line, sorted, and reads back what it wrote', () => {
    const report = sketch({
      'security/headers': { is: { web: 'missing', 'apps/a: b #c': 'partial', api: 'ready' } },
      'delivery/ci': { is: 'unwired' },
      'data/seed': { is: { api: 'missing' }, accepted: ['api'] },
      [secrets]: {
        is: 'missing',
        evidence: [
          { file: 'src/a.ts', note: 'AWS access key' },
          { file: '.env', note: 'private key' },
        ],
      },
    });
    const text = writeBaseline(entriesOf(report));
    expect(text.split('\n').slice(1)).toEqual([
      'delivery/ci *: unwired',
      '"security/headers apps/a: b #c": partial',
      'security/headers web: missing',
      'security/no-committed-secrets * .env private-key: missing',
      'security/no-committed-secrets * src/a.ts aws-access-key: missing',
      '',
    ]);
    expect(newAgainst(known(text), report)).toEqual([]);
    expect(outlived(known(text), report)).toEqual([]);
    expect(writeBaseline(pruned(known(text), report))).toBe(text);
  });

  it.each([
    ['a gap that is not in it', '', { 'a/b': { is: { api: 'partial' } } }, ['a/b api']],
    ['a gap that is worse than its entry', 'a/b api: partial', { 'a/b': { is: { api: 'unwired' } } }, ['a/b api']],
    ['missing after unwired', 'a/b api: unwired', { 'a/b': { is: { api: 'missing' } } }, ['a/b api']],
    ['the same gap', 'a/b api: unwired', { 'a/b': { is: { api: 'unwired' } } }, []],
    ['a better gap', 'a/b api: missing', { 'a/b': { is: { api: 'partial' } } }, []],
    ['the same rule in another component', 'a/b api: missing', { 'a/b': { is: { web: 'missing' } } }, ['a/b web']],
    [
      'one fixed and one new: they never cancel',
      'a/b api: missing',
      { 'a/b': { is: { api: 'ready', web: 'missing' } } },
      ['a/b web'],
    ],
    ['an accepted gap', '', { 'a/b': { is: { api: 'missing' }, accepted: ['api'] } }, []],
    ['what cannot be judged', '', { 'a/b': { is: { api: 'unknown' } } }, []],
    [
      'a second secret in a known file',
      `${secrets} * a.ts aws-key: missing`,
      {
        [secrets]: {
          is: 'missing',
          evidence: [
            { file: 'a.ts', note: 'aws key' },
            { file: 'a.ts', note: 'github token' },
          ],
        },
      },
      [`${secrets} * a.ts github-token`],
    ],
    [
      'a known secret beside a fixed one',
      `${secrets} * a.ts aws-key: partial\n${secrets} * b.ts aws-key: partial`,
      { [secrets]: { is: 'missing', evidence: [{ file: 'a.ts', note: 'aws key' }] } },
      [],
    ],
  ] as [string, string, Record<string, RuleSketch>, string[]][])('new or not: %s', (_, text, rules, expected) => {
    expect(fresh(text, rules)).toEqual(expected);
  });

  it('tells which entries hold no longer and prunes just those', () => {
    const entries = known('a/b api: missing\na/b web: missing\na/c api: partial\na/d *: missing\na/e api: missing\n');
    const report = sketch({
      'a/b': { is: { api: 'ready', web: 'partial' } },
      'a/c': { is: { api: 'missing' } },
      'a/d': { is: 'unknown' },
      'a/new': { is: { api: 'missing' } },
    });
    expect(outlived(entries, report)).toEqual([
      { key: 'a/b api', now: null, line: 1 },
      { key: 'a/b web', now: 'partial', line: 2 },
      { key: 'a/e api', now: null, line: 5 },
    ]);
    expect([...pruned(entries, report)]).toEqual([
      ['a/b web', 'partial'],
      ['a/c api', 'partial'],
      ['a/d *', 'missing'],
    ]);
  });

  it('takes the better of two lines for one gap, as a union merge may leave them', () => {
    expect(known('a/b api: missing\nz/z *: missing\na/b api: partial\n').get('a/b api')?.status).toBe('partial');
  });

  it.each([
    [
      'a/b api: bad\na/c api: ready\n',
      `${file}:1: a/b api: the status has to be one of partial, unwired, missing\n${file}:2: a/c api: the status`,
    ],
    [
      'a/b api: missing\n<<<<<<< ours\na/c *: missing\n=======\na/d *: missing\n>>>>>>> theirs\n',
      `${file}:2: unresolved merge conflict`,
    ],
    ['- a/b api', `${file}:1: a baseline holds one`],
  ])('names what is wrong with %j', (text, message) => {
    expect(() => known(text)).toThrow(message);
  });

  it('may be empty', () => {
    expect(known(writeBaseline(new Map())).size).toBe(0);
  });
});

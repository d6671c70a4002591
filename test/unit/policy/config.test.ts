import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/policy/config.ts';
import type { PackageReader } from '../../../src/policy/layers.ts';
import { printSettings } from '../../../src/policy/print.ts';
import type { ConfigOptions } from '../../../src/policy/resolve.ts';
import { openMemory } from '../../../src/repository/index.ts';

const known = {
  rules: ['security/rate-limiting', 'security/headers', 'experience/offline', 'own/licence'],
  categories: ['security', 'experience', 'own'],
  scoringVersions: [1],
};

const load = (files: Record<string, string>, options: Partial<ConfigOptions> = {}) =>
  loadConfig(openMemory(files), { known, ...options });

const yaml = (text: string) => ({ 'readiness.config.yaml': text });

/** Messages of a config that must not load, a line each. */
function problems(files: Record<string, string>, options?: Partial<ConfigOptions>): string[] {
  try {
    load(files, options);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  throw new Error('loaded');
}

describe('config', () => {
  it('is not needed', () => {
    const config = load({ 'package.json': '{"name":"x","dependencies":{"readiness":"^1.0.0"}}' });
    expect(config).toMatchObject({ ignore: [], advisory: false, overrides: [], acceptances: [], history: null });
    expect(config.gate).toEqual({ minCategory: {}, minComponent: {}, componentLevel: {}, noNewGaps: false });
  });

  it.each([
    ['readiness.config.yaml', 'gate: { minScore: 70 }'],
    ['readiness.config.yml', 'gate:\n  minScore: 70'],
    ['readiness.config.json', '{ "$schema": "x", "gate": { "minScore": 70 } }'],
    ['package.json', '{\n\t"name": "x",\n\t"readiness": {\n\t\t"gate": { "minScore": 70 }\n\t}\n}'],
  ])('is read from %s', (file, text) => {
    expect(load({ [file]: text }).gate.minScore).toBe(70);
  });

  it('is read from the file asked for', () => {
    const files = { ...yaml('gate: { minScore: 70 }'), 'ci/strict.yaml': 'gate: { minScore: 90 }' };
    expect(load(files, { file: 'ci/strict.yaml' }).gate.minScore).toBe(90);
    expect(problems(files, { file: 'ci/none.yaml' })).toEqual(['ci/none.yaml:1: cannot be read']);
  });

  it('names every problem at once, with file and line', () => {
    const text = `gate:
  minScore: high
  minscoer: 3
rules:
  security/rate-limitting: { off: internal }
  security/headers: {}
ignored: []
`;
    expect(problems(yaml(text))).toEqual([
      'readiness.config.yaml:2: gate.minScore: expected number, received string',
      'readiness.config.yaml:3: unknown key gate.minscoer (did you mean minScore?)',
      'readiness.config.yaml:6: rules.security/headers: needs `off` (a reason) or `severity`',
      'readiness.config.yaml:7: unknown key ignored (did you mean ignore?)',
    ]);
  });

  it.each([
    [
      'rules: { security/rate-limitting: { off: why } }',
      /:1: unknown rule security\/rate-limitting \(did you mean security\/rate-limiting\?\)/,
    ],
    ['components:\n  api:\n    rules:\n      nope/nope: { off: why }', /:4: unknown rule nope\/nope/],
    ['gate:\n  minCategory: { secruity: 5 }', /:2: unknown category secruity \(did you mean security\?\)/],
    ['scoringVersion: 9', /:1: unknown scoringVersion 9; known are 1/],
    ['components:\n  api: { tier: platinum }', /:2: unknown tier platinum; known are critical, standard, internal/],
    [
      'accepted:\n  - rule: security/headers\n    reason: r\n    owner: o\n    expires: soon',
      /:5: accepted\.0\.expires: is no date/,
    ],
    [
      'accepted:\n  - rule: security/headers\n    owner: o\n    expires: 2027-01-01',
      /:2: accepted\.0\.reason: expected string/,
    ],
    ['accepted: [{ rule: a/b, reason: r, owner: o, expires: 2027-01-01 }]', /:1: unknown rule a\/b/],
    ['baseline: ../elsewhere.yaml', /:1: baseline: lies outside the repository/],
    ['extends: ../org.yaml', /:1: preset \.\.\/org\.yaml lies outside the repository/],
    ['extends: ./gone.yaml', /:1: preset \.\/gone\.yaml cannot be read/],
    [
      'extends: [acme-preset]',
      /:1: preset acme-preset: no readiness\.config\.yaml in node_modules\/acme-preset; is it installed\?/,
    ],
    ['extends: ./readiness.config.yaml', /:1: extends itself: readiness\.config\.yaml → readiness\.config\.yaml/],
    ['gate: [', /:1: /],
    ['- a', /:1: config: expected object/],
    ['b: *c', /Unresolved alias/],
    ['['.repeat(20_000), /:1: /],
    ["ignore: ['*a*a*a*a*a*a*b']", /:1: ignore\.0: is too intricate a glob/],
    ['"\\e[31m\\nred": 1', /^readiness\.config\.yaml:1: unknown key \\x1b\[31m\\x0ared$/],
  ])('rejects %j', (text, message) => {
    expect(problems(yaml(text)).join('\n')).toMatch(message);
  });

  it('asks which of two configs is meant', () => {
    const files = { ...yaml('ignore: []'), 'package.json': '{"readiness":{}}' };
    expect(problems(files)[0]).toMatch(/a second config beside readiness.config.yaml/);
  });

  it('bounds the depth of presets', () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`p${i}.yaml`, `extends: ./p${i + 1}.yaml`]));
    expect(problems({ ...files, ...yaml('extends: ./p0.yaml') })[0]).toMatch(/more than 8 deep/);
  });

  it('lays presets, the file and flags over each other, and tells where each setting came from', () => {
    const packages: PackageReader = (name, path) =>
      name === '@acme/readiness' && path === null
        ? {
            path: 'readiness.config.yaml',
            text: 'ignore: [vendor/**]\ngate:\n  minScore: 50\n  minCoverage: 80\ntiers: { gold: scale }',
          }
        : null;
    const files = {
      'readiness.config.yaml': `extends: ['@acme/readiness', ./team/base.yaml]
ignore: ['legacy/**']
gate:
  minScore: 70
  minCoverage: null
components:
  ./apps/api/:
    tier: gold
`,
      'team/base.yaml': 'gate: { failOn: critical, minScore: 60 }',
    };
    const flags = [{ name: '--min-score', path: ['gate', 'minScore'], value: 75 }];
    const config = load(files, { readPackage: packages, flags });
    expect(config.gate).toMatchObject({ minScore: 75, failOn: 'critical', componentLevel: { 'apps/api': 'scale' } });
    expect(config.gate.minCoverage).toBeUndefined();
    expect(config.ignore).toEqual(['vendor/**', 'legacy/**']);
    expect(printSettings(config.merged)).toBe(`tiers:
  critical: scale # default
  standard: production # default
  internal: demo # default
  gold: scale # node_modules/@acme/readiness/readiness.config.yaml:5
baseline: .readiness/baseline.yaml # default
ignore:
  - vendor/** # node_modules/@acme/readiness/readiness.config.yaml:1
  - legacy/** # readiness.config.yaml:2
gate:
  minScore: 75 # --min-score
  failOn: critical # team/base.yaml:1
components:
  apps/api:
    tier: gold # readiness.config.yaml:8
`);
  });

  it('says where each field of an accepted risk was set', () => {
    const config = load(
      yaml(
        'accepted:\n  - rule: security/headers\n    reason: behind a proxy\n    owner: ops\n    expires: 2030-01-01\n',
      ),
    );
    expect(printSettings(config.merged)).toContain(`accepted:
  - rule: security/headers # readiness.config.yaml:2
    reason: behind a proxy # readiness.config.yaml:3
    owner: ops # readiness.config.yaml:4
    expires: 2030-01-01 # readiness.config.yaml:5
`);
  });

  it('gives a component its own rules, level and owners', () => {
    const config = load(
      yaml(`rules:
  experience/offline: { off: an internal tool }
components:
  apps/api:
    level: production
    owners: ['@team-api']
    rules:
      security/headers: { severity: minor }
`),
    );
    expect(config.overrides).toEqual([
      { rule: 'experience/offline', component: null, off: 'an internal tool', from: 'readiness.config.yaml:2' },
      { rule: 'security/headers', component: 'apps/api', severity: 'minor', from: 'readiness.config.yaml:8' },
    ]);
    expect(config.components['apps/api']).toMatchObject({ level: 'production', owners: ['@team-api'] });
  });
});

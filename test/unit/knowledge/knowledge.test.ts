import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../../src/catalogue/knowledge.ts';

const frameworks = {
  file: 'rules/knowledge/frameworks.yaml',
  text: '- { name: express, kind: server, packages: [express] }',
};
const load = (text: string, file = 'rules/knowledge/capabilities/security.yaml') =>
  loadKnowledge([frameworks, { file, text }]);

describe('our own knowledge', () => {
  const known = loadKnowledge();
  const rules = readdirSync(fileURLToPath(new URL('../../../rules/', import.meta.url)), {
    recursive: true,
    encoding: 'utf8',
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[a-z]+\/[a-z-]+\.yaml$/.test(path) && !path.startsWith('knowledge/'))
    .map((path) => path.replace(/\.yaml$/, ''));

  it('puts what is built on something else before it', () => {
    const order = [...known.frameworks.keys()];
    for (const [first, second] of [
      ['nest', 'express'],
      ['next', 'react'],
      ['expo', 'react-native'],
      ['strapi', 'koa'],
      ['remix', 'react'],
    ] as const) {
      expect(order.indexOf(first), `${first} before ${second}`).toBeLessThan(order.indexOf(second));
    }
  });
  it('supplies only signals of rules that exist', () => {
    expect(known.defaults.map((each) => each.rule).filter((id) => !rules.includes(id))).toEqual([]);
  });
  it('names no package twice in a capability with the same members', () => {
    for (const [name, packages] of known.capabilities) {
      const keys = packages.map((each) => `${each.package} ${each.members.join()} ${each.tags.join()}`);
      expect(
        keys.filter((key, i) => keys.indexOf(key) !== i),
        name,
      ).toEqual([]);
    }
  });
  it('says by which member a package of general use gives the capability', () => {
    const vague = [...known.capabilities.values()].flat().filter((each) => each.general && each.members.length === 0);
    expect(vague.map((each) => each.package)).toEqual([]);
  });
});

describe('knowledge files', () => {
  it('expands lists and fills in what is left out', () => {
    const { capabilities } = load(
      'limiter:\n  - one\n  - { packages: [two, three], members: [default], tags: [http] }\n',
    );
    expect(capabilities.get('limiter')).toEqual([
      { package: 'one', members: [], sideEffect: false, general: false, tags: [] },
      { package: 'two', members: ['default'], sideEffect: false, general: false, tags: ['http'] },
      { package: 'three', members: ['default'], sideEffect: false, general: false, tags: ['http'] },
    ]);
  });
  const bad: [string, string, string?][] = [
    ['limiter:\n  - { packages: [] }\n', 'rules/knowledge/capabilities/security.yaml:2'],
    ['limiter: []\n', 'rules/knowledge/capabilities/security.yaml:1'],
    ['limiter: [\n', 'rules/knowledge/capabilities/security.yaml:'],
    [
      '- { framework: express, rule: a/b, supplies: x, signals: [odd], documentation: "https://x.y" }',
      'rules/knowledge/defaults.yaml:1',
      'rules/knowledge/defaults.yaml',
    ],
    [
      '\n- { framework: other, rule: a/b, supplies: x, signals: [wired], documentation: "https://x.y" }',
      'rules/knowledge/defaults.yaml:2: frameworks.yaml names no framework "other"',
      'rules/knowledge/defaults.yaml',
    ],
  ];
  it.each(bad)('refuses %j', (text, message, file) => {
    expect(() => load(text, file)).toThrow(message);
  });
});

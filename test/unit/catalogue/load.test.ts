import { describe, expect, it } from 'vitest';
import { loadRules } from '../../../src/catalogue/load.ts';
import { leaves } from '../../../src/catalogue/registry.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';

const load = (body: string) => loadRules({ files: [ruleFile(ruleText(body))] });
const problemsOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no problem';
};

const sound = 'appliesTo: { trait: http }\nsignals:\n  present: { dependency: helmet }\n';

describe('rule files', () => {
  it.each([...leaves])('take the example of the leaf %s', (_, leaf) => {
    expect(() => load(`appliesTo: { ${leaf.example} }\nsignals: { present: { ${leaf.example} } }`)).not.toThrow();
  });

  it('reads a rule with its conditions compiled and defaults filled in', () => {
    const [rule] = load(`${sound}  wired: { capability: security-headers }\n`);
    expect(rule).toMatchObject({ id: 'security/sample', category: 'security', quorum: 'each', own: false });
    expect(rule!.appliesTo).toEqual({ op: 'leaf', leaf: 'trait', options: { anyOf: ['http'] }, line: 15 });
    expect(rule!.signals.wired).toMatchObject({ options: { name: 'security-headers', at: 'live' }, line: 18 });
    expect(rule!.signals.complete).toBeNull();
  });

  // Line 15 is the first of the body.
  it.each([
    [
      'an unknown key',
      'appliesTo: { trait: http }\nsignal: {}\nsignals: { present: { dependency: x } }',
      ':16: unknown key "signal"; did you mean "signals"?',
    ],
    [
      'an unknown leaf',
      'appliesTo: { trat: http }\nsignals: { present: { dependency: x } }',
      ':15: unknown condition "trat"; did you mean "trait"?',
    ],
    [
      'an unknown trait',
      'appliesTo: { trait: htp }\nsignals: { present: { dependency: x } }',
      ':15: appliesTo.trait.anyOf.0: ',
    ],
    [
      'an unknown detector',
      'appliesTo: { trait: http }\nsignals:\n  present: { detector: lockfile-per-rot }',
      ':17: unknown detector "lockfile-per-rot"; did you mean "lockfile-per-root"?',
    ],
    [
      'a wrong option of a detector',
      'appliesTo: { trait: http }\nsignals:\n  present:\n    detector:\n      name: lockfile-per-root\n      options:\n        by: all',
      ':21: detector "lockfile-per-root": ',
    ],
    [
      'an unknown option of a leaf',
      'appliesTo: { trait: http }\nsignals:\n  present:\n    file:\n      globs: [a]\n      were: repository',
      ':20: unknown key "were"; did you mean "where"?',
    ],
    [
      'two keys in one condition',
      'appliesTo: { trait: http, kind: web }\nsignals: { present: { dependency: x } }',
      ':15: a condition has exactly one key, found 2 keys (trait, kind)',
    ],
    [
      'a capability that nothing gives',
      'appliesTo: { trait: http }\nsignals:\n  present: { capability: rate-limitter }',
      ':17: unknown capability "rate-limitter"; did you mean "rate-limiter"?',
    ],
    [
      'a framework nobody knows',
      'appliesTo: { framework: expres }\nsignals:\n  present: { dependency: x }',
      ':15: unknown framework "expres"; did you mean "express"?',
    ],
    [
      'an empty list',
      'appliesTo: { any: [] }\nsignals: { present: { dependency: x } }',
      ':15: "any" takes a list of conditions',
    ],
    [
      'a quantifier over nothing known',
      'appliesTo: { trait: http }\nsignals:\n  present:\n    each:\n      over: route\n      hold: { dependency: x }',
      ':19: "over" is one of routes, ',
    ],
    ['no present signal', 'appliesTo: { trait: http }\nsignals: {}', ':16: "signals.present" is needed'],
    ['no conditions at all', '', ':1: "appliesTo" is needed'],
    [
      'a leaf that names no package',
      'appliesTo: { trait: http }\nsignals:\n  present:\n    call: { members: [use] }',
      ':18: name "packages" or a "capability"',
    ],
    ['a YAML error', 'appliesTo: { trait: http\nsignals: {}', ':16: '],
    [
      'a key twice',
      'appliesTo: { trait: http }\nappliesTo: { trait: ui }\nsignals: { present: { dependency: x } }',
      ':16: Map keys must be unique',
    ],
  ])('names the line of %s', (_, body, message) => {
    expect(problemsOf(() => load(body))).toContain(`rules/security/sample.yaml${message}`);
  });

  it('shows every problem of every file at once, in the order of file and line', () => {
    const files = [
      ruleFile(
        ruleText('appliesTo: { trat: http }\nsignals: { present: { depndency: x } }', 'security/b'),
        'rules/security/b.yaml',
      ),
      ruleFile(ruleText(sound, 'security/c'), 'rules/security/a.yaml'),
    ];
    expect(problemsOf(() => loadRules({ files })).split('\n')).toEqual([
      '3 problems in rule files:',
      'rules/security/a.yaml:1: the id must be security/a, as the file is named',
      'rules/security/b.yaml:15: unknown condition "trat"; did you mean "trait"?',
      'rules/security/b.yaml:16: unknown condition "depndency"; did you mean "dependency"?',
    ]);
  });

  it('asks for a text and hours for each status that can occur', () => {
    const text = ruleText(`${sound}  wired: { imports: helmet }\n`)
      .replace('  unwired: Nothing uses it\n', '')
      .replace('unwired: 1', 'unwired: null');
    expect(problemsOf(() => loadRules({ files: [ruleFile(text)] }))).toContain('"issue.unwired" is needed');
    expect(problemsOf(() => loadRules({ files: [ruleFile(text)] }))).toContain('"hours.unwired" is needed');
  });

  it('reads the rules a target brings itself, and refuses an id that is taken', () => {
    const own = openMemory({ '.readiness/rules/team.yaml': ruleText(sound, 'team/licence') });
    const rules = loadRules({ files: [ruleFile(ruleText(sound))], own });
    expect(rules.map((rule) => [rule.id, rule.own])).toEqual([
      ['security/sample', false],
      ['team/licence', true],
    ]);
    const clash = openMemory({ '.readiness/rules/team.yaml': ruleText(sound) });
    expect(problemsOf(() => loadRules({ files: [ruleFile(ruleText(sound))], own: clash }))).toBe(
      '.readiness/rules/team.yaml:1: the id security/sample is taken by rules/security/sample.yaml',
    );
  });

  it('survives a bomb of aliases', () => {
    const bomb = Array.from({ length: 12 }, (_, i) => `a${i}: &a${i} [${i ? `*a${i - 1},`.repeat(9) : '1'}]`).join(
      '\n',
    );
    const own = openMemory({ '.readiness/rules/bomb.yaml': bomb });
    expect(problemsOf(() => loadRules({ files: [], own }))).toContain('.readiness/rules/bomb.yaml:1: ');
  });
});

import { describe, expect, it } from 'vitest';
import { loadRules } from '../../../src/catalogue/load.ts';
import { loadScoring } from '../../../src/catalogue/scoring.ts';

describe('our own rules', () => {
  const rules = loadRules();
  const byId = new Map(rules.map((rule) => [rule.id, rule]));

  it('keep every id that a scoring version counts, for users write them in their config', () => {
    const counted = loadScoring(1).rules ?? [];
    expect(counted).toHaveLength(42);
    expect(counted.filter((id) => !byId.has(id))).toEqual([]);
  });

  it.each(rules)(
    '$id says what is wrong, why it matters and what has to be true, each in a sentence of its own',
    (rule) => {
      const texts = [rule.impact, rule.required, rule.holds, ...Object.values(rule.issue)];
      expect(new Set(texts).size).toBe(texts.length);
      for (const text of texts) expect(text).toMatch(/^[A-Z{".\d].*[^.]$/);
      expect(rule.references.length).toBeGreaterThan(0);
    },
  );

  it('ask of every blocking rule that it is critical or major', () => {
    expect(rules.filter((rule) => rule.blocking && rule.severity === 'minor').map((rule) => rule.id)).toEqual([]);
  });
});

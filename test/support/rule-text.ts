import type { RuleFile } from '../../src/catalogue/files.ts';

/** A rule file around some conditions: the rest is what every rule must have. */
export function ruleText(body: string, id = 'security/sample'): string {
  return `id: ${id}
title: Sample
level: production
severity: major
blocking: false
scope: component
hours: { missing: 1, unwired: 1, partial: 1 }
issue:
  missing: No trace of it
  unwired: Nothing uses it
  partial: "{n} of {of} have it"
impact: Something breaks
required: It is there
holds: It holds
${body}`;
}

export const ruleFile = (text: string, file = 'rules/security/sample.yaml'): RuleFile => ({
  file,
  text,
  own: false,
  expectedId: file.replace(/^rules\//, '').replace(/\.yaml$/, ''),
});

import type { Layer } from './layers.ts';
import type { Problem, SettingsPath } from './settings-file.ts';
import { didYouMean } from './suggest.ts';

/** What a config may refer to, known before the audit. */
export interface KnownNames {
  /** Built-in rules and the target's own. */
  rules: readonly string[];
  categories: readonly string[];
  scoringVersions: readonly number[];
}

/** Names in one layer that nothing answers to. */
export function checkNames({ name: file, value, lineOf }: Layer, known: KnownNames): Problem[] {
  const problems: Problem[] = [];
  const report = (path: SettingsPath, message: string) => problems.push({ file, line: lineOf(path), message });
  const checkRule = (id: string, path: SettingsPath) => {
    if (!known.rules.includes(id)) report(path, `unknown rule ${id}${didYouMean(id, known.rules)}`);
  };
  const checkRules = (settings: object | undefined, path: SettingsPath) => {
    for (const id of Object.keys(settings ?? {})) checkRule(id, [...path, id]);
  };
  checkRules(value.rules, ['rules']);
  for (const [path, setting] of Object.entries(value.components ?? {}))
    checkRules(setting.rules, ['components', path, 'rules']);
  for (const [index, acceptance] of (value.accepted ?? []).entries())
    checkRule(acceptance.rule, ['accepted', index, 'rule']);
  for (const category of Object.keys(value.gate?.minCategory ?? {})) {
    if (!known.categories.includes(category))
      report(
        ['gate', 'minCategory', category],
        `unknown category ${category}${didYouMean(category, known.categories)}`,
      );
  }
  const version = value.scoringVersion;
  if (version && !known.scoringVersions.includes(version))
    report(['scoringVersion'], `unknown scoringVersion ${version}; known are ${known.scoringVersions.join(', ')}`);
  return problems;
}

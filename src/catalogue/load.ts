import { isMap } from 'yaml';
import { z } from 'zod';
import { byCodeUnit } from '../model/paths.ts';
import { type Problem, throwProblems } from '../model/problems.ts';
import type { RepoView } from '../model/repository.ts';
import { type Condition, type Rule, type RuleMeta, ruleMeta } from '../model/rule.ts';
import { readYaml, type YamlSource, zodProblems } from '../model/yaml-source.ts';
import { compileCondition } from './compile.ts';
import { builtInFiles, ownFiles, type RuleFile } from './files.ts';
import { readyRules } from './ready.ts';

export interface LoadOptions {
  /** The target, for the rules it brings itself. */
  own?: RepoView | null;
  /** Files instead of our own rules, for tests. */
  files?: readonly RuleFile[];
}

/** Every rule, sorted by id. Throws one `UserError` (exit 2) with all problems, each at file and line. */
export function loadRules(options: LoadOptions = {}): Rule[] {
  const own = options.own ? ownFiles(options.own) : [];
  const files = options.files ?? builtInFiles();
  const known = options.files ? null : readyRules();
  return rulesFrom(known ? own : [...files, ...own], known ?? []);
}

/** Reads and checks rule files, beside rules that were checked before. */
export function rulesFrom(files: readonly RuleFile[], checked: readonly Rule[] = []): Rule[] {
  const problems: Problem[] = [];
  const rules = [...checked, ...files.map((file) => readRule(file, problems)).filter((rule) => rule !== null)];
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    const first = seen.get(rule.id);
    if (first) problems.push({ file: rule.source, line: 1, message: `the id ${rule.id} is taken by ${first.source}` });
    seen.set(rule.id, rule);
  }
  throwProblems(problems);
  return rules.sort((a, b) => byCodeUnit(a.id, b.id));
}

const signalNames = ['present', 'wired', 'complete'] as const;
const ruleFile = ruleMeta.extend({
  appliesTo: z.unknown().optional(),
  signals: z.strictObject({ present: z.unknown(), wired: z.unknown(), complete: z.unknown() }).partial().optional(),
});
const topKeys = Object.keys(ruleFile.shape);

function readRule(file: RuleFile, problems: Problem[]): Rule | null {
  const before = problems.length;
  const source = readYaml(file.file, file.text, problems);
  if (!source) return null;
  if (!isMap(source.document.contents)) {
    problems.push({
      file: file.file,
      line: 1,
      message: 'a rule file is a mapping: id, title, level, …, appliesTo, signals',
    });
    return null;
  }
  const parsed = ruleFile.safeParse(source.plain);
  if (!parsed.success) problems.push(...zodProblems(source, parsed.error, [], topKeys));
  const id = String(source.document.get('id') ?? file.expectedId ?? file.file);
  const conditions = readConditions(source, id, problems);
  if (!parsed.success) return null;
  const { appliesTo: _, signals: __, ...meta } = parsed.data;
  problems.push(...contradictions(source, meta, conditions.signals, file));
  if (problems.length > before) return null;
  return {
    ...meta,
    category: meta.id.split('/')[0]!,
    source: file.file,
    own: file.own,
    appliesTo: conditions.appliesTo!,
    signals: {
      present: conditions.signals.present!,
      wired: conditions.signals.wired,
      complete: conditions.signals.complete,
    },
  };
}

interface Conditions {
  appliesTo: Condition | null;
  signals: Record<(typeof signalNames)[number], Condition | null>;
}

function readConditions(source: YamlSource, id: string, problems: Problem[]): Conditions {
  const read = (path: string[], needed: boolean): Condition | null => {
    if (!source.document.hasIn(path)) {
      if (needed)
        problems.push({
          file: source.file,
          line: source.lineOf(path.slice(0, -1)),
          message: `"${path.join('.')}" is needed`,
        });
      return null;
    }
    return compileCondition(source, path, { id }, problems);
  };
  return {
    appliesTo: read(['appliesTo'], true),
    signals: {
      present: read(['signals', 'present'], true),
      wired: read(['signals', 'wired'], false),
      complete: read(['signals', 'complete'], false),
    },
  };
}

/** What each part allows and the whole does not. */
function contradictions(source: YamlSource, meta: RuleMeta, signals: Conditions['signals'], file: RuleFile): Problem[] {
  const found: Problem[] = [];
  const add = (path: string[], message: string) =>
    found.push({ file: source.file, line: source.lineOf(path), message });
  if (file.expectedId !== null && meta.id !== file.expectedId)
    add(['id'], `the id must be ${file.expectedId}, as the file is named`);
  if (signals.wired && !meta.issue.unwired) add(['issue'], 'the signal "wired" can say no: "issue.unwired" is needed');
  if (signals.wired && meta.hours.unwired === null)
    add(['hours'], 'the signal "wired" can say no: "hours.unwired" is needed');
  if (signals.complete && meta.hours.partial === null)
    add(['hours'], 'the signal "complete" can say no: "hours.partial" is needed');
  if ((signals.complete || meta.scope === 'component') && !meta.issue.partial) {
    add(['issue'], 'the rule can be partial: "issue.partial" is needed');
  }
  return found;
}

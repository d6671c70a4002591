import { UserError } from '../../model/errors.ts';
import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import { isGap } from '../../model/status.ts';
import { categoryIds } from './verdict.ts';

/** Empty lists leave nothing out. */
export interface DisplayFilter {
  rule: readonly string[];
  category: readonly string[];
  component: readonly string[];
  onlyGaps?: boolean;
}

/**
 * The same result with fewer rules to look at. Score, levels, coverage, gate and plan stay those of the whole, and the sentence
 * returned beside it says so.
 * @throws UserError for a rule, category or component that the result does not know: a typing error must not look like "no gap".
 */
export function narrow(report: ReportV1, filter: DisplayFilter): { report: ReportV1; narrowed: string | null } {
  expectKnown(
    'rule',
    filter.rule,
    report.rules.map((rule) => rule.id),
  );
  expectKnown('category', filter.category, categoryIds(report));
  expectKnown(
    'component',
    filter.component,
    report.components.map((component) => component.path),
  );
  const words = [
    ...filter.rule.map((id) => `--rule ${id}`),
    ...filter.category.map((id) => `--category ${id}`),
    ...filter.component.map((path) => `--component ${path}`),
    ...(filter.onlyGaps ? ['--only-gaps'] : []),
  ];
  if (words.length === 0) return { report, narrowed: null };

  const rules = report.rules.filter((rule) => isWanted(rule, filter)).map((rule) => onlyComponents(rule, filter));
  const ids = new Set(rules.map((rule) => rule.id));
  const atWanted = (component: string | null) =>
    filter.component.length === 0 || component === null || filter.component.includes(component);
  return {
    report: {
      ...report,
      rules,
      components: report.components.filter((component) => atWanted(component.path)),
      plan: {
        ...report.plan,
        quick: report.plan.quick.filter((item) => ids.has(item.rule) && atWanted(item.component)),
      },
      accepted: report.accepted.filter((entry) => ids.has(entry.rule) && atWanted(entry.component)),
    },
    narrowed: `Shown: ${rules.length} of ${report.rules.length} rules (${words.join(' ')}). Verdict, score, levels and gate are those of the whole audit.`,
  };
}

function isWanted(rule: RuleResultV1, filter: DisplayFilter): boolean {
  if (filter.rule.length > 0 && !filter.rule.includes(rule.id)) return false;
  if (filter.category.length > 0 && !filter.category.includes(rule.category)) return false;
  const verdicts = rule.components.filter((verdict) => filter.component.includes(verdict.path));
  if (filter.component.length > 0 && verdicts.length === 0) return false;
  if (!filter.onlyGaps) return true;
  return filter.component.length > 0 ? verdicts.some((verdict) => isGap(verdict.status)) : isGap(rule.status);
}

const onlyComponents = (rule: RuleResultV1, { component }: DisplayFilter): RuleResultV1 =>
  component.length === 0
    ? rule
    : { ...rule, components: rule.components.filter((verdict) => component.includes(verdict.path)) };

function expectKnown(what: string, asked: readonly string[], known: readonly string[]): void {
  const unknown = asked.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  const near = known.filter((word) => word.endsWith(`/${unknown}`) || word.includes(unknown));
  const hint = near.length > 0 ? near : known;
  throw new UserError(
    `There is no ${what} ${JSON.stringify(unknown)} in this audit${known.length === 0 ? '' : `; ${near.length > 0 ? 'did you mean' : 'there is'} ${hint.slice(0, 12).join(', ')}${hint.length > 12 ? ', …' : ''}${near.length > 0 ? '?' : ''}`}`,
  );
}

import type { Evidence } from '../../model/evidence.ts';
import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../../model/report.ts';
import { gapEvidence, ownEvidence } from './gaps.ts';

/**
 * Where a gap is shown in a file. What exists (partial, unwired) is shown where it is; what is missing has no line, so it stands at the
 * first line of what makes the component one, usually its manifest, or of the README for the whole repository. Near misses of an absence
 * are never its place.
 */
export function anchorOf(report: ReportV1, rule: RuleResultV1, verdict: ComponentVerdictV1 | null): Evidence {
  const status = verdict?.status ?? rule.status;
  const own = verdict === null ? gapEvidence(rule) : [...verdict.evidence, ...ownEvidence(rule)];
  const shown = status === 'missing' ? undefined : own[0];
  if (shown) return shown;
  const place = report.components.find(({ path }) => path === (verdict?.path ?? '.'))?.evidence[0]?.file;
  return { file: place ?? 'README.md', line: 1, note: rule.issue };
}

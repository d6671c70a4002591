import { openFactCache } from '../audit/cache/facts.ts';
import type { AuditModel } from '../model/audit-model.ts';
import { UserError } from '../model/errors.ts';
import type { Rescore } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import type { RepoView } from '../model/repository.ts';
import { acceptedIn } from '../policy/acceptances.ts';
import { type Baseline, entriesOf, gapsKnown, newAgainst, outlived } from '../policy/baseline.ts';
import { compareReports, compareWithKnown } from '../policy/compare.ts';
import { judgeGate } from '../policy/gate.ts';
import { readOwners, routeOwners } from '../policy/owners.ts';
import { mistypedComponents, staleSettings } from '../policy/stale.ts';
import { auditUnder, reportUnder } from './audit-under.ts';
import type { PolicyOptions } from './gate-options.ts';
import type { Run } from './history-file.ts';
import type { Io } from './io.ts';
import { baselineText, judgedPart, noBaseline, openRef, type Policy, readPolicy } from './policy-run.ts';
import { readReport } from './read-report.ts';
import { rescorer } from './rescore.ts';

export interface Judged {
  report: ReportV1;
  policy: Policy;
  /** The target as it lies on disk. */
  view: RepoView;
}

/**
 * Looks on before the gate judges (`verify`): what it saw goes into `report`, and the gate judges `gated` in its stead.
 */
export type Witness = (
  model: AuditModel,
  report: ReportV1,
  rescore: Rescore,
) => Promise<{ report: ReportV1; gated: ReportV1 }>;

type JudgeOptions = Partial<PolicyOptions> & { timing?: boolean; cache?: boolean };

/**
 * Audits a folder under its owner's policy: the config's rules and accepted risks, what changed since a ref, a saved result, the
 * last run or the baseline, the trend, the owners of every gap, and last the gate.
 */
export async function judge(
  folder: string,
  options: JudgeOptions,
  io: Io,
  say: (text: string) => void = () => {},
  witness: Witness | null = null,
): Promise<Judged> {
  const policy = await readPolicy(folder, options);
  const { config, day, view } = policy;
  const baseline = await knownGaps(policy);
  const runs = await recordedRuns(policy, options, io);
  const rescore = rescorer(policy.scoring);
  const audited = await auditFor(witness, policy, options, io);
  let { report } = audited;
  const mistyped = mistypedComponents(config, report);
  if (mistyped.length > 0 && report.components.length > 0) throw new UserError(mistyped.join('\n'));
  report = routeOwners(report, readOwners(view, config.owners), ownersSet(policy));
  report = { ...report, accepted: acceptedIn(report, config.acceptances, day) };
  if (options.since !== undefined) say(`Reading ${options.since}`);
  const before = await earlierReport(folder, options, policy, io);
  const run = runs?.add(report, day) ?? null;
  report = {
    ...report,
    history: run?.trend ?? [],
    changes: changesOf(report, before, run, baseline),
    diagnostics: [...report.diagnostics, ...staleSettings(config, report), ...staleBaseline(policy, baseline, report)],
  };
  const conditions = config.gate;
  const known = baseline ?? before?.gaps ?? null;
  if (conditions.noNewGaps && known === null) throw noBaseline(policy);
  const seen = (await audited.witness?.(report, rescore)) ?? { report, gated: report };
  const newGaps = known === null ? null : newAgainst(known, seen.gated);
  report = { ...seen.report, gate: judgeGate({ report: seen.gated, conditions, newGaps, rescore }) };
  await run?.save();
  return { report, policy, view };
}

/** A report that was kept is enough where nobody has to look into the model behind it, nor to know how long it took. */
async function auditFor(witness: Witness | null, policy: Policy, { timing, cache }: JudgeOptions, io: Io) {
  const { view } = policy;
  if (witness === null && !timing && cache !== false) return { report: await reportUnder(policy, view, io.env) };
  const kept = cache === false ? null : openFactCache(view.root, io.env);
  const { model, report } = await auditUnder(policy, view, { timing, cache: kept });
  const look = witness && ((seen: ReportV1, rescore: Rescore) => witness(model, seen, rescore));
  return { report, witness: look };
}

const ownersSet = ({ config }: Policy): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(config.components).flatMap(([path, { owners }]) => (owners ? [[path, owners]] : [])),
  );

async function knownGaps(policy: Policy): Promise<Baseline | null> {
  const text = baselineText(policy);
  if (text === null) return null;
  const { readBaseline } = await import('../policy/baseline-file.ts');
  return readBaseline(policy.config.baseline, text);
}

async function recordedRuns(policy: Policy, { history }: JudgeOptions, io: Io) {
  if (history === undefined && policy.config.history === null) return null;
  const { readRuns } = await import('./history-file.ts');
  return readRuns(policy, history, io);
}

interface Earlier {
  name: string;
  report: ReportV1;
  gaps: Baseline;
}

/** The report to compare with: of a ref, whose tree is read through git, or one that was saved. */
async function earlierReport(
  folder: string,
  { since, sinceReport }: Partial<PolicyOptions>,
  policy: Policy,
  io: Io,
): Promise<Earlier | null> {
  if (since !== undefined && sinceReport !== undefined)
    throw new UserError('Give --since or --since-report, not both: a report has one "what changed".');
  if (since === undefined && sinceReport === undefined) return null;
  const report =
    since !== undefined
      ? (await auditUnder(policy, judgedPart(openRef(folder, since, '--since'), policy.config))).report
      : await readReport(sinceReport!, io.cwd);
  const gaps = new Map([...entriesOf(report)].map(([key, status]) => [key, { status, line: 0 }]));
  return { name: since ?? sinceReport!, report, gaps };
}

/** What changed, by the best that is there to compare with: what was asked for, the run before, the baseline. */
function changesOf(
  report: ReportV1,
  before: Earlier | null,
  run: Run | null,
  baseline: Baseline | null,
): ReportV1['changes'] {
  if (before) return compareReports(before.report, report, before.name);
  const last = run?.previous;
  if (last) {
    const gaps = new Map(last.gaps.map((key) => [key, null]));
    return compareWithKnown(gaps, report, {
      since: last.commit ?? last.date ?? 'the last run',
      scoreBefore: last.score,
    });
  }
  if (baseline) return compareWithKnown(gapsKnown(baseline), report, { since: 'the baseline', scoreBefore: null });
  return null;
}

function staleBaseline({ config }: Policy, baseline: Baseline | null, report: ReportV1): ReportV1['diagnostics'] {
  const old = baseline ? outlived(baseline, report) : [];
  if (old.length === 0) return [];
  const names = old.slice(0, 5).map(({ key, now }) => (now === null ? key : `${key} (now ${now})`));
  const rest = old.length > names.length ? ` and ${old.length - names.length} more` : '';
  const message = `entries that hold no longer: ${names.join(', ')}${rest}; "readiness baseline --prune" brings it up to date`;
  return [{ unit: 'baseline', file: config.baseline, line: old[0]!.line, message }];
}

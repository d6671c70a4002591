import { lowered } from '../../model/as-running.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { LiveV1, LiveVerdictV1 } from '../../model/live.ts';
import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../../model/report.ts';
import { isGap, type Status } from '../../model/status.ts';
import { count, scoreText } from './text.ts';
import { verdictOf } from './verdict.ts';

/** What runs, beside what the repository says, for one rule in one place. */
export interface LiveEntry {
  rule: RuleResultV1;
  component: string | null;
  written: Status;
  live: LiveVerdictV1;
}

/** Every answer that the engine gave, by rule and component; contradictions first. */
export function liveEntries(report: ReportV1): LiveEntry[] {
  const entries = report.rules.flatMap((rule): LiveEntry[] => [
    ...(rule.live ? [{ rule, component: null, written: rule.status, live: rule.live }] : []),
    ...rule.components.flatMap(({ path, status, live }) =>
      live ? [{ rule, component: path, written: status, live }] : [],
    ),
  ]);
  return [...entries.filter(({ live }) => live.contradicts), ...entries.filter(({ live }) => !live.contradicts)];
}

/** `Docker 28.0.1 (linux/amd64), asked to inspect and probe`. */
export const engineText = ({ engine, asked }: LiveV1): string =>
  `${engine.name} ${engine.version} (${engine.os}/${engine.arch}), ${['inspected', ...asked.map((what) => pastOf[what])].join(', ')}`;

const pastOf = { probe: 'probed', drill: 'drilled', build: 'built' } as const;

/** `2 answers contradicted, 9 confirmed; as it runs the score is 27`. */
export function liveSummary(report: ReportV1, live: LiveV1): string {
  const running = { ...report, level: live.level as ReportV1['level'] };
  const level = live.level === report.level ? '' : ` (${verdictOf(running).toLowerCase()})`;
  return `${count(live.contradicted, 'answer')} contradicted, ${live.confirmed} confirmed; as it runs the score is ${scoreText(live.score)}${level}`;
}

/** A host may run hundreds of other things; JSON names them all. */
const mostUnmatched = 10;
const unmatchedText = ({ name, image, reason }: LiveV1['unmatched'][number]): string =>
  `${name}${image === '' ? '' : ` (${image})`} was matched to nothing: ${reason}`;

/** What runs besides the repository's components, and which of them do not run. */
export function liveNotes(live: LiveV1): string[] {
  return [
    ...live.absent.map(
      ({ component, service, project }) => `${component} does not run: ${project} leaves out ${service}`,
    ),
    ...live.unmatched.slice(0, mostUnmatched).map(unmatchedText),
    ...(live.unmatched.length > mostUnmatched
      ? [`${live.unmatched.length - mostUnmatched} more containers were matched to nothing`]
      : []),
    ...live.notes,
  ];
}

/** Times are the engine's, in the order they were taken. */
export const liveTimes = (live: LiveV1): string[] =>
  Object.entries(live.times).map(
    ([what, ms]) => `${what}: ${ms < 1000 ? `${Math.round(ms)} ms` : `${scoreText(ms / 1000)} s`}`,
  );

/**
 * The report with every contradiction as a gap like any other, for formats that tools read: lowered to what runs, and shown at the place
 * where the repository says otherwise.
 */
export function asItRuns(report: ReportV1): ReportV1 {
  if (!report.live) return report;
  const rules = lowered(report).rules.map((rule, i) => {
    const written = report.rules[i]!;
    if (rule === written) return rule;
    const issue = isGap(written.status) ? rule.issue : 'What runs falls short of what is written';
    const own = shownAt(report, rule, written.status, null);
    const components = rule.components.map((verdict, at) => {
      const before = written.components[at]!;
      return { ...verdict, evidence: [...shownAt(report, verdict, before.status, before), ...verdict.evidence] };
    });
    return { ...rule, issue, components, evidence: [...own, ...rule.evidence] };
  });
  return { ...report, rules };
}

type Verdict = Pick<ComponentVerdictV1, 'status' | 'evidence' | 'live'>;

function shownAt(report: ReportV1, now: Verdict, written: Status, verdict: ComponentVerdictV1 | null): Evidence[] {
  if (now.status === written || !now.live) return [];
  const component = report.components.find(({ path }) => path === verdict?.path);
  const place = now.evidence[0] ?? component?.evidence[0];
  if (!place) return [];
  return now.live.evidence.map(({ container, note }) => ({ ...place, note: `as it runs, ${container}: ${note}` }));
}

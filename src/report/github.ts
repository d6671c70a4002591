import type { ReportV1, RuleResultV1 } from '../model/report.ts';
import { badness, type Severity } from '../model/status.ts';
import { type Annotation, type AnnotationKind, command, harmless } from './github/command.ts';
import { anchorOf } from './shared/anchor.ts';
import { inRepository, type RenderOptions, type ReportFormat } from './shared/format.ts';
import { blockersOf, nextLevel, openGaps, tellingVerdict } from './shared/gaps.ts';
import { asItRuns, liveEntries } from './shared/live.ts';
import { hoursText, listed, pointsText, scoreText, stopped } from './shared/text.ts';
import {
  conditionText,
  coverageText,
  levelTag,
  nothingJudged,
  reachText,
  statusWords,
  verdictOf,
} from './shared/verdict.ts';

/** GitHub shows so many annotations of each kind for a step and drops the rest without a word. */
const shownPerKind = 10;

/** Annotations for a pull request, one for each gap, worst first. The full list stands in the log below them. */
const github: ReportFormat = {
  name: 'github',
  describes: 'for GitHub workflows: annotations, and the summary and outputs of the step',
  render(given: ReportV1, options: RenderOptions): string {
    const report = asItRuns(given);
    const blocking = new Set(report.levels.flatMap(({ level }) => blockersOf(report, level)).map((rule) => rule.id));
    const gaps = inOrder(report).map((rule) => annotationOf(report, rule, blocking.has(rule.id), options));
    const all = [...gateAnnotations(report), ...contradictions(given, options), ...gaps];
    const commands = (['error', 'warning', 'notice'] as const).flatMap((kind) => atMost(kind, all));
    return `${[...commands.map(command), ...log(report, options)].join('\n')}\n`;
  },
};
export default github;

/** What blocks the next level first, then the order of every other report. */
function inOrder(report: ReportV1): RuleResultV1[] {
  const next = nextLevel(report);
  const first = next === null ? [] : blockersOf(report, next);
  return [...first, ...openGaps(report).filter((rule) => !first.includes(rule))];
}

const kinds: Record<Severity, AnnotationKind> = { critical: 'error', major: 'warning', minor: 'notice' };

function annotationOf(
  report: ReportV1,
  rule: RuleResultV1,
  blocks: boolean,
  { pathPrefix }: RenderOptions,
): Annotation {
  const at = anchorOf(report, rule, tellingVerdict(rule));
  const reach = reachText(rule);
  return {
    kind: blocks ? 'error' : kinds[rule.severity],
    title: `${rule.title}: ${statusWords[rule.status]} (${rule.id})`,
    message: [
      stopped(rule.issue),
      ...(reach === null ? [] : [stopped(reach)]),
      `Required: ${stopped(rule.required)}`,
      `${levelTag(report, rule)} · ${hoursText(rule.hours)} · ${pointsText(rule.points)} points${rule.owners.length === 0 ? '' : ` · ${rule.owners.join(', ')}`}`,
    ],
    at: { file: inRepository(pathPrefix, at.file), line: at.line },
  };
}

/** Where what runs is worse than what is written, with what was seen: no other annotation shows evidence of a container. */
function contradictions(report: ReportV1, { pathPrefix }: RenderOptions): Annotation[] {
  return liveEntries(report)
    .filter(({ live, written }) => live.contradicts && badness(live.status) > badness(written))
    .map(({ rule, component, written, live }) => {
      const at = anchorOf(report, rule, rule.components.find(({ path }) => path === component) ?? null);
      return {
        kind: kinds[rule.severity],
        title: `${rule.title}: ${statusWords[written]} as written, ${statusWords[live.status]} as it runs (${rule.id})`,
        message: live.evidence.map(({ container, note }) => `${container}: ${note}`),
        at: { file: inRepository(pathPrefix, at.file), line: at.line },
      };
    });
}

/** The gate first of all: it is why the step is red. */
function gateAnnotations(report: ReportV1): Annotation[] {
  const nothing = nothingJudged(report);
  if (nothing !== null) return [{ kind: 'error', title: 'Nothing was judged', message: [nothing], at: null }];
  const failed = report.gate?.conditions.filter((condition) => !condition.passed) ?? [];
  if (failed.length === 0) return [];
  const message = failed.map((condition) => {
    const restore =
      condition.restoredBy.length === 0 ? '' : `; closing ${listed(condition.restoredBy, 12)} restores it`;
    return `${conditionText(condition)}${restore}`;
  });
  return [{ kind: 'error', title: 'Readiness gate failed', message, at: null }];
}

/** Where a kind has more than is shown, its last place names those that are left. */
function atMost(kind: AnnotationKind, all: readonly Annotation[]): Annotation[] {
  const own = all.filter((annotation) => annotation.kind === kind);
  if (own.length <= shownPerKind) return own;
  const rest = own.slice(shownPerKind - 1);
  return [
    ...own.slice(0, shownPerKind - 1),
    { kind, title: `${rest.length} more gaps`, message: rest.map(({ title }) => title), at: null },
  ];
}

/** Every gap again, folded away in the log, which has no limit. */
function log(report: ReportV1, { narrowed }: RenderOptions): string[] {
  const lines = inOrder(report).map((rule) => {
    const reach = reachText(rule);
    return `- ${rule.title}: ${statusWords[rule.status]}${reach === null ? '' : `, ${reach}`} (${rule.id}, ${levelTag(report, rule)}, ${hoursText(rule.hours)}, ${pointsText(rule.points)})`;
  });
  const score = report.score === null ? 'no score' : `${scoreText(report.score)} / 100`;
  return [
    harmless(`- ${verdictOf(report)}: ${score}, ${coverageText(report)}`),
    ...(narrowed === null ? [] : [harmless(`- ${narrowed}`)]),
    `::group::All gaps (${lines.length})`,
    ...lines.map(harmless),
    '::endgroup::',
  ];
}

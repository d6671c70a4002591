import type { AuditModel } from '../../model/audit-model.ts';
import type { Evidence } from '../../model/evidence.ts';
import { isWithin } from '../../model/paths.ts';
import type { ReportV1, RuleResultV1 } from '../../model/report.ts';
import { isGap, type Status, type UnknownCause } from '../../model/status.ts';
import { count, hoursText, pointsText, stopped, visible } from '../../report/shared/text.ts';
import { causeText, pathText, statusSentence } from '../../report/shared/verdict.ts';
import { colorOf, marks, type Page, places, wrapped } from '../../report/terminal/layout.ts';
import { section } from './rule-page.ts';

/** More than this many entries or files show nothing more. */
const most = 3;

interface Verdict {
  path: string | null;
  status: Status;
  cause?: UnknownCause;
  reason?: string;
  accepted?: boolean;
  evidence: Evidence[];
  searched: string[];
}

/** The verdict on this repository, component by component, with both ends of the wiring. */
export function herePage(page: Page, rule: RuleResultV1, report: ReportV1, model: AuditModel): string[] {
  const verdicts: Verdict[] = rule.scope === 'repository' ? [{ ...rule, path: null }] : rule.components;
  const told = verdicts.filter((verdict) => verdict.status !== 'not-applicable');
  const aside = verdicts.length - told.length;
  const summary = [stopped(statusSentence(rule)), isGap(rule.status) ? returnsText(rule) : '']
    .filter(Boolean)
    .join(' ');
  const acceptance = report.accepted.filter((one) => one.rule === rule.id && one.state === 'active');
  return [
    ...section(page, `In ${visible(report.target.name)}`, [
      ...wrapped(page, visible(summary), `  ${colorOf(page, rule.status)(marks[rule.status])} `),
      ...acceptance.flatMap((one) =>
        wrapped(page, `Accepted until ${one.expires} by ${visible(one.owner)}: ${visible(one.reason)}`, '    '),
      ),
    ]),
    ...told.flatMap((verdict) => verdictLines(page, verdict, rule, model)),
    ...(aside === 0 || rule.scope === 'repository'
      ? []
      : wrapped(page, `It does not apply to ${count(aside, 'more component')}.`, '  ')),
  ];
}

const returnsText = (rule: RuleResultV1) =>
  rule.hours === 0
    ? ''
    : `Closing it takes about ${hoursText(rule.hours)} and returns ${pointsText(rule.points)} points.`;

function verdictLines(page: Page, verdict: Verdict, rule: RuleResultV1, model: AuditModel): string[] {
  const { path, status, evidence, searched } = verdict;
  const accepted = verdict.accepted ? ', an accepted risk' : '';
  const reason = status === 'unknown' ? ` (${causeText(verdict)})` : '';
  const head =
    path === null ? [] : wrapped(page, `${pathText(visible(path))}: ${status}${accepted}${visible(reason)}`, '  ');
  const shown = evidenceTitle[status] ?? 'Seen';
  const block = (title: string, lines: string[]) => (lines.length === 0 ? [] : [`    ${title}`, ...lines]);
  return [
    ...head,
    ...block(shown, places(page, evidence, 6)),
    ...(status === 'ready' || status === 'missing'
      ? []
      : block('Should be used from', places(page, entriesOf(model, path), 6))),
    ...block('Path of imports', importPaths(page, evidence, model, path)),
    ...block(
      'Searched',
      searched.flatMap((text) => wrapped(page, visible(text), '      ')),
    ),
    ...(isGap(status) ? block('To do', wrapped(page, rule.required, '      ')) : []),
    '',
  ];
}

const evidenceTitle: Partial<Record<Status, string>> = {
  ready: 'Shown by',
  partial: 'Found',
  unwired: 'Defined at',
  missing: 'Near misses',
};

/** What starts the component: whatever should run has to be reached from there. */
function entriesOf(model: AuditModel, path: string | null): Evidence[] {
  const owners = model.components.filter((component) => path === null || component.path === path);
  return owners
    .flatMap((component) => wiringOf(model, component.path)?.entries ?? [])
    .filter((entry) => entry.phase === 'runtime')
    .slice(0, most)
    .map((entry) => ({ file: entry.file, line: 1, note: entry.reason }));
}

/** How what runs comes to the files that show it, or that it does not. */
function importPaths(page: Page, evidence: readonly Evidence[], model: AuditModel, path: string | null): string[] {
  const files = [...new Set(evidence.map((at) => at.file))];
  const lines = files.flatMap((file) => {
    const owner = path ?? model.components.find((component) => isWithin(file, component.path))?.path;
    const wiring = owner === undefined ? null : wiringOf(model, owner);
    if (!wiring) return [];
    const way = wiring.pathTo(file);
    if (way.length > 1) return [way.map(visible).join(' → ')];
    if (way.length === 1) return [`${visible(file)} is started itself`];
    return wiring.own.includes(file) ? [`none: nothing that starts reaches ${visible(file)}`] : [];
  });
  return lines.slice(0, most).flatMap((line) => wrapped(page, line, '      '));
}

/** Null where the wiring could not be read: then the verdict says so, and there is no path to show. */
function wiringOf(model: AuditModel, path: string) {
  try {
    return model.wiring.of({ path });
  } catch {
    return null;
  }
}

import type { Location, Notification, Suppression } from 'sarif';
import type { Evidence } from '../../model/evidence.ts';
import type { ReportV1 } from '../../model/report.ts';
import { inRepository } from '../shared/format.ts';
import { notJudged } from '../shared/gaps.ts';
import { visible } from '../shared/text.ts';
import { causeText } from '../shared/verdict.ts';

/** A file as a relative URI: names may hold blanks, `#`, `?` and anything else that means something there. */
const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export const location = ({ file, line, note }: Evidence, pathPrefix: string): Location => ({
  physicalLocation: { artifactLocation: { uri: uriOf(inRepository(pathPrefix, file)) }, region: { startLine: line } },
  ...(note === '' ? {} : { message: { text: visible(note) } }),
});

/** Why the gap is let be: the acceptance of the component first, then that of the rule. */
export function acceptanceOf(report: ReportV1, rule: string, component: string | null): Suppression {
  const active = report.accepted.filter((entry) => entry.rule === rule && entry.state === 'active');
  const entry = active.find((accepted) => accepted.component === component) ?? active.find((a) => a.component === null);
  const justification = entry ? `${entry.reason} (owner: ${entry.owner}, until ${entry.expires})` : 'accepted risk';
  return { kind: 'external', status: 'accepted', justification: visible(justification) };
}

/** What could not be read or judged: no result, and not to be mistaken for a pass. */
export function notifications(report: ReportV1, pathPrefix: string): Notification[] {
  const unread = report.diagnostics.map(({ unit, file, line, message }): Notification => {
    const at = file === null ? null : location({ file, line: line ?? 1, note: '' }, pathPrefix);
    return {
      level: 'warning',
      message: { text: visible(`${message} (${unit})`) },
      ...(at === null ? {} : { locations: [at] }),
    };
  });
  const unjudged = notJudged(report).map(
    (rule): Notification => ({
      level: rule.cause === 'failed' ? 'error' : 'note',
      message: { text: visible(`${rule.title} was not judged: ${causeText(rule)}`) },
      associatedRule: { id: rule.id },
    }),
  );
  return [...unread, ...unjudged];
}

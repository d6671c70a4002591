import type { ReportV1 } from '../../model/report.ts';
import type { Status } from '../../model/status.ts';
import { listed } from './text.ts';
import { statusWords } from './verdict.ts';

type PlanItem = ReportV1['plan']['quick'][number];

/** One rule of a plan with every component it is to be closed in. */
export interface PlanEntry {
  rule: string;
  /** Empty for a rule of the whole repository. */
  components: string[];
  statuses: Status[];
  hours: number;
  points: number;
}

/** A plan's items are per component; people close a rule everywhere at once. Keeps the order of first mention. */
export function byRule(items: readonly PlanItem[]): PlanEntry[] {
  const entries = new Map<string, PlanEntry>();
  for (const { rule, component, status, hours, points } of items) {
    const entry = entries.get(rule) ?? { rule, components: [], statuses: [], hours: 0, points: 0 };
    if (component !== null) entry.components.push(component);
    if (!entry.statuses.includes(status)) entry.statuses.push(status);
    entry.hours += hours;
    entry.points += points;
    entries.set(rule, entry);
  }
  return [...entries.values()];
}

export const statusesText = (entry: PlanEntry): string => listed(entry.statuses.map((status) => statusWords[status]));

import type { Diagnostic } from '../model/finding.ts';
import type { ReportV1 } from '../model/report.ts';
import type { ResolvedConfig } from './resolve.ts';
import { didYouMean } from './suggest.ts';

/** Settings that the audit found to speak of nothing, or no longer to count: named with their place, never obeyed in silence. */
export function staleSettings(config: ResolvedConfig, report: ReportV1): Diagnostic[] {
  const paths = report.components.map((c) => c.path);
  const stale: Diagnostic[] = [];
  const tell = (from: string, message: string) => stale.push({ unit: 'config', ...placeOf(from), message });
  const unknownComponent = (path: string) => `no component at ${path}${didYouMean(path, paths)}`;
  for (const [path, { from }] of Object.entries(config.components))
    if (!paths.includes(path)) tell(from, unknownComponent(path));
  for (const path of Object.keys(config.gate.minComponent))
    if (!paths.includes(path)) tell(config.merged.from(['gate', 'minComponent', path]), unknownComponent(path));
  for (const [index, { from, component }] of config.acceptances.entries()) {
    const state = report.accepted[index]?.state;
    const { rule, expires } = config.acceptances[index]!;
    const what = `accepted risk ${rule}${component === null ? '' : ` ${component}`}`;
    if (state === 'expired') tell(from, `${what} expired on ${expires} and counts no longer`);
    if (state !== 'unmatched') continue;
    if (component !== null && !paths.includes(component)) tell(from, `${what}: ${unknownComponent(component)}`);
    else tell(from, `${what} matches no gap; it can be removed`);
  }
  return stale;
}

/** Components that a flag names and the audit did not find: most likely mistyped. */
export function mistypedComponents({ gate, merged }: ResolvedConfig, report: ReportV1): string[] {
  const paths = report.components.map((c) => c.path);
  const wrong = Object.keys(gate.minComponent).filter((path) => !paths.includes(path));
  return wrong.flatMap((path) => {
    const from = merged.from(['gate', 'minComponent', path]);
    const known = `; known are ${paths.slice(0, 10).join(', ')}${paths.length > 10 ? ', …' : ''}`;
    return from.startsWith('--') ? [`${from}: no component at ${path}${didYouMean(path, paths) || known}`] : [];
  });
}

/** `file:line` in two; a flag's name has no file. */
export function placeOf(from: string): { file: string | null; line: number | null } {
  const [, file, line] = /^(.+):(\d+)$/.exec(from) ?? [];
  return file === undefined ? { file: null, line: null } : { file, line: Number(line) };
}

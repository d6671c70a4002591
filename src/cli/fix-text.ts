import { Chalk, type ChalkInstance } from 'chalk';
import type { FixPlan, PlannedFix } from '../fix/index.ts';
import { visible } from '../report/shared/text.ts';

export interface FixTextOptions {
  color: boolean;
  /** The patch, when it is to be shown. */
  diff: string | null;
  verbose: boolean;
  /** Commands that bring packages in, by folder. */
  installs: readonly string[];
}

/** The plan for people: each fix with its proof, then the sum. */
export function fixText(plan: FixPlan, { color, diff, verbose, installs }: FixTextOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const lines = plan.fixes.flatMap((fix) => fixLines(fix, paint));
  if (plan.fixes.length === 0) lines.push('No gap here has a fix that would close it.', '');
  if (diff) lines.push(...diff.split('\n').map((line) => painted(visible(line.replaceAll('\t', '    ')), paint)));
  if (plan.fixes.length > 0) {
    lines.push(
      `${count(plan.fixes.length, 'fix', 'fixes')}, ${count(plan.changes.size, 'file', 'files')}: score ${plan.before.score ?? '–'} to ${paint.bold(String(plan.after.score ?? '–'))}`,
    );
    if (plan.before.level !== plan.after.level) lines.push(`Level ${plan.before.level} to ${plan.after.level}`);
    if (installs.length > 0)
      lines.push(
        `Packages were added; until the lockfile knows them "npm ci" and its kin refuse: ${installs.join('; ')}`,
      );
  }
  if (verbose && plan.notOffered.length > 0) {
    lines.push('', 'Not offered:');
    lines.push(
      ...plan.notOffered.map(
        ({ rule, component, reason }) => `  ${rule}${component ? ` (${visible(component)})` : ''}: ${visible(reason)}`,
      ),
    );
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function fixLines(fix: PlannedFix, paint: ChalkInstance): string[] {
  const where = fix.components
    .filter((path) => path !== '.')
    .map(visible)
    .join(', ');
  const kind = fix.kind === 'safe' ? paint.green('safe') : paint.yellow('review');
  return [
    `${paint.bold(fix.title)}${where ? ` (${where})` : ''}`,
    `  ${fix.rule}: ${fix.before} to ${fix.after}, ${fix.points >= 0 ? '+' : ''}${fix.points} points, ${kind}`,
    `  ${fix.files.map(visible).join(', ')}`,
    ...fix.installs.map((one) => `  adds ${one.package}@${one.range} to ${visible(one.manifest)}`),
    ...fix.notes.map((note) => `  to decide: ${visible(note)}`),
    ...fix.opens.map((gap) => `  opens: ${visible(gap)}`),
    '',
  ];
}

const painted = (line: string, paint: ChalkInstance): string =>
  line.startsWith('+')
    ? paint.green(line)
    : line.startsWith('-')
      ? paint.red(line)
      : line.startsWith('@@')
        ? paint.cyan(line)
        : line;

const count = (n: number, one: string, several: string): string => `${n} ${n === 1 ? one : several}`;

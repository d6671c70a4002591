import type { FixPlan, NotOffered, PlannedFix } from '../fix/index.ts';
import { defaultOptions } from '../report/shared/format.ts';
import { count, listed, pointsText, scoreText, visible } from '../report/shared/text.ts';
import { colorOf, heading, marks, type Page, pageOf, spread, wrapped } from '../report/terminal/layout.ts';

export interface FixTextOptions {
  /** Columns to stay within; the patch keeps its own lines. */
  width: number;
  color: boolean;
  /** The patch, when it is to be shown. */
  diff: string | null;
  verbose: boolean;
  /** Commands that bring packages in, by folder. */
  installs: readonly string[];
  /** Whether a file that the plan names is there already. */
  exists: (path: string) => boolean;
}

/** The plan for people: the patch, each fix with its proof, and what they come to. */
export function fixText(plan: FixPlan, options: FixTextOptions): string {
  const page = pageOf({ ...defaultOptions, ...options });
  const blocks = [
    options.diff ? options.diff.trimEnd().split('\n').map(patchLine(page)) : [],
    plan.fixes.length > 0 ? summary(page, plan) : ['No gap here has a fix that would close it.'],
    ...plan.fixes.map((fix) => fixLines(page, fix, options)),
    options.installs.length > 0 ? installLines(page, options.installs) : [],
    options.verbose ? refusals(page, plan.notOffered) : [],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function summary(page: Page, { fixes, changes, before, after }: FixPlan): string[] {
  const level = before.level === after.level ? '' : `, level ${before.level} → ${after.level}`;
  return heading(
    page,
    `${count(fixes.length, 'fix', 'fixes')} in ${count(changes.size, 'file')}`,
    `score ${scoreText(before.score)} → ${scoreText(after.score)}${level}`,
  );
}

const few = 4;

function fixLines(page: Page, fix: PlannedFix, { exists, verbose }: FixTextOptions): string[] {
  const { paint } = page;
  const kind = fix.kind === 'safe' ? paint.green('safe  ') : paint.yellow('review');
  const points = fix.points < 0 ? String(fix.points) : pointsText(fix.points);
  const mark = colorOf(page, fix.after)(marks[fix.after]);
  const where = fix.components.filter((path) => path !== '.').map(visible);
  const about = [fix.rule, `${fix.before} → ${fix.after}`, listed(where, verbose ? undefined : few)];
  const files = fix.files.map((path) => `${exists(path) ? paint.yellow('~') : paint.green('+')} ${visible(path)}`);
  const shown = verbose ? files : files.slice(0, few);
  return [
    ...spread(page, `  ${mark} `, paint.bold(visible(fix.title)), `${kind}  ${points.padStart(5)}`),
    ...wrapped(page, paint.dim(about.filter(Boolean).join(' · ')), '    '),
    ...shown.flatMap((line) => wrapped(page, line, '      ', '        ')),
    ...(files.length > shown.length ? [`      … ${files.length - shown.length} more (--verbose)`] : []),
    ...packages(fix).flatMap((text) => wrapped(page, text, '    Adds    ')),
    ...fix.commands.flatMap((command) => wrapped(page, visible(command), '    Run     ')),
    ...fix.notes.flatMap((note) => wrapped(page, visible(note), '    Decide  ')),
    ...fix.opens.flatMap((gap) => wrapped(page, visible(gap), '    Opens   ')),
  ];
}

/** Each package once, with the manifests that get it. */
function packages({ installs }: PlannedFix): string[] {
  const names = [...new Set(installs.map((one) => `${one.package}@${one.range}`))];
  return names.map((name) => {
    const manifests = installs.filter((one) => `${one.package}@${one.range}` === name).map((one) => one.manifest);
    return `${name} to ${manifests.length > 1 ? count(manifests.length, 'manifest') : visible(manifests[0]!)}`;
  });
}

const installLines = (page: Page, installs: readonly string[]): string[] =>
  wrapped(
    page,
    `${installs.join('; ')} (until the lockfile knows the new packages, "npm ci" and its kin refuse)`,
    'Then  ',
  );

const refusals = (page: Page, refused: readonly NotOffered[]): string[] =>
  refused.length === 0
    ? []
    : [
        ...heading(page, 'Not offered'),
        ...refused.flatMap(({ rule, component, reason }) =>
          wrapped(page, `${rule}${component ? ` (${visible(component)})` : ''}: ${visible(reason)}`, '  ', '    '),
        ),
      ];

const patchLine =
  ({ paint }: Page) =>
  (raw: string): string => {
    const line = visible(raw.replaceAll('\t', '    '));
    if (/^(diff |\+\+\+ |--- )/.test(line)) return paint.bold(line);
    if (line.startsWith('+')) return paint.green(line);
    if (line.startsWith('-')) return paint.red(line);
    return line.startsWith('@@') ? paint.cyan(line) : line;
  };

import { Chalk, type ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Evidence } from '../../model/evidence.ts';
import type { Status } from '../../model/status.ts';
import type { RenderOptions } from '../shared/format.ts';
import { visible } from '../shared/text.ts';

/** A page of a fixed width. Every function returns lines that never exceed it. */
export interface Page {
  width: number;
  paint: ChalkInstance;
  verbose: boolean;
}

const narrowest = 40;
const widest = 110;

export const pageOf = ({ width, color, verbose }: RenderOptions): Page => ({
  width: Math.min(Math.max(width, narrowest), widest),
  paint: new Chalk({ level: color ? 1 : 0 }),
  verbose,
});

/**
 * Wraps text behind `first` and, from the second line on, behind `rest`. Words longer than a line are broken, and a `first` that
 * leaves no room for text is wrapped with it.
 */
export function wrapped(page: Page, text: string, first = '', rest = ' '.repeat(stringWidth(first))): string[] {
  const most = page.width * 0.6;
  if (stringWidth(first) > most) {
    const lead = first.match(/^ */)![0];
    return wrapped(page, first.trimStart() + text, lead, stringWidth(rest) > most ? `${lead}    ` : rest);
  }
  const room = page.width - Math.max(stringWidth(first), stringWidth(rest));
  return wrapAnsi(text, room, { hard: true })
    .split('\n')
    .map((line, i) => `${i === 0 ? first : rest}${line}`.trimEnd());
}

/** Text at the left, a fixed block at the right edge; the text goes on below when it needs more room. */
export function spread(page: Page, first: string, text: string, right: string): string[] {
  const room = page.width - stringWidth(first) - stringWidth(right) - 2;
  if (room < 12) return [...wrapped(page, text, first), ...wrapped(page, right.trim(), ' '.repeat(stringWidth(first)))];
  const [head = '', ...more] = wrapAnsi(text, room, { hard: true }).split('\n');
  const gap = ' '.repeat(Math.max(page.width - stringWidth(first) - stringWidth(head) - stringWidth(right), 1));
  return [`${first}${head}${gap}${right}`.trimEnd(), ...more.map((line) => `${' '.repeat(stringWidth(first))}${line}`)];
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(width - stringWidth(text), 0));
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(width - stringWidth(text), 0)) + text;

export const placeText = ({ file, line }: { file: string; line: number }): string => `${visible(file)}:${line}`;

/** Evidence in two columns, or with the note below where the path leaves no room beside it. */
export function places(page: Page, evidence: readonly Evidence[], indent: number): string[] {
  const blank = ' '.repeat(indent);
  const column = Math.min(
    Math.max(0, ...evidence.map((at) => stringWidth(placeText(at)))),
    Math.floor(page.width * 0.45),
  );
  return evidence.flatMap((at) => {
    const place = placeText(at);
    const note = visible(at.note);
    if (stringWidth(place) <= column) {
      return wrapped(
        page,
        note,
        `${blank}${page.paint.cyan(padEnd(place, column))}  `,
        ' '.repeat(indent + column + 2),
      );
    }
    return [...wrapped(page, page.paint.cyan(place), blank), ...wrapped(page, note, ' '.repeat(indent + 4))];
  });
}

export const marks: Record<Status, string> = {
  ready: '✓',
  partial: '◐',
  unwired: '○',
  missing: '✗',
  'not-applicable': '–',
  unknown: '?',
};

/** Colour only underlines what mark and word say already. */
export function colorOf({ paint }: Page, status: Status): ChalkInstance {
  if (status === 'ready') return paint.green;
  if (status === 'partial') return paint.yellow;
  return status === 'unwired' || status === 'missing' ? paint.red : paint.gray;
}

/** A heading with what it amounts to at the right edge. */
export const heading = (page: Page, text: string, right = ''): string[] =>
  spread(page, '', page.paint.bold(text), page.paint.dim(right));

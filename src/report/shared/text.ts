/**
 * Small wording that every format shares. File names and evidence come from the target, which nobody vouches for.
 */

/** Control characters, and the marks that reorder or hide text: shown as escapes, so that a name cannot steer a terminal or mislead its reader. */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]/gu;

const escaped = (mark: string): string => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;

export const visible = (text: string): string => text.replace(unsafe, escaped);

/** JSON with the same marks as escapes: the same value for a program, and harmless where somebody looks at the text. */
export const toJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(unsafe, (mark) => (mark === '\n' ? mark : escaped(mark)))}\n`;

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`; beyond `most` items the rest is counted: `a, b and 4 more`. */
export function listed(items: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : [...items];
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

const round = (n: number): number => Math.round(n * 10) / 10;

/** `15 min`, `1 h`, `2.5 h`, `120 h`: a first estimate, so that sums carry no decimals. */
export const hoursText = (hours: number): string =>
  hours < 0.995 ? `${Math.round(hours * 60)} min` : `${hours < 20 ? round(hours) : Math.round(hours)} h`;

/** Points that closing a gap returns: `+4.2`. */
export const pointsText = (points: number): string => `+${round(points).toFixed(1)}`;

/** A score to one decimal, or `none` where nothing was judged. */
export const scoreText = (score: number | null): string => (score === null ? 'none' : String(round(score)));

/** A difference of scores with its sign: `+3`, `-1.5`, `±0`. */
export function differenceText(before: number, after: number): string {
  const difference = round(round(after) - round(before));
  return difference === 0 ? '±0' : difference > 0 ? `+${difference}` : String(difference);
}

/** Cuts what is longer than `most` characters at a word, and says so. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.lastIndexOf(' ', most - 2);
  return `${text.slice(0, cut > most / 2 ? cut : most - 2).replace(/[\s,;:]+$/, '')} …`;
}

export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Ends a sentence that may or may not have its full stop. */
export const stopped = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

/** The day of an ISO date; the hour and zone tell a reader nothing. */
export const dayOf = (date: string | null): string | null => date?.slice(0, 10) ?? null;

export const shortCommit = (commit: string | null): string | null => commit?.slice(0, 7) ?? null;

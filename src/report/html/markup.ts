import { visible } from '../shared/text.ts';

/** Text that is markup already. Only `html` makes it, so that nothing else can become markup. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Markup | string | number | null | undefined | false | readonly Value[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe as text and inside a quoted attribute. */
export const escapeHtml = (text: string): string => visible(text).replace(/[&<>"']/g, (mark) => entities[mark]!);

function toText(value: Value): string {
  if (value instanceof Markup) return value.text;
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'object') return value.map(toText).join('');
  return escapeHtml(String(value));
}

/** Markup from a template of ours: every value put in is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return new Markup(strings.map((string, i) => string + (i < values.length ? toText(values[i]!) : '')).join(''));
}

export const nothing = new Markup('');

/** A sentence in which pairs of backticks mean code. */
export const prose = (text: string): Markup =>
  html`${text.split(/`([^`]+)`/).map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;

import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { JsxFact } from '../../model/facts/source.ts';
import { isProgramPath } from '../../model/source-paths.ts';

export interface Script {
  /** The script, at the offsets it has in the file: everything else is blanked, so that lines stay right. */
  text: string;
  parseAs: string;
  /** Components that the template renders. */
  template: JsxFact[] | null;
}

/** Takes the script out of a Vue, Svelte or Astro file. Other files are returned as they are. */
export function scriptOf(path: string, whole: string): Script {
  if (path.endsWith('.astro')) return astroScript(path, whole);
  if (isProgramPath(path)) return { text: whole, parseAs: `${path}.js`, template: null };
  if (!/\.(vue|svelte)$/.test(path)) return { text: whole, parseAs: path, template: null };
  let text = '';
  let at = 0;
  let ending = 'js';
  // What a page puts into its head, or writes out as a text, is no script of the component.
  const own = whole.replace(/<svelte:head\b[\s\S]*?<\/svelte:head>/g, blank);
  // A generic parameter among the attributes holds a `>` of its own: `generics="T extends Keys<U>"`.
  const blocks = /^([ \t]*<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>)([\s\S]*?)<\/script>/gm;
  for (let match = blocks.exec(own); match; match = blocks.exec(own)) {
    const [, opening, attributes, body] = match as unknown as [string, string, string, string];
    if (/\btype=["'][\w/+-]*json["']/.test(attributes)) continue;
    const start = match.index + opening.length;
    text += blank(whole.slice(at, start)) + body;
    at = start + body.length;
    // A second script may leave its language out of its tag: what the first writes decides, JSX before plain types.
    const lang = /\blang=["']?([jt]sx?)\b/.exec(attributes)?.[1];
    if (lang && lang !== 'js' && ending !== 'tsx') ending = lang === 'jsx' ? 'js' : lang;
  }
  return { text: text + blank(whole.slice(at)), parseAs: `${path}.${ending}`, template: rendered(whole) };
}

function astroScript(path: string, whole: string): Script {
  const match = /^(\s*---\r?\n)([\s\S]*?)\n---/.exec(whole);
  if (!match) return { text: '', parseAs: `${path}.ts`, template: rendered(whole) };
  return { text: blank(match[1]!) + match[2]!, parseAs: `${path}.ts`, template: rendered(whole) };
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

function rendered(whole: string): JsxFact[] {
  const starts = lineStartsOf(whole);
  const found: JsxFact[] = [];
  const tags = /<([A-Z][A-Za-z0-9.]*|[a-z]+(?:-[a-z0-9]+)+)[\s/>]/g;
  for (let match = tags.exec(whole); match && found.length < 400; match = tags.exec(whole)) {
    found.push({ name: match[1]!, origin: null, attributes: [], line: lineAt(starts, match.index), unit: -1 });
  }
  return found;
}

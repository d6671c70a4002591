import { lineAt, lineStartsOf } from '../model/evidence.ts';
import type { ValueFact } from '../model/facts/source.ts';
import type { PackageUse } from '../model/wiring.ts';
import type { EntryContext } from './entries/_provider.ts';
import type { RouteContext } from './routes/_finder.ts';

/**
 * Packages that a Nuxt configuration lists under `modules`: they hook into every request by themselves. What the module's own key
 * turns off (`security: { rateLimiter: false }`) is handed on as its argument.
 */
export function nuxtModules({ context }: RouteContext): (PackageUse & { file: string; line: number })[] {
  if (!context.depends('nuxt', 'nuxt3', 'nuxt-edge')) return [];
  return context.match('nuxt.config.{ts,js,mjs}').flatMap((file) => modulesIn(context, file));
}

function modulesIn(context: EntryContext, file: string): (PackageUse & { file: string; line: number })[] {
  const text = context.view.read(file)?.replace(/^\s*\/\/.*$/gm, (line) => ' '.repeat(line.length));
  if (!text) return [];
  const starts = lineStartsOf(text);
  const list = blockAfter(text, /\bmodules\s*:\s*(?=\[)/);
  if (!list) return [];
  return [...list.text.matchAll(/['"]((?:@[\w-]+\/)?[\w-][\w./-]*)['"]/g)].map((match) => ({
    package: match[1]!,
    member: 'default',
    args: [turnedOff(text, match[1]!)],
    file,
    line: lineAt(starts, list.start + match.index),
  }));
}

function turnedOff(text: string, name: string): ValueFact {
  const key = name
    .replace(/^(?:@[\w-]+\/)?(?:nuxt-)?/, '')
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const options = blockAfter(text, new RegExp(`^\\s{0,4}${key}\\s*:\\s*(?=\\{)`, 'm'))?.text ?? '';
  const off = [...options.matchAll(/\b(\w+)\s*:\s*false\b/g)].map((match) => match[1]!);
  return {
    kind: 'object',
    props: Object.fromEntries(off.map((option) => [option, { kind: 'boolean', value: false }])),
    spread: false,
  };
}

/** The bracket that follows the pattern, with what it holds. Bounded by the text. */
function blockAfter(text: string, pattern: RegExp): { text: string; start: number } | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const start = match.index + match[0].length;
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    if ('[{('.includes(text[i]!)) depth++;
    else if (']})'.includes(text[i]!) && --depth === 0) return { text: text.slice(start, i), start };
  }
  return null;
}

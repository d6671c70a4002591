import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { IacFact } from '../../model/facts/index.ts';

type Resource = IacFact['resources'][number];
/** What is kept of a block, in characters. */
const maxText = 4_000;

/** `resource "aws_x" "name" {`, `module`, `data`, `provider`; a module's type is `module:<source>`. */
export function readTerraform(text: string): Resource[] {
  return blocks(
    text,
    /^[ \t]*(resource|module|data|job|service)[ \t]+"([^"\n]+)"(?:[ \t]+"([^"\n]+)")?[ \t]*\{/gm,
    '#',
  ).map(({ match, line, body }) => {
    const [, keyword = '', first = '', second] = match;
    const off = countedOff(text, body) ? { condition: 'false' } : {};
    if (keyword === 'resource') return { type: first, name: second ?? first, line, text: body, ...off };
    if (keyword === 'data') return { type: `data.${first}`, name: second ?? first, line, text: body };
    if (keyword === 'module') {
      const source = /\bsource\s*=\s*"([^"]+)"/.exec(body)?.[1] ?? '';
      return { type: `module:${source}`, name: first, line, text: body };
    }
    return { type: keyword, name: first, line, text: body };
  });
}

/** Bicep: `resource x 'Type@version' = {`, also conditional ones; a module's type is `module:<path>`. */
export function readBicep(text: string): Resource[] {
  const pattern =
    /^[ \t]*(resource|module)[ \t]+(\w+)[ \t]+'([^'\n]+)'[ \t]*(existing[ \t]*)?=[ \t]*(?:if[ \t]*\(([^\n]*)\)[ \t]*)?(?:\[for[^\n]*:[ \t]*)?\{/gm;
  return blocks(text, pattern, '//').map(({ match, line, body }) => {
    const [, keyword = '', name = '', written = '', existing, condition] = match;
    const type = keyword === 'module' ? `module:${written}` : written.replace(/@.*$/, '');
    return {
      type: existing ? `existing:${type}` : type,
      name,
      line,
      text: body,
      ...(condition === undefined ? {} : { condition: switched(text, condition.trim()) }),
    };
  });
}

/** `count = var.x ? 1 : 0` with a default of false. */
function countedOff(text: string, body: string): boolean {
  const flag = /^\s*count\s*=\s*var\.(\w+)\s*\?\s*1\s*:\s*0/m.exec(body)?.[1];
  return flag !== undefined && new RegExp(`variable\\s+"${flag}"\\s*\\{[^}]*default\\s*=\\s*false`).test(text);
}

/** A condition on a flag whose default is false is false: nothing in the tree turns it on. */
const switched = (text: string, condition: string): string =>
  /^\w+$/.test(condition) &&
  new RegExp(`^[ \\t]*param[ \\t]+${condition}[ \\t]+bool[ \\t]*=[ \\t]*false\\b`, 'm').test(text)
    ? 'false'
    : condition;

/** Constructs of Pulumi and CDK programs: `new aws.s3.Bucket("name"`, `new ecs.FargateService(this, "name"`. */
export function readConstructs(text: string): Resource[] {
  const starts = lineStartsOf(text);
  const pattern =
    /\bnew\s+([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+|[A-Z][\w$]*)\s*\(\s*(?:(?:this|scope|stack|self|parent)\s*,\s*)?(["'`])([^"'`\n]*)\2/g;
  return [...text.matchAll(pattern)].map((match) => ({
    type: match[1]!,
    name: match[3]!,
    line: lineAt(starts, match.index),
    text: text.slice(match.index, closingOf(text, match.index + match[0].indexOf('('), '//')),
  }));
}

function blocks(
  text: string,
  pattern: RegExp,
  comment: '#' | '//',
): { match: RegExpMatchArray; line: number; body: string }[] {
  const starts = lineStartsOf(text);
  return [...text.matchAll(pattern)].map((match) => {
    const head = match.index + match[0].search(/\S/);
    const end = closingOf(text, match.index + match[0].length - 1, comment);
    return { match, line: lineAt(starts, head), body: text.slice(head, Math.min(end, head + maxText)) };
  });
}

/** Offset after the bracket that closes the one at `from`, minding texts and comments; bounded. */
function closingOf(text: string, from: number, comment: '#' | '//'): number {
  let depth = 0;
  const limit = Math.min(text.length, from + maxText * 5);
  for (let i = from; i < limit; i++) {
    const char = text[i]!;
    if (char === '"' || char === "'" || char === '`') {
      if (comment === '#' && char !== '"') continue;
      const end = endOfText(text, i, char, limit);
      if (end === -1) continue;
      i = end;
    } else if (text.startsWith(comment, i) || (comment === '#' && text.startsWith('//', i))) {
      const end = text.indexOf('\n', i);
      if (end === -1) return limit;
      i = end;
    } else if (char === '{' || char === '(' || char === '[') depth++;
    else if (char === '}' || char === ')' || char === ']') {
      if (--depth === 0) return Math.min(i + 1, from + maxText);
    }
  }
  return Math.min(limit, from + maxText);
}

function endOfText(text: string, from: number, quote: string, limit: number): number {
  for (let i = from + 1; i < limit; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i;
    else if (text[i] === '\n' && quote !== '`') return -1;
  }
  return -1;
}

/** Go templates taken apart: just enough of the grammar for Helm charts. Broken actions become plain unknowns, never errors. */

export type TemplateNode =
  | { kind: 'text'; text: string; line: number }
  | { kind: 'action'; expr: string; line: number }
  | { kind: 'if' | 'with' | 'range'; branches: Branch[]; line: number }
  | { kind: 'define'; name: string; body: TemplateNode[] };
/** `expr` null: the `else` branch. */
export interface Branch {
  expr: string | null;
  body: TemplateNode[];
}

interface Frame {
  node: Extract<TemplateNode, { branches: Branch[] }> | Extract<TemplateNode, { kind: 'define' }> | null;
  body: TemplateNode[];
}

/** Text and actions as a tree; an `end` too few or too many is forgiven. */
export function parseTemplate(source: string): TemplateNode[] {
  const root: TemplateNode[] = [];
  const stack: Frame[] = [{ node: null, body: root }];
  let at = 0;
  let line = 1;
  let trimNext = false;
  while (at < source.length) {
    const open = source.indexOf('{{', at);
    const end = open === -1 ? source.length : open;
    let text = source.slice(at, end);
    const close = open === -1 ? -1 : closing(source, open + 2);
    const trimsLeft = open !== -1 && source[open + 2] === '-';
    let textLine = line;
    line += newlines(text);
    if (trimNext) {
      const kept = text.trimStart();
      textLine += newlines(text.slice(0, text.length - kept.length));
      text = kept;
    }
    if (trimsLeft) text = text.trimEnd();
    if (text !== '') stack.at(-1)!.body.push({ kind: 'text', text, line: textLine });
    if (open === -1 || close === -1) break;
    const raw = source.slice(open + 2, close);
    trimNext = raw.endsWith('-');
    const expr = raw.replace(/^-/, '').replace(/-$/, '').trim();
    open_(stack, expr, line);
    line += newlines(raw);
    at = close + 2;
  }
  return root;
}

/** Where the action that starts at `from` closes, minding texts and comments. */
function closing(source: string, from: number): number {
  let quote = '';
  if (/^-?\s*\/\*/.test(source.slice(from, from + 20))) {
    const comment = source.indexOf('*/', from);
    return comment === -1 ? -1 : source.indexOf('}}', comment);
  }
  for (let i = from; i < source.length - 1; i++) {
    const char = source[i]!;
    if (quote !== '') {
      if (char === '\\' && quote === '"') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === '`') quote = char;
    else if (char === '}' && source[i + 1] === '}') return i;
  }
  return source.indexOf('}}', from);
}

function open_(stack: Frame[], expr: string, line: number): void {
  const top = stack.at(-1)!;
  const [, word = '', rest = ''] = /^(\w+)\b\s*([\s\S]*)$/.exec(expr) ?? [];
  if (expr.startsWith('/*')) return;
  if (word === 'if' || word === 'with' || word === 'range') {
    const body: TemplateNode[] = [];
    const node = { kind: word, branches: [{ expr: rest, body }], line } as Extract<
      TemplateNode,
      { branches: Branch[] }
    >;
    top.body.push(node);
    stack.push({ node, body });
  } else if (word === 'define' || word === 'block') {
    const name = /^["`]([^"`]*)["`]\s*([\s\S]*)$/.exec(rest);
    const node = { kind: 'define' as const, name: name?.[1] ?? '', body: [] };
    top.body.push(node);
    if (word === 'block') top.body.push({ kind: 'action', expr: `template "${node.name}" ${name?.[2] ?? '.'}`, line });
    stack.push({ node, body: node.body });
  } else if (word === 'else') {
    if (top.node === null || top.node.kind === 'define') return;
    const body: TemplateNode[] = [];
    top.node.branches.push({ expr: rest === '' ? null : rest.replace(/^(if|with)\b\s*/, ''), body });
    top.body = body;
  } else if (word === 'end') {
    if (stack.length > 1) stack.pop();
  } else top.body.push({ kind: 'action', expr, line });
}

export const newlines = (text: string): number => {
  let count = 0;
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) count++;
  return count;
};

/** An expression: a pipeline of calls. */
export type Expr =
  | { kind: 'value'; value: unknown }
  | { kind: 'field'; base: Expr | null; path: string[] }
  | { kind: 'variable'; name: string }
  | { kind: 'call'; name: string; args: Expr[] }
  | { kind: 'assign'; names: string[]; value: Expr };

const tokenPattern =
  /\s+|("(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*')|(:=|=|\||\(|\)|,)|(-?\d+(?:\.\d+)?(?![\w.]))|(\$\w*|\w+)?((?:\.\w+)+|\.)?/gy;

/** Reads an action's expression; null where it does not parse. */
export function parseExpr(text: string): Expr | null {
  const tokens: string[] = [];
  tokenPattern.lastIndex = 0;
  let last = 0;
  while (last < text.length) {
    tokenPattern.lastIndex = last;
    const match = tokenPattern.exec(text);
    if (!match || match[0] === '') return null;
    last = tokenPattern.lastIndex;
    if (match[0].trim() !== '') tokens.push(match[0]);
    else tokens.push(' ');
  }
  const cursor = { tokens, at: 0 };
  const names: string[] = [];
  const assign = tokens.findIndex((token) => token === ':=' || token === '=');
  if (assign !== -1) {
    names.push(...tokens.slice(0, assign).filter((token) => token.startsWith('$')));
    cursor.at = assign + 1;
  }
  const value = pipeline(cursor, 0);
  if (!value) return null;
  return names.length > 0 ? { kind: 'assign', names, value } : value;
}

interface Cursor {
  tokens: string[];
  at: number;
}

function pipeline(cursor: Cursor, depth: number): Expr | null {
  let current: Expr | null = null;
  for (;;) {
    const words = operands(cursor, depth);
    if (!words || words.length === 0) return current;
    const [head, ...rest] = words as [Expr, ...Expr[]];
    const args: Expr[] = current ? [...rest, current] : rest;
    if (head.kind === 'call' && head.args.length === 0) current = { kind: 'call', name: head.name, args };
    else current = head;
    if (cursor.tokens[cursor.at] !== '|') return current;
    cursor.at++;
  }
}

function operands(cursor: Cursor, depth: number): Expr[] | null {
  const found: Expr[] = [];
  if (depth > 40) return null;
  for (;;) {
    const token = cursor.tokens[cursor.at];
    if (token === undefined || token === '|' || token === ')') return found;
    cursor.at++;
    if (token === ' ' || token === ',') continue;
    if (token === '(') {
      const inner = pipeline(cursor, depth + 1);
      if (cursor.tokens[cursor.at] === ')') cursor.at++;
      const next = cursor.tokens[cursor.at];
      const base = inner ?? { kind: 'value' as const, value: undefined };
      if (next?.startsWith('.') && next.length > 1) {
        cursor.at++;
        found.push({ kind: 'field', base, path: next.slice(1).split('.') });
      } else found.push(base.kind === 'call' ? { kind: 'field', base, path: [] } : base);
    } else found.push(operand(token));
  }
}

function operand(token: string): Expr {
  const first = token[0]!;
  if (first === '"' || first === '`' || first === "'") {
    const body = token.slice(1, -1);
    return { kind: 'value', value: first === '"' ? body.replace(/\\n/g, '\n').replace(/\\(.)/g, '$1') : body };
  }
  if (/^-?\d/.test(token)) return { kind: 'value', value: Number(token) };
  if (token === 'true' || token === 'false') return { kind: 'value', value: token === 'true' };
  if (token === 'nil') return { kind: 'value', value: undefined };
  if (first === '.') return { kind: 'field', base: null, path: token === '.' ? [] : token.slice(1).split('.') };
  if (first === '$') {
    const [name = '$', ...path] = token.split('.');
    const base: Expr = { kind: 'variable', name };
    return path.length > 0 ? { kind: 'field', base, path } : base;
  }
  return { kind: 'call', name: token, args: [] };
}

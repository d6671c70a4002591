import { parse } from 'shell-quote';
import { unrolled } from './loops.ts';

/** A simple command of a shell text. */
export interface SimpleCommand {
  words: string[];
  /** `A=b cmd`. */
  env: Record<string, string>;
  /** How deep in `( … )` it stands: a `cd` there ends with the group. */
  depth: number;
  tolerated: boolean;
}
interface Draft extends SimpleCommand {
  /** What stands before it: `start` of a statement, or the operator. */
  before: 'start' | '&&' | '||' | '|';
}

const opening = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', '{', 'exec']);
const closing = new Set(['fi', 'done', 'esac', '}', 'for', 'case', 'select', 'function', 'in']);
const succeeds = new Set(['true', ':', 'echo', 'printf']);

/**
 * Takes a shell text apart into simple commands: lines and continuations, `&&`, `||`, `;`, `|`, groups, env prefixes.
 * Never throws; what is no shell comes out as odd words.
 */
export function splitShell(text: string, errexit = false): readonly SimpleCommand[] {
  const key = `${errexit}\0${text}`;
  let known = taken.get(key);
  if (!known) {
    known = takeApart(text, errexit);
    if (taken.size > 20_000) taken.clear();
    taken.set(key, known);
  }
  return known;
}
/** The same scripts are asked about by many rules. */
const taken = new Map<string, readonly SimpleCommand[]>();

function takeApart(text: string, errexit: boolean): SimpleCommand[] {
  const { lines, restore } = logicalLines(unrolled(text));
  const commands: Draft[] = [];
  let forgiving = false;
  for (const line of lines) {
    for (const statement of statementsOf(line, restore)) {
      const set = statement[0]?.words;
      if (set?.[0] === 'set') {
        if (set.some((word) => /^\+\w*e/.test(word))) forgiving = true;
        if (set.some((word) => /^-\w*e/.test(word))) forgiving = false;
      }
      commands.push(...withTolerance(statement, forgiving));
    }
  }
  if (!errexit) forgiveBefore(commands);
  return commands.map(({ before: _, ...command }) => command);
}

/** `a; true`: without `-e` only the last statement decides. */
function forgiveBefore(commands: Draft[]): void {
  const last = commands.at(-1);
  if (!last || commands.length < 2 || last.before !== 'start') return;
  if (isSuccess(last.words) && last.words[0] !== 'echo' && last.words[0] !== 'printf') {
    for (const command of commands) command.tolerated = true;
  }
}

const isSuccess = (words: readonly string[]): boolean =>
  succeeds.has(words[0] ?? '') || (words[0] === 'exit' && words[1] === '0');
const isFailure = (words: readonly string[]): boolean =>
  words[0] === 'false' || words[0] === 'return' || (words[0] === 'exit' && words[1] !== '0');

/** In `a && b || true` both a and b are forgiven; in `a || { echo no; exit 1; }` nothing is. */
function withTolerance(statement: Draft[], forgiving: boolean): Draft[] {
  statement.forEach((command, i) => {
    if (forgiving) command.tolerated = true;
    if (command.before !== '||' || !isSuccess(command.words)) return;
    if (statement.slice(i).some((later) => isFailure(later.words))) return;
    for (const earlier of statement.slice(0, i)) earlier.tolerated = true;
  });
  return statement;
}

type Token = string | { op: string; pattern?: string } | { comment: string };

function statementsOf(line: string, restore: (word: string) => string): Draft[][] {
  const statements: Draft[][] = [[]];
  let draft: Draft = { words: [], env: {}, depth: 0, tolerated: false, before: 'start' };
  let depth = 0;
  let braces = 0;
  const end = (before: Draft['before']) => {
    const command = finish(draft, restore);
    if (command) statements.at(-1)!.push(command);
    const open = statements.at(-1)!.length > 0;
    draft = { words: [], env: {}, depth, tolerated: false, before: open ? before : 'start' };
  };
  const tokens = tokensOf(line);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (typeof token === 'string') {
      if (token === '{' && draft.words.length === 0) braces++;
      else if (token === '}' && draft.words.length === 0) braces = Math.max(0, braces - 1);
      draft.words.push(token);
    } else if ('comment' in token) break;
    else if (token.op === 'glob') draft.words.push(token.pattern ?? '*');
    else if (token.op === '(' || token.op === ')') {
      if (token.op === '(') depth++;
      const before = draft.before;
      const empty = draft.words.length === 0;
      end(empty ? before : '&&');
      if (token.op === ')') depth = Math.max(0, depth - 1);
      draft.depth = depth;
    } else if (token.op === '&&' || token.op === '||' || token.op === '|') end(token.op);
    else if (token.op === '|&') end('|');
    else if (token.op === ';' || token.op === ';;' || token.op === '&') {
      // Inside a group a `;` does not end the statement that the group belongs to.
      const grouped = depth > 0 || braces > 0;
      end(grouped ? '&&' : 'start');
      if (!grouped) {
        draft.before = 'start';
        statements.push([]);
      }
    } else if (/[<>]/.test(token.op)) {
      if (/^\d$/.test(draft.words.at(-1) ?? '')) draft.words.pop();
      i++;
    }
  }
  end('start');
  return statements.filter((statement) => statement.length > 0);
}

function tokensOf(line: string): Token[] {
  try {
    const tokens = parse(line, (name: string) => defaultOf(name)) as Token[];
    return tokens.filter((token) => token !== '');
  } catch {
    return line.split(/\s+/).filter(Boolean);
  }
}

/** `${NAME:-start}` stands for its default; every other variable stays as written. */
function defaultOf(name: string): string {
  const match = /^\w+:?-([^}]*)$/.exec(name);
  return match?.[1] ?? `$${name}`;
}

function finish(draft: Draft, restore: (word: string) => string): Draft | null {
  const words = draft.words.map(restore);
  while (words.length > 0 && opening.has(words[0]!)) words.shift();
  const env: Record<string, string> = {};
  for (let match = assignment(words[0]); match; match = assignment(words[0])) {
    env[match[1]!] = match[2]!;
    words.shift();
  }
  if (words.length === 0 && Object.keys(env).length > 0) return { ...draft, words: ['export'], env };
  if (words.length === 0 || closing.has(words[0]!)) return null;
  return { ...draft, words, env };
}
const assignment = (word: string | undefined) => (word ? /^([A-Za-z_]\w*)=(.*)$/s.exec(word) : null);

/**
 * Lines outside quotes, with continuations joined, here-documents dropped, and everything that the word splitter would tear apart
 * (`${{ … }}`, `$( … )`, backticks) masked; `restore` puts it back.
 */
function logicalLines(text: string): { lines: string[]; restore: (word: string) => string } {
  const masked: string[] = [];
  const mask = (part: string): string => `\u0001${masked.push(part) - 1}\u0001`;
  const lines: string[] = [];
  let line = '';
  let quote = '';
  let heredoc: string | null = null;
  const source = text.replace(/\r\n?/g, '\n').replace(/\\\n[ \t]*/g, ' ');
  for (let i = 0; i < source.length; i++) {
    const char = source[i]!;
    const rest = source.startsWith('${{', i)
      ? until(source, i, '}}')
      : source.startsWith('$(', i)
        ? balanced(source, i + 1)
        : 0;
    if (rest > 0 && quote !== "'") {
      line += mask(source.slice(i, rest));
      i = rest - 1;
    } else if (char === '`' && quote !== "'") {
      const stop = until(source, i + 1, '`') || source.length;
      line += mask(source.slice(i, stop));
      i = stop - 1;
    } else if (char === '\\' && quote !== "'") {
      line += char + (source[i + 1] ?? '');
      i++;
    } else if (quote) {
      line += char;
      if (char === quote) quote = '';
    } else if (char === '#' && /(^|\s)$/.test(line)) {
      i = (source.indexOf('\n', i) + 1 || source.length + 1) - 2;
    } else if (char === '\n') {
      lines.push(line);
      line = '';
      if (heredoc !== null) {
        i = endOfHeredoc(source, i + 1, heredoc) - 1;
        heredoc = null;
      }
    } else {
      if (char === '"' || char === "'") quote = char;
      const here = char === '<' ? /^<<-?\s*['"]?(\w+)['"]?/.exec(source.slice(i, i + 80)) : null;
      if (here) {
        heredoc = here[1]!;
        i += here[0].length - 1;
      } else line += char;
    }
  }
  lines.push(line);
  const restore = (word: string): string =>
    word.replace(/\u0001(\d+)\u0001/g, (_, index: string) => masked[Number(index)] ?? '');
  return { lines: lines.filter((each) => each.trim() !== ''), restore };
}

const until = (text: string, from: number, stop: string): number => {
  const at = text.indexOf(stop, from);
  return at === -1 ? 0 : at + stop.length;
};

function balanced(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i + 1;
  }
  return 0;
}

function endOfHeredoc(text: string, from: number, word: string): number {
  for (let at = from; at < text.length; ) {
    const end = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
    if (text.slice(at, end).trim() === word) return end;
    at = end + 1;
  }
  return text.length;
}

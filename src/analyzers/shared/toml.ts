import { parse } from 'smol-toml';
import type { Located, Problem } from './yaml.ts';

/** Reads TOML; lines come from a scan for headers and keys, because the parser keeps no positions. */
export function readToml(text: string): { document: Located | null; problem: Problem | null } {
  try {
    return { document: { data: parse(text), lines: linesOf(text), line: 1 }, problem: null };
  } catch (error) {
    const line = (error as { line?: unknown }).line;
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { document: null, problem: { line: typeof line === 'number' ? line : null, message } };
  }
}

function linesOf(text: string): Record<string, number> {
  const lines: Record<string, number> = {};
  const counts = new Map<string, number>();
  let prefix = '';
  text.split('\n').forEach((raw, i) => {
    const header = /^\s*(\[\[?)\s*([^\]]+?)\s*\]/.exec(raw);
    const key = /^\s*([A-Za-z0-9_."'-]+)\s*=/.exec(raw);
    if (header) {
      const name = unquote(header[2]!);
      if (header[1] === '[[') {
        const count = counts.get(name) ?? 0;
        counts.set(name, count + 1);
        prefix = `${name}.${count}`;
      } else {
        const parent = [...counts.keys()].filter((array) => name.startsWith(`${array}.`)).pop();
        prefix = parent ? `${parent}.${counts.get(parent)! - 1}${name.slice(parent.length)}` : name;
      }
      lines[prefix] = i + 1;
    } else if (key) {
      const path = prefix === '' ? unquote(key[1]!) : `${prefix}.${unquote(key[1]!)}`;
      lines[path] ??= i + 1;
    }
  });
  return lines;
}

const unquote = (name: string): string => name.replace(/["'\s]/g, '');

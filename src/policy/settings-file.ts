import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** A problem of what the user wrote: a file with the line that has it, or a flag (`line: null`). */
export interface Problem {
  file: string;
  line: number | null;
  message: string;
}

export type SettingsPath = readonly (string | number)[];

/** A YAML or JSON file with the line of each of its parts. */
export interface SettingsFile {
  file: string;
  value: unknown;
  /** Line of the key at `path`, or of the deepest part of it that is there. */
  lineOf(path: SettingsPath): number;
  problems: Problem[];
}

/**
 * Reads YAML, and JSON as the part of YAML that it is. `under` narrows it to one key (`readiness` in package.json): `value` is then
 * what stands there, or undefined, and paths start there.
 */
export function readSettings(file: string, text: string, under: SettingsPath = []): SettingsFile {
  const { document, lines, problems } = parseYaml(file, text);
  let value: unknown;
  if (document === null) return { file, value, lineOf: () => 1, problems };
  if (problems.length === 0) {
    try {
      value = valueAt(document.toJS({ maxAliasCount: 100 }), under);
    } catch (error) {
      problems.push({ file, line: 1, message: firstLine((error as Error).message) });
    }
  }
  const lineOf = (path: SettingsPath) => {
    const offset = offsetOf(document.contents as Node | null, [...under, ...path]);
    return offset === null ? 1 : Math.max(1, lines.linePos(offset).line);
  };
  return { file, value, lineOf, problems };
}

/** Parses YAML and says for each error where it is. Nesting that no one could have written ends in an error too, not in a throw. */
export function parseYaml(file: string, text: string, options: { uniqueKeys?: boolean } = {}) {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, ...options });
    const problems: Problem[] = document.errors.map((error) => ({
      file,
      line: lines.linePos(error.pos[0]).line,
      message: /^[<>=]{7}/m.test(text) ? 'unresolved merge conflict' : firstLine(error.message),
    }));
    return { document, lines, problems };
  } catch (error) {
    const problems: Problem[] = [{ file, line: 1, message: `cannot be read: ${firstLine((error as Error).message)}` }];
    return { document: null, lines, problems };
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0]!;

function valueAt(value: unknown, path: SettingsPath): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

function offsetOf(root: Node | null, path: SettingsPath): number | null {
  let node: Node | null = root;
  let offset = node?.range?.[0] ?? null;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      node = (node.items[Number(key)] as Node | undefined) ?? null;
      if (!node) break;
      offset = node.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

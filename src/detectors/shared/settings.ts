import { parse as parseToml } from 'smol-toml';
import { isMap, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';

/** A value of a configuration file with its line. */
export interface Setting {
  value: unknown;
  line: number;
}

/** Values at a path (`*`: any key or item) of a YAML, JSON or TOML text; null when it cannot be parsed. */
export function settingsAt(text: string, file: string, path: readonly string[]): Setting[] | null {
  if (file.endsWith('.toml')) return tomlSettings(text, path);
  const counter = new LineCounter();
  const documents = parseAllDocuments(/\.jsonc?$/.test(file) ? withoutComments(text) : text, { lineCounter: counter });
  const found: Setting[] = [];
  for (const document of documents) {
    if (document.errors.length > 0) return null;
    for (const { node, key } of nodesAt(document.contents, path, null)) {
      const at = (key ?? node) as Node | null;
      const value = (node as Node | null)?.toJS(document) ?? null;
      found.push({ value, line: at?.range ? counter.linePos(at.range[0]).line : 1 });
    }
  }
  return found;
}

/** The nodes at the path, each with the key that names it. */
function nodesAt(node: unknown, path: readonly string[], key: unknown): { node: unknown; key: unknown }[] {
  const [step, ...rest] = path;
  if (step === undefined) return [{ node, key }];
  if (isMap(node)) {
    return node.items
      .filter((pair) => step === '*' || String(pair.key) === step)
      .flatMap((pair) => nodesAt(pair.value, rest, pair.key));
  }
  if (isSeq(node)) {
    return node.items.filter((_, i) => step === '*' || step === String(i)).flatMap((item) => nodesAt(item, rest, item));
  }
  return [];
}

/** JSON with comments, without the comments, so that lines stay. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith('"') ? found : found.replace(/[^\n]/g, ''),
  );
}

/** The TOML parser keeps no positions: the line is the first that assigns the last key. */
function tomlSettings(text: string, path: readonly string[]): Setting[] | null {
  let values: unknown[];
  try {
    values = [parseToml(text)];
  } catch {
    return null;
  }
  for (const step of path) {
    values = values.flatMap((value) =>
      Object.entries(typeof value === 'object' ? (value ?? {}) : {})
        .filter(([key]) => step === '*' || key === step)
        .map(([, inner]) => inner),
    );
  }
  const key = path.findLast((step) => step !== '*');
  const names = (line: string): string[] => line.replace(/[[\]"' ]/g, '').split(/[.=]/);
  const line = text.split('\n').findIndex((one) => names(one).some((name) => name === key)) + 1;
  return values.map((value) => ({ value, line: Math.max(1, line) }));
}

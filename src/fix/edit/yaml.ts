import {
  Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { Unfit } from '../types.ts';
import { endOfLine } from './insert.ts';
import { indented } from './style.ts';

/** Long lines, commands among them, stay lines. */
const unbroken = { lineWidth: 0 };

/** Keys of maps, and places in lists. */
export type YamlPath = readonly (string | number)[];

/**
 * Adds a key to a YAML file: the new lines go in after the last entry of their map, all others stay as they are. Nothing
 * happens where the key has that value already.
 * @throws Unfit where it stands with another value, or where its map is written on one line.
 */
export function withYamlKey(text: string, path: YamlPath, value: unknown, index = 0): string {
  const document = parseAllDocuments(text)[index] ?? parseDocument(text);
  if (!('errors' in document) || document.errors.length > 0) throw new Unfit('the file is no valid YAML');
  if (document.contents === null) return withoutGap(text) + written(nested(path, value));
  let node: unknown = document.contents;
  let parent: { map: YAMLMap; depth: number } | null = null;
  for (let depth = 0; depth < path.length; depth++) {
    const step = path[depth]!;
    if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
      node = node.items[step];
      continue;
    }
    if (!isMap(node)) throw new Unfit(`"${path.slice(0, depth).join('.')}" is no map`);
    parent = { map: node, depth };
    const pair: Pair | undefined = node.items.find(
      (item) => isScalar(item.key) && String(item.key.value) === String(step),
    );
    if (!pair) break;
    node = pair.value;
    if (depth === path.length - 1) {
      if (JSON.stringify(document.getIn([...path], false)) === JSON.stringify(value)) return text;
      throw new Unfit(`"${path.join('.')}" is set already`);
    }
  }
  const { map, depth } = parent!;
  if (map.flow || map.items.length === 0) throw new Unfit(`"${path.slice(0, depth).join('.')}" is written on one line`);
  return insertAfter(text, map, nested(path.slice(depth), value));
}

const nested = (path: YamlPath, value: unknown): unknown =>
  [...path].reverse().reduce<unknown>((inner, key) => ({ [key]: inner }), value);

/** Ports in quotes, for some readers of YAML take `22:22` for a number. */
function written(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && /^\d+:\d+$/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString(unbroken);
}

const withoutGap = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function insertAfter(text: string, map: YAMLMap, addition: unknown): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const first = (map.items[0]!.key as { range: [number, number, number] }).range[0];
  const indent = ' '.repeat(first - (text.lastIndexOf('\n', first - 1) + 1));
  const last = map.items.at(-1)!;
  const range = ((last.value ?? last.key) as { range?: [number, number, number] }).range;
  if (!range) throw new Unfit('the end of its map could not be found');
  const content = text.slice(0, range[1]).trimEnd().length;
  const at = endOfLine(text, content);
  const block = indented(written(addition).trimEnd(), indent).replace(/\n/g, eol);
  return text.slice(0, at) + eol + block + (at === text.length ? eol : '') + text.slice(at);
}

import { applyEdits, findNodeAtLocation, getNodeValue, modify, parseTree } from 'jsonc-parser';
import { Unfit } from '../types.ts';
import { indentOf } from './style.ts';

/**
 * Adds a key to a JSON file and leaves every other byte alone. Nothing happens where it has that value already.
 * @throws Unfit where the key stands with another value: what a person chose is not overwritten.
 */
export function withJsonKey(text: string, path: readonly string[], value: unknown): string {
  const tree = parseTree(text);
  if (!tree) throw new Unfit('the file holds no JSON');
  const present = findNodeAtLocation(tree, [...path]);
  if (present) {
    if (JSON.stringify(getNodeValue(present)) === JSON.stringify(value)) return text;
    throw new Unfit(`"${path.join('.')}" is set already`);
  }
  const indent = indentOf(text);
  const sorted = /ependencies$/.test(path[0] ?? '') && findNodeAtLocation(tree, path.slice(0, 1)) !== undefined;
  const edits = modify(text, [...path], value, {
    formattingOptions: {
      insertSpaces: indent !== '\t',
      tabSize: indent === '\t' ? 1 : indent.length,
      eol: text.includes('\r\n') ? '\r\n' : '\n',
    },
    ...(sorted && { getInsertionIndex: (keys: string[]) => placeOf(keys, path.at(-1)!) }),
  });
  return applyEdits(text, edits);
}

/** Before the first key that sorts after it, so that the order of additions does not show. */
const placeOf = (keys: readonly string[], key: string): number => {
  const at = keys.findIndex((one) => one > key);
  return at === -1 ? keys.length : at;
};

/** Without the test script that `npm init` writes, which fails whatever is asked of it. */
export function withoutPlaceholder(text: string): string {
  const tree = parseTree(text);
  const script = tree && findNodeAtLocation(tree, ['scripts', 'test']);
  if (!script || !/^echo .*no test specified.*&& *exit 1$/.test(String(getNodeValue(script)))) return text;
  return applyEdits(text, modify(text, ['scripts', 'test'], undefined, {}));
}

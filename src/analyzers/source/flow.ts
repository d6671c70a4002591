import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** `export Name from './name'`: a proposal that Babel took early. What the language came to say instead. */
const defaultFrom = /^export\s+(?!default\b|type\b)([A-Za-z_$][\w$]*)\s+from\s+(?=['"])/gm;

/**
 * A file in a dialect that Babel compiles, as plain JavaScript: Flow's types become spaces, exports are spelt out. Each line keeps
 * its number. Null when it is no such dialect either. The parser is large, and required only where a file asks for it.
 */
export function inPlainJavaScript(text: string): string | null {
  const spelt = text.replace(defaultFrom, 'export { default as $1 } from ');
  try {
    const remove = require('flow-remove-types') as (
      source: string,
      options: { all: boolean },
    ) => { toString(): string };
    return remove(spelt, { all: true }).toString();
  } catch {
    return spelt === text ? null : spelt;
  }
}

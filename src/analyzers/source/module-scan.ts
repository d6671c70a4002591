import { parseSync } from 'oxc-parser';
import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { ExportFact, ImportFact, ModuleFact } from '../../model/facts/source.ts';
import { packageIn } from '../shared/deno.ts';
import { inPlainJavaScript } from './flow.ts';

export interface ModuleScan {
  module: ModuleFact;
  parseError: { line: number; message: string } | null;
  /** What was read: the file's own text, or plain JavaScript with the same lines where that is a dialect. */
  text: string;
}

/** The parser writes its tree down whether or not it is asked for: this way it writes the least. */
const leanest = { astType: 'js', preserveParens: false } as const;

const literal = /^\s*(['"`])([^'"`$]*)\1\s*$/;

/**
 * A `.js` file may hold JSX in most set-ups, and type annotations (Flow's) in some: a language is tried only when the one before it does
 * not fit. Of a file that fits none, what could be recovered by the first is kept.
 */
function parse(path: string, text: string) {
  const sourceType = /\.c[jt]s$/.test(path) ? ('unambiguous' as const) : ('module' as const);
  const plain = /\.[cm]?js$/.test(path);
  const attempt = (source: string, lang: 'jsx' | 'tsx' | undefined) => {
    const result = parseSync(path, source, { sourceType, ...leanest, ...(lang && { lang }) });
    const error = result.errors.find(({ severity }) => severity === 'Error');
    // What only breaks a rule of the language (`a?: number = 1`, a `return` outside functions) leaves a whole tree behind.
    return { result, fatal: error && result.program.body.length === 0 ? error : undefined, text: source };
  };
  const first = attempt(text, plain ? 'jsx' : undefined);
  if (!first.fatal || !plain) return first;
  const second = attempt(text, 'tsx');
  if (!second.fatal) return second;
  const spelt = inPlainJavaScript(text);
  const third = spelt === null ? first : attempt(spelt, 'tsx');
  return third.fatal ? first : third;
}

/** Imports and exports with names, from the parser's module record: no syntax tree is handed over, so every file can be read. */
export function scanModule(path: string, whole: string): ModuleScan {
  const { result, fatal, text } = parse(path, whole);
  const starts = lineStartsOf(text);
  const line = (offset: number): number => lineAt(starts, offset);
  const record = result.module;
  const imports: ImportFact[] = record.staticImports.map((entry) => ({
    specifier: packageIn(entry.moduleRequest.value) ?? entry.moduleRequest.value,
    kind: 'static',
    names: entry.entries
      .filter((name) => !name.isType)
      .map((name) => ({
        imported:
          name.importName.kind === 'Default'
            ? 'default'
            : name.importName.kind === 'NamespaceObject'
              ? '*'
              : (name.importName.name ?? 'default'),
        local: name.localName.value,
      })),
    typeOnly: entry.entries.length > 0 && entry.entries.every((name) => name.isType),
    line: line(entry.start),
  }));
  for (const entry of record.dynamicImports) {
    const specifier = literal.exec(text.slice(entry.moduleRequest.start, entry.moduleRequest.end))?.[2];
    if (specifier !== undefined) {
      imports.push({
        specifier,
        kind: 'dynamic',
        names: [{ imported: '*', local: '' }],
        typeOnly: false,
        line: line(entry.start),
      });
    }
  }
  const exports: ExportFact[] = [];
  for (const statement of record.staticExports) {
    for (const entry of statement.entries) {
      if (entry.isType) continue;
      const asked = entry.moduleRequest?.value;
      const from = asked === undefined ? undefined : (packageIn(asked) ?? asked);
      const all = entry.importName.kind === 'All' || entry.importName.kind === 'AllButDefault';
      const name =
        entry.exportName.kind === 'Default'
          ? 'default'
          : entry.exportName.kind === 'None'
            ? '*'
            : (entry.exportName.name ?? 'default');
      const imported = all ? '*' : (entry.importName.name ?? name);
      // `export default x` is a statement of its own, which uses x; `export { x as default }` names x itself.
      const isDefault = entry.exportName.kind === 'Default';
      const local = from === undefined ? (isDefault ? '*default*' : (entry.localName.name ?? name)) : null;
      exports.push({
        name,
        local,
        from: from === undefined ? null : { specifier: from, imported },
        line: line(statement.start),
      });
      if (from !== undefined) {
        imports.push({
          specifier: from,
          kind: 'reexport',
          names: [{ imported, local: '' }],
          typeOnly: false,
          line: line(statement.start),
        });
      }
    }
  }
  return {
    module: { imports, exports, dynamicLoads: [] },
    parseError: fatal ? { line: line(fatal.labels[0]?.start ?? 0), message: fatal.message } : null,
    text,
  };
}

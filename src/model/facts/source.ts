/**
 * What is read from one JavaScript or TypeScript file. Plain JSON, so that it can be cached by content.
 * `module` is read from every file; `code` only from files that must be judged by their syntax tree.
 */
export interface SourceFact {
  path: string;
  /** Set when the file could not be parsed; then the rest is what could be recovered. */
  parseError: { line: number; message: string } | null;
  module: ModuleFact;
  code: CodeFact | null;
}

export interface ModuleFact {
  imports: ImportFact[];
  exports: ExportFact[];
  /** Loads whose target is computed at run time. */
  dynamicLoads: DynamicLoad[];
}

export type ImportKind = 'static' | 'dynamic' | 'require' | 'reexport';

export interface ImportFact {
  specifier: string;
  kind: ImportKind;
  /** `imported`: `default`, `*` or a name; `local`: the binding here, '' for re-exports and bare use. Empty for a side-effect import. */
  names: { imported: string; local: string }[];
  typeOnly: boolean;
  line: number;
  /** Unit that a dynamic import or `require` stands in; absent for static imports and where no syntax tree was read. */
  unit?: number;
}

export interface ExportFact {
  /** `default`, a name, or `*` for `export * from`. */
  name: string;
  /** The binding in this file that is exported, when there is one. */
  local: string | null;
  /** For a re-export: where from and under which name (`*` for all). */
  from: { specifier: string; imported: string } | null;
  line: number;
}

/** `require(x)`, `import(x)`, a glob of modules, or a directory that is read and loaded. `prefix` is the static folder part relative to the file's folder, or null. */
export interface DynamicLoad {
  prefix: string | null;
  glob: string | null;
  line: number;
  text: string;
  unit?: number;
  /** Package whose decorated classes are loaded, where a setting says from which folder. */
  classesOf?: string;
}

export interface CodeFact {
  units: UnitFact[];
  calls: CallFact[];
  functions: FunctionFact[];
  env: EnvRead[];
  jsx: JsxFact[];
  /** Module-level collections that could hold domain data (`new Map()`, `[]`, `{}` and JSON imports). */
  stores: StoreFact[];
  /** Top-level string constants by name, so that `'Bearer ' + x` and route prefixes can be read. */
  constants: Record<string, string>;
  /** `return`ed or assigned configuration objects: `export default {…}`, `module.exports = {…}`, `defineConfig({…})`, `const config = {…}`; and lists that hold a function. */
  objects: Record<string, ValueFact>;
  directives: string[];
  /** Names of members that the file reads or takes apart (`x.name`, `{ name } = x`), sorted: who might call a method. */
  members: string[];
}

/** A top-level statement, or one method of a class: the grain at which code is live or dead. */
export interface UnitFact {
  index: number;
  /** Bindings it declares; empty for a plain statement. */
  declares: string[];
  /** Identifiers read inside it that are bound at top level of this file (imports included). `ns.member` for members of namespace imports. */
  uses: string[];
  /** True when evaluating the module runs it for its effect (calls, assignments); false for functions, classes, types and plain values. */
  effect: boolean;
  /** For `v.method(…)` as a statement: `v`. Such a statement only adds to `v`, and is live when `v` is. */
  augments: string | null;
  exported: string[];
  line: number;
  start: number;
  end: number;
}

/** Where the value at the root of an expression comes from. */
export type Origin =
  /** An import: `package` is the bare specifier (`express-rate-limit`, `@nestjs/common`, `node:http`), `member` the imported name then the path (`default`, `Redis.Cluster`). */
  | { from: 'package'; package: string; member: string }
  /** A relative or aliased import that resolves inside the repository. */
  | { from: 'module'; specifier: string; name: string; member: string }
  /** Something made by calling or constructing `of` (`const app = express()` → of express.default), reached through `member` (`app.get` → `get`). */
  | { from: 'result'; of: Origin; member: string }
  | { from: 'global'; name: string };

export type CallForm = 'call' | 'new' | 'decorator' | 'tag';

export interface CallFact {
  /** As written, white space removed, without arguments: `app.use`, `new Redis`, `z.object().parse`. At most 120 characters. */
  callee: string;
  form: CallForm;
  origin: Origin | null;
  args: ValueFact[];
  line: number;
  start: number;
  end: number;
  /** Index of the unit it stands in. */
  unit: number;
  /** Index into `functions` of the innermost named or anonymous function that holds it; -1 at top level. */
  within: number;
  /** For a decorator: what it decorates. */
  target?: { kind: 'class' | 'method' | 'property' | 'parameter'; name: string; owner?: string };
  /** It stands where production never comes: `if (process.env.NODE_ENV === 'development') app.use(…)`. */
  idle?: true;
  /** The name bound to the result: `const x = call()`, `this.x = call()`, `export default call()` → `default`. */
  assignedTo?: string;
}

export interface FunctionFact {
  /** '' for an anonymous function that nothing names. */
  name: string;
  /** Class it is a method of. */
  owner: string | null;
  params: string[];
  async: boolean;
  unit: number;
  /** Index into `functions` of the enclosing function, -1 at top level. */
  within: number;
  /** Type annotations of the parameters as written, '' where absent. */
  paramTypes: string[];
  line: number;
  start: number;
  end: number;
  /** The module that it loads, where it does nothing else: `() => import('#posts')`. */
  loads?: string;
}

/** A value simplified to what can be read without running it. Depth and breadth are bounded; beyond the bound it is `other`. */
export type ValueFact =
  | { kind: 'string'; value: string }
  | { kind: 'template'; parts: string[] }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'null' }
  | { kind: 'regex'; value: string }
  | { kind: 'env'; name: string; fallback: ValueFact | null }
  | { kind: 'ref'; path: string; origin: Origin | null }
  | { kind: 'call'; callee: string; origin: Origin | null; args: ValueFact[]; start: number }
  | { kind: 'object'; props: Record<string, ValueFact>; spread: boolean }
  | { kind: 'array'; items: ValueFact[] }
  | { kind: 'function'; index: number }
  /** `a || b`, `a ?? b`, `c ? a : b`: each outcome. */
  | { kind: 'choice'; of: ValueFact[] }
  | { kind: 'other'; text: string };

export interface EnvRead {
  name: string;
  line: number;
  unit: number;
  /** How it is read: `process.env`, `import.meta.env`, a config service, a schema that names it, or another language's own call. */
  via: 'process.env' | 'import.meta.env' | 'config' | 'schema' | 'env()';
  fallback: ValueFact | null;
  /** A `throw`, `process.exit`, assertion or `!`-check on its absence stands beside it. */
  checked: boolean;
}

export interface JsxFact {
  /** Element name as written (`Suspense`, `ErrorBoundary`, `Route`), components only. */
  name: string;
  origin: Origin | null;
  attributes: string[];
  line: number;
  unit: number;
}

export interface StoreFact {
  name: string;
  form: 'map' | 'set' | 'array' | 'object' | 'json';
  /** Lines where it is changed or asked (`push`, `set`, `delete`, `splice`, `find`, index assignment). */
  writes: number[];
  reads: number[];
  /** Elements written into it in the source; of a list, those that are more than a word, a number or a pattern. */
  size: number;
  line: number;
  unit: number;
}

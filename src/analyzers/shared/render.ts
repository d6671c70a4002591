import { stringify } from 'yaml';
import { asList, type Data, isRecord } from '../../model/data.ts';
import { type Branch, type Expr, parseExpr, parseTemplate, type TemplateNode } from './go-template.ts';
import { functions, truthy, unknownValue } from './template-functions.ts';

/** What a chart's templates are rendered with. */
export interface RenderContext {
  /** The root: `Values`, `Chart`, `Release`. */
  root: Data;
  /** Named templates of the whole chart. */
  defines: ReadonlyMap<string, TemplateNode[]>;
}
export interface Rendered {
  text: string;
  /** Source line of every line of `text`. */
  lines: number[];
}

const maxSteps = 100_000;
const maxOutput = 1_000_000;

interface State {
  context: RenderContext;
  out: { text: string; line: number; fixed: boolean }[];
  steps: number;
  size: number;
  depth: number;
  variables: Map<string, unknown>;
}

/** Collects the named templates of some sources. */
export function definesOf(sources: readonly string[]): Map<string, TemplateNode[]> {
  const defines = new Map<string, TemplateNode[]>();
  const visit = (nodes: TemplateNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'define') {
        defines.set(node.name, node.body);
        visit(node.body);
      }
    }
  };
  for (const source of sources) visit(parseTemplate(source));
  return defines;
}

/** Renders a template with what is known. What is not known renders as the text `unknown`, and a condition on it holds. */
export function render(source: string, context: RenderContext): Rendered {
  const state: State = { context, out: [], steps: 0, size: 0, depth: 0, variables: new Map([['$', context.root]]) };
  run(state, parseTemplate(source), context.root);
  let text = '';
  const lines: number[] = [];
  for (const part of state.out) {
    part.text.split('\n').forEach((piece, i) => {
      if (i > 0) {
        text += '\n';
        lines.push(part.fixed ? part.line : part.line + i);
      } else if (lines.length === 0) lines.push(part.line);
      else if (piece.trim() !== '' && /^\s*$/.test(text.slice(text.lastIndexOf('\n') + 1)))
        lines[lines.length - 1] = part.line;
      text += piece;
    });
  }
  return { text, lines };
}

function run(state: State, nodes: TemplateNode[], dot: unknown): void {
  for (const node of nodes) {
    if (++state.steps > maxSteps || state.size > maxOutput) return;
    if (node.kind === 'text') emit(state, node.text, node.line);
    else if (node.kind === 'action') action(state, node.expr, node.line, dot);
    else if (node.kind === 'if' || node.kind === 'with') conditional(state, node.kind, node.branches, dot);
    else if (node.kind === 'range') range(state, node.branches, dot);
  }
}

/** `fixed`: text that an action made stands on the action's line, however many lines it has. */
function emit(state: State, text: string, line: number, fixed = false): void {
  state.size += text.length;
  state.out.push({ text, line, fixed });
}

function action(state: State, source: string, line: number, dot: unknown): void {
  const value = evaluate(state, parseExpr(source), dot);
  if (value === assigned || value === undefined || value === null) return;
  emit(state, asOutput(value), line, true);
}

const asOutput = (value: unknown): string => {
  if (value === unknownValue) return 'unknown';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

function conditional(state: State, kind: 'if' | 'with', branches: Branch[], dot: unknown): void {
  for (const branch of branches) {
    const value = branch.expr === null ? true : evaluate(state, parseExpr(branch.expr), dot);
    const held = value === assigned ? [...state.variables.values()].at(-1) : value;
    if (!truthy(held)) continue;
    run(state, branch.body, kind === 'with' && branch.expr !== null ? held : dot);
    return;
  }
}

function range(state: State, branches: Branch[], dot: unknown): void {
  const [first, otherwise] = branches;
  const parsed = parseExpr(first?.expr ?? '');
  const names = parsed?.kind === 'assign' ? parsed.names : [];
  const value = evaluate(state, parsed?.kind === 'assign' ? parsed.value : parsed, dot);
  const items: [unknown, unknown][] = isRecord(value)
    ? Object.entries(value)
    : asList(value).map((item, i) => [i, item]);
  if (value === unknownValue) items.push([unknownValue, unknownValue]);
  if (items.length === 0 && otherwise) run(state, otherwise.body, dot);
  for (const [key, item] of items.slice(0, 200)) {
    if (names.length > 0) state.variables.set(names.at(-1)!, item);
    if (names.length > 1) state.variables.set(names[0]!, key);
    run(state, first!.body, item);
  }
}

/** The result of an assignment: nothing to print. */
const assigned = Symbol('assigned');

function evaluate(state: State, expr: Expr | null, dot: unknown): unknown {
  if (expr === null || ++state.steps > maxSteps) return unknownValue;
  switch (expr.kind) {
    case 'value':
      return expr.value;
    case 'variable':
      return state.variables.has(expr.name) ? state.variables.get(expr.name) : unknownValue;
    case 'assign': {
      const value = evaluate(state, expr.value, dot);
      // Set last, so that a condition on an assignment finds it.
      state.variables.delete(expr.names[0]!);
      state.variables.set(expr.names[0]!, value);
      return assigned;
    }
    case 'field':
      return follow(expr.base ? evaluate(state, expr.base, dot) : dot, expr.path);
    case 'call':
      return call(state, expr, dot);
  }
}

function follow(from: unknown, path: string[]): unknown {
  let value = from;
  for (const key of path) {
    if (value === unknownValue) return unknownValue;
    value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function call(state: State, expr: Extract<Expr, { kind: 'call' }>, dot: unknown): unknown {
  const args = expr.args.map((arg) => evaluate(state, arg, dot));
  if (expr.name === 'include' || expr.name === 'template') return include(state, String(args[0]), args[1] ?? dot);
  if (expr.name === 'tpl') return tpl(state, args[0], args[1] ?? dot);
  if (expr.name === 'toYaml') return args[0] === unknownValue ? unknownValue : toYaml(args[0]);
  const known = functions[expr.name];
  return known && Object.hasOwn(functions, expr.name) ? known(...args) : unknownValue;
}

const toYaml = (value: unknown): string =>
  value === undefined
    ? ''
    : stringify(value, (_, item) => (item === unknownValue ? 'unknown' : item), {
        aliasDuplicateObjects: false,
      }).trimEnd();

function tpl(state: State, text: unknown, dot: unknown): unknown {
  return typeof text === 'string' ? nested(state, parseTemplate(text), dot) : text;
}

function include(state: State, name: string, dot: unknown): unknown {
  const body = state.context.defines.get(name);
  return body ? nested(state, body, dot) : unknownValue;
}

function nested(state: State, body: TemplateNode[], dot: unknown): unknown {
  if (state.depth > 25) return unknownValue;
  const inner: State = { ...state, out: [], depth: state.depth + 1, variables: new Map([['$', dot]]) };
  run(inner, body, dot);
  state.steps = inner.steps;
  state.size += inner.out.length;
  return inner.out.map(({ text }) => text).join('');
}

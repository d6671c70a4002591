import { isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { hint, type Problem } from '../model/problems.ts';
import type { Condition } from '../model/rule.ts';
import { plainAt, type YamlSource, zodProblems } from '../model/yaml-source.ts';
import { domains } from './domains.ts';
import { unknownNames } from './names.ts';
import { leaves } from './registry.ts';

const quantifiers = ['each', 'some', 'most'] as const;
const operators = ['all', 'any', 'not', ...quantifiers] as const;
const isQuantifier = (key: string): key is (typeof quantifiers)[number] => quantifiers.includes(key as 'each');

/** Conditions nested deeper than this are refused: nobody can read them aloud. */
const maxDepth = 8;

type Path = (string | number)[];
interface Compiling {
  source: YamlSource;
  rule: { id: string };
  problems: Problem[];
}

/** Turns the YAML at `path` into a condition; null when it cannot be, with every problem added. */
export function compileCondition(
  source: YamlSource,
  path: Path,
  rule: { id: string },
  problems: Problem[],
): Condition | null {
  const node = source.document.getIn(path, true) as Node | undefined;
  return compileNode({ source, rule, problems }, node, path, 0);
}

function compileNode(c: Compiling, given: unknown, path: Path, depth: number): Condition | null {
  const node = isAlias(given) ? given.resolve(c.source.document) : given;
  if (!isMap(node) || node.items.length !== 1) {
    const found = isMap(node)
      ? `${node.items.length} keys (${node.items.map((i) => keyOf(i.key)).join(', ')})`
      : 'none';
    return problem(c, path, `a condition has exactly one key, found ${found}; join several with "all" or "any"`);
  }
  if (depth > maxDepth) return problem(c, path, `conditions are nested deeper than ${maxDepth}`);
  const pair = node.items[0]!;
  const key = keyOf(pair.key);
  const at = [...path, key];
  const line = c.source.lineOfNode(pair.key);
  if (key === 'all' || key === 'any') return compileList(c, key, pair.value, at, line, depth);
  if (key === 'not') {
    const of = compileNode(c, pair.value, at, depth + 1);
    return of && { op: 'not', of, line };
  }
  if (isQuantifier(key)) return compileQuantifier(c, key, pair.value, at, line, depth);
  return compileLeaf(c, key, at, line);
}

function compileList(
  c: Compiling,
  op: 'all' | 'any',
  value: unknown,
  at: Path,
  line: number,
  depth: number,
): Condition | null {
  if (!isSeq(value) || value.items.length === 0) return problem(c, at, `"${op}" takes a list of conditions`);
  const of = value.items.map((item, i) => compileNode(c, item, [...at, i], depth + 1));
  return of.every((condition) => condition !== null) ? { op, of, line } : null;
}

function compileQuantifier(
  c: Compiling,
  op: 'each' | 'some' | 'most',
  value: unknown,
  at: Path,
  line: number,
  depth: number,
) {
  if (!isMap(value)) return problem(c, at, `"${op}" takes { over, where?, hold }`);
  const keys = value.items.map((item) => keyOf(item.key));
  for (const key of keys) {
    if (!['over', 'where', 'hold'].includes(key))
      problem(c, [...at, key], `unknown key "${key}"${hint(key, ['over', 'where', 'hold'])}`);
  }
  const over = value.get('over');
  if (typeof over !== 'string' || !domains.has(over)) {
    const known = [...domains.keys()];
    return problem(c, [...at, 'over'], `"over" is one of ${known.join(', ')}${hint(String(over), known)}`);
  }
  if (!keys.includes('hold')) return problem(c, at, `"${op}" needs "hold": what is to be true of them`);
  const of = compileNode(c, value.get('hold', true), [...at, 'hold'], depth + 1);
  const where = keys.includes('where')
    ? compileNode(c, value.get('where', true), [...at, 'where'], depth + 1)
    : undefined;
  if (of === null || where === null) return null;
  return { op, over, of, ...(where && { where }), line };
}

function compileLeaf(c: Compiling, key: string, at: Path, line: number): Condition | null {
  const leaf = leaves.get(key);
  if (!leaf) {
    const known = [...operators, ...leaves.keys()];
    return problem(c, at, `unknown condition "${key}"${hint(key, known) || `; known: ${known.sort().join(', ')}`}`);
  }
  const raw = plainAt(c.source, at) ?? undefined;
  const isShort = leaf.short && (typeof raw !== 'object' || Array.isArray(raw));
  const parsed = leaf.options.safeParse(isShort ? leaf.short!(raw as string) : raw);
  if (!parsed.success) {
    // The short form has no keys of its own: its problems are those of the line.
    const known = Object.keys((leaf.options as { shape?: object }).shape ?? {});
    c.problems.push(...zodProblems(c.source, parsed.error, at, known));
    return null;
  }
  const options = leaf.bind ? leaf.bind(parsed.data, c.rule) : parsed.data;
  const wrong = [...(leaf.check?.(options) ?? []), ...unknownNames(key, options)];
  for (const { path, message } of wrong) problem(c, [...at, ...path], message);
  return wrong.length > 0 ? null : { op: 'leaf', leaf: key, options, line };
}

const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

function problem(c: Compiling, path: Path, message: string): null {
  c.problems.push({ file: c.source.file, line: c.source.lineOf(path), message });
  return null;
}

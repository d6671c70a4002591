import { type Document, isMap, isNode, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { z } from 'zod';
import { dig } from './data.ts';
import { hint, type Problem } from './problems.ts';

export type YamlPath = readonly (string | number)[];

/** A YAML file with its lines, so that whatever is wrong in it can be named by place. */
export interface YamlSource {
  file: string;
  document: Document.Parsed;
  /** The same as plain data. */
  plain: unknown;
  lineOfNode(node: unknown): number;
  /** Line of the value at the path, or of the nearest part of it that exists. */
  lineOf(path: YamlPath): number;
}

/** Reads YAML, or null with the syntax problems added. */
export function readYaml(file: string, text: string, problems: Problem[]): YamlSource | null {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  for (const error of document.errors) {
    problems.push({ file, line: error.linePos?.[0].line ?? 1, message: error.message.split('\n')[0]! });
  }
  if (document.errors.length > 0) return null;
  const lineOfNode = (node: unknown): number => (isNode(node) && node.range ? counter.linePos(node.range[0]).line : 1);
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    problems.push({ file, line: 1, message: (error as Error).message });
    return null;
  }
  return { file, document, plain, lineOfNode, lineOf: (path) => lineAtPath(document.contents, path, lineOfNode) };
}

function lineAtPath(root: unknown, path: YamlPath, lineOfNode: (node: unknown) => number): number {
  let node = root;
  let line = lineOfNode(root);
  for (const step of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (!pair) return line;
      line = lineOfNode(pair.key);
      node = pair.value;
    } else {
      node = (node as { items?: Node[] } | null)?.items?.[Number(step)];
      if (node === undefined) return line;
      line = lineOfNode(node);
    }
  }
  return line;
}

/** zod's issues as problems with lines; `at` is where in the file the checked value stands. */
export function zodProblems(source: YamlSource, error: z.ZodError, at: YamlPath, known: readonly string[]): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = [...at, ...(issue.path as (string | number)[])];
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        file: source.file,
        line: source.lineOf([...path, key]),
        message: `unknown key "${key}"${hint(key, known)}`,
      }));
    }
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    return [{ file: source.file, line: source.lineOf(path), message: where + issue.message }];
  });
}

/** The plain value at a path, or undefined. */
export const plainAt = (source: YamlSource, path: YamlPath): unknown => dig(source.plain, ...path);

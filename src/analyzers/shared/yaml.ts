import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import { type Data, isRecord } from '../../model/data.ts';
import type { RepoView } from '../../model/repository.ts';

/** One document as plain data (aliases and merge keys resolved), with the line of every dotted path. */
export interface Located {
  data: unknown;
  lines: Record<string, number>;
  line: number;
}
export interface Problem {
  line: number | null;
  message: string;
}
export interface YamlFile {
  documents: Located[];
  problems: Problem[];
}

/** An alias repeated through aliases grows without bound: what one document may hold. */
const maxNodes = 200_000;

/** Reads every document of a YAML text. Never throws; documents that are broken beyond use are left out. */
export function readYaml(text: string): YamlFile {
  let counter = new LineCounter();
  const problems: Problem[] = [];
  const documents: Located[] = [];
  let parsed: Document.Parsed<ParsedNode>[] = [];
  try {
    ({ parsed, counter } = parse(text));
    // Other readers let a flow map close further left than it began; a line that is moved to the right says the same.
    for (let moved = 0; moved < maxMoved; moved++) {
      const left = parsed.flatMap(({ errors }) => errors).find(({ code }) => code === 'BAD_INDENT');
      if (!left) break;
      const at = counter.lineStarts[counter.linePos(left.pos[0]).line - 1]!;
      text = `${text.slice(0, at)}${' '.repeat(40)}${text.slice(at)}`;
      ({ parsed, counter } = parse(text));
    }
  } catch (error) {
    problems.push({ line: null, message: String(error instanceof Error ? error.message : error) });
  }
  for (const document of parsed) {
    for (const error of document.errors) {
      problems.push({ line: counter.linePos(error.pos[0]).line, message: firstLine(error.message) });
    }
    const contents = document.contents as Node | null;
    if (contents === null || (document.errors.length > 0 && !isMap(contents) && !isSeq(contents))) continue;
    const reader = new NodeReader(document, counter);
    const data = reader.read(contents, '');
    documents.push({ data, lines: reader.lines, line: counter.linePos(contents.range?.[0] ?? 0).line });
  }
  return { documents, problems };
}

const maxMoved = 20;

function parse(text: string): { parsed: Document.Parsed<ParsedNode>[]; counter: LineCounter } {
  const counter = new LineCounter();
  const result = parseAllDocuments(text, {
    lineCounter: counter,
    logLevel: 'silent',
    uniqueKeys: false,
    merge: false,
  });
  return { parsed: Array.isArray(result) ? result : [], counter };
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? message).replace(/ at line \d+.*$/, '');

class NodeReader {
  readonly lines: Record<string, number> = {};
  private nodes = 0;
  private readonly document: Document;
  private readonly counter: LineCounter;
  constructor(document: Document, counter: LineCounter) {
    this.document = document;
    this.counter = counter;
  }

  read(node: unknown, path: string, depth = 0): unknown {
    if (++this.nodes > maxNodes || depth > 60) return null;
    if (isAlias(node)) {
      const target = node.resolve(this.document);
      return target ? this.read(target, path, depth + 1) : null;
    }
    if (isScalar(node)) return typeof node.value === 'symbol' ? null : node.value;
    if (isSeq(node)) {
      return node.items.map((item, i) => {
        const key = join(path, String(i));
        this.mark(key, item);
        return this.read(item, key, depth + 1);
      });
    }
    if (isMap(node)) return this.readMap(node.items, path, depth);
    return null;
  }

  private readMap(items: { key: unknown; value: unknown }[], path: string, depth: number): Data {
    const own: Data = {};
    const merged: Data = {};
    for (const { key, value } of items) {
      const name = isScalar(key) ? String(key.value) : null;
      if (name === null || name === '__proto__') continue;
      if (name === '<<') this.merge(merged, value, path, depth);
      else {
        const at = join(path, name);
        this.mark(at, key);
        own[name] = this.read(value, at, depth + 1);
      }
    }
    return { ...merged, ...own };
  }

  private merge(into: Data, value: unknown, path: string, depth: number): void {
    const before = { ...this.lines };
    const sources = isSeq(value) ? [...value.items].reverse() : [value];
    for (const source of sources) {
      const data = this.read(source, path, depth + 1);
      if (isRecord(data)) Object.assign(into, data);
    }
    Object.assign(this.lines, before);
  }

  private mark(path: string, node: unknown): void {
    const range = (node as Node | null)?.range;
    if (range) this.lines[path] = this.counter.linePos(range[0]).line;
  }
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

const cache = new WeakMap<RepoView, Map<string, YamlFile>>();

/** A repository's YAML file, parsed once however many analyzers ask for it. */
export function yamlOf(view: RepoView, path: string): YamlFile {
  let files = cache.get(view);
  if (!files) {
    files = new Map();
    cache.set(view, files);
  }
  let file = files.get(path);
  if (!file) {
    file = readYaml(view.text(path));
    files.set(path, file);
  }
  return file;
}

/** JSON with comments and trailing commas, with positions. */
export function readJson(text: string): YamlFile {
  return readYaml(plainJson(text));
}

/** Comments and tabs become blanks of the same length, so that lines hold. */
function plainJson(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\t/g, (match) =>
    match.startsWith('"') ? match : match.replace(/[^\n]/g, ' '),
  );
}

export const isYamlPath = (path: string): boolean => /\.ya?ml$/i.test(path);

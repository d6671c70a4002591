import picomatch from 'picomatch';
import { byCodeUnit } from '../model/paths.ts';

/** Answers `glob` over a fixed, sorted list of paths. Results are kept, and an index spares most patterns the whole list. */
export function globber(paths: readonly string[]): (patterns: string | readonly string[]) => string[] {
  const known = new Map<string, string[]>();
  let index: Index | null = null;
  return (patterns) => {
    const all = typeof patterns === 'string' ? [patterns] : patterns;
    const key = all.join('\n');
    const before = known.get(key);
    if (before) return [...before];
    index ??= indexOf(paths);
    const found = match(all, paths, index);
    known.set(key, found);
    return [...found];
  };
}

interface Index {
  byName: Map<string, string[]>;
  byExtension: Map<string, string[]>;
}

function indexOf(paths: readonly string[]): Index {
  const index: Index = { byName: new Map(), byExtension: new Map() };
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    push(index.byName, name, path);
    push(index.byExtension, extensionOf(name), path);
  }
  return index;
}

const push = (map: Map<string, string[]>, key: string, value: string): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function match(patterns: readonly string[], paths: readonly string[], index: Index): string[] {
  const wanted = patterns.filter((p) => !p.startsWith('!'));
  const unwanted = patterns.filter((p) => p.startsWith('!')).map((p) => matcher(p.slice(1)));
  const found = new Set<string>();
  for (const pattern of wanted) {
    const matches = matcher(pattern);
    for (const path of candidates(pattern, paths, index)) {
      if (!found.has(path) && matches(path) && !unwanted.some((no) => no(path))) found.add(path);
    }
  }
  return [...found].sort(byCodeUnit);
}

const matchers = new Map<string, (path: string) => boolean>();
function matcher(pattern: string): (path: string) => boolean {
  let made = matchers.get(pattern);
  if (!made) {
    made = picomatch(pattern, { dot: true });
    matchers.set(pattern, made);
  }
  return made;
}

const magic = /[*?[\](){}!+@|\\]/;

/** A superset of what the pattern can match, as small as the index makes it. */
function candidates(pattern: string, paths: readonly string[], index: Index): readonly string[] {
  const slash = pattern.lastIndexOf('/');
  // A brace or group that spans folders has no last segment of its own.
  if (/[{(][^})]*\/[^{(]*[})]/.test(pattern)) return paths;
  const names = expand(pattern.slice(slash + 1));
  if (names.every((name) => !magic.test(name))) return joined(names, index.byName);
  const extensions = names.map((name) => /\.([^.]+)$/.exec(name)?.[1] ?? '*');
  const inFolder = isPlain(pattern) ? below(pattern, paths) : paths;
  const isSmall = inFolder !== paths && inFolder.length < few;
  if (isSmall || extensions.some((extension) => magic.test(extension))) return inFolder;
  return joined([...new Set(extensions)], index.byExtension);
}

/** Below this it costs less to look at all files of a folder than to gather those of the repository by their endings. */
const few = 2000;

/** Its folders are written as the list has them. */
const isPlain = (pattern: string): boolean => !/^\.?\/|\/\.{0,2}\//.test(pattern);

const joined = (keys: readonly string[], lists: ReadonlyMap<string, string[]>): readonly string[] =>
  keys.length === 1 ? (lists.get(keys[0]!) ?? []) : keys.flatMap((key) => lists.get(key) ?? []);

/** The slice of the sorted list under the pattern's literal folder. */
function below(pattern: string, paths: readonly string[]): readonly string[] {
  const folders = pattern.split('/');
  const literal = folders.findIndex((part) => magic.test(part));
  const prefix = folders.slice(0, literal === -1 ? folders.length - 1 : literal).join('/');
  if (prefix === '') return paths;
  return paths.slice(firstAtLeast(paths, `${prefix}/`), firstAtLeast(paths, `${prefix}0`));
}

/** Index of the first path not below `bound` in code unit order ('0' follows '/'). */
export function firstAtLeast(paths: readonly string[], bound: string): number {
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (paths[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `a.{b,c}` → `a.b`, `a.c`; one level, at most 64 results, anything else is left as it is. */
function expand(text: string): string[] {
  let done = [''];
  for (const part of text.split(/(\{[^{}]*\})/)) {
    const options = part.startsWith('{') && part.includes(',') ? part.slice(1, -1).split(',') : [part];
    done = done.flatMap((head) => options.map((option) => head + option));
    if (done.length > 64) return [text];
  }
  return done;
}

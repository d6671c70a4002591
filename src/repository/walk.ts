import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { byCodeUnit } from '../model/paths.ts';
import { isForeignFolder } from './left-out.ts';
import type { Bounds } from './source.ts';

export interface Walked {
  paths: string[];
  /** Listed although an ignore file names them. */
  ignored: Set<string>;
  diagnostics: { file: string | null; message: string }[];
}

interface IgnoreFile {
  folder: string;
  rules: Ignore;
}

const isEnvFile = (name: string): boolean => name === '.env' || name.startsWith('.env.') || name.endsWith('.env');

/** Nobody generates these: an ignore file that names them is broader than meant, and git would track them all the same. */
const isWritten = (path: string): boolean => /(^|\/)(src|package\.json|tsconfig\.json)$/.test(path);

/** Lists the files below `start` (a path under `root`, '' for all of it) where git cannot: ignore files are honoured, links are not followed. */
export function walk(root: string, bounds: Bounds, start = ''): Walked {
  const walked: Walked = { paths: [], ignored: new Set(), diagnostics: [] };
  visit(start, [], start === '' ? 0 : start.split('/').length);
  return walked;

  function visit(folder: string, outer: readonly IgnoreFile[], depth: number): void {
    const entries = readFolder(folder);
    const rules = entries.some((e) => e.name === '.gitignore' && e.isFile()) ? withRulesOf(folder, outer) : outer;
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) enter(path, rules, depth + 1);
      else if (entry.isFile()) add(path, entry.name, rules);
      if (walked.paths.length >= bounds.files) return;
    }
  }

  function enter(path: string, outer: readonly IgnoreFile[], depth: number): void {
    if (isForeignFolder(path)) return;
    const ignored = isIgnored(`${path}/`, outer);
    if (ignored && !isWritten(path)) return;
    const rules = ignored ? [] : outer;
    if (depth <= bounds.depth) visit(path, rules, depth);
    else walked.diagnostics.push({ file: path, message: `not entered: deeper than ${bounds.depth} folders` });
  }

  function add(path: string, name: string, rules: readonly IgnoreFile[]): void {
    const ignored = isIgnored(path, rules);
    if (ignored && !isEnvFile(name) && !isWritten(path)) return;
    if (ignored && isEnvFile(name)) walked.ignored.add(path);
    walked.paths.push(path);
    if (walked.paths.length === bounds.files)
      walked.diagnostics.push({ file: null, message: `only the first ${bounds.files} files were read` });
  }

  function readFolder(folder: string): Dirent[] {
    try {
      const entries = readdirSync(join(root, folder), { withFileTypes: true });
      return entries.sort((a, b) => byCodeUnit(a.name, b.name));
    } catch {
      walked.diagnostics.push({ file: folder === '' ? '.' : folder, message: 'folder could not be read' });
      return [];
    }
  }

  function withRulesOf(folder: string, outer: readonly IgnoreFile[]): readonly IgnoreFile[] {
    try {
      const rules = ignore().add(readFileSync(join(root, folder, '.gitignore'), 'utf8'));
      return [...outer, { folder, rules }];
    } catch {
      return outer;
    }
  }
}

/** The innermost ignore file with an opinion decides, as in git. */
function isIgnored(path: string, files: readonly IgnoreFile[]): boolean {
  for (let i = files.length - 1; i >= 0; i--) {
    const { folder, rules } = files[i]!;
    const { ignored, unignored } = rules.test(folder === '' ? path : path.slice(folder.length + 1));
    if (ignored || unignored) return ignored;
  }
  return false;
}

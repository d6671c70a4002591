import { dirOf, joinPath } from '../model/paths.ts';
import { plainRun } from './runtimes.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { programName, readOptions } from './words.ts';

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ash', 'busybox', '.', 'source']);

/** `sh -c "…"`, `bash ci.sh`, `./ci.sh`, `. ./env.sh`: the file itself, then what stands in it. Null when no shell is started. */
export function shellRuns(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  const program = words[0] === '.' ? '.' : programName(words[0]!);
  if (shells.has(program)) {
    const inline = words.findIndex((word) => /^-[a-z]*c$/.test(word));
    if (inline !== -1)
      return self.text(words[inline + 1] ?? '', { ...place, errexit: place.errexit || /e/.test(words[inline]!) });
    const { rest } = readOptions(words.slice(1), new Set(['-o', '-O']), true);
    const file = rest[0] === 'sh' ? rest[1] : rest[0];
    return file ? inFile(words, file, place, self) : [plainRun(words, place)];
  }
  if (program === 'eval') return self.text(words.slice(1).join(' '), place);
  return /\.(sh|bash)$/.test(program) || isShellScript(words[0]!, place, self)
    ? inFile(words, words[0]!, place, self)
    : null;
}

function isShellScript(word: string, place: Place, self: Follower): boolean {
  if (!word.includes('/') || word.includes('node_modules/')) return false;
  const path = inRepository(word, place);
  return (
    path !== null && self.view.has(path) && /^#!.*\b(ba|z|da|a)?sh\b/.test(self.view.read(path)?.slice(0, 80) ?? '')
  );
}

function inRepository(word: string, place: Place): string | null {
  const relative = word.replace(/^"?\$\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR|PWD)\}?"?\//, '');
  if (/^[/~$]/.test(relative)) return null;
  return joinPath(relative === word ? place.cwd : '.', relative);
}

function inFile(words: readonly string[], word: string, place: Place, self: Follower): CommandRun[] {
  const path = inRepository(word, place);
  const run = plainRun(words, place, path);
  const text = path === null || place.open.includes(path) ? null : self.view.read(path);
  if (path === null || text === null) return [run];
  const inner: Place = {
    ...place,
    via: [...place.via, path],
    open: [...place.open, path],
    scriptDir: dirOf(path),
    errexit: /^#!.*\s-\w*e/.test(text),
  };
  return [run, ...self.text(text, inner)];
}

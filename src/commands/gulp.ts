import { joinPath } from '../model/paths.ts';
import { plainRun, scriptFile } from './runtimes.ts';
import type { CommandRun, Follower, Place } from './types.ts';
import { programName } from './words.ts';

const files: Record<string, string[]> = {
  gulp: ['gulpfile.js', 'gulpfile.babel.js', 'gulpfile.mjs', 'gulpfile.ts', 'gulpfile.esm.js', 'Gulpfile.js'],
  grunt: ['Gruntfile.js', 'gruntfile.js', 'Gruntfile.babel.js', 'Gruntfile.ts'],
};
/** What keeps a server running while somebody works: gulp-nodemon, grunt-nodemon, gulp-develop-server, grunt-express-server. */
const keepers = /\b(?:nodemon|developServer|devServer|gls\.new|express|server\.listen|liveServer)\b/;
const bound = 200_000;

/** `gulp serve`, `grunt`: the servers that the tasks start, which are read as text; null when the words start neither. */
export function followGulp(words: readonly string[], place: Place, self: Follower): CommandRun[] | null {
  const program = programName(words[0]!);
  const names = Object.hasOwn(files, program) ? files[program] : undefined;
  if (!names) return null;
  const path = names.map((name) => joinPath(place.cwd, name)).find((one) => one !== null && self.view.has(one));
  const text = path ? self.view.read(path)?.slice(0, bound) : undefined;
  const asked = words.slice(1).filter((word) => /^[A-Za-z]/.test(word));
  const blocks = text ? (program === 'gulp' ? tasksOf(text, asked.length > 0 ? asked : ['default']) : [text]) : [];
  return [plainRun(words, place), ...blocks.flatMap((block) => startedIn(block, place, self))];
}

/** The texts of the tasks asked for and of those that they name. */
function tasksOf(text: string, asked: readonly string[]): string[] {
  const opening =
    /\bgulp\.task\(\s*['"`]([\w:.-]+)['"`]|\bexports(?:\.(\w+)|\[['"`]([\w:.-]+)['"`]\])\s*=|^(?:async )?function (\w+)|^(?:export )?const (\w+)\s*=/gm;
  const starts = [...text.matchAll(opening)];
  const blocks = new Map<string, string>();
  starts.forEach((match, i) => {
    const name = match.slice(1).find(Boolean)!;
    blocks.set(name, (blocks.get(name) ?? '') + text.slice(match.index, starts[i + 1]?.index));
  });
  const wanted = new Set(asked);
  for (const name of wanted)
    for (const [, quoted, bare] of (blocks.get(name) ?? '').matchAll(/['"`]([\w:.-]+)['"`]|\b(\w+)\b/g)) {
      const other = quoted ?? bare!;
      if (blocks.has(other)) wanted.add(other);
    }
  return [...wanted].flatMap((name) => blocks.get(name) ?? []);
}

function startedIn(block: string, place: Place, self: Follower): CommandRun[] {
  const value = (text: string, key: string): string | null =>
    new RegExp(`\\b${key}\\s*:\\s*['"\`]([^'"\`\\n]+)['"\`]`).exec(text)?.[1] ?? null;
  const commands = [...block.matchAll(/\b(?:exec|execSync|shell\.task|run)\(\s*\[?\s*['"`]([^'"`\n]+)['"`]/g)].flatMap(
    ([, command]) => self.text(command!, place),
  );
  const spawned = [
    ...block.matchAll(/\b(?:spawn|fork)\(\s*(?:['"`]node['"`]\s*,\s*\[\s*)?['"`]([^'"`\n]+\.[cm]?[jt]s)['"`]/g),
  ].map(([, script]) => ({ script: script!, cwd: null }));
  const kept = keepers.test(block)
    ? [...block.matchAll(/\b(?:script|path)\s*:\s*['"`]([^'"`\n]+)['"`]/g)].map(({ index, 1: script }) => ({
        script: script!,
        cwd:
          value(block.slice(index, index + 400), 'cwd') ?? value(block.slice(Math.max(0, index - 200), index), 'cwd'),
      }))
    : [];
  const servers = [...spawned, ...kept].map(({ script, cwd }) => {
    const there = cwd ? (joinPath(place.cwd, cwd) ?? place.cwd) : place.cwd;
    return plainRun(['node', script], { ...place, cwd: there }, scriptFile(script, there, self));
  });
  return [...commands, ...servers];
}

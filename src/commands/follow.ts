import { joinPath } from '../model/paths.ts';
import { followGulp } from './gulp.ts';
import { followMake } from './make.ts';
import { followMoon } from './moon.ts';
import { followNx } from './nx.ts';
import { followPackageManager } from './package-managers.ts';
import { plainRun, runtimeRuns } from './runtimes.ts';
import { shellRuns } from './shell-files.ts';
import { splitShell } from './split.ts';
import { followTasks } from './tasks.ts';
import type { CommandContext, CommandRun, Follower, Place } from './types.ts';
import { unwrap } from './wrappers.ts';

/** A chain deeper than this is a loop that changes its arguments on the way. */
const maxDepth = 16;
const maxRuns = 6000;
/** They change or ask the shell alone. */
const builtins = new Set(
  'set popd local readonly declare typeset shift trap unset return [ [[ test wait umask'.split(' '),
);

export function follower(context: Pick<CommandContext, 'facts' | 'view'>): Follower {
  let budget = maxRuns;
  const self: Follower = {
    view: context.view,
    manifests: context.facts.manifests,
    text: (text, place) => {
      const runs: CommandRun[] = [];
      const folders: string[] = [place.cwd];
      let exported = place.env;
      for (const command of splitShell(text, place.errexit)) {
        while (folders.length <= command.depth) folders.push(folders.at(-1)!);
        folders.length = command.depth + 1;
        const cwd = folders.at(-1)!;
        const [program, ...args] = command.words;
        if (program === 'cd' || program === 'pushd') {
          const target = args.find((arg) => !/^-\w$/.test(arg)) ?? '.';
          folders[command.depth] = inImage(context.view, target) ?? changed(cwd, target, place);
          continue;
        }
        if (program === 'popd') {
          folders[command.depth] = place.cwd;
          continue;
        }
        if (program === 'export') {
          exported = { ...exported, ...command.env, ...assignments(args) };
          continue;
        }
        if (builtins.has(program!)) continue;
        const env = { ...exported, ...command.env };
        runs.push(
          ...self.words(command.words, { ...place, cwd, env, tolerated: place.tolerated || command.tolerated }),
        );
      }
      return runs;
    },
    words: (words, place) => {
      if (words.length === 0 || place.open.length > maxDepth || budget-- <= 0) return [];
      const bare = unwrap(words, place);
      if (bare.texts) return bare.texts.flatMap((text) => self.text(text, bare.place));
      if (bare.words.length === 0) return [];
      return (
        followPackageManager(bare.words, bare.place, self) ??
        followTasks(bare.words, bare.place, self) ??
        followMake(bare.words, bare.place, self) ??
        followGulp(bare.words, bare.place, self) ??
        followNx(bare.words, bare.place, self) ??
        followMoon(bare.words, bare.place, self) ??
        shellRuns(bare.words, bare.place, self) ??
        runtimeRuns(bare.words, bare.place, self) ?? [plainRun(bare.words, bare.place)]
      );
    },
  };
  return self;
}

/** `cd /build/server` of an image: the package of the tree that the end of the path names. */
function inImage(view: CommandContext['view'], target: string): string | null {
  const parts = target.startsWith('/') ? target.split('/').filter(Boolean) : [];
  const ends = parts.slice(1).map((_, at) => parts.slice(at + 1).join('/'));
  return ends.find((end) => view.has(`${end}/package.json`)) ?? null;
}

function changed(cwd: string, target: string, place: Place): string {
  if (/dirname/.test(target) && place.scriptDir !== null) {
    const up = /\)?["']?((?:\/[\w.-]+)*)$/.exec(target)?.[1] ?? '';
    return joinPath(place.scriptDir, `.${up}`) ?? cwd;
  }
  const workspace = /^\$(?:\{\{\s*github\.workspace\s*\}\}|\{?(?:GITHUB_WORKSPACE|CI_PROJECT_DIR)\}?)\/?(.*)$/.exec(
    target,
  );
  if (workspace) return joinPath('.', workspace[1] || '.') ?? cwd;
  if (/^[/~$-]/.test(target) || target.includes('${')) return cwd;
  return joinPath(cwd, target) ?? cwd;
}

function assignments(words: readonly string[]): Record<string, string> {
  const pairs = words.map((word) => /^([A-Za-z_]\w*)=(.*)$/s.exec(word)).filter((match) => match !== null);
  return Object.fromEntries(pairs.map((match) => [match[1]!, match[2]!]));
}

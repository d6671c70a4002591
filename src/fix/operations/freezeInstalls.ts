import type { DockerfileFact } from '../../model/facts/index.ts';
import { dirOf } from '../../model/paths.ts';
import { installingOf } from '../parameters/_packages.ts';
import type { Operate } from './_operation.ts';

/**
 * `npm install` of everything, in images and pipelines, becomes the install that keeps to the lockfile. The one operation that
 * takes words away: it exchanges exactly those.
 */
const freezeInstalls: Operate<Record<string, never>> = (_, { model, draft }) => {
  const files = [
    ...model.facts.dockerfiles.filter(bringsLockfile).map(({ path, dir }) => ({ path, dir })),
    ...model.facts.pipelines.map(({ path }) => ({ path, dir: '.' })),
  ];
  for (const { path, dir } of files) {
    const before = draft.read(path);
    if (before === null) continue;
    const lines = before
      .split('\n')
      .map((line) => (runsNothing.test(line) ? line : frozen(line, installingOf(model, dir))));
    draft.edit(path, lines.join('\n'));
  }
  const bare = model.facts.manifests.filter(({ dir }) => installingOf(model, dir).lockfile === null);
  if (bare.length > 0)
    draft.notes.push(`${dirOf(bare[0]!.path)} has no lockfile: run the install once and commit what it writes`);
};
export default freezeInstalls;

/** Comments, and keys of YAML other than those that hold commands: `cache: yarn` is a setting. */
const runsNothing =
  /^\s*(?:#|-?\s*(?!(?:run|script|before_script|after_script|install|before_install|command|commands|bash|sh|inlineScript):)[\w-]+:(?:\s|$))/;

/** `npm ci` fails in an image that was not given the lockfile before. */
function bringsLockfile({ stages }: DockerfileFact): boolean {
  const sources = stages.flatMap(({ copies }) =>
    copies.filter(({ from }) => from === null).flatMap((copy) => copy.sources),
  );
  return sources.some((one) => /^(\.\/?|.*\/|\*)$|lock|package\*|package-/.test(one));
}

/** Words that end a command: nothing but flags may stand before them, for an install of a named package is another thing. */
const end = String.raw`(?=(?:\s+--?(?!g\b|global\b)[\w=-]+)*\s*(?:$|&&|;|\||\\|["'\]]))`;

function frozen(line: string, { lockfile, berry }: ReturnType<typeof installingOf>): string {
  if (!lockfile) return line;
  if (lockfile.manager === 'npm') return line.replace(new RegExp(String.raw`\bnpm (?:install|i)${end}`, 'g'), 'npm ci');
  if (lockfile.manager === 'yarn') {
    const flag = berry ? '--immutable' : '--frozen-lockfile';
    return /--frozen-lockfile|--immutable/.test(line)
      ? line
      : line.replace(new RegExp(String.raw`\byarn(?: install)?${end}`, 'g'), `yarn install ${flag}`);
  }
  return line;
}

import { dirOf } from '../../model/paths.ts';
import { installingOf } from '../parameters/_packages.ts';
import type { Operate } from './_operation.ts';

/**
 * `npm install` of everything, in images and pipelines, becomes the install that keeps to the lockfile. The one operation that
 * takes words away: it exchanges exactly those.
 */
const freezeInstalls: Operate<Record<string, never>> = (_, { model, draft }) => {
  const files = [
    ...model.facts.dockerfiles.map(({ path, dir }) => ({ path, dir })),
    ...model.facts.pipelines.map(({ path }) => ({ path, dir: '.' })),
  ];
  for (const { path, dir } of files) {
    const before = draft.read(path);
    if (before === null) continue;
    const lines = before
      .split('\n')
      .map((line) => (/^\s*#/.test(line) ? line : frozen(line, installingOf(model, dir))));
    draft.edit(path, lines.join('\n'));
  }
  const bare = model.facts.manifests.filter(({ dir }) => installingOf(model, dir).lockfile === null);
  if (bare.length > 0)
    draft.notes.push(`${dirOf(bare[0]!.path)} has no lockfile: run the install once and commit what it writes`);
};
export default freezeInstalls;

/** Words that end a command: nothing but flags may stand before them, for an install of a named package is another thing. */
const end = String.raw`(?=(?:\s+--?[\w=-]+)*\s*(?:$|&&|;|\||\\|["'\]]))`;

function frozen(line: string, { lockfile, berry }: ReturnType<typeof installingOf>): string {
  if (/-g\b|--global/.test(line)) return line;
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

import { baseOf, dirOf, isWithin } from '../../model/paths.ts';
import { appended } from '../edit/insert.ts';
import { within } from '../parameters/_parameter.ts';
import type { Committed } from '../parameters/secrets.ts';
import type { Draft } from '../types.ts';
import type { Operate } from './_operation.ts';

/**
 * Secrets leave git: the files are ignored, a template names their variables with blanks, and the commands that untrack them are
 * handed to the person, for no patch may hold what is in them. They stay on the disk.
 */
const untrack: Operate<Record<string, never>> = (_, { draft, parameters, model }) => {
  const committed = parameters.committed as readonly Committed[];
  for (const { path, variables } of committed) {
    draft.untrack(path);
    ignore(draft, path, variables.length > 0);
    draft.commands.push(`git rm --cached ${quoted(path)}`);
    draft.notes.push(
      variables.length > 0
        ? `Make new values for what ${path} holds (${variables.join(', ')}), where each was made, and revoke the old ones`
        : `Make a new key in place of ${path}, and revoke the old one`,
    );
    const folder = dirOf(path);
    const template = model.facts.envFiles
      .filter((file) => file.role === 'template' && isWithin(folder, dirOf(file.path)))
      .sort((a, b) => b.path.length - a.path.length)[0];
    const named = new Set(template?.variables.map(({ name }) => name));
    const lacking = variables.filter((name) => !named.has(name));
    if (lacking.length === 0) continue;
    const lines = lacking.map((name) => `${name}=\n`).join('');
    const place = template?.path ?? within(folder, '.env.example');
    const before = draft.read(place);
    if (before === null && draft.ignores(place))
      draft.notes.push(`Where ${lacking.join(', ')} are named: git ignores ${place}`);
    else if (before === null)
      draft.create(
        place,
        `# Copy this file to ${baseOf(path)} and fill in the blanks; never commit the copy.\n${lines}`,
      );
    else draft.edit(place, appended(before, lines));
  }
};
export default untrack;

const quoted = (path: string): string => (/^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);

/** Environment files by their name in every folder, a key by its place. */
function ignore(draft: Draft, path: string, everywhere: boolean): void {
  const line = everywhere ? baseOf(path) : `/${path}`;
  const before = draft.read('.gitignore');
  if (before === null) draft.create('.gitignore', `${line}\n`);
  else if (!before.split(/\r?\n/).includes(line))
    draft.edit('.gitignore', `${before === '' || before.endsWith('\n') ? before : `${before}\n`}${line}\n`);
}

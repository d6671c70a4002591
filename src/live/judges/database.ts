import { applies, describeState, isRunning, type Judge, type Part, together } from '../judge.ts';
import { dataFolders } from '../match/images.ts';
import { type Member, membersOf, shareNetwork } from '../stack.ts';

const rule = 'infrastructure/database';

/** Would the data outlive the database's container? Asked for each component that shares a network with it. */
export default {
  rule,
  judge: ({ model, report, stack }) => {
    const databases = stack.members.filter(({ role }) => role === 'database');
    return model.components.flatMap(({ path }) => {
      if (!applies({ model, report }, rule, path)) return [];
      const own = membersOf(stack, path);
      const near = databases.filter((database) =>
        own.some((member) => shareNetwork(member.container, database.container)),
      );
      const parts = near.map((database) => ({ container: database.container.name, ...keeps(database) }));
      return parts.length > 0 ? [{ component: path, whole: false, ...together(rule, parts) }] : [];
    });
  },
} satisfies Judge;

/** A folder of data and what lies under it: a mount on it, above it or on its main folder keeps it. */
function keeps({ container, image, software }: Member): Part {
  if (!isRunning(container)) return { status: 'partial', notes: [describeState(container)] };
  const folders = [...new Set([...dataFolders(software), ...(image?.volumes ?? [])])];
  const mounts = container.mounts.filter(
    ({ target }) => folders.length === 0 || folders.some((folder) => touches(target, folder)),
  );
  const kept = mounts.find(({ kind }) => kind === 'volume' || kind === 'bind');
  if (kept)
    return {
      status: 'ready',
      notes: [`data in ${kept.target} lies on a ${kept.kind === 'bind' ? 'folder of the host' : 'named volume'}`],
    };
  const where = folders[0] ?? 'its data folder';
  const fleeting = mounts[0];
  if (fleeting?.kind === 'anonymous') {
    return {
      status: 'partial',
      notes: [`data in ${fleeting.target} lies on an anonymous volume: a new container starts empty`],
    };
  }
  if (fleeting) return { status: 'partial', notes: [`data in ${fleeting.target} lies in memory`] };
  return { status: 'partial', notes: [`no volume on ${where}: the data dies with the container`] };
}

const touches = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

import { perComponent } from '../judge.ts';

const folder = /\/(uploads?|media|attachments?|user-?files|user-?content|storage|avatars?)(\/|$)/i;
const file = /\/(uploads?|media|attachments?|user-?files|user-?content|storage|avatars?)\/[^/]/i;

/** Scratch and dependencies: whatever their folders are called, no user sent what lies there. */
const scratch = /\/node_modules\/|\/\.[^/]+\/|^\/(tmp|run|root|var\/(lib|cache|log|tmp))\//;

/** Do files that users sent lie where the next container finds them? */
export default perComponent('data/file-storage', false, ({ container }, _, { added }) => {
  const kept = container.mounts.filter(
    ({ kind, target }) => (kind === 'volume' || kind === 'bind') && folder.test(target),
  );
  const files = (added.get(container.id) ?? []).filter((path) => file.test(path) && !scratch.test(path));
  const lost = files.filter((path) => !container.mounts.some(({ target }) => path.startsWith(`${target}/`)));
  if (lost.length > 0) {
    const more = lost.length > 1 ? ` and ${lost.length - 1} more` : '';
    return { status: 'partial', notes: [`${lost[0]}${more} lies in the container itself and dies with it`] };
  }
  return kept.length > 0 ? { status: 'ready', notes: kept.map(({ target }) => `${target} lies on a volume`) } : null;
});

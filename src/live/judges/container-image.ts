import type { LiveContainer } from '../engine/container.ts';
import type { LiveImage } from '../engine/read.ts';
import { perComponent } from '../judge.ts';
import { imageName } from '../match/images.ts';

const oldAfterDays = 180;

/** Who it runs as, from what image, and with what powers. */
export default perComponent('infrastructure/container-image', false, ({ container, image }, _, { now }) => {
  const shortfalls = [...asRoot(container), ...unpinned(container, image), ...development(container)];
  const notes = [...shortfalls, ...powers(container), ...age(image, now)];
  if (shortfalls.length > 0) return { status: 'partial', notes };
  return { status: 'ready', notes: [`runs as user ${container.user}`, ...notes] };
});

function asRoot({ user, privileged }: LiveContainer): string[] {
  const name = user.split(':')[0];
  return [
    ...(privileged ? ['privileged: root on the host'] : []),
    ...(name === '' || name === '0' || name === 'root' ? ['runs as root'] : []),
  ];
}

/** An image built here bears the tag its builder gave it; only one from a registry can change under its name. */
function unpinned(container: LiveContainer, image: LiveImage | null): string[] {
  if (!image?.pulled) return [];
  const { tag, digest, repository } = imageName(container.image);
  if (digest || (tag !== null && tag !== 'latest')) return [];
  return [`image ${repository} is not pinned (${tag === null ? 'no tag' : 'latest'})`];
}

const development = ({ development: tool }: LiveContainer): string[] => (tool ? [`its command starts ${tool}`] : []);

function powers({ capabilities, readOnlyRoot }: LiveContainer): string[] {
  return [
    ...(capabilities.added.length > 0 ? [`capabilities added: ${capabilities.added.join(', ')}`] : []),
    ...(capabilities.dropped.length > 0 ? [`capabilities dropped: ${capabilities.dropped.join(', ')}`] : []),
    ...(readOnlyRoot ? ['root file system is read-only'] : []),
  ];
}

function age(image: LiveImage | null, now: Date | null): string[] {
  const made = image ? Date.parse(image.created) : Number.NaN;
  // Some builders set the time to the epoch or the year 1980, for builds that give the same bytes.
  if (now === null || Number.isNaN(made) || made < Date.parse('2000-01-01')) return [];
  const days = (now.getTime() - made) / 86_400_000;
  return days > oldAfterDays
    ? [`image made on ${image!.created.slice(0, 10)}, more than ${oldAfterDays} days ago`]
    : [];
}

import type { RepoView } from '../model/repository.ts';
import { git } from '../repository/git.ts';
import { type Draft, type FileContent, type Install, Unfit } from './types.ts';

/** A sheet over a view: what one template would write. */
export function createDraft(
  view: RepoView,
): Draft & { changes: Map<string, FileContent>; created: Set<string>; untracked: Set<string> } {
  const changes = new Map<string, FileContent>();
  const created = new Set<string>();
  const untracked = new Set<string>();
  const read = (path: string): string | null => {
    const changed = changes.get(path);
    return typeof changed === 'string' ? changed : changed ? null : view.read(path);
  };
  const ignores = (path: string): boolean =>
    view.root !== null && git(view.root, ['check-ignore', '-z', '--stdin'], `${path}\0`) !== null;
  return {
    changes,
    created,
    untracked,
    read,
    text: (path) => read(path) ?? '',
    create(path, content) {
      if (view.has(path) || changes.has(path)) throw new Unfit(`${path} exists already`);
      // On the disks of macOS and Windows that would be the same file.
      const alike = [...view.list(), ...changes.keys()].find((one) => one.toLowerCase() === path.toLowerCase());
      if (alike) throw new Unfit(`${path} exists already as ${alike}`);
      if (ignores(path)) throw new Unfit(`git ignores ${path}`);
      if (view.gitPrefix && path.startsWith('.github/'))
        throw new Unfit(
          `GitHub reads .github at the top of the repository alone, and this folder is ${view.gitPrefix} of one: run it there`,
        );
      created.add(path);
      changes.set(path, content);
    },
    edit(path, text) {
      const before = read(path);
      if (before === null) throw new Unfit(`${path} could not be read`);
      if (text !== before) changes.set(path, text);
    },
    ignores,
    untrack: (path) => untracked.add(path),
    commands: [] as string[],
    installs: [] as Install[],
    notes: [] as string[],
  };
}

import type { RepoView } from '../model/repository.ts';
import { type Draft, type Install, Unfit } from './types.ts';

/** A sheet over a view: what one template would write. */
export function createDraft(view: RepoView): Draft & { changes: Map<string, string>; created: Set<string> } {
  const changes = new Map<string, string>();
  const created = new Set<string>();
  const read = (path: string): string | null => changes.get(path) ?? view.read(path);
  return {
    changes,
    created,
    read,
    create(path, text) {
      if (view.has(path) || changes.has(path)) throw new Unfit(`${path} exists already`);
      created.add(path);
      changes.set(path, text);
    },
    edit(path, text) {
      const before = read(path);
      if (before === null) throw new Unfit(`${path} could not be read`);
      if (text !== before) changes.set(path, text);
    },
    installs: [] as Install[],
    notes: [] as string[],
  };
}

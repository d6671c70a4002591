import type { CommandRun } from '../../commands/index.ts';
import type { ComponentRoot } from '../../model/component.ts';
import type { Facts } from '../../model/facts/index.ts';
import type { ManifestFact } from '../../model/facts/manifest.ts';
import type { RepoView } from '../../model/repository.ts';
import type { Entry, Phase } from '../../model/wiring.ts';
import type { Modules } from '../modules.ts';
import type { Resolver } from '../resolver.ts';

/** What an entry provider may look at. Paths are repository paths. */
export interface EntryContext {
  root: ComponentRoot;
  manifest: ManifestFact | null;
  /** Source files of the component itself: nested components and tests left out. */
  own: readonly string[];
  facts: Facts;
  view: RepoView;
  resolver: Resolver;
  modules: Modules;
  /** True when the component's manifest (or, for a package of a workspace, its root's) names one of the packages. */
  depends(...packages: string[]): boolean;
  /** Programs behind a package script, every launcher followed. */
  runsOfScript(name: string): CommandRun[];
  /** `path` inside the component, as a repository path. */
  inside(path: string): string;
  /** Folders whose files the framework takes as if they lay in the component's own (layers of Nuxt). */
  layers: readonly string[];
  /** The file's path inside the component, or inside the layer that holds it; null elsewhere. */
  placeOf(file: string): string | null;
  /** Own files, and those of layers, that match a glob relative to the component or the layer. */
  match(...globs: string[]): string[];
}

/** Says which files something starts. One file per framework or launcher, found by folder. */
export interface EntryProvider {
  name: string;
  entries(context: EntryContext): Entry[];
}

export function entry(
  file: string,
  phase: Phase,
  reason: string,
  at?: { file: string; line: number },
  names: Entry['names'] = [],
): Entry {
  return { file, phase, reason, names, evidence: { file: at?.file ?? file, line: at?.line ?? 1, note: reason } };
}

/** Bun, as `deno serve`, has what a program exports as its default answer requests. */
export const askedFor = ({ program, argv }: CommandRun): string[] =>
  program === 'bun' || (program === 'deno' && argv[1] === 'serve') ? ['default'] : [];

/** Files that a framework loads by their place: every export is the framework's to ask for. */
export const conventional = (files: readonly string[], reason: string, phase: Phase = 'runtime'): Entry[] =>
  files.map((file) => entry(file, phase, reason, undefined, 'all'));

/** The first of the paths that leads to a file of the component's own. */
export function ownAmong({ resolver, own }: EntryContext, paths: readonly (string | null)[]): string | null {
  for (const path of paths) {
    const file = path === null ? null : resolver.sourceOf(path);
    if (file !== null && own.includes(file)) return file;
  }
  return null;
}

import type { Evidence } from './evidence.ts';

export const componentKinds = ['service', 'worker', 'web', 'mobile', 'library', 'tool'] as const;
export type ComponentKind = (typeof componentKinds)[number];

export const traits = ['http', 'ui', 'deployable', 'longrunning', 'state'] as const;
export type Trait = (typeof traits)[number];

/** `js` covers JavaScript and TypeScript; every other language has no code analyser yet. */
export type Language =
  | 'js'
  | 'python'
  | 'go'
  | 'java'
  | 'kotlin'
  | 'rust'
  | 'php'
  | 'ruby'
  | 'dotnet'
  | 'elixir'
  | 'swift'
  | 'dart'
  | 'other';

/** Where a component lives, before anything is said of what it is. */
export interface ComponentRoot {
  /** POSIX, relative to the target; `.` for its root. */
  path: string;
  name: string;
  language: Language;
  /** The file that makes it one: a manifest, a Dockerfile, a compose build context. */
  manifest: string | null;
  evidence: Evidence[];
}

export interface Component extends ComponentRoot {
  kind: ComponentKind;
  traits: Trait[];
  /** Frameworks in use, by the names of `rules/knowledge/frameworks.yaml` (`express`, `next`, `nest`, …), first the one that decided the kind. */
  frameworks: string[];
  /** Set when a directory is meant as a component and holds nothing that could run (ruling 18). */
  stub: boolean;
}

export const hasTrait = (component: Component, trait: Trait): boolean => component.traits.includes(trait);

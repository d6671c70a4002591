import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { FactName, ManifestFact, SourceFact } from '../../model/facts/index.ts';
import { memo } from '../../model/memo.ts';
import { deepestHolding, isWithin, relativeTo } from '../../model/paths.ts';
import { type Signal, unknown } from '../../model/signal.ts';
import { isTestPath } from '../../model/source-paths.ts';

/** Which parts of a repository count for which component: asked by most leaves, so said once. */

const samples =
  /(^|\/)(\.(?:agents?|claude|codex|cursor|gemini)|fixtures?|examples?|samples?|demos?|docs?|documentation|\.?storybook|playground|sandbox)\//i;
const foreignTests = /(^|\/)(test_[^/]*\.py|[^/]*_test\.(go|py|rb|exs)|[^/]*Tests?\.(java|kt|cs|php))$/;

/** Tests, fixtures, examples and docs: never evidence, except for the rules on testing. `from` is where the judged part begins. */
export function isAside(path: string, from = '.'): boolean {
  const inside = isWithin(path, from) ? relativeTo(path, from) : path;
  let known = asides.get(inside);
  if (known === undefined) {
    known = isTestPath(inside) || samples.test(inside) || foreignTests.test(inside);
    if (asides.size > 200_000) asides.clear();
    asides.set(inside, known);
  }
  return known;
}
const asides = new Map<string, boolean>();

/**
 * `make`, worked out once for each model and each of what else it is asked about (told apart by identity), and forgotten with the
 * model. The facts it rests on count as touched each time.
 */
export function once<Asked extends readonly unknown[], T>(
  make: (model: AuditModel, ...asked: Asked) => T,
): (model: AuditModel, ...asked: Asked) => T {
  const places = new WeakMap<AuditModel, Place<T>>();
  return (model, ...asked) => {
    let place = memo(places, model, placeOfAnswer<T>);
    for (const one of asked) place = memo(place.below, one, placeOfAnswer<T>);
    const touched = touchedFacts(model);
    place.answer ??= noting(touched, () => make(model, ...asked));
    for (const fact of place.answer.touched) touched.add(fact);
    return place.answer.value;
  };
}

interface Answer<T> {
  value: T;
  touched: readonly FactName[];
}

interface Place<T> {
  answer?: Answer<T>;
  below: Map<unknown, Place<T>>;
}

const placeOfAnswer = <T>(): Place<T> => ({ below: new Map() });

/** What is answered, with the facts looked at for it alone. */
function noting<T>(touched: Set<FactName>, make: () => T): Answer<T> {
  const before = [...touched];
  touched.clear();
  const value = make();
  const own = [...touched];
  for (const fact of before) touched.add(fact);
  return { value, touched: own };
}

/** Every source file by its path. */
export const sourcesByPath = once(
  (model): ReadonlyMap<string, SourceFact> => new Map(model.facts.sources.map((source) => [source.path, source])),
);

/**
 * The facts that were looked at since the set was last cleared. The audit keeps it, so that an absence judged over a file
 * that could not be read is not called a gap.
 */
const recorders = new WeakMap<AuditModel, Set<FactName>>();
export function touchedFacts(model: AuditModel): Set<FactName> {
  let recorder = recorders.get(model);
  if (!recorder) {
    recorder = new Set();
    recorders.set(model, recorder);
  }
  return recorder;
}

/** The component whose folder holds the file most closely, as a path; null where none does. Asked too often to go through `once`. */
export function ownerOf(model: AuditModel, file: string): string | null {
  let known = owners.get(model);
  if (!known) {
    known = { folders: new Set(model.components.map((component) => component.path)), byFile: new Map() };
    owners.set(model, known);
  }
  let owner = known.byFile.get(file);
  if (owner === undefined) {
    owner = deepestHolding(file, known.folders);
    known.byFile.set(file, owner);
  }
  return owner;
}
const owners = new WeakMap<AuditModel, { folders: ReadonlySet<string>; byFile: Map<string, string | null> }>();

/** Files of the component that no deeper component claims; every file for the repository. */
export function filesOf(model: AuditModel, component: Component | null): readonly string[] {
  if (!component) return model.view.list();
  return filesByOwner(model).get(component.path) ?? [];
}

const filesByOwner = once((model): ReadonlyMap<string | null, string[]> => {
  const files = new Map<string | null, string[]>();
  for (const file of model.view.list()) memo(files, ownerOf(model, file), (): string[] => []).push(file);
  return files;
});

export interface ScopedManifest {
  manifest: ManifestFact;
  /** It is the component's own; a shared one stands above it (a workspace root) and counts only for what the component imports. */
  own: boolean;
}

/** Manifests that can speak for the component: its own, then those of the folders above it. All of them for the repository. */
export function manifestsOf(model: AuditModel, component: Component | null): ScopedManifest[] {
  const manifests = model.facts.manifests;
  if (!component) {
    return manifests.filter((m) => !isAside(m.path)).map((manifest) => ({ manifest, own: true }));
  }
  const own = manifests.filter((m) => ownerOf(model, m.path) === component.path && !isAside(m.path, component.path));
  const above = manifests.filter((m) => m.dir !== component.path && isWithin(component.path, m.dir));
  return [
    ...own.map((manifest) => ({ manifest, own: true })),
    ...above.sort((a, b) => b.dir.length - a.dir.length).map((manifest) => ({ manifest, own: false })),
  ];
}

/** The components a question is asked of: the one judged, or for the repository each that is built or run. */
export const subjects = (model: AuditModel, component: Component | null): readonly Component[] =>
  component ? [component] : model.components.filter((c) => !c.stub && c.kind !== 'tool');

/** Where a component begins, for evidence and for messages. */
export const placeOf = (component: Component | null): string =>
  component === null ? 'the repository' : component.path === '.' ? component.name : component.path;

export const noteOf = (at: { file: string; line: number }, note: string): Evidence => ({
  file: at.file,
  line: Math.max(1, at.line),
  note,
});

export const noAnalyser = (component: Component): Signal =>
  unknown('no-analyser', `${placeOf(component)} is written in ${component.language}, whose code is not read`);

import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact } from '../../model/facts/index.ts';
import type { CapabilityPackage } from '../../model/knowledge.ts';
import { no, type Signal, unknown, yes } from '../../model/signal.ts';
import type { ComponentWiring, Liveness, Located } from '../../model/wiring.ts';
import { matchesMember, matchesOrigin, mentionsPackage, packageOf, packagesIn, wantedOf } from './packages.ts';
import { noteOf, placeOf, sourcesByPath } from './scope.ts';

/** Something found in the code, and whether it runs. */
export interface Sighting {
  evidence: Evidence;
  live: Liveness;
}

/** Dead is proved only where something is known to run: without a single run time entry nothing can be said. */
export function livenessIn(wiring: ComponentWiring, live: Liveness): Liveness {
  return live === 'dead' && !wiring.entries.some((entry) => entry.phase === 'runtime') ? 'unknown' : live;
}

/** A live sighting is a yes, one that may be live is unknown, and dead ones are the near misses of a no. */
export function judgeSightings(sightings: readonly Sighting[], wiring: ComponentWiring, searched: string): Signal {
  const by = (live: Liveness) => sightings.filter((one) => one.live === live).map((one) => one.evidence);
  if (by('live').length > 0) return yes(...by('live'));
  if (by('unknown').length > 0) return unknown('blind', blindness(wiring), by('unknown'));
  return no(searched, by('dead'));
}

/**
 * A no that is an unknown where nothing is certainly dead: the component loads code by names made at run time, and what was
 * sought may be among it.
 */
export function noUnlessBlind(wiring: ComponentWiring, searched: string, candidates: readonly Sighting[]): Signal {
  return judgeSightings(
    candidates.map((one) => (one.live === 'live' ? { ...one, live: 'dead' as const } : one)),
    wiring,
    searched,
  );
}

/** Why it is not known what runs. */
export function blindness(wiring: ComponentWiring): string {
  const load = wiring.blind[0];
  const at = load && `${load.evidence.file}:${load.evidence.line}`;
  if (load) return load.reason.startsWith(at!) ? load.reason : `${load.reason} (${at})`;
  return `what starts ${placeOf({ ...wiring.root } as Component)} was not found, so what it reaches is not known`;
}

/** The component's imports of the packages, type imports and tests left out. */
export function importsOf(wiring: ComponentWiring, wanted: readonly CapabilityPackage[]): Sighting[] {
  return [...wiring.packages()]
    .filter(([specifier]) => wantedOf(specifier, wanted).length > 0)
    .map(([, { live, evidence }]) => ({ evidence, live: livenessIn(wiring, live) }));
}

/** Calls, decorators and elements that put one of the packages to work, or hand it to something that does. */
export function usesOf(
  model: AuditModel,
  component: Component,
  wanted: readonly CapabilityPackage[],
  members?: readonly string[],
): Sighting[] {
  const wiring = model.wiring.of(component);
  const calls = callsNaming(wiring, wanted)
    .filter(
      ({ fact }) =>
        matchesOrigin(fact.origin, wanted, members) || fact.args.some((arg) => mentionsPackage(arg, wanted, members)),
    )
    .map(({ file, fact, live }) => ({
      evidence: noteOf(
        { file, line: fact.line },
        fact.idle ? `${shownCall(fact)} outside production only` : shownCall(fact),
      ),
      live: livenessIn(wiring, live),
    }));
  const elements = wiring
    .jsx((jsx) => matchesOrigin(jsx.origin, wanted, members))
    .map(({ file, fact, live }) => ({
      evidence: noteOf({ file, line: fact.line }, `<${fact.name}>`),
      live: livenessIn(wiring, live),
    }));
  const found = [...calls, ...elements];
  if (found.some((one) => one.live === 'live')) return found;
  // Where a binding is called, the calls decide; only files that never call it may use it otherwise.
  const calling = new Set(calls.map((one) => one.evidence.file));
  const otherwise = bindingsUsed(model, component, wanted, members).filter((one) => !calling.has(one.evidence.file));
  return [...found, ...otherwise];
}

const indexes = new WeakMap<readonly Located<CallFact>[], Map<string, number[]>>();

/** Calls that name one of the packages, in their order: most calls name none, and every rule asks for a few. */
export function callsNaming(wiring: ComponentWiring, wanted: readonly CapabilityPackage[]): Located<CallFact>[] {
  const calls = wiring.calls();
  let index = indexes.get(calls);
  if (!index) {
    index = new Map();
    for (const [place, { fact }] of calls.entries()) {
      for (const name of namedBy(fact)) {
        const places = index.get(name);
        if (places) places.push(place);
        else index.set(name, [place]);
      }
    }
    indexes.set(calls, index);
  }
  const places = [...index].flatMap(([name, found]) => (wantedOf(name, wanted).length > 0 ? found : []));
  return [...new Set(places)].sort((a, b) => a - b).map((place) => calls[place]!);
}

const packagesOfCalls = new WeakMap<CallFact, readonly string[]>();
function namedBy(call: CallFact): readonly string[] {
  let known = packagesOfCalls.get(call);
  if (!known) {
    const own = packageOf(call.origin);
    const names = call.args.flatMap((arg) => packagesIn(arg).map((found) => found.package));
    known = own ? [...new Set([own.package, ...names])] : [...new Set(names)];
    packagesOfCalls.set(call, known);
  }
  return known;
}

/**
 * Uses that are no call: a class that extends one of the package's, a binding put into an object or an array. A unit that
 * uses the binding is as live as the unit is.
 */
function bindingsUsed(
  model: AuditModel,
  component: Component,
  wanted: readonly CapabilityPackage[],
  members?: readonly string[],
): Sighting[] {
  const wiring = model.wiring.of(component);
  const found: Sighting[] = [];
  for (const [file, locals] of importedBindings(model, component, wanted, members)) {
    const code = model.wiring.code(file);
    for (const unit of code?.units ?? []) {
      const used = unit.uses.find((name) => locals.has(name.split('.')[0]!) && memberUsed(name, locals));
      if (!used) continue;
      const live = livenessIn(wiring, wiring.unitLiveness(file, unit.index));
      found.push({ evidence: noteOf({ file, line: unit.line }, `uses ${used}`), live });
    }
  }
  return found;
}

/** For `ns.member` of a namespace import the member decides; any other binding was chosen by its imported name. */
function memberUsed(name: string, locals: ReadonlyMap<string, Binding>): boolean {
  const [local, ...rest] = name.split('.');
  const binding = locals.get(local!)!;
  if (binding.imported !== '*' || rest.length === 0) return true;
  return matchesMember(rest.join('.'), binding.accepted);
}

interface Binding {
  /** The name it was imported by. */
  imported: string;
  /** Members that put the package to work; empty: any. */
  accepted: readonly string[];
}

/** By file, the local names bound to the packages' members, with the name that was imported. */
function importedBindings(
  model: AuditModel,
  component: Component,
  wanted: readonly CapabilityPackage[],
  members?: readonly string[],
) {
  const sources = sourcesByPath(model);
  const wiring = model.wiring.of(component);
  const files = new Set([...wiring.reached, ...wiring.own]);
  const found = new Map<string, Map<string, Binding>>();
  for (const file of files) {
    for (const imported of sources.get(file)?.module.imports ?? []) {
      if (imported.typeOnly) continue;
      const one = wantedOf(imported.specifier, wanted)[0];
      if (!one) continue;
      const accepted = members ?? one.members;
      for (const name of imported.names) {
        const chosen = name.imported === '*' || matchesMember(name.imported, accepted);
        if (!chosen || !name.local) continue;
        if (!found.has(file)) found.set(file, new Map());
        found.get(file)!.set(name.local, { imported: name.imported, accepted });
      }
    }
  }
  return found;
}

export function shownCall(call: CallFact): string {
  if (call.form === 'decorator') return `@${call.callee}`;
  const name = call.form === 'new' && !call.callee.startsWith('new ') ? `new ${call.callee}` : call.callee;
  return call.form === 'tag' ? name : `${name}(…)`;
}

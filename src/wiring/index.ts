import type { ComponentRoot } from '../model/component.ts';
import { loadFolder } from '../model/discover.ts';
import type { Facts } from '../model/facts/index.ts';
import type { CallFact, CodeFact, EnvRead, JsxFact, Origin } from '../model/facts/source.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { memo } from '../model/memo.ts';
import { rootOf } from '../model/origin.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { isTestPath } from '../model/source-paths.ts';
import type { ComponentWiring, Entry, ImportedPackage, Located, Route, Wiring } from '../model/wiring.ts';
import { type Behind, createBehind } from './behind.ts';
import { entryContext, type Ownership, ownershipOf } from './context.ts';
import type { EntryProvider } from './entries/_provider.ts';
import { preloaded } from './entries/scripts.ts';
import { createLinks, type Links } from './links.ts';
import { bestLiveness } from './liveness.ts';
import { createMethods, type Methods } from './methods.ts';
import { middlewareOf } from './middleware.ts';
import { createModules, type Modules } from './modules.ts';
import { type Reach, reachFrom } from './reach.ts';
import { createResolver, type Resolver } from './resolver.ts';
import { handlerOf } from './routes/_finder.ts';
import { routesOf } from './routes/index.ts';

/** Everything about what runs, asked for component by component and computed once each. */
export async function wire(
  view: RepoView,
  facts: Facts,
  roots: readonly ComponentRoot[],
  _knowledge?: Knowledge,
): Promise<Wiring> {
  const providers = [...(await loadFolder<EntryProvider>(new URL('./entries/', import.meta.url))).values()];
  const resolver = createResolver(view, facts);
  const modules = createModules(facts, resolver);
  const links = createLinks(modules);
  const behind = createBehind(modules);
  const methods = createMethods(modules, view);
  const ownership = ownershipOf(facts, roots);
  const known = new Map<string, ComponentWiring>();
  const wiring: Wiring = {
    of({ path }) {
      const root = roots.find((candidate) => candidate.path === path);
      if (!root) throw new Error(`no component root at ${path}`);
      return memo(known, path, () =>
        wireComponent({ root, view, facts, resolver, modules, links, behind, methods, ownership, providers }),
      );
    },
    testFiles: ({ path }) => ownership.tests(path),
    code: (file) => modules.source(file)?.code ?? null,
    resolveOrigin: (file, origin) => declarationOf(modules, file, origin),
    resolve: resolver.resolve,
    behind: behind.behind,
    functionOf: (file, value) => handlerOf({ modules }, file, value),
    isTest: isTestPath,
  };
  return wiring;
}

interface Parts {
  root: ComponentRoot;
  view: RepoView;
  facts: Facts;
  resolver: Resolver;
  modules: Modules;
  links: Links;
  behind: Behind;
  methods: Methods;
  ownership: Ownership;
  providers: readonly EntryProvider[];
}

function wireComponent(parts: Parts): ComponentWiring {
  const { root, view, facts, resolver, modules, ownership, methods } = parts;
  const own = ownership.own(root.path);
  const context = entryContext(root, facts, view, resolver, modules, own);
  const entries = withoutRepeats(parts.providers.flatMap((provider) => provider.entries(context)));
  const reach = reachFrom(entries, modules, parts.links, view, root.path);
  const reached = [...reach.files.keys()].sort(byCodeUnit);
  const visible = [...new Set([...own, ...reached])].filter((file) => !isTestPath(file)).sort(byCodeUnit);

  let calls: Located<CallFact>[] | null = null;
  let byCallee: Map<string, number[]> | null = null;
  let routes: Route[] | null = null;
  let around: ReturnType<typeof middlewareOf> | null = null;
  let packages: ReadonlyMap<string, ImportedPackage> | null = null;
  let env: Located<EnvRead>[] | null = null;
  let jsx: Located<JsxFact>[] | null = null;
  const located = <T extends { unit: number; idle?: true }>(pick: (code: CodeFact) => readonly T[]): Located<T>[] => {
    const found: Located<T>[] = [];
    for (const file of visible) {
      const code = modules.source(file)?.code;
      if (code) for (const fact of pick(code)) found.push({ file, fact, live: reach.liveness(file, fact) });
    }
    return found;
  };
  const locatedCalls = (): Located<CallFact>[] => {
    const found = located((code) => code.calls);
    for (const one of found) if (one.live === 'live' && methods.isNeverAsked(one.file, one.fact)) one.live = 'dead';
    return found;
  };

  const routeContext = { root, context, modules, reach, entries, files: visible };
  const wiring: ComponentWiring = {
    root,
    entries,
    reached,
    own,
    placeOf: context.placeOf,
    fileLiveness: reach.fileLiveness,
    unitLiveness: reach.unitLiveness,
    calls(filter) {
      calls ??= locatedCalls();
      return filter ? calls.filter(({ fact, file }) => filter(fact, file)) : calls;
    },
    called(callee) {
      calls ??= locatedCalls();
      byCallee ??= placesByCallee(calls);
      const places: number[] = [];
      for (const [name, found] of byCallee) if (callee.test(name)) places.push(...found);
      return places.sort((a, b) => a - b).map((place) => calls![place]!);
    },
    env() {
      env ??= located((code) => code.env);
      return env;
    },
    jsx(filter) {
      jsx ??= located((code) => code.jsx);
      return filter ? jsx.filter(({ fact, file }) => filter(fact, file)) : jsx;
    },
    routes() {
      routes ??= routesOf(routeContext);
      return routes;
    },
    middleware() {
      around ??= middlewareOf(routeContext, parts.behind);
      return around.all;
    },
    before(route) {
      around ??= middlewareOf(routeContext, parts.behind);
      return around.before(route);
    },
    packages() {
      packages ??= packagesOf(visible, modules, reach, preloaded(context));
      return packages;
    },
    pathTo: (file) => chainTo(reach, file),
    blind: reach.blind.map(({ file, load, prefix }) => ({
      evidence: { file, line: load.line, note: `loads modules that are named at run time: ${load.text}` },
      reason: `${file}:${load.line} loads modules by a computed name`,
      prefix,
    })),
  };
  return wiring;
}

function placesByCallee(calls: readonly Located<CallFact>[]): Map<string, number[]> {
  const byCallee = new Map<string, number[]>();
  for (let place = 0; place < calls.length; place++) memo(byCallee, calls[place]!.fact.callee, () => []).push(place);
  return byCallee;
}

const phases = ['runtime', 'build', 'tool', 'test'];

/** One entry per file and phase; names are merged, and the first reason is kept. */
function withoutRepeats(entries: readonly Entry[]): Entry[] {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.phase}\0${entry.file}`;
    const seen = byKey.get(key);
    if (!seen) byKey.set(key, { ...entry });
    else if (seen.names !== 'all')
      seen.names = entry.names === 'all' ? 'all' : [...new Set([...seen.names, ...entry.names])];
  }
  return [...byKey.values()].sort(
    (a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase) || byCodeUnit(a.file, b.file),
  );
}

function packagesOf(files: readonly string[], modules: Modules, reach: Reach, first: ReturnType<typeof preloaded>) {
  const found = new Map<string, ImportedPackage & { names: Set<string> }>();
  for (const { name, ...at } of first)
    found.set(name, {
      live: 'live',
      evidence: { ...at, note: `loads ${name} before the program` },
      names: new Set(['*']),
    });
  for (const file of files) {
    const live = reach.fileLiveness(file);
    for (const { specifier, line, names } of modules.packages(file)) {
      const seen = found.get(specifier);
      const evidence = { file, line, note: `imports ${specifier}` };
      if (!seen) found.set(specifier, { live, evidence, names: new Set(names) });
      else {
        for (const name of names) seen.names.add(name);
        if (seen.live !== live && bestLiveness(seen.live, live) === live) Object.assign(seen, { live, evidence });
      }
    }
  }
  return found;
}

function chainTo(reach: Reach, file: string): string[] {
  const chain: string[] = [];
  for (let at: string | null | undefined = file; at && !chain.includes(at); at = reach.files.get(at)) {
    if (!reach.files.has(at)) return [];
    chain.unshift(at);
  }
  return chain;
}

function declarationOf(modules: Modules, file: string, origin: Origin): { file: string; name: string } | null {
  const current = rootOf(origin);
  if (current?.from !== 'module') {
    if (current?.from !== 'package') return null;
    const target = modules.resolve(file, current.package);
    if (!target) return null;
    return firstOf(modules, target, current.member.split('.')[0]!);
  }
  const target = modules.resolve(file, current.specifier);
  return target ? firstOf(modules, target, current.name) : null;
}

function firstOf(modules: Modules, file: string, name: string): { file: string; name: string } | null {
  const found = modules.declarations(file, name).found[0];
  return found ? { file: found.file, name: found.local ?? '*' } : { file, name: '*' };
}

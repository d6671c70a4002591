import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { baseOf, dirOf } from '../model/paths.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import { declaredIn } from './shared/manifests.ts';
import { wantedPackages } from './shared/packages.ts';
import { noteOf, once, placeOf, sourcesByPath, subjects } from './shared/scope.ts';
import { isView, sighted, type UiFile, uiFiles } from './shared/ui/files.ts';
import {
  callsFetcher,
  dispatching,
  fetching,
  listening,
  loadFunction,
  loadingEverywhere,
  loadingFile,
  loadingMark,
  waitingPage,
} from './shared/ui/loading-marks.ts';

export default defineDetector({
  name: 'shows-loading',
  asks: '`fetches`: views ask for data; `any`: something made to show that it is on its way exists; `shown`: and is rendered by code that runs; `rule`: in at least the share of the views that ask for data',
  options: z.strictObject({
    ask: z.enum(['fetches', 'any', 'shown', 'rule']),
    share: z.number().min(0).max(1).default(0.35),
  }),
  judge(model, component, { ask, share }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask, share)));
  },
});

interface Views {
  /** Views that ask for data, each with what shows that it is on its way. */
  asking: { file: UiFile; at: Evidence; shows: Evidence | null }[];
  /** Elsewhere in code that runs. */
  shown: Evidence[];
  everywhere: Evidence[];
  /** Made for it, and rendered by nothing. */
  idle: Evidence[];
  open: Evidence[];
}

function judgeOne(model: AuditModel, component: Component, ask: string, share: number): Signal {
  const views = loadingShown(model, component);
  const place = placeOf(component);
  const searched = `${place}: pending flags, fallbacks, skeletons, spinners and progress bars`;
  const { asking, shown, everywhere, idle } = views;
  if (ask === 'fetches')
    return asking.length > 0 ? yes(...asking.slice(0, 3).map(({ at }) => at)) : no(`${place}: views that ask for data`);
  const signs = [...everywhere, ...asking.flatMap((view) => view.shows ?? []), ...shown];
  // A view may be met by itself and behind the module that connects it.
  const all = [...new Map(signs.map((one) => [`${one.file}:${one.line} ${one.note}`, one])).values()];
  if (ask === 'any') {
    // Beside what is rendered, what lies idle says nothing.
    const any = all.length > 0 ? all : [...views.open, ...idle];
    return any.length > 0 ? yes(...any.slice(0, 5)) : no(searched);
  }
  if (all.length === 0 && views.open.length > 0)
    return unknown('blind', `what renders ${views.open[0]!.file} was not found`, views.open.slice(0, 3));
  if (ask === 'shown') return all.length > 0 ? yes(...all.slice(0, 5)) : no(searched, idle.slice(0, 5));
  const waiting = asking.filter((view) => view.shows === null);
  // A view may leave it to the elements that it is made of, so those count as well.
  const covered = Math.min(asking.length, asking.length - waiting.length + shown.length);
  if (everywhere.length > 0 || asking.length === 0 || covered / asking.length >= share) return yes(...all.slice(0, 5));
  return no(`${place}: ${covered} of ${asking.length} views that ask for data show that it is loading`, [
    ...waiting.slice(0, 3).map(({ at }) => ({ ...at, note: `${at.note}; nothing shows that it is on its way` })),
    ...all.slice(0, 2),
  ]);
}

const loadingShown = once((model, component: Component): Views => {
  const files = uiFiles(model, component);
  const byPath = new Map(files.map((file) => [file.path, file]));
  const fetchers = fetchersOf(model, files);
  const inScope = component.frameworks.includes('nuxt') ? fetchingNames(model, files, fetchers) : null;
  const routes = loadingRoutes(component, files);
  const found: Views = { asking: [], shown: [], everywhere: [], idle: [], open: [] };
  for (const file of files) {
    const overall = loadingEverywhere(file.text);
    const mark = isView(file) ? loadingMark(file.text) : null;
    if (overall && file.live === 'live') found.everywhere.push(sighted(file, overall.text, overall.note)!);
    const shows = mark ? sighted(file, mark.text, mark.note) : null;
    const made = loadingFile.test(file.inside) && isView(file);
    if (file.live === 'dead') {
      if (made) found.idle.push(noteOf({ file: file.path, line: 1 }, 'made to show loading, rendered by nothing'));
      continue;
    }
    if (file.live === 'unknown' && shows) found.open.push(shows);
    const joins = !isView(file) && joining.test(file.text);
    if (!(isView(file) || joins) || file.live !== 'live') continue;
    const asks = made
      ? null
      : (asksForData(model, file, fetchers, byPath) ?? (inScope && sighted(file, inScope, 'asks for data')));
    if (asks)
      found.asking.push({
        file,
        at: asks,
        shows: shows ?? (joins ? shownBehind(model, file, byPath) : routeOf(file, routes)),
      });
    // A spinner in a file of its own is shown where another file renders it, and that one is found by itself.
    else if (shows && !made) found.shown.push(shows);
  }
  found.shown.push(...routes.map((file) => noteOf({ file: file.path, line: 1 }, 'loading route')));
  found.idle.push(...declaredIn(model, component, wantedPackages(model.knowledge, { capability: 'loading-state' })));
  return found;
});

/** Redux hands a view its data and actions in a module of its own: `connect(toProps, { fetchNotes })(Notes)`. */
const joining = /\bconnect\s*\([\s\S]*['"]react-redux['"]|['"]react-redux['"][\s\S]*\bconnect\s*\(/;

/** What the views show that such a module imports. */
function shownBehind(model: AuditModel, file: UiFile, byPath: ReadonlyMap<string, UiFile>): Evidence | null {
  for (const { specifier } of importsOf(model, file.path)) {
    const view = byPath.get(model.wiring.resolve(file.path, specifier) ?? '');
    const mark = view && isView(view) ? loadingMark(view.text) : null;
    if (mark) return sighted(view!, mark.text, mark.note);
  }
  return null;
}

/** Modules that render nothing and ask for data, or lead to one that does. */
function fetchersOf(model: AuditModel, files: readonly UiFile[]): Set<string> {
  const modules = files.filter((file) => !isView(file) && file.live !== 'dead');
  const fetchers = new Set(modules.filter((file) => fetching.test(file.text)).map((file) => file.path));
  const actions = modules.filter(({ inside }) => /(^|[/.-])actions?([/.]|$)/i.test(inside));
  for (let round = 0; round < 5; round++) {
    const before = fetchers.size;
    for (const file of modules) {
      if (fetchers.has(file.path) || !importsFetcher(model, file, fetchers)) continue;
      fetchers.add(file.path);
      // A saga asks for data when it sees an action, so that who sends the action asks.
      if (listening.test(file.text)) for (const { path } of actions) fetchers.add(path);
    }
    if (fetchers.size === before) break;
  }
  return fetchers;
}

/** Nuxt puts what `composables/` and `utils/` export in scope of every view, without an import. */
function fetchingNames(model: AuditModel, files: readonly UiFile[], fetchers: ReadonlySet<string>): RegExp | null {
  const placed = new Set(
    files.filter(({ inside }) => /^((src|app)\/)?(composables|utils)\/[^/]+$/.test(inside)).map(({ path }) => path),
  );
  const names = model.facts.sources
    .filter(({ path }) => placed.has(path) && fetchers.has(path))
    .flatMap(({ module }) => module.exports.map(({ name }) => name))
    .filter((name) => callsFetcher.test(name));
  return names.length > 0 ? new RegExp(`(?<![\\w.])(?:${names.join('|')})\\(`) : null;
}

const importsOf = (model: AuditModel, path: string) => sourcesByPath(model).get(path)?.module.imports ?? [];

function importsFetcher(model: AuditModel, file: UiFile, fetchers: ReadonlySet<string>): number | null {
  for (const imported of importsOf(model, file.path)) {
    if (imported.typeOnly) continue;
    const { kind, specifier } = imported;
    for (const { imported: name, local } of imported.names) {
      const names =
        name === '*' ? [local, kind === 'reexport' ? '' : baseOf(specifier)] : [name === 'default' ? local : name];
      if (!names.some((one) => callsFetcher.test(one))) continue;
      // A barrel passes on what another module asks with.
      const made = model.wiring.resolveOrigin(file.path, { from: 'module', specifier, name, member: '' })?.file;
      const target = model.wiring.resolve(file.path, specifier);
      if ([made, target].some((path) => path && fetchers.has(path))) return imported.line;
    }
  }
  return null;
}

function asksForData(
  model: AuditModel,
  file: UiFile,
  fetchers: ReadonlySet<string>,
  byPath: ReadonlyMap<string, UiFile>,
): Evidence | null {
  // A template belongs to its class, which is judged with it.
  if (file.path.endsWith('.html')) return null;
  const at =
    sighted(file, fetching, 'asks for data') ??
    (fetchers.size > 0 ? sighted(file, dispatching, 'asks for data') : null);
  if (at) return at;
  if (/(^|\/)app\/(.*\/)?page\.[jt]sx?$/.test(file.inside)) {
    const waits = sighted(file, waitingPage, 'waits for its data');
    if (waits) return waits;
  }
  const loader = loaderOf(file, byPath);
  if (loader) return sighted(loader, loadFunction, 'asks for data');
  const line = importsFetcher(model, file, fetchers);
  return line === null || !byPath.has(file.path) ? null : noteOf({ file: file.path, line }, 'asks for data');
}

/** `loading.tsx` of the Next.js app folder: shown while any page below it waits. */
const loadingRoutes = (component: Component, files: readonly UiFile[]): UiFile[] =>
  component.frameworks.includes('next')
    ? files.filter((file) => /^(src\/)?app\/(.*\/)?loading\.[cm]?[jt]sx?$/.test(file.inside))
    : [];

function routeOf(file: UiFile, routes: readonly UiFile[]): Evidence | null {
  const above = routes.find((route) => file.path.startsWith(`${dirOf(route.path)}/`));
  return above ? noteOf({ file: above.path, line: 1 }, 'loading route of the pages below it') : null;
}

/** `+page.ts` beside `+page.svelte`. */
function loaderOf(file: UiFile, byPath: ReadonlyMap<string, UiFile>): UiFile | null {
  if (!/\/\+(page|layout)(@.*)?\.svelte$/.test(file.path)) return null;
  const base = file.path.replace(/(@[^/]*)?\.svelte$/, '');
  const beside = ['.ts', '.js', '.server.ts', '.server.js'].map((ending) => byPath.get(base + ending));
  return beside.find((one) => one !== undefined && loadFunction.test(one.text)) ?? null;
}

import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import { declaredIn } from './shared/manifests.ts';
import { wantedPackages } from './shared/packages.ts';
import { noteOf, once, placeOf, subjects } from './shared/scope.ts';
import { boundaryClass, boundaryFile, boundaryLeft, errorMarks, notFoundFile } from './shared/ui/error-marks.ts';
import { isView, sighted, type UiFile, uiFiles } from './shared/ui/files.ts';

export default defineDetector({
  name: 'meets-errors',
  asks: '`any`: an error boundary or a not-found page exists; `shown`: one of them is rendered or registered in code that runs; `both`: each is, not-found only where there are addresses',
  options: z.strictObject({ ask: z.enum(['any', 'shown', 'both']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

interface Found {
  boundary: Evidence[];
  notFound: Evidence[];
  /** Neither rendered nor registered by anything that runs. */
  idle: Evidence[];
  /** In code of which it is not known whether it runs. */
  open: Evidence[];
  /** Boundaries stand around fewer than half of the router's pages: said so. */
  few: string | null;
}

function judgeOne(model: AuditModel, component: Component, ask: 'any' | 'shown' | 'both'): Signal {
  const found = errorsMet(model, component);
  const { boundary, notFound, idle } = found;
  const searched = `${placeOf(component)}: error boundaries, error routes and handlers, not-found pages and catch-all routes`;
  const shown = [...boundary.slice(0, 3), ...notFound.slice(0, 3)];
  if (ask === 'any') {
    // Beside one that is shown, what lies idle says nothing.
    const all = shown.length > 0 ? shown : [...found.open, ...idle];
    return all.length > 0 ? yes(...all.slice(0, 6)) : no(searched);
  }
  if (shown.length === 0 && found.open.length > 0)
    return unknown('blind', `what leads to ${found.open[0]!.file} was not found`, found.open.slice(0, 3));
  if (ask === 'shown') return shown.length > 0 ? yes(...shown) : no(searched, idle.slice(0, 6));
  if (boundary.length > 0 && !found.few && (notFound.length > 0 || !hasAddresses(model, component)))
    return yes(...shown);
  const lacking =
    found.few ?? (boundary.length > 0 ? 'not-found page or catch-all route' : 'error boundary, error route or handler');
  return no(`${placeOf(component)}: ${lacking}`, [...shown, ...idle.slice(0, 3)]);
}

const errorsMet = once((model, component: Component): Found => {
  const files = uiFiles(model, component);
  const found: Found = { boundary: [], notFound: [], idle: [], open: [], few: null };
  const aroundRoutes = new Set<string>();
  const marks = errorMarks.filter(
    ({ frameworks }) => !frameworks || component.frameworks.some((name) => frameworks.includes(name)),
  );
  for (const file of [...files, ...pagesElsewhere(model, component, files)]) {
    for (const mark of marks) {
      if (mark.place && !mark.place.test(file.inside)) continue;
      const at = mark.text ? sighted(file, mark.text, mark.note) : noteOf({ file: file.path, line: 1 }, mark.note);
      if (!at) continue;
      if (file.live === 'dead') found.idle.push(at);
      else if (file.live === 'unknown') found.open.push(at);
      else {
        if (mark.shows !== 'not-found') found.boundary.push(at);
        if (mark.aroundRoute) aroundRoutes.add(file.path);
        if (mark.shows !== 'boundary') found.notFound.push(at);
      }
    }
  }
  found.boundary.push(...renderedClasses(files));
  if (aroundRoutes.size > 0 && found.boundary.every(({ file }) => aroundRoutes.has(file)))
    found.few = fewOf(component, files, aroundRoutes);
  const used = new Set([...found.boundary, ...found.notFound].map((at) => at.file));
  found.idle.push(...left(model, component, files).filter((at) => !used.has(at.file)));
  return found;
});

/**
 * Remix renders the boundary of the page, or of a page above it: the root's stands around all, that of `$team.tsx` around
 * `$team.members.tsx`.
 */
function fewOf(component: Component, files: readonly UiFile[], around: ReadonlySet<string>): string | null {
  if (!component.frameworks.some((name) => name === 'remix' || name === 'react-router-framework')) return null;
  const nameOf = ({ inside }: UiFile): string => inside.replace(/\.[cm]?[jt]sx?$/, '');
  const above = files.filter(({ path }) => around.has(path)).map(nameOf);
  const pages = files.filter((file) => /^app\/routes\//.test(file.inside) && isView(file)).map(nameOf);
  const inside = pages.filter((page) =>
    above.some(
      (name) =>
        name === 'app/root' || page === name || (/^[./]/.test(page.slice(name.length)) && page.startsWith(name)),
    ),
  );
  return inside.length * 2 < pages.length
    ? `error boundary around more than ${inside.length} of ${pages.length} pages`
    : null;
}

/** Pages in formats that hold no code (`pages/404.md`). */
function pagesElsewhere(model: AuditModel, component: Component, seen: readonly UiFile[]): UiFile[] {
  const known = new Set(seen.map((file) => file.path));
  const prefix = component.path === '.' ? '' : `${component.path}/`;
  return ['src/pages/404.md', 'src/pages/404.mdx', 'pages/404.md', 'pages/404.mdx']
    .filter((inside) => !known.has(prefix + inside) && model.view.has(prefix + inside))
    .map((inside) => ({ path: prefix + inside, inside, text: '', live: 'live' as const }));
}

/** Boundaries of any name, rendered by it. */
function renderedClasses(files: readonly UiFile[]): Evidence[] {
  const names = files.flatMap((file) => boundaryClass.exec(file.text)?.[1] ?? []);
  return names.flatMap((name) => {
    const rendering = new RegExp(`<${name}[\\s/>]`);
    return files
      .filter((file) => file.live === 'live')
      .map((file) => sighted(file, rendering, `renders <${name}>, which catches errors`))
      .filter((at): at is Evidence => at !== null)
      .slice(0, 1);
  });
}

/** What is there and put to no use: a class, a file by its name, a package in the manifest. */
function left(model: AuditModel, component: Component, files: readonly UiFile[]): Evidence[] {
  const own = files.flatMap((file) => {
    const caught = sighted(file, boundaryLeft, 'catches errors of what it would stand around');
    if (caught) return [caught];
    const named = boundaryFile.test(file.inside) ? 'an error boundary by its name' : null;
    const page = notFoundFile.test(file.inside) ? 'a not-found page by its name' : null;
    // What is reached is put to use, if not in a way that is known here.
    return file.live !== 'live' && (named || page)
      ? [noteOf({ file: file.path, line: 1 }, `${named ?? page}, not rendered`)]
      : [];
  });
  const packages = wantedPackages(model.knowledge, { capability: 'error-boundary' });
  return [...own, ...declaredIn(model, component, packages)];
}

/** An app of one screen, or of screens that only its own code opens, knows no wrong address. */
function hasAddresses(model: AuditModel, component: Component): boolean {
  const routed = [
    'expo',
    'next',
    'nuxt',
    'remix',
    'sveltekit',
    'astro',
    'react-router-framework',
    'solid-start',
    'gatsby',
    'adonis',
  ];
  if (component.kind === 'mobile') {
    return uiFiles(model, component).some((file) => /^(src\/)?app\/_layout\.\w+$/.test(file.inside));
  }
  if (component.frameworks.some((name) => routed.includes(name))) return true;
  return declaredIn(model, component, wantedPackages(model.knowledge, { capability: 'router' })).length > 0;
}

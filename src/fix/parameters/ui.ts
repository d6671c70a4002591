import { rendering } from '../code/syntax.ts';
import type { Subject } from '../types.ts';
import { type Parameters, within } from './_parameter.ts';

/** Pages, their titles and what stands beside them. */
const ui: Parameters = (subject) => {
  const { model, component, view } = subject;
  const folder = component?.path ?? '.';
  const app = ['src/app', 'app'].map((name) => within(folder, name)).find((path) => view.hasDirectory(path));
  const beside = (name: string): boolean => app !== undefined && view.glob(`${app}/${name}.{tsx,jsx,ts,js}`).length > 0;
  const page =
    ['index.html', 'public/index.html'].map((name) => within(folder, name)).find((path) => view.has(path)) ??
    within(folder, 'index.html');
  const screens = ['src/app', 'app']
    .map((name) => within(folder, name))
    .find((path) => expoLayout(view, path) !== null);
  const title = /<title>([^<{%]+)<\/title>/i.exec(view.text(page))?.[1]?.trim() ?? null;
  const name = (title ?? component?.name ?? 'App').replace(/["'\\<>&]/g, '');
  const routes = component?.language === 'js' ? rendering('Routes', model.wiring.of(component).reached, view) : [];
  const kebab = namesByKebab(component?.language === 'js' ? model.wiring.of(component).own : []);
  return {
    /** Files of components are named as most others are. */
    boundaryFile: kebab ? 'error-boundary' : 'ErrorBoundary',
    fetchingFile: kebab ? 'fetching-sign' : 'FetchingSign',
    notFoundFile: kebab ? 'not-found' : 'NotFound',
    nextHasError: beside('error'),
    nextHasNotFound: beside('not-found'),
    nextHasLoading: beside('loading'),
    /** The folder of Expo's router, and the layout around all its screens. */
    expoApp: component?.frameworks.includes('expo') ? (screens ?? null) : null,
    expoLayout: screens === undefined ? null : expoLayout(view, screens),
    expoHasBoundary: screens !== undefined && /\bErrorBoundary\b/.test(view.text(expoLayout(view, screens)!)),
    expoHasNotFound: screens !== undefined && view.glob(`${screens}/+not-found.{tsx,jsx,ts,js}`).length > 0,
    page: view.has(page) ? page : null,
    pageTitle: title,
    pageTitlePattern: title === null ? null : title.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
    displayName: name,
    initial: (/[A-Za-z0-9]/.exec(name)?.[0] ?? 'A').toUpperCase(),
    publicFolder: within(folder, 'public'),
    /** A manifest in the public folder, as pages address it. */
    ownManifest: view.glob(within(folder, 'public/*.webmanifest'))[0]?.replace(/^.*\/public/, '') ?? null,
    hasRoutes: routes.length > 0,
    /** The one layout that routes are shown in. */
    outletFile: only(component?.language === 'js' ? rendering('Outlet', model.wiring.of(component).reached, view) : []),
    vueRoot: vueRoots(subject)[0] ?? null,
    vueShell: vueShell(subject),
    vueRouter: routerOf(subject),
    devPort: 5173,
  };
};
export default ui;

const expoLayout = (view: Subject['view'], folder: string): string | null =>
  view.glob(`${folder}/_layout.{tsx,jsx,ts,js}`)[0] ?? null;

function namesByKebab(files: readonly string[]): boolean {
  const named = (pattern: RegExp) => files.filter((file) => pattern.test(file)).length;
  return named(/(^|\/)[a-z0-9]+(-[a-z0-9]+)+\.[jt]sx$/) > named(/(^|\/)[A-Z]\w*\.[jt]sx$/);
}

/** The component that shows the page of the address, where it is the only one. */
function vueRoots({ model, component, view }: Subject): string[] {
  const reached = component?.language === 'js' ? model.wiring.of(component).reached : [];
  const found = reached.filter((path) => path.endsWith('.vue') && /<(RouterView|router-view)\b/.test(view.text(path)));
  return found.length === 1 ? found : [];
}

/** The component that holds all others: by its name, or the one that shows the page of the address. */
function vueShell(subject: Subject): string | null {
  const { model, component } = subject;
  const reached = component?.language === 'js' ? model.wiring.of(component).reached : [];
  return only(reached.filter((path) => /(^|\/)App\.vue$/.test(path))) ?? vueRoots(subject)[0] ?? null;
}

const only = (files: readonly string[]): string | null => (files.length === 1 ? files[0]! : null);

/** The file that makes the one router. */
function routerOf({ model, component }: Subject): string | null {
  if (component?.language !== 'js') return null;
  const made = model.wiring
    .of(component)
    .calls(
      ({ origin }) => origin?.from === 'package' && origin.package === 'vue-router' && origin.member === 'createRouter',
    )
    .filter(({ live }) => live === 'live');
  return made.length === 1 ? made[0]!.file : null;
}

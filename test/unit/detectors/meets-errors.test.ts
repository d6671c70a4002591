import { describe, expect, it } from 'vitest';
import { boundaryFile, errorMarks, notFoundFile } from '../../../src/detectors/shared/ui/error-marks.ts';
import { asked, framework, spa } from './_asked.ts';

/** What a text is said to show, whatever the framework. */
const shownBy = (text: string) => {
  const found = errorMarks.filter((mark) => mark.text?.test(text) && !mark.place);
  return [...new Set(found.map(({ shows }) => shows))].sort().join(' and ');
};

describe('what a text shows', () => {
  it.each([
    ['<ErrorBoundary>', 'boundary'],
    ["'404': () => inertia.render('gone')", 'not-found'],
    ['"404": () => inertia.render("gone")', 'not-found'],
    ['404: () => view.render("gone")', 'not-found'],
    ['404  :  ( )  =>  inertia.render("gone")', 'not-found'],
    ['404:(_, { inertia })=>inertia.render("gone")', 'not-found'],
    ['404: (error, ctx) => ctx.view.render("gone")', 'not-found'],
    ['404: (error, ctx) => ctx.request.inertia.render("gone")', 'not-found'],
    ['404: (error) => { inertia.render("gone") }', ''],
    ['404: (a(b)) => inertia.render("gone")', ''],
    ['500: () => inertia.render("gone")', ''],
    ['404: () => renderer.render("gone")', ''],
    ['404: () => myview.render("gone")', ''],
    ['404: () => my-view.render("gone")', ''],
    ['<Route component={Not_Found} />', 'not-found'],
    ['<Route component={NoMatch} />', 'not-found'],
    ['<Route element={<Page404 />} />', 'not-found'],
    ['<Route exact component = { Error } />', 'not-found'],
    ['<Route render={() => <List />} />', ''],
    ['<Route path="/a" component={ShowErrors} />', ''],
    ['<Route path = "/a" component={ShowErrors} />', ''],
    ['<Route exact path="/a">', ''],
    ['<Route exact>404</Route>', ''],
    ['<Route path="/a"><NotFound /></Route>', 'not-found'],
    ['<Route path="/a"><MyNoMatch /></Route>', ''],
    ['<Route path = "/a"><MyNoMatch /></Route>', ''],
    ['<Route ><MyNoMatch /></Route>', 'not-found'],
    ['<Route> 404', 'not-found'],
    ['errorElement={<Failed />}', 'boundary'],
    ['errorElement={ (<Failed />) }', 'boundary'],
    ['errorElement: failed', 'boundary'],
    ['errorComponent?: ReactNode', ''],
    ['{ errorElement: ErrorElement }', 'boundary'],
    ['ErrorBoundary={ LexicalErrorBoundary }', ''],
    ['ErrorBoundary={LexicalErrorBoundary}', ''],
    ['ErrorBoundary={  Failed }', 'boundary'],
    ['{ ErrorBoundary: Failed\n}', 'boundary'],
    ['{ ErrorBoundary: Failed, a }', 'boundary'],
    ['{ ErrorBoundary: Failed | null }', ''],
    ['{ ErrorBoundary: failed }', ''],
    ['const ErrorBoundary: Failed = x', ''],
    ['app.config.errorHandler == report', ''],
    ['errorCaptured (error) {', 'boundary'],
    ['errorCaptured: async (error) => {', 'boundary'],
    ['errorCaptured: handle', ''],
    ['redirectTo : "/404"', 'not-found'],
    ["to={'/not-found'}", 'not-found'],
    ["redirect={ '/a/b-404' }", 'not-found'],
    ["to: '/4045'", ''],
    ['component: (NotFound)', 'not-found'],
    ['component: () => import("./NotFound.vue")', 'not-found'],
    ['component : ( ) => import("./pages/Error404.vue")', 'not-found'],
    ['component: Found', ''],
    ['<Sentry.ErrorBoundary fallback={x}>', 'boundary'],
    ['<RouteErrorBoundary/>', 'boundary'],
    ['<CatchBoundary >', 'boundary'],
    ['<svelte:boundary>', 'boundary'],
    ['export default withErrorBoundary(App)', 'boundary'],
    ['withSentryErrorBoundary<Props>(App)', 'boundary'],
    ['useErrorBoundary(handle)', 'boundary'],
    ['createElement(ErrorBoundary, null)', 'boundary'],
    ['createElement( AppErrorBoundary)', 'boundary'],
    ['const layers = [{ component: ErrorBoundary, props }]', 'boundary'],
    ['compose([ErrorBoundary, { fallback }], [Theme, {}])', 'boundary'],
    ['<Layer provider="x" component={Other}>', ''],
    ['<Route errorElement={<Failed />} />', 'boundary'],
    ['errorElement: <Failed />', 'boundary'],
    ['defaultErrorComponent: Failed', 'boundary'],
    ['errorComponent: (props) => null', 'boundary'],
    ['{ path: "/", ErrorBoundary: Failed }', 'boundary'],
    ['<Route ErrorBoundary={Failed} />', 'boundary'],
    ['app.config.errorHandler = report', 'boundary'],
    ['onErrorCaptured(() => false)', 'boundary'],
    ['errorCaptured(error) {', 'boundary'],
    ['errorCaptured: function (error) {', 'boundary'],
    ['<NuxtErrorBoundary>', 'boundary'],
    ["nuxtApp.hook('vue:error', report)", 'boundary'],
    ['{ provide: ErrorHandler, useClass: Failures }', 'boundary'],
    ['withNavigationErrorHandler (x)', 'boundary'],
    ['<Route path="*" element={<Gone />} />', 'not-found'],
    ['<Route exact path={"/*"}>', 'not-found'],
    ['<Router.PrivateRoute path="*" />', 'not-found'],
    ["{ path: '**', component: Gone }", 'not-found'],
    ["{ path: '/:rest(.*)*', component: Gone }", 'not-found'],
    ["{ path: '/:rest(.+)' }", 'not-found'],
    ["{ path: 'x', redirectTo: '/not-found' }", 'not-found'],
    ["redirect: '404'", 'not-found'],
    ['<Redirect to="/errors/notfound" />', 'not-found'],
    ['<Route component={NotFound} />', 'not-found'],
    ['<Route render={() => <Error />} />', 'not-found'],
    ['<Route notFound element={x} />', 'not-found'],
    ['<Route><NotFound /></Route>', 'not-found'],
    ['notFoundComponent: Gone', 'not-found'],
    ['defaultNotFoundComponent = Gone', 'not-found'],
    ['<NotFound />', 'not-found'],
    ['<PageNotFoundView >', 'not-found'],
    ['<Error404/>', 'not-found'],
    ['component: NotFound', 'not-found'],
    ['component: AppNotFound', 'not-found'],
    ['element : ( <NotFound />', 'not-found'],
    ["component: ()=>import( /* gone */ './Page404.vue')", 'not-found'],
    ['element:<MyError404 />', 'not-found'],
    ["component: () => import('./views/NotFound.vue')", 'not-found'],
    ['element: <Page404 />', 'not-found'],

    ["createBrowserRouter([{ path: '/', element: <Shell />, errorElement: <Failed /> }])", 'boundary and not-found'],
    ['const routes: RouteObject[] = [{ element: <Shell />, ErrorBoundary: Failed }]', 'boundary and not-found'],
    [
      'createRoutesFromElements(<Route path="/" element={<Shell />} errorElement={<Failed />}>',
      'boundary and not-found',
    ],
    ["createBrowserRouter([{ path: '/notes', errorElement: <Failed /> }])", 'boundary'],
    ["createBrowserRouter([{ path: '/', children: [{ path: 'notes', errorElement: <Failed /> }] }])", 'boundary'],

    // However it is spaced.
    ['<Kit.Router.CatchBoundary>', 'boundary'],
    ['<svelte:boundary onerror={report}>', 'boundary'],
    ['withErrorBoundary (App)', 'boundary'],
    ['useErrorBoundary ( handle )', 'boundary'],
    ['errorElement= { <Failed /> }', 'boundary'],
    ['errorElement={ failed }', 'boundary'],
    ['errorComponent : f', 'boundary'],
    ['{ errorComponent: Failed }', 'boundary'],
    ['{ ErrorBoundary:Failed }', 'boundary'],
    ['{ ErrorBoundary:  Failed }', 'boundary'],
    ['{ ErrorBoundary: Failed, path }', 'boundary'],
    ['{ ErrorBoundary: Failed  , path }', 'boundary'],
    ['<Route ErrorBoundary = { Failed }>', 'boundary'],
    ['errorCaptured (error) {', 'boundary'],
    ['errorCaptured : async (error) => {', 'boundary'],
    ['errorCaptured:(error) => {', 'boundary'],
    ['<NuxtErrorBoundary @error="report">', 'boundary'],
    ["hook( 'vue:error', report)", 'boundary'],
    ['app.config.errorHandler=report', 'boundary'],
    ['provide : ErrorHandler', 'boundary'],
    ['provide:ErrorHandler', 'boundary'],
    ['withNavigationErrorHandler(x)', 'boundary'],
    ['<Route path = { "*" }>', 'not-found'],
    ["{ path : '*' }", 'not-found'],
    ["{ path:'/*', component: Gone }", 'not-found'],
    ['{ path: "**" }', 'not-found'],
    ["{ path : '/notes/:rest(.*)' }", 'not-found'],
    ["{ path:'/:rest(.*)' }", 'not-found'],
    ["redirect : '/404'", 'not-found'],
    ["redirectTo:'/errors/404'", 'not-found'],
    ['<Navigate to={ "/not-found" } />', 'not-found'],
    ['<Route component = { NotFound } />', 'not-found'],
    ['<Route exact render={() => show(404)} />', 'not-found'],
    ['<Route Component={ Not_Found } />', 'not-found'],
    ['<Route exact notFound>', 'not-found'],
    ['<Route notFound>', 'not-found'],
    ['<Route exact render = { NoMatch }>', 'not-found'],
    ['<Route element={not_found}>', 'not-found'],
    ['<Route >\n  <PageNotFound /></Route>', 'not-found'],
    ['<Route>404</Route>', 'not-found'],
    ['component :NotFound', 'not-found'],
    ['element: (\n  <NotFound />', 'not-found'],
    ['const routes = [\n  { element: shell, errorElement : failed }\n]', 'boundary and not-found'],
    ["const routes=[{ path: '', ErrorBoundary : Failed }]", 'boundary and not-found'],
    ["const routesOfNotes : RouteObject[] = [{ path:'/', errorElement: <Failed /> }]", 'boundary and not-found'],
    ["const route = [{ path: '/', errorElement: <Failed /> }]", 'boundary and not-found'],
    ["const routes = [{ path:'notes', errorElement: <Failed /> }]", 'boundary'],
    ["const routes = [{ path : '/notes', errorElement: <Failed /> }]", 'boundary'],
    ["const routes = [{ path: '/:id', errorElement: <Failed /> }]", 'boundary'],
    ['createRoutesFromElements(\n  <Route element={<Shell />} errorElement={<Failed />}>', 'boundary and not-found'],
    ['createRoutesFromElements(<Route path="notes" errorElement={<Failed />}>', 'boundary'],
    ['createRoutesFromElements(<Route path={"/notes"} errorElement={<Failed />}>', 'boundary'],

    ['{ ErrorBoundary: Failed\n}', 'boundary'],
    ['{ errorComponent:f}', 'boundary'],
    ['redirectTo: "404"', 'not-found'],
    ['element: ( <NotFound />', 'not-found'],
    ['element: ( ) => <Error404 />', 'not-found'],
    ['<main>', ''],
    ['type ErrorBoundary = { path }', ''],
    ['interface Props { errorComponent: failed : x }', ''],
    ['<Route id="a" path  ="/notes">404</Route>', ''],
    ['useErrorBoundary( )', ''],
    ['interface Props { errorComponent: failedView: x }', ''],
    ["{ path: '*', redirect : '/' }", ''],
    ["{ path: '*' , element : <Navigate to='/' /> }", ''],
    ["{ path: '*',  element:<Navigate to='/' /> }", ''],
    ["{ path: '/:rest(.*)', redirect : '/' }", ''],
    ['<Route exact path = "/notes" component={Failed} />', ''],
    ['<Route exact path = "/missing" render={() => <NotNow what={404} />} />', ''],
    ['<Route exact path="/notes" >404</Route>', ''],
    ['<Route path = "/notes">404</Route>', ''],
    ['<Route path="/notes">\n  <Notes404 />', ''],
    ['function withErrorBoundary(App) {', ''],
    ['const ErrorBoundary = 1', ''],
    ['class ErrorBoundary extends Component {', ''],
    ['useErrorBoundary()', ''],
    ['interface Props { errorComponent?: x }', ''],
    ['if (app.config.errorHandler == report)', ''],
    ['provide: Handler', ''],
    ['<Route path="*" element={<Navigate to="/" />} />', ''],
    ['<Route path="/*">\n<Redirect to="/" />\n</Route>', ''],
    ['<Route path="*" component={Missing} />\n<Redirect to="/" />', 'not-found'],
    ["{ path: '**', redirectTo: '' }", ''],
    ["{ path: '*', element: <Navigate to='/' /> }", ''],
    ["{ path: '/:rest(.*)', redirect: '/' }", ''],
    ['<Route path="/notes" element={<Notes />} />', ''],
    ['<Route path="/error" component={Failed} />', ''],
    ['<NotFoundList />', ''],
    ["redirect: '/home'", ''],
  ])('%s: %s', (text, shows) => expect(shownBy(text)).toBe(shows));
});

/** What a module at a place in the component is said to show. */
const shownAt = (inside: string, text: string) => {
  const found = errorMarks.filter((mark) => mark.text?.test(text) && mark.place?.test(inside));
  return [...new Set(found.map(({ shows }) => shows))].sort().join(' and ');
};

describe('what a module that a router takes by its place shows', () => {
  it.each([
    'export function ErrorBoundary() {}',
    'export  function  CatchBoundary() {}',
    'export async function ErrorBoundary() {}',
    'export  default  async  function  ErrorBoundary() {}',
    'export const ErrorBoundary = Failed;',
    'export class ErrorBoundary extends Component {}',
    'export { ErrorBoundary };',
    'export{ErrorBoundary}',
    "export  {\n  loader,\n  Failed as ErrorBoundary,\n  meta,\n} from './failed';",
  ])('%s', (text) => {
    expect(shownAt('app/root.tsx', text)).toBe('boundary and not-found');
    expect(shownAt('app/routes/notes.tsx', text)).toBe('boundary');
    expect(shownAt('src/app/_layout.tsx', text)).toBe('boundary');
    expect(shownAt('routes/root.tsx', text)).toBe('boundary');
    expect(shownAt('web/app/root.tsx', text)).toBe('');
  });
  it.each([
    'function ErrorBoundary() {}',
    'export const ErrorBoundaryOfNotes = 1;',
    'export {};\nErrorBoundary();',
    'export function Root() {}',
  ])('nothing: %s', (text) => expect(shownAt('app/root.tsx', text)).toBe(''));
  it.each([
    ['app/root.tsx', 'if (isRouteErrorResponse(error)) {', 'not-found'],
    ['app/root.tsx', 'isRouteErrorResponse (error)', 'not-found'],
    ['app/routes/notes.tsx', 'isRouteErrorResponse(error)', ''],
    ['app/root.tsx.md', 'export { ErrorBoundary };', 'boundary'],
  ])('%s: %s', (inside, text, shows) => expect(shownAt(inside, text)).toBe(shows));
});

describe('files by their names', () => {
  it.each([
    ['src/ErrorBoundary.tsx', boundaryFile, true],
    ['src/error-boundary.js', boundaryFile, true],
    ['src/app.error_boundary.vue', boundaryFile, true],
    ['ErrorBoundary.tsx', boundaryFile, true],
    ['src/error-boundary-view.mjs', boundaryFile, true],
    ['src/error.boundary.v2.cts', boundaryFile, true],
    ['src/ErrorBoundary.tsx.snap', boundaryFile, false],
    ['404.vue', notFoundFile, true],
    ['src/Page404.jsx', notFoundFile, true],
    ['src/404Page.tsx', notFoundFile, true],
    ['src/my-404-view.svelte', notFoundFile, true],
    ['src/NotFound.page.tsx', notFoundFile, true],
    ['src/page-not-found.tsx', notFoundFile, true],
    ['src/page_404x.vue', notFoundFile, true],
    ['src/NotFound.tsx.snap', notFoundFile, false],
    ['src/errors.ts', boundaryFile, false],
    ['src/ErrorBoundary.css', boundaryFile, false],
    ['src/NotFound.tsx', notFoundFile, true],
    ['src/pages/page-404.jsx', notFoundFile, true],
    ['src/404/index.tsx', notFoundFile, true],
    ['src/not-found.component.ts', notFoundFile, true],
    ['src/not_found.vue', notFoundFile, true],
    ['src/found.tsx', notFoundFile, false],
    ['src/not-found.ts', notFoundFile, false],
  ])('%s', (path, pattern, is) => expect(pattern.test(path)).toBe(is));
});

type Row = [title: string, ask: 'any' | 'shown' | 'both', files: Record<string, string>, expected: string[]];

const react = (page: string, more: Record<string, string> = {}, dependencies: string[] = ['react-router-dom']) =>
  spa({ 'src/App.tsx': page, ...more }, dependencies);
const page = 'export default () => <main />;\n';
const next = (more: Record<string, string>) => framework('next', { 'app/page.tsx': page, ...more }, ['react']);
const vue = (more: Record<string, string>, name = 'nuxt') =>
  framework(name, { 'pages/index.vue': '<template><main /></template>\n', ...more });
const bounded =
  "import { Component } from 'react';\nexport class Safe extends Component {\n  componentDidCatch() {}\n  render() { return this.props.children; }\n}\n";

it.each<Row>([
  [
    'a boundary and a catch-all route',
    'both',
    react(
      'export const App = () => (\n  <ErrorBoundary>\n    <Route path="*" element={<Gone />} />\n  </ErrorBoundary>\n);\n',
    ),
    ['yes', 'src/App.tsx:2 renders an error boundary', 'src/App.tsx:3 catch-all route'],
  ],
  [
    'a boundary alone',
    'both',
    react('export const App = () => <ErrorBoundary />;\n'),
    ['no', 'src/App.tsx:1 renders an error boundary'],
  ],
  [
    'a boundary alone, where nothing routes',
    'both',
    react('export const App = () => <ErrorBoundary />;\n', {}, []),
    ['yes', 'src/App.tsx:1 renders an error boundary'],
  ],
  [
    'a catch-all route alone',
    'both',
    react('export const App = () => <Route path="*" element={<Gone />} />;\n'),
    ['no', 'src/App.tsx:1 catch-all route'],
  ],
  ['neither', 'any', react('export const App = () => <main />;\n'), ['no']],
  [
    'a class of any name that catches',
    'shown',
    react("import { Safe } from './Safe';\nexport const App = () => <Safe><main /></Safe>;\n", {
      'src/Safe.tsx': bounded,
    }),
    ['yes', 'src/App.tsx:2 renders <Safe>, which catches errors'],
  ],
  [
    'a class that catches, rendered by nothing',
    'shown',
    react('export const App = () => <main />;\n', { 'src/Safe.tsx': bounded }),
    ['no', 'src/Safe.tsx:3 catches errors of what it would stand around'],
  ],
  [
    'a class that catches, rendered by what nothing runs',
    'shown',
    react('export const App = () => <main />;\n', {
      'src/Safe.tsx': bounded,
      'src/Other.tsx': "import { Safe } from './Safe';\nexport const Other = () => <Safe />;\n",
    }),
    ['no', 'src/Safe.tsx:3 catches errors of what it would stand around'],
  ],
  [
    'left lying',
    'any',
    react(
      'export const App = () => <main />;\n',
      { 'src/ErrorBoundary.tsx': 'export const a = 1;\n', 'src/NotFound.tsx': 'export const b = 1;\n' },
      ['react-router-dom', 'react-error-boundary'],
    ),
    [
      'yes',
      'src/ErrorBoundary.tsx:1 an error boundary by its name, not rendered',
      'src/NotFound.tsx:1 a not-found page by its name, not rendered',
      'package.json:1 declares react-error-boundary',
    ],
  ],
  [
    'left lying beside one that is shown',
    'any',
    react('export const App = () => <ErrorBoundary />;\n', { 'src/NotFound.tsx': 'export const b = 1;\n' }),
    ['yes', 'src/App.tsx:1 renders an error boundary'],
  ],
  [
    'Next.js: an error route and a not-found route',
    'both',
    next({ 'app/error.tsx': page, 'app/not-found.tsx': page }),
    ['yes', 'app/error.tsx:1 error route', 'app/not-found.tsx:1 not-found route'],
  ],
  [
    'Next.js: an error route below',
    'both',
    next({ 'app/notes/error.tsx': page }),
    ['no', 'app/notes/error.tsx:1 error route'],
  ],
  [
    'Next.js: one for all',
    'both',
    next({ 'src/app/global-error.jsx': page, 'src/app/page.tsx': page }),
    ['no', 'src/app/global-error.jsx:1 error route'],
  ],
  [
    'Next.js: pages',
    'both',
    framework('next', { 'pages/index.tsx': page, 'pages/_error.tsx': page }, ['react']),
    ['yes', 'pages/_error.tsx:1 error page', 'pages/_error.tsx:1 error page'],
  ],
  [
    'Next.js: a page for 500 and one for 404',
    'both',
    framework('next', { 'pages/index.tsx': page, 'pages/500.tsx': page, 'pages/404.tsx': page }, ['react']),
    ['yes', 'pages/500.tsx:1 page for server errors', 'pages/404.tsx:1 not-found page'],
  ],
  [
    'those places without Next.js',
    'any',
    react('export const App = () => <main />;\n', { 'app/error.tsx': page, 'src/pages/500.tsx': page }),
    ['no'],
  ],
  [
    'Nuxt: an error page',
    'both',
    vue({ 'error.vue': '<template><p /></template>\n' }),
    ['yes', 'error.vue:1 error page', 'error.vue:1 error page'],
  ],
  [
    'Nuxt: a layout for errors',
    'both',
    vue({ 'layouts/error.vue': '<template><p /></template>\n' }),
    ['yes', 'layouts/error.vue:1 error page', 'layouts/error.vue:1 error page'],
  ],
  [
    'Nuxt: a catch-all page',
    'both',
    vue({ 'pages/[...slug].vue': '<template><p /></template>\n' }),
    ['no', 'pages/[...slug].vue:1 catch-all page'],
  ],
  [
    'SvelteKit: an error page',
    'both',
    framework(
      'vite',
      {
        'svelte.config.js': 'export default {};\n',
        'src/routes/+page.svelte': '<main></main>\n',
        'src/routes/+error.svelte': '<p></p>\n',
      },
      ['@sveltejs/kit', 'svelte'],
    ),
    ['yes', 'src/routes/+error.svelte:1 error page', 'src/routes/+error.svelte:1 error page'],
  ],
  [
    'Astro: pages',
    'both',
    framework('astro', {
      'src/pages/index.astro': '<main></main>\n',
      'src/pages/404.md': '# Gone\n',
      'src/pages/500.astro': '<p></p>\n',
    }),
    ['yes', 'src/pages/500.astro:1 page for server errors', 'src/pages/404.md:1 not-found page'],
  ],
  [
    'Expo: a screen',
    'both',
    {
      'package.json': JSON.stringify({
        name: 'app',
        main: 'expo-router/entry',
        dependencies: { expo: '52', 'expo-router': '4', 'react-native': '0.76' },
      }),
      'app.json': '{ "expo": { "name": "a", "slug": "a" } }',
      'app/_layout.tsx': 'export default () => <Slot />;\nexport function ErrorBoundary() { return null; }\n',
      'app/index.tsx': page,
      'app/+not-found.tsx': page,
    },
    [
      'yes',
      'app/_layout.tsx:2 exports an error boundary that the router renders',
      'app/+not-found.tsx:1 not-found screen',
    ],
  ],
  [
    'Expo: without a screen',
    'both',
    {
      'package.json': JSON.stringify({
        name: 'app',
        main: 'expo-router/entry',
        dependencies: { expo: '52', 'expo-router': '4', 'react-native': '0.76' },
      }),
      'app.json': '{ "expo": { "name": "a", "slug": "a" } }',
      'app/_layout.tsx': 'export default () => <Slot />;\nexport function ErrorBoundary() { return null; }\n',
      'app/index.tsx': page,
    },
    ['no', 'app/_layout.tsx:2 exports an error boundary that the router renders'],
  ],
  [
    'Remix: the root catches',
    'both',
    framework(
      'remix',
      {
        'app/root.tsx': 'export default () => <html />;\nexport function ErrorBoundary() { return null; }\n',
        'app/routes/_index.tsx': page,
        'vite.config.ts': '',
      },
      ['@remix-run/react', '@remix-run/node', '@remix-run/dev', 'react'],
    ),
    [
      'yes',
      'app/root.tsx:2 exports an error boundary that the router renders',
      'app/root.tsx:2 the root route catches unknown addresses',
    ],
  ],
  [
    'Remix: a route catches',
    'both',
    framework(
      'remix',
      {
        'app/root.tsx': 'export default () => <html />;\n',
        'app/routes/_index.tsx':
          'export default () => <main />;\nconst ErrorBoundary = () => null;\nexport { ErrorBoundary };\n',
        'vite.config.ts': '',
      },
      ['@remix-run/react', '@remix-run/node', '@remix-run/dev', 'react'],
    ),
    ['no', 'app/routes/_index.tsx:3 exports an error boundary that the router renders'],
  ],
  ...(
    [
      ['one page of three', 'users', ['no', 'app/routes/users.tsx:2', 'app/routes/$.tsx:1']],
      ['a page with most pages below it', 'team', ['yes', 'app/routes/team.tsx:2', 'app/routes/$.tsx:1']],
    ] as const
  ).map(
    ([title, caught, [answer, around, beside]]): Row => [
      `Remix: around ${title}`,
      'both',
      framework(
        'remix',
        {
          ...Object.fromEntries(
            ['$', 'team', 'team.plans', 'team.posts', 'users'].map((name) => [`app/routes/${name}.tsx`, page]),
          ),
          'app/root.tsx': 'export default () => <html />;\n',
          [`app/routes/${caught}.tsx`]: `${page}export function ErrorBoundary() { return null; }\n`,
          'vite.config.ts': '',
        },
        ['@remix-run/react', '@remix-run/node', '@remix-run/dev', 'react'],
      ),
      [answer, `${around} exports an error boundary that the router renders`, `${beside} catch-all route`],
    ],
  ),
  [
    'a page that the host serves',
    'shown',
    react('export const App = () => <main />;\n', { 'public/404.html': '<p></p>' }),
    ['yes', 'public/404.html:1 page that the host serves for unknown addresses'],
  ],
])('%s (%s)', async (_, ask, files, expected) => {
  expect(await asked('meets-errors', { ask }, files)).toEqual(expected);
});

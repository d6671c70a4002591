/** What shows that render errors, or addresses that nobody knows, lead to a page. Each by a file's place or by its text. */
export interface ErrorMark {
  shows: 'boundary' | 'not-found' | 'both';
  note: string;
  /** Of the path inside the component. */
  place?: RegExp;
  text?: RegExp;
  /** Only where one of these frameworks gives the place or name its meaning. */
  frameworks?: string[];
  /** It stands around one route and those below. */
  aroundRoute?: true;
}

const code = '[cm]?[jt]sx?';
const place = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('CODE', code)}$`, 'i');
const routeModules = ['remix', 'react-router-framework', 'expo', 'tanstack-start'];

/** Exported by a route's module, under a name that the router asks for. */
const exportedBoundary =
  /\bexport\s+(?:default\s+)?(?:async\s+)?(?:function|const|class|let)\s+(?:Error|Catch)Boundary\b|\bexport\s*\{[^}]*\b(?:Error|Catch)Boundary\b/;

export const errorMarks: readonly ErrorMark[] = [
  // Files that a framework takes by their place.
  {
    shows: 'boundary',
    note: 'error route',
    place: place('(src/)?app/(.*/)?(global-)?error\\.CODE'),
    frameworks: ['next'],
  },
  {
    shows: 'not-found',
    note: 'not-found route',
    place: place('(src/)?app/(.*/)?(global-)?not-found\\.CODE'),
    frameworks: ['next'],
  },
  { shows: 'both', note: 'error page', place: place('(src/)?pages/_error\\.CODE'), frameworks: ['next'] },
  { shows: 'boundary', note: 'page for server errors', place: place('(src/)?pages/500\\.CODE'), frameworks: ['next'] },
  { shows: 'both', note: 'error page', place: place('src/.*\\+error(@.*)?\\.svelte'), frameworks: ['sveltekit'] },
  {
    shows: 'both',
    note: 'error page',
    place: place('((src|app|client)/)?(layouts/)?error\\.(vue|jsx?|tsx?)'),
    frameworks: ['nuxt'],
  },
  {
    shows: 'boundary',
    note: 'page for server errors',
    place: place('src/pages/500\\.(astro|md|mdx)'),
    frameworks: ['astro'],
  },
  {
    shows: 'not-found',
    note: 'not-found page',
    place: place('(src/|app/|client/)?pages/(.*/)?(404|_404|not-?found)(/index)?\\.(CODE|vue|astro|mdx?|svelte)'),
  },
  { shows: 'not-found', note: 'catch-all page', place: place('(src/)?pages/(_|_all|all|\\[\\.\\.\\.\\w+\\])\\.vue') },
  {
    shows: 'not-found',
    note: 'not-found screen',
    place: place('(src/)?app/(\\([^/]*\\)/)*(\\+not-found|\\[\\.\\.\\.[\\w-]+\\])\\.CODE'),
    frameworks: ['expo'],
  },
  {
    shows: 'not-found',
    note: 'catch-all route',
    place: place('(app|src)/routes/(\\w+\\+/)?(\\$|\\[\\.\\.\\.?\\w*\\]|\\[\\.\\.\\.404\\])\\.CODE'),
    frameworks: ['remix', 'react-router-framework', 'solid-start', 'tanstack-start'],
  },
  {
    shows: 'not-found',
    note: 'page that the host serves for unknown addresses',
    place: place('(public|static|assets|www)/404\\.html'),
  },

  // Boundaries that are rendered, wrapped or registered.
  {
    shows: 'boundary',
    note: 'renders an error boundary',
    text: /<(?:\w+\.)*\w*ErrorBoundary\w*[\s/>]|<(?:\w+\.)*CatchBoundary[\s/>]|<svelte:boundary[\s>]/,
  },
  {
    shows: 'boundary',
    note: 'wraps in an error boundary',
    text: /(?<!function\s)\bwith\w*ErrorBoundary\s*(?:<[^>()]*>)?\(|\buseErrorBoundary\s*\(\s*[\w(]/,
  },
  {
    // `[{ component: ErrorBoundary, props }]`, which something else renders one around the other.
    shows: 'boundary',
    note: 'hands an error boundary to what renders it',
    text: /\b(?:component|provider|wrapper)\s*:\s*(?:\w+\.)?\w*ErrorBoundary\b|\[\s*(?:\w+\.)?\w*ErrorBoundary\s*,\s*\{/i,
  },
  { shows: 'boundary', note: 'createElement of an error boundary', text: /createElement\(\s*\w*ErrorBoundary\b/ },
  {
    shows: 'boundary',
    note: 'route with an error element',
    text: /\b(?:errorElement|defaultErrorComponent|errorComponent)\s*[=:]\s*\{?\s*(?:<|\(|\w+(?!\w*\??\s*:))|(?<!\b(?:const|let|var|class|function|type)\s)\bErrorBoundary\s*(?:=\s*\{(?!\s*Lexical)|:\s*[A-Z]\w*\s*[,}\n])/,
  },
  {
    shows: 'not-found',
    note: 'page for unknown addresses in the exception handler',
    text: /['"]?404['"]?\s*:\s*\([^()]*\)\s*=>\s*[\w.]*\b(?:inertia|view)\.render\(/,
    frameworks: ['adonis'],
  },
  {
    // Its error element is handed the answer 404 as well.
    shows: 'not-found',
    note: "the router's root route meets unknown addresses",
    text: /(?:\bcreate(?:Browser|Hash|Memory)Router\(|\broutes?\w*(?:\s*:[^=\n]+)?\s*=)\s*\[\s*\{(?:(?!\bpath\s*:\s*['"`]\/?[\w:])[^[\]]){0,600}?\b(?:errorElement|ErrorBoundary)\s*:|\bcreateRoutesFromElements\(\s*<Route\b(?:(?!<Route\b|\bpath=\{?['"`]\/?[\w:])[\s\S]){0,300}?\b(?:errorElement|ErrorBoundary)=/,
  },
  {
    shows: 'boundary',
    note: 'exports an error boundary that the router renders',
    text: exportedBoundary,
    place: /^(src\/)?(app|routes)\//,
    frameworks: routeModules,
    aroundRoute: true,
  },
  {
    shows: 'not-found',
    note: 'the root route catches unknown addresses',
    text: exportedBoundary,
    place: /^app\/root\.\w+$/,
    frameworks: ['remix', 'react-router-framework'],
  },
  {
    shows: 'boundary',
    note: 'error handler of the application',
    text: /\bconfig\.errorHandler\s*=(?!=)|\bonErrorCaptured\s*\(|\berrorCaptured\s*(?:\(|:\s*(?:function|async|\())|<NuxtErrorBoundary[\s>]|hook\(\s*['"]vue:error['"]/,
  },
  {
    shows: 'boundary',
    note: 'provides an ErrorHandler',
    text: /\bprovide\s*:\s*ErrorHandler\b|\bwithNavigationErrorHandler\s*\(/,
  },

  // Routes for what no other route takes.
  {
    shows: 'not-found',
    note: 'catch-all route',
    text: /<(?:\w+\.)?\w*Route\b[^<>]*?\bpath\s*=\s*\{?\s*["']\/?\*["'](?![^<>]*(?:(?<!\/)>\s*)?<(?:Navigate|Redirect)\b)|\bpath\s*:\s*["'](?:\/?\*|\*\*)["'](?![^{}]*(?:redirectTo|redirect)\s*:)(?!\s*,\s*element\s*:\s*<Navigate)/,
  },
  {
    shows: 'not-found',
    note: 'catch-all route',
    text: /\bpath\s*:\s*["'][^"']*:[\w]+\((?:\.\*|\.\+)\)\*?["'](?![^{}]*redirect\s*:)/,
  },
  {
    shows: 'not-found',
    note: 'redirects unknown addresses to a not-found page',
    text: /(?:redirectTo|redirect|to)\s*[:=]\s*\{?\s*["']\/?[\w/-]*(?:404|not-?found)\b/i,
  },
  {
    shows: 'not-found',
    note: 'route for unknown addresses',
    text: /<Route\b(?![^<>]*\bpath\s*=)[^<>]*(?:[cC]omponent|element|render)\s*=\s*\{[^}]*(?:not_?found|404|error|nomatch)|<Route\b[^<>]*\bnotfound\b|<Route\b(?![^<>]*\bpath\s*=)\s*>\s*(?:<\w*(?:NotFound|404|NoMatch)|404)/i,
  },
  {
    shows: 'not-found',
    note: 'not-found component of the router',
    text: /\b(?:notFoundComponent|defaultNotFoundComponent|notFoundElement|catchAll)\s*[:=]/,
  },
  {
    shows: 'not-found',
    note: 'tells unknown addresses apart',
    text: /\bisRouteErrorResponse\s*\(/,
    place: /^(?!app\/routes\/)/,
  },
  {
    shows: 'not-found',
    note: 'renders a not-found page',
    text: /<(?:Page|Route|Screen|Custom|Default|Generic|The|App)?(?:NotFound|404|Error404|Page404|NoMatch)(?:Page|View|Screen|Route|Error|Component|Template)?[\s/>]|\b(?:component|element)\s*:\s*(?:\(\s*)?(?:\)\s*)?(?:=>\s*import\([^)]*)?<?\w*(?:NotFound|Page404|Error404)/,
  },
];

/** A class that catches what its children throw, by name. */
export const boundaryClass = /class\s+(\w+)[^{]*\{(?=[\s\S]*?\b(?:componentDidCatch|getDerivedStateFromError)\b)/;
/** Left where somebody meant to catch errors. */
export const boundaryLeft =
  /\b(?:componentDidCatch|getDerivedStateFromError)\s*[(=]|\bextends\s+ErrorHandler\b|\bimplements\s+ErrorHandler\b/;
export const boundaryFile = /(^|\/)[\w.-]*error[-_.]?boundary[\w.-]*\.([cm]?[jt]sx?|vue|svelte)$/i;
export const notFoundFile =
  /(^|\/)[\w-]*(not[-_]?found|404)[\w-]*(\/index)?(\.(component|page))?\.([jt]sx|vue|svelte|component\.ts)$/i;

/** How code that renders shows that data is on its way, and how it asks for data. Texts are without comments. */

/** Names of flags: `isLoading`, `loadingUsers`, `mutation.isPending`. */
const flag =
  '[\\w$.]{0,40}(?:[lL]oading|[pP]ending|[fF]etching|[sS]ubmitting|[vV]alidating|[sS]aving|[rR]efreshing|[pP]rocessing|isBusy|isInitialized|isReady|isFetched|\\$delayed|\\$timeout|inFlight|inProgress)\\w{0,40}(?:\\.\\w{1,40})?(?:\\(\\))?';

const marks: readonly { note: string; text: RegExp }[] = [
  {
    note: 'a pending flag decides what is rendered',
    text: new RegExp(`(?<![\\w.'"])!?\\(?${flag}\\)?\\s*(?:&&|\\|\\||\\?(?![.?:]))`),
  },
  { note: 'a pending flag decides what is rendered', text: new RegExp(`\\bif\\s*\\([^\\n()]*?(?<!['"\\w])!?${flag}`) },
  {
    note: 'a pending flag is handed to an element',
    text: new RegExp(
      `=\\{\\s*!?(?:\\w+\\s*(?:\\|\\||&&)\\s*)?${flag}\\s*[}|&?]|[\\s:@.*\\[]v-(?:if|else-if|show|loading)(?:\\.\\w+)*="[^"]*${flag}`,
    ),
  },
  {
    note: 'a pending flag decides in the template',
    text: new RegExp(`(?:[\\s]:[\\w-]+|\\[\\w[\\w.-]*\\]|\\*ngIf)="[^"]*${flag}|\\{#if[^}]*${flag}`),
  },
  {
    note: 'a status of loading decides what is rendered',
    text: /(?:===?|!==?)\s*['"](?:loading|pending|submitting|fetching|idle)['"]|\bstatus\s*!==?\s*['"]success['"]|\bcase\s*['"](?:loading|pending)['"]|(?:LoadingState|Status)\.(?:LOADING|PENDING|Loading|Pending)\b/,
  },
  {
    note: 'renders a loading element',
    text: /<(?:[\w.]*(?:Skeleton|Spinner|Loader|Loading|Shimmer)(?!Boundary|Provider|Context)[\w.]*|(?:\w+\.)?(?:CircularProgress|LinearProgress|ActivityIndicator|RefreshControl|ProgressSpinner|ProgressIndicator|Spin|Backdrop|ProgressBar|Progress))[\s/>]/,
  },
  {
    note: 'renders a loading element',
    text: /<(?:[\w]+-)*(?:spinner|skeleton|loader|loading|progress-circular|progress-linear|progress-spinner|progress-bar|shimmer)(?:-[\w]+)*[\s/>]/,
  },
  {
    note: 'a fallback while it waits',
    text: /<(?:React\.)?Suspense\b[^>]*\bfallback\b|<template\s+(?:#|v-slot:)(?:fallback|loading)|\bHydrateFallback\b|\bpendingComponent\b|\bdefaultPendingComponent\b|@(?:loading|placeholder)\s*(?:\([^)]*\))?\s*\{|\bloading\s*:\s*\(?\)?\s*(?:=>|\w+(?:Spinner|Skeleton|Loader|Loading))|<Await\b|\{#await\b/,
  },
  {
    note: 'says that it is loading',
    text: />\s*(?:\{\s*)?(?:['"`]\s*)?(?:Loading|Please wait|Fetching|Submitting|Saving)\b[^<{}]{0,40}(?:\.{3}|…|<)|['"`](?:Loading|Fetching|Saving|Submitting|Creating|Updating|Deleting|Sending|Signing in|Logging in)[\w ]*(?:\.{3}|…)['"`]|\b(?:Loading|Saving|Submitting)(?:\.{3}|…)/,
  },
  {
    note: 'an element styled as loading',
    text: /(?:class|className)\s*=\s*\{?\s*["'`][^"'`\n]*\b(?:animate-(?:pulse|spin)|spinner|skeleton|shimmer|loader|lds-\w+|loading)\b/,
  },
  {
    note: 'shows loading through a library',
    text: /\bNProgress\.start\(|\bLoadingBar\.start\(|\.loading\(\s*['"`{]|toast\.(?:promise|loading)\(|\bshowLoading\(|\bsetIsLoading\(true\)[\s\S]{0,400}?\b(?:isLoading)\b|\bloadingController\b|\bspinner\.show\(|\$loading\(|\bElLoading\b|\bloadingBar\.start\(|\$q\.loading\.show\(/,
  },
];

/** Shows for every view at once: progress of the navigation, or of any request. */
const everywhere: readonly { note: string; text: RegExp }[] = [
  {
    note: 'progress of every navigation',
    text: /<(?:NextTopLoader|NextNProgress|HolyLoader|AppProgressBar|PagesProgressBar|ProgressBarProvider|BProgress\w*|AppProgressProvider|NuxtLoadingIndicator|NgProgress\w*|ng-progress|ngx-loading-bar|ngx-ui-loader|ngx-spinner|TopBarProgress|LoadingBar|LoadingBarContainer|GlobalLoader|GlobalSpinner|GlobalLoading|RouteProgress|NavigationProgress)[\s/>]/,
  },
  {
    note: 'progress of every navigation',
    text: /\b(?:routeChangeStart|beforeEach|beforeResolve|navigating)\b[\s\S]{0,300}?\b\w*(?:[pP]rogress|[lL]oading|[sS]pinner)\w*(?:\.value\s*=\s*true|\.(?:start|show)\(|\(true\))|\bRouter\.events\.on\([^)]*NProgress/,
  },
  {
    note: 'progress of every navigation',
    text: /\{#if\s+\$?navigating\b|\$navigating\s*(?:&&|\?)|\bnavigating\.(?:to|type)\b/,
  },
  {
    note: 'progress of every navigation',
    text: /\buse(?:Navigation|Transition)\(\)[\s\S]{0,300}?(?:\.|\b)state\s*===\s*['"]loading['"]|\{[^}]*\blocation\b[^}]*\}\s*=\s*use(?:Navigation|Transition)\(\)[\s\S]{0,600}?(?:[pP]rogress|\.style\.width|[lL]oading)/,
  },
  {
    note: 'progress of every request',
    text: /\buseIsFetching\s*\(|\buseFetchers\s*\(|interceptors\.request\.use\([\s\S]{0,400}?\b(?:NProgress|loading|spinner|loader)\b|\bimplements\s+HttpInterceptor\b[\s\S]{0,1200}?\b(?:[lL]oad(?:ing|er)|[sS]pinner|[bB]usy)\w*\.(?:show|start|busy|set|next)\b|HttpInterceptorFn\b[\s\S]{0,1200}?\b(?:[lL]oad(?:ing|er)|[sS]pinner|[bB]usy)\w*\.(?:show|start|busy|set|next)\b/,
  },
  {
    note: 'pending state of the whole router',
    text: /\bdefaultPendingComponent\b|\bloading\s*:\s*['"]~\/components|\bloadingIndicator\s*:/,
  },
];

/** Data is asked for in this text. */
export const fetching =
  /(?<![\w.])\$?fetch\s*\(|\bwindow\.fetch\s*\(|\baxios\b\s*(?:\.\w+)?\s*\(|\baxios\.create\b|\$axios\b|\b(?:ky|ofetch|superagent|\$http|http|httpClient|_http|apiClient|apisauce|api|API|client|request)\.(?:get|post|put|patch|delete|request|fetch)\s*[<(]|\bnew XMLHttpRequest\b|\buse(?:Lazy|Suspense|Infinite|Prefetch)?(?:Query|Queries|Mutation|SWR|SWRMutation|SWRInfinite|Fetch|LazyFetch|AsyncData|LazyAsyncData|LoaderData|Subscription)\s*[<(]|\.use(?:Suspense|Infinite|Lazy)?(?:Query|Queries|Mutation)\s*\(|\b(?:createQuery|createResource|injectQuery|httpResource|rxResource)\s*\(|\bgetServerSideProps\b|\bgetInitialProps\b|\bHttpClient\b|\bEntityCollectionService(?:Base)?\b|\b(?:getDocs|onSnapshot|getDoc)\s*\(|\bsupabase\b[\s\S]{0,40}\.from\(|\bRTKQuery\b|\bcreateApi\s*\(|\bgraphql\s*\(|\bgql`|\.(?:get|post|put|patch|delete|request)(?:<[^()\n]*>)?\(\s*['"`](?:\/|https?:|\$\{)/;
/** A view leaves the asking to a store that it tells what is wanted. */
export const dispatching = /\$store\.dispatch\(|\bstore\.dispatch\(|\bmapActions\(/;
/** Sagas and epics wait for actions: `takeLatest(FETCH_NOTES, fetchNotes)`. */
export const listening = /\btake(?:Every|Latest|Leading)\s*\(|\bofType\s*\(/;
/** A page that waits for its data on the server: Next.js renders nothing of it until then. */
export const waitingPage =
  /export\s+default\s+async\s+function[\s\S]*?\bawait (?!props\b|params\b|searchParams\b|headers\b|cookies\b|draftMode\b|\w*[tT]ranslations?\b|getMessages\b|auth\b|import\b)/;
/** What SvelteKit asks for before it shows the page beside. */
export const loadFunction = /export\s+(?:async\s+function|const|function)\s+load\b/;
/** Asked for again through a hook, an action or a service of its own. */
export const callsFetcher =
  /^(?:use|get|fetch|load|list|find|search|query|create|update|delete|remove|save|add|post|submit|send|request|sign|log|register|api|\w*(?:Service|Api|Client|Repository|Store|Actions?|Requests?|Operators?|Operations|Thunks?)$)/i;

const sightedIn = (text: string, list: readonly { note: string; text: RegExp }[]) =>
  list.find((mark) => mark.text.test(text)) ?? null;
export const loadingMark = (text: string) => sightedIn(text, marks);
export const loadingEverywhere = (text: string) => sightedIn(text, everywhere);
/** A component that is there to be shown while something loads. */
export const loadingFile =
  /(^|\/)[\w.-]*(skeleton|spinner|loader|loading|shimmer|progress-?bar|activity-?indicator)[\w.-]*(\/index)?\.([jt]sx|vue|svelte|component\.ts|js)$/i;

import { describe, expect, it } from 'vitest';
import {
  callsFetcher,
  dispatching,
  fetching,
  loadFunction,
  loadingEverywhere,
  loadingFile,
  loadingMark,
  waitingPage,
} from '../../../src/detectors/shared/ui/loading-marks.ts';

/** Texts of views, by what they are said to show. */
const loading: Record<string, string[]> = {
  'a pending flag decides what is rendered': [
    '{isLoading && <p />}',
    '{!loading ? <List /> : null}',
    '{(isPending) ? <p /> : <List />}',
    'users.isFetching || <List />',
    'usersLoading ? a : b',
    'query.isLoading() && x',
    'mutation.isPending.value && x',
    'isBusy && x',
    'isInitialized ? a : b',
    'isReady ? a : b',
    'isFetched ? a : b',
    'isSubmitting ? a : b',
    'isValidating ? a : b',
    'isSaving ? a : b',
    'isRefreshing ? a : b',
    'isProcessing ? a : b',
    'r.$delayed ? a : b',
    'r.$timeout ? a : b',
    'inFlight ? a : b',
    'inProgress ? a : b',
    'if (isLoading) return <p />;',
    'if (error || !loading)',
    'if(x && users.loading)',
    '@if (loading()) {',
    '@else if(items && loading) {',
  ],
  'a pending flag is handed to an element': [
    '<Button disabled={isSubmitting} />',
    '<Button disabled={!isReady }>',
    '<List refreshing={first || isFetching} />',
    '<List refreshing={first&&isFetching} />',
    '<p v-if="isLoading">',
    '<p :class="a" v-else-if="users.loading">',
    '<p v-show="!pending">',
    '<p v-loading="loading">',
    '<p v-loading.fullscreen.lock="loading">',
  ],
  'a pending flag decides in the template': [
    '<v-btn :loading="saving">',
    '<button [disabled]="form.submitting">',
    '<button [class.busy]="saving">',
    '<p *ngIf="users.loading">',
    '{#if $loading}',
  ],
  'a status of loading decides what is rendered': [
    "status === 'loading'",
    'status == "pending"',
    "status!=='idle'",
    "status != 'submitting'",
    "state === 'fetching'",
    "case 'loading':",
    "case'pending':",
    'LoadingState.LOADING',
    'Status.Pending',
  ],
  'renders a loading element': [
    '<Skeleton />',
    '<CardSkeleton>',
    '<UI.Spinner/>',
    '<PageLoader >',
    '<Loading>',
    '<ShimmerRow />',
    '<CircularProgress />',
    '<Mui.LinearProgress />',
    '<ActivityIndicator/>',
    '<RefreshControl />',
    '<ProgressSpinner />',
    '<ProgressIndicator />',
    '<Spin />',
    '<Backdrop>',
    '<ProgressBar />',
    '<Progress />',
    '<v-progress-circular />',
    '<v-progress-linear>',
    '<p-progress-spinner/>',
    '<mat-progress-bar>',
    '<app-spinner />',
    '<skeleton-row>',
    '<loader />',
    '<ion-loading>',
    '<my-shimmer-line>',
  ],
  'a fallback while it waits': [
    '<Suspense fallback={null}>',
    '<React.Suspense name="a" fallback={<p />}>',
    '<template #fallback>',
    '<template v-slot:loading>',
    'export function HydrateFallback() {',
    'pendingComponent: Wait',
    'defaultPendingComponent: Wait',
    '@loading {',
    '@placeholder (minimum 500ms) {',
    'dynamic(load, { loading: () => <p /> })',
    'dynamic(load, { loading: PageSkeleton })',
    '<Await resolve={users}>',
    '{#await users}',
  ],
  'says that it is loading': [
    '<p>Loading...</p>',
    '<p> { "Please wait...',
    '<p>Fetching your notes…</p>',
    "text = 'Saving...'",
    '`Signing in…`',
    '"Creating account..."',
    'Submitting…',
  ],
  'an element styled as loading': [
    '<div className="h-4 animate-pulse" />',
    "<div class='animate-spin'>",
    '<div className={`a ${b} spinner`}>',
    '<div class = "lds-ring">',
    '<i class="skeleton">',
    '<i class="shimmer">',
    '<i class="loader">',
    '<i class="is-loading">',
  ],
  'shows loading through a library': [
    'NProgress.start()',
    'LoadingBar.start()',
    "message.loading('wait')",
    'message.loading( { content: 1 })',
    'toast.promise(save())',
    'toast.loading(x)',
    'showLoading()',
    'setIsLoading(true); render(isLoading)',
    'this.loadingController.create()',
    'this.spinner.show()',
    'this.$loading()',
    'ElLoading.service()',
    'loadingBar.start()',
    '$q.loading.show()',
  ],
};
const notLoading = [
  '<p>done</p>',
  '{isLoading ?? x}',
  '{isLoading?.value}',
  "title: 'loading' && x",
  '<SpinnerContext>',
  '<LoadingProvider>',
  '<SkeletonBoundary>',
  "status = 'loading'",
  '<Suspense>',
  '<template #default>',
  'const loading = useLoading();',
  '<div class="uploads">',
  'setIsLoading(true)',
];

const everywhere: Record<string, string[]> = {
  'progress of every navigation': [
    '<NextTopLoader />',
    '<NextNProgress/>',
    '<NuxtLoadingIndicator>',
    '<BProgressBar />',
    '<ng-progress></ng-progress>',
    '<ngx-ui-loader />',
    '<LoadingBar />',
    "router.events.on('routeChangeStart', () => setLoading(true))",
    'router.beforeEach(() => { progress.start(); })',
    'router.beforeResolve(() => { isLoading.value = true; })',
    'navigating.subscribe(() => spinner.show())',
    "Router.events.on('start', NProgress.start)",
    '{#if $navigating}',
    '{#if navigating}',
    '$navigating && x',
    '$navigating ? a : b',
    'navigating.to',
  ],
  'progress of every request': [
    'const n = useIsFetching();',
    'const all = useFetchers ();',
    'axios.interceptors.request.use((config) => { NProgress.start(); return config; })',
    'api.interceptors.request.use(c => { loader.on(); })',
    'class Busy implements HttpInterceptor { intercept() { this.loader.show(); } }',
    'class Busy implements HttpInterceptor { intercept() { this.spinnerService.start(); } }',
    'const busy: HttpInterceptorFn = (request, next) => { loadingService.set(true); }',
  ],
  'pending state of the whole router': [
    'defaultPendingComponent: Wait',
    "loading: '~/components/Bar.vue'",
    'loadingIndicator: { name: 1 }',
  ],
};
const notEverywhere = [
  'router.beforeEach(check)',
  '<Bar />',
  "loading: 'lazy'",
  'class Tokens implements HttpInterceptor { intercept() { return next(); } }',
  'const tokens: HttpInterceptorFn = (request, next) => next(request)',
  'interceptors.request.use(addToken)',
  'navigating away',
];

const asksForData = [
  "fetch('/api/notes')",
  '$fetch (url)',
  'window.fetch(url)',
  'axios(url)',
  'axios.get (url)',
  'axios.create',
  'this.$axios.get',
  'ky.get(url)',
  'http.post<Note>(url)',
  'this.$http.get(url)',
  'client.request(query)',
  'new XMLHttpRequest()',
  'useQuery({})',
  'useLazyQuery<Data>(q)',
  'useSuspenseQuery(q)',
  'useSWR (key)',
  'useMutation(m)',
  'useLoaderData<typeof loader>()',
  'useAsyncData(key)',
  'trpc.notes.useQuery()',
  'trpc.notes.useInfiniteQuery (',
  'createQuery(() => x)',
  'createResource(load)',
  'httpResource(() => url)',
  'export const getServerSideProps = x',
  'Page.getInitialProps = x',
  'constructor(private http: HttpClient)',
  'onSnapshot(doc, x)',
  "supabase\n  .from('notes')",
  'createApi({})',
  'graphql(query)',
  'gql`query`',
  "server.get('/notes')",
  'server.post<Note>(`${base}/notes`)',
  "it.delete( 'https://a.example')",
];
const asksForNothing = [
  'prefetch(url)',
  'this.fetch(url)',
  'const fetchNotes = 1',
  'map.get(key)',
  'usedQuery(x)',
  'axiosLike()',
  'cache.post(key)',
  "params.get('id')",
  'supabase.auth',
];

describe('what a view shows while it waits', () => {
  it.each(Object.entries(loading).flatMap(([note, texts]) => texts.map((text) => [text, note])))('%s', (text, note) => {
    expect(loadingMark(text!)?.note).toBe(note);
  });
  it.each(notLoading)('nothing: %s', (text) => {
    expect(loadingMark(text)).toBe(null);
  });
});

describe('what shows for every view at once', () => {
  it.each(Object.entries(everywhere).flatMap(([note, texts]) => texts.map((text) => [text, note])))(
    '%s',
    (text, note) => {
      expect(loadingEverywhere(text!)?.note).toBe(note);
    },
  );
  it.each(notEverywhere)('nothing: %s', (text) => {
    expect(loadingEverywhere(text)).toBe(null);
  });
});

describe('code that asks for data', () => {
  it.each(asksForData)('%s', (text) => expect(fetching.test(text)).toBe(true));
  it.each(asksForNothing)('not: %s', (text) => expect(fetching.test(text)).toBe(false));
  it.each([
    ["this.$store.dispatch('load')", true],
    ["store.dispatch('load')", true],
    ["...mapActions(['load'])", true],
    ['restore.dispatch(event)', false],
    ['dispatch(load())', false],
  ])('hands it to a store: %s', (text, is) => expect(dispatching.test(text)).toBe(is));
  it.each([
    ['export default async function Page() {\n  const notes = await all();\n}', true],
    ['export default async function Page({ params }) {\n  const { id } = await params;\n}', false],
    ["export default async function Page() {\n  const t = await getTranslations('a');\n}", false],
    ['export default async function Page() {\n  const session = await auth();\n}', false],
    ['export default async function Page() {\n  const all = await headers();\n}', false],
    ['export default function Page() {\n  const notes = all();\n}', false],
    ['export async function other() {\n  await all();\n}', false],
  ])('a page that waits on the server: %s', (text, is) => expect(waitingPage.test(text)).toBe(is));
  it.each([
    ['export async function load() {', true],
    ['export const load = async () => {', true],
    ['export function load({ fetch }) {', true],
    ['export function loading() {', false],
    ['function load() {', false],
  ])('what SvelteKit asks for: %s', (text, is) => expect(loadFunction.test(text)).toBe(is));
  it.each([
    ['useNotes', true],
    ['fetchNotes', true],
    ['NotesService', true],
    ['notesApi', true],
    ['noteActions', true],
    ['notesRepository', true],
    ['Button', false],
    ['Servicemen', false],
  ])('through a name: %s', (name, is) => expect(callsFetcher.test(name)).toBe(is));
});

it.each([
  ['src/Spinner.tsx', true],
  ['src/note-skeleton.vue', true],
  ['src/loader/index.jsx', true],
  ['src/progress-bar.svelte', true],
  ['src/progressBar.tsx', true],
  ['src/loading.component.ts', true],
  ['src/activity-indicator.js', true],
  ['src/shimmer.css', false],
  ['src/loading/notes.tsx', false],
  ['src/note.tsx', false],
])('made to be shown while something loads: %s', (path, is) => expect(loadingFile.test(path)).toBe(is));

import { expect, it } from 'vitest';
import { asked, framework, spa } from './_asked.ts';

type Row = [title: string, options: object, files: Record<string, string>, expected: string[]];

const fetches = { ask: 'fetches' };
const any = { ask: 'any' };
const shown = { ask: 'shown' };
const rule = { ask: 'rule' };

/** An app whose one view is given, beside other files. */
const view = (text: string, more: Record<string, string> = {}, dependencies: string[] = []) =>
  spa({ 'src/App.tsx': text, ...more }, dependencies);
const asking = "export const App = () => {\n  const { data } = useQuery('notes');\n  return <main>{data}</main>;\n};\n";
const waiting =
  "export const App = () => {\n  const { data, isLoading } = useQuery('notes');\n  return isLoading ? <p /> : <main>{data}</main>;\n};\n";
const service = "export const fetchNotes = () => fetch('/api/notes');\n";
const page = (body: string) => `export default async function Page() {\n${body}\n  return <main />;\n}\n`;
const next = (more: Record<string, string>) => framework('next', more, ['react']);
const kit = (more: Record<string, string>) =>
  framework('vite', { 'svelte.config.js': 'export default {};\n', ...more }, ['@sveltejs/kit', 'svelte']);
/** A view for each name, which asks and shows nothing, and a view that imports them. */
const several = (first: string, others: string[]) => ({
  'src/App.tsx': `${others.map((name) => `import { ${name} } from './${name}';`).join('\n')}\n${first}`,
  ...Object.fromEntries(others.map((name) => [`src/${name}.tsx`, asking.replace('App', name)])),
});
const rendering = (names: string[], more = '') =>
  `export const App = () => <main>${names.map((name) => `<${name} />`).join('')}${more}</main>;\n`;

it.each<Row>([
  ['in the view', fetches, view(asking), ['yes', 'src/App.tsx:2 asks for data']],
  [
    'in a view that nothing renders',
    fetches,
    view('export const App = () => <main />;\n', { 'src/Notes.tsx': asking }),
    ['no'],
  ],
  [
    'through a function of a module',
    fetches,
    view("import { fetchNotes } from './api';\nexport const App = () => <main onClick={fetchNotes} />;\n", {
      'src/api.ts': service,
    }),
    ['yes', 'src/App.tsx:1 asks for data'],
  ],
  [
    'through a module of a module',
    fetches,
    view("import { useNotes } from './notes';\nexport const App = () => <main>{useNotes()}</main>;\n", {
      'src/notes.ts': "import { fetchNotes } from './api';\nexport const useNotes = () => fetchNotes();\n",
      'src/api.ts': service,
    }),
    ['yes', 'src/App.tsx:1 asks for data'],
  ],
  [
    'through a barrel',
    fetches,
    view("import { fetchNotes } from './all';\nexport const App = () => <main onClick={fetchNotes} />;\n", {
      'src/all.ts': "export * from './api';\n",
      'src/api.ts': service,
    }),
    ['yes', 'src/App.tsx:1 asks for data'],
  ],
  [
    'a type of that module',
    fetches,
    view("import type { fetchNotes } from './api';\nexport const App = () => <main />;\n", { 'src/api.ts': service }),
    ['no'],
  ],
  [
    'a name that asks for nothing',
    fetches,
    view("import { notes } from './api';\nexport const App = () => <main>{notes}</main>;\n", {
      'src/api.ts': `${service}export const notes = [];\n`,
    }),
    ['no'],
  ],
  [
    'a module that asks for nothing',
    fetches,
    view("import { fetchNotes } from './api';\nexport const App = () => <main onClick={fetchNotes} />;\n", {
      'src/api.ts': 'export const fetchNotes = () => [];\n',
    }),
    ['no'],
  ],
  [
    'through a store',
    fetches,
    view(
      "import { store } from './store';\nexport const App = () => <main onClick={() => store.dispatch('load')}>a</main>;\n",
      { 'src/store.ts': `${service}export const store = { dispatch: fetchNotes };\n` },
    ),
    ['yes', 'src/App.tsx:2 asks for data'],
  ],
  [
    'through a store, where nothing asks',
    fetches,
    view(
      "import { store } from './store';\nexport const App = () => <main onClick={() => store.dispatch('load')}>a</main>;\n",
      { 'src/store.ts': 'export const store = { dispatch: () => [] };\n' },
    ),
    ['no'],
  ],
  [
    'through an action that a saga waits for',
    fetches,
    view("import { loadNotes } from './notes/actions';\nexport const App = () => <main onClick={loadNotes} />;\n", {
      'src/main.tsx':
        "import { createRoot } from 'react-dom/client';\nimport './notes/saga';\nimport { App } from './App';\ncreateRoot(document.body).render(<App />);\n",
      'src/notes/actions.ts': "export const loadNotes = () => ({ type: 'LOAD' });\n",
      'src/notes/saga.ts':
        "import { takeLatest } from 'redux-saga/effects';\nimport * as calls from './service';\nexport default function* () {\n  yield takeLatest('LOAD', calls.fetchNotes);\n}\n",
      'src/notes/service.ts': service,
    }),
    ['yes', 'src/App.tsx:1 asks for data'],
  ],
  [
    'through an action that nothing waits for',
    fetches,
    view("import { loadNotes } from './notes/actions';\nexport const App = () => <main onClick={loadNotes} />;\n", {
      'src/notes/actions.ts': "export const loadNotes = () => ({ type: 'LOAD' });\n",
      'src/notes/service.ts': service,
    }),
    ['no'],
  ],
  ...[waiting.replace(/\n.*useQuery.*\n/, '\n').replace('= () =>', '= ({ data, isLoading }) =>'), rendering([])].map(
    (text, index): Row => [
      `by a module that connects a view, ${['which shows it', 'which shows nothing'][index]}`,
      rule,
      view("import { Notes } from './container';\nexport const App = () => <Notes />;\n", {
        'src/Notes.tsx': text,
        'src/api.ts': service,
        'src/container.ts':
          "import { connect } from 'react-redux';\nimport { fetchNotes } from './api';\nimport { App } from './Notes';\nexport const Notes = connect(null, { fetchNotes })(App);\n",
      }),
      [
        ['yes', 'src/Notes.tsx:2 a pending flag decides what is rendered'],
        ['no', 'src/container.ts:2 asks for data; nothing shows that it is on its way'],
      ][index]!,
    ],
  ),
  [
    'a page that waits on the server',
    fetches,
    next({ 'app/page.tsx': page('  const notes = await all();') }),
    ['yes', 'app/page.tsx:1 waits for its data'],
  ],
  [
    'a page that waits for what it is given',
    fetches,
    next({ 'app/page.tsx': page('  const { id } = await params;') }),
    ['no'],
  ],
  [
    'a component that waits, and is no page',
    fetches,
    next({
      'app/page.tsx': "import List from './list';\nexport default () => <List />;\n",
      'app/list.tsx': page('  const notes = await all();'),
    }),
    ['no'],
  ],
  [
    'what SvelteKit loads beside the page',
    fetches,
    kit({
      'src/routes/+page.svelte': '<main></main>\n',
      'src/routes/+page.server.ts': 'export const load = async () => ({ notes: [] });\n',
    }),
    ['yes', 'src/routes/+page.server.ts:1 asks for data'],
  ],
  [
    'what SvelteKit keeps beside the page',
    fetches,
    kit({ 'src/routes/+page.svelte': '<main></main>\n', 'src/routes/+page.ts': 'export const prerender = true;\n' }),
    ['no'],
  ],
  [
    'what SvelteKit loads for a layout of another root',
    fetches,
    kit({
      'src/routes/+layout@.svelte': '<main></main>\n',
      'src/routes/+layout.js': 'export function load() {}\n',
      'src/routes/+page.svelte': '<p></p>\n',
    }),
    ['yes', 'src/routes/+layout.js:1 asks for data'],
  ],

  ['a flag that decides', any, view(waiting), ['yes', 'src/App.tsx:3 a pending flag decides what is rendered']],
  [
    'a spinner that nothing renders',
    any,
    view(asking, { 'src/Spinner.tsx': 'export const Spinner = () => <i />;\n' }),
    ['yes', 'src/Spinner.tsx:1 made to show loading, rendered by nothing'],
  ],
  [
    'a file of that name that renders nothing',
    any,
    view(asking, { 'src/loading.tsx': 'export const a = 1;\n' }),
    ['no'],
  ],
  [
    'a package in the manifest',
    any,
    view(asking, {}, ['react-loading-skeleton']),
    ['yes', 'package.json:1 declares react-loading-skeleton'],
  ],
  [
    'a spinner that nothing renders, beside a flag that decides',
    any,
    view(waiting, { 'src/Spinner.tsx': 'export const Spinner = () => <i />;\n' }),
    ['yes', 'src/App.tsx:3 a pending flag decides what is rendered'],
  ],
  ['nothing', any, view(asking), ['no']],

  ['a flag that decides', shown, view(waiting), ['yes', 'src/App.tsx:3 a pending flag decides what is rendered']],
  [
    'a spinner that nothing renders',
    shown,
    view(asking, { 'src/Spinner.tsx': 'export const Spinner = () => <i />;\n' }),
    ['no', 'src/Spinner.tsx:1 made to show loading, rendered by nothing'],
  ],
  [
    'a route of Next.js',
    shown,
    next({ 'app/page.tsx': page('  const notes = await all();'), 'app/loading.tsx': 'export default () => <i />;\n' }),
    ['yes', 'app/loading.tsx:1 loading route of the pages below it', 'app/loading.tsx:1 loading route'],
  ],
  [
    'a file of that name without Next.js',
    shown,
    view(asking, { 'app/loading.tsx': 'export default () => <i />;\n' }),
    ['no', 'app/loading.tsx:1 made to show loading, rendered by nothing'],
  ],
  [
    'in a view that may be rendered',
    shown,
    view('await import(name);\nexport const App = () => <main />;\n', {
      'src/Notes.tsx': waiting.replace('App', 'Notes'),
    }),
    ['unknown: what renders src/Notes.tsx was not found', 'src/Notes.tsx:3 a pending flag decides what is rendered'],
  ],

  ['in the view that asks', rule, view(waiting), ['yes', 'src/App.tsx:3 a pending flag decides what is rendered']],
  [
    'in none of the views that ask',
    rule,
    view(asking),
    ['no', 'src/App.tsx:2 asks for data; nothing shows that it is on its way'],
  ],
  [
    'in one of three',
    rule,
    spa(several(waiting, ['A', 'B'])),
    [
      'no',
      'src/A.tsx:2 asks for data; nothing shows that it is on its way',
      'src/B.tsx:2 asks for data; nothing shows that it is on its way',
      'src/App.tsx:5 a pending flag decides what is rendered',
    ],
  ],
  [
    'in one of three, where a third suffices',
    { ask: 'rule', share: 0.3 },
    spa(several(waiting, ['A', 'B'])),
    ['yes', 'src/App.tsx:5 a pending flag decides what is rendered'],
  ],
  [
    'in one of two',
    rule,
    spa(several(waiting, ['A'])),
    ['yes', 'src/App.tsx:4 a pending flag decides what is rendered'],
  ],
  [
    'in an element that a view is made of',
    rule,
    spa(several(rendering(['A', 'B'], '<Skeleton />'), ['A', 'B'])),
    ['yes', 'src/App.tsx:3 renders a loading element'],
  ],
  [
    'for every navigation',
    rule,
    spa(several(rendering(['A', 'B', 'C', 'D'], '<NextTopLoader />'), ['A', 'B', 'C', 'D'])),
    ['yes', 'src/App.tsx:5 progress of every navigation', 'src/App.tsx:5 renders a loading element'],
  ],
  [
    'for every navigation, in code that nothing runs',
    rule,
    spa({
      ...several(rendering(['A', 'B']), ['A', 'B']),
      'src/Root.tsx': 'export const Root = () => <NextTopLoader />;\n',
    }),
    [
      'no',
      'src/A.tsx:2 asks for data; nothing shows that it is on its way',
      'src/B.tsx:2 asks for data; nothing shows that it is on its way',
    ],
  ],
  [
    'a route of Next.js above the page',
    rule,
    next({
      'app/page.tsx': 'export default () => <main />;\n',
      'app/notes/page.tsx': page('  const notes = await all();'),
      'app/notes/loading.tsx': 'export default () => <i />;\n',
    }),
    ['yes', 'app/notes/loading.tsx:1 loading route of the pages below it', 'app/notes/loading.tsx:1 loading route'],
  ],
  [
    'a route of Next.js beside other pages',
    rule,
    next({
      'app/page.tsx': page('  const notes = await all();'),
      'app/a/page.tsx': page('  const notes = await all();'),
      'app/b/page.tsx': page('  const notes = await all();'),
      'app/c/page.tsx': page('  const notes = await all();'),
      'app/notes/page.tsx': 'export default () => <main />;\n',
      'app/notes/loading.tsx': 'export default () => <i />;\n',
    }),
    [
      'no',
      'app/a/page.tsx:1 waits for its data; nothing shows that it is on its way',
      'app/b/page.tsx:1 waits for its data; nothing shows that it is on its way',
      'app/c/page.tsx:1 waits for its data; nothing shows that it is on its way',
      'app/notes/loading.tsx:1 loading route',
    ],
  ],
])('%s (%j)', async (_, options, files, expected) => {
  expect(await asked('shows-loading', { share: 0.35, ...options }, files)).toEqual(expected);
});

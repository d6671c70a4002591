import { expect, it } from 'vitest';
import { app, asked, at, spa } from './_asked.ts';

const foreign = (files: Record<string, string>) => ({ Dockerfile: 'FROM scratch\n', ...files });

/** What belongs to people: what the files say, what is asked of them, the answer and what shows it. */
it.each<[title: string, options: object, files: Record<string, string>, expected: string[]]>([
  [
    'a route for logging in',
    {},
    at(app("app.post('/api/login', (req, res) => res.json({}));")),
    ['yes', 'src/index.js:4 POST /api/login'],
  ],
  ['a route of something else', {}, at(app("app.get('/books', (req, res) => res.json([]));")), ['no']],
  [
    'people of another site, on pages that keep nothing',
    {},
    {
      'package.json':
        '{ "name": "news", "private": true, "scripts": { "build": "nuxt build" }, "devDependencies": { "nuxt": "4" } }',
      'nuxt.config.ts': 'export default defineNuxtConfig({});',
      'server/api/user.get.ts': 'export default defineEventHandler(() => $fetch("https://news.example/user.json"));',
      'app/pages/index.vue': '<template><p>news</p></template>',
    },
    ['no'],
  ],
  ['a library', {}, at(app(''), {}, ['passport']), ['yes', 'package.json:1 declares passport']],
  [
    'what signs people in from the browser, beside a server that gives out the pages',
    {},
    spa({ 'src/App.tsx': "import '@react-oauth/google';\nexport const App = () => <main />;\n" }, [
      '@react-oauth/google',
    ]),
    ['no'],
  ],
  [
    'a model of people',
    {},
    at(app(''), { 'prisma/schema.prisma': 'model Book {\n  id Int @id\n}\nmodel User {\n  id Int @id\n}\n' }),
    ['yes', 'prisma/schema.prisma:4 model User'],
  ],
  [
    'a header of the caller',
    {},
    at(app("app.get('/books', (req, res) => res.json(req.get('X-User-Id')));")),
    ['yes', 'src/index.js:4 tells callers apart: req.get(…)'],
  ],
  [
    'a library of another language',
    {},
    foreign({ 'requirements.txt': 'flask\nPyJWT==2.0\n', 'app.py': '' }),
    ['yes', 'requirements.txt:2 declares PyJWT'],
  ],

  [
    'a library for development alone',
    {},
    at(app(''), {
      'package.json': JSON.stringify({
        name: 'api',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '5' },
        devDependencies: { passport: '1' },
      }),
    }),
    ['no'],
  ],
  [
    'a library that may be absent',
    {},
    at(app(''), {
      'package.json': JSON.stringify({
        name: 'api',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '5' },
        optionalDependencies: { passport: '1' },
      }),
    }),
    ['yes', 'package.json:1 declares passport'],
  ],
  [
    'a library that its user brings',
    {},
    at(app(''), {
      'package.json': JSON.stringify({
        name: 'api',
        scripts: { start: 'node src/index.js' },
        dependencies: { express: '5' },
        peerDependencies: { passport: '1' },
      }),
    }),
    ['yes', 'package.json:1 declares passport'],
  ],
  [
    'a library of another language among the examples',
    {},
    foreign({ 'app.py': '', 'requirements.txt': 'flask\n', 'examples/requirements.txt': 'PyJWT\n' }),
    ['no'],
  ],
])('%s', async (_, options, files, expected) => {
  expect(await asked('serves-people', options, files)).toEqual(expected);
});

import { expect, it } from 'vitest';
import { app, asked, at, framework } from './_asked.ts';

const list = '(req, res) => res.json([])';
const image = (path: string) => ({
  Dockerfile: `FROM node:22\nCOPY . .\nHEALTHCHECK CMD curl -f http://localhost:3000${path} || exit 1\nCMD ["node", "src/index.js"]\n`,
});
const compose = (path: string) => ({
  'compose.yaml': `services:\n  api:\n    build: .\n    healthcheck:\n      test: ["CMD", "wget", "-qO-", "http://127.0.0.1:3000${path}"]\n`,
  Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
});
const cluster = (path: string) => ({
  'k8s/api.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { template: { spec: { containers: [{ name: api, image: api, readinessProbe: { httpGet: { path: ${path}, port: 3000 } } }] } } }\n`,
  Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
});
const api = (statements: string) => app(`const api = express.Router();\n${statements}\napp.use('/api', api);`);
const healthy = api(`api.get('/health', ${list});`);
const notes = api(`api.get('/notes/:id', ${list});`);
const page = { 'app/page.tsx': 'export default () => <main />;\n' };

it.each<[title: string, files: Record<string, string>, expected: string[]]>([
  ['the route itself', at(healthy, image('/api/health')), ['yes']],
  [
    'a route that stands below a prefix',
    at(healthy, image('/health')),
    ['no', 'Dockerfile:3 asks /health, which no route answers'],
  ],
  [
    'the same in a compose file',
    at(healthy, compose('/health')),
    ['no', 'compose.yaml:4 asks /health, which no route answers'],
  ],
  [
    'the same in a cluster',
    at(healthy, cluster('/health')),
    ['no', 'k8s/api.yaml:4 asks /health, which no route answers'],
  ],
  [
    'a path of which no code says a word',
    at(notes, image('/ready')),
    ['no', 'Dockerfile:3 asks /ready, which no route answers'],
  ],
  ['a path that a parameter takes', at(notes, image('/api/notes/ready')), ['yes']],
  ['a route for everything', at(`${notes}app.get('*', ${list});\n`, image('/ready')), ['yes']],
  ['a word that code says elsewhere', at(`${notes}const ready = '/ready';\n`, image('/ready')), ['yes']],
  ['the front page', at(notes, image('/')), ['yes']],
  [
    'a server whose routes were not found',
    at('import http from "http";\nhttp.createServer().listen(1);\n', image('/ready')),
    ['yes'],
  ],
  [
    'pages of Next.js without it',
    framework('next', { ...page, ...image('/health') }),
    ['no', 'Dockerfile:3 asks /health, which no route answers'],
  ],
  [
    'pages of Next.js with it',
    framework('next', { ...page, 'app/health/page.tsx': page['app/page.tsx'], ...image('/health') }),
    ['yes'],
  ],
  [
    'pages of Next.js for any path',
    framework('next', { ...page, 'app/[...all]/page.tsx': page['app/page.tsx'], ...image('/health') }),
    ['yes'],
  ],
])('what a health probe asks: %s', async (_, files, expected) => {
  expect(await asked('probe-answered', {}, files)).toEqual(expected);
});

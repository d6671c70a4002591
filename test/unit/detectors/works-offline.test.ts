import { expect, it } from 'vitest';
import { asked, framework, spa } from './_asked.ts';

type Row = [title: string, ask: 'any' | 'registered' | 'caches', files: Record<string, string>, expected: string[]];

const caching = "self.addEventListener('fetch', (event) => event.respondWith(caches.match(event.request)));\n";
const pushing = "self.addEventListener('push', (event) => self.registration.showNotification('a'));\n";
/** A worker, and code of the app. */
const app = (code: string, worker: Record<string, string> = { 'public/sw.js': caching }) =>
  spa({ 'src/App.tsx': `export const App = () => <main />;\n${code}\n`, ...worker });
const register = "navigator.serviceWorker.register('/sw.js');";
const vite = (plugin: string, more: Record<string, string> = {}) =>
  spa({ 'vite.config.ts': `export default { plugins: [${plugin}] };\n`, ...more }, ['vite-plugin-pwa']);
const next = (config: string) =>
  framework('next', { 'next.config.js': config, 'app/page.tsx': 'export default () => <main />;\n' }, [
    'react',
    'next-pwa',
  ]);

it.each<Row>([
  [
    'a plugin that a layer of Nuxt lists',
    'registered',
    framework('nuxt', {
      'nuxt.config.ts': "export default defineNuxtConfig({ extends: './theme' });\n",
      'theme/nuxt.config.ts': "export default defineNuxtConfig({ modules: ['@vite-pwa/nuxt'] });\n",
      'theme/app.vue': '<template><NuxtPage /></template>\n',
    }),
    ['yes', 'theme/nuxt.config.ts:1 builds and registers a service worker'],
  ],
  ['a worker that code registers', 'any', app(register), ['yes', 'src/App.tsx:2 registers a service worker']],
  [
    'a worker that nothing registers',
    'any',
    app(''),
    ['yes', 'public/sw.js:1 a service worker that nothing registers'],
  ],
  ['a worker of that name that does nothing of one', 'any', app('', { 'src/sw.ts': 'export const a = 1;\n' }), ['no']],
  [
    'a worker that imports scripts',
    'any',
    app('', { 'public/service-worker.js': "importScripts('a.js');\n" }),
    ['yes', 'public/service-worker.js:1 a service worker that nothing registers'],
  ],
  ['a worker among the tests', 'any', app('', { 'test/sw.js': caching }), ['no']],
  ['a worker that answers tests', 'any', app('', { 'public/mockServiceWorker.js': caching }), ['no']],
  [
    'a plugin of Next.js that is taken from its default and kept in a list',
    'registered',
    next(
      "const pwa = require('@ducanh2912/next-pwa').default({ dest: 'public' });\nmodule.exports = () => [pwa].reduce((config, plugin) => plugin(config), {});\n",
    ),
    ['yes', 'next.config.js:1 builds and registers a service worker'],
  ],
  [
    'settings of a worker',
    'any',
    app('', { 'ngsw-config.json': '{}' }),
    ['yes', 'ngsw-config.json:1 settings of a service worker'],
  ],
  [
    'a plugin in the manifest alone',
    'any',
    spa({}, ['vite-plugin-pwa']),
    ['yes', 'package.json:1 declares vite-plugin-pwa'],
  ],
  ['nothing', 'any', spa(), ['no']],

  ['by code', 'registered', app(register), ['yes', 'src/App.tsx:2 registers a service worker']],
  [
    'by code that looks first',
    'registered',
    app("navigator?.serviceWorker?.register('/sw.js');"),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'by code that calls it by its short name',
    'registered',
    app("const { serviceWorker } = navigator;\nserviceWorker!.register('/sw.js');"),
    ['yes', 'src/App.tsx:3 registers a service worker'],
  ],
  [
    'in a function that nothing calls',
    'registered',
    app(`export function start() {\n  ${register}\n}`),
    ['no', 'src/App.tsx:3 registers a service worker', 'public/sw.js:1 a service worker that nothing registers'],
  ],
  [
    'in a file that nothing imports',
    'registered',
    spa({ 'src/register.ts': `${register}\n`, 'public/sw.js': caching }),
    ['no', 'src/register.ts:1 registers a service worker', 'public/sw.js:1 a service worker that nothing registers'],
  ],
  [
    'in a script that the page loads',
    'registered',
    spa({
      'index.html': '<script src="./register.js?v=2"></script>',
      'public/register.js': `${register}\n`,
      'public/sw.js': caching,
    }),
    ['yes', 'public/register.js:1 registers a service worker'],
  ],
  [
    'in the page itself',
    'registered',
    spa({ 'index.html': `<main></main>\n<script>\nif (1) ${register}\n</script>\n`, 'public/sw.js': caching }),
    ['yes', 'index.html:3 registers a service worker'],
  ],
  [
    'in the page, for tests',
    'registered',
    spa({ 'index.html': "<script>navigator.serviceWorker.register('/mockServiceWorker.js')</script>" }),
    ['no'],
  ],
  ['for tests', 'registered', app("navigator.serviceWorker.register('/mockServiceWorker.js');", {}), ['no']],
  [
    'through a helper',
    'registered',
    app('registerSW({ immediate: true });', {}),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'through Workbox',
    'registered',
    app("new Workbox('/sw.js').register();"),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'through a component',
    'registered',
    app('export const Root = () => <SerwistProvider />;'),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'for messages alone',
    'registered',
    app('getMessaging();', { 'public/firebase-messaging-sw.js': pushing }),
    ['yes', 'src/App.tsx:2 registers a worker for messages alone'],
  ],
  ['messages without a worker', 'registered', app('getMessaging();', {}), ['no']],
  ['by a plugin', 'registered', vite('VitePWA()'), ['yes', 'vite.config.ts:1 builds a service worker']],
  [
    'a plugin that is told not to',
    'registered',
    vite('VitePWA({ injectRegister: false })'),
    ['no', 'vite.config.ts:1 builds a service worker', 'package.json:1 declares vite-plugin-pwa'],
  ],
  [
    'a plugin that takes itself away',
    'registered',
    vite('VitePWA({ selfDestroying: true })'),
    ['no', 'vite.config.ts:1 builds a service worker', 'package.json:1 declares vite-plugin-pwa'],
  ],
  [
    'a plugin that is told not to, and code that does',
    'registered',
    vite('VitePWA({ injectRegister: null })', { 'src/App.tsx': 'export const App = () => <main />;\nregisterSW();\n' }),
    ['yes', 'vite.config.ts:1 builds a service worker', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'a plugin that builds only',
    'registered',
    vite('new GenerateSW()'),
    ['no', 'vite.config.ts:1 builds a service worker', 'package.json:1 declares vite-plugin-pwa'],
  ],
  [
    'a plugin of Next.js',
    'registered',
    next("const withPWA = require('next-pwa')({ dest: 'public' });\nmodule.exports = withPWA({});\n"),
    ['yes', 'next.config.js:1 builds and registers a service worker'],
  ],
  [
    'a plugin of Next.js that is turned off',
    'registered',
    next("const withPWA = require('next-pwa')({ dest: 'public', disable: true });\nmodule.exports = withPWA({});\n"),
    ['no', 'next.config.js:1 builds and registers a service worker', 'package.json:1 declares next-pwa'],
  ],
  [
    'a plugin of Next.js, turned off in development',
    'registered',
    next(
      "const withPWA = require('next-pwa')({ disable: process.env.NODE_ENV === 'development' });\nmodule.exports = withPWA({});\n",
    ),
    ['yes', 'next.config.js:1 builds and registers a service worker'],
  ],
  [
    'a module of Nuxt',
    'registered',
    framework('nuxt', {
      'nuxt.config.ts': "export default { modules: ['@vite-pwa/nuxt'] };\n",
      'pages/index.vue': '<template><main /></template>\n',
    }),
    ['yes', 'nuxt.config.ts:1 builds and registers a service worker'],
  ],
  [
    'a module of Nuxt without a worker',
    'registered',
    framework('nuxt', {
      'nuxt.config.ts': "export default { modules: ['@nuxtjs/pwa'], pwa: { workbox: false } };\n",
      'pages/index.vue': '<template><main /></template>\n',
    }),
    ['no', 'nuxt.config.ts:1 builds and registers a service worker'],
  ],
  [
    'SvelteKit, by its place',
    'registered',
    framework(
      'vite',
      {
        'svelte.config.js': 'export default {};\n',
        'src/service-worker.ts': caching,
        'src/routes/+page.svelte': '<main></main>\n',
      },
      ['@sveltejs/kit', 'svelte'],
    ),
    ['yes', 'src/service-worker.ts:1 SvelteKit registers it'],
  ],
  [
    'that place without SvelteKit',
    'registered',
    app('', { 'src/service-worker.ts': caching }),
    ['no', 'src/service-worker.ts:1 a service worker that nothing registers'],
  ],

  ['it answers from a cache', 'caches', app(register), ['yes', 'src/App.tsx:2 registers a service worker']],
  [
    'it shows messages alone',
    'caches',
    app(register, { 'public/sw.js': pushing }),
    ['no', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'another worker of the tree caches',
    'caches',
    app(register, { 'public/sw.js': pushing, 'public/other-service-worker.js': caching }),
    ['no', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'the worker is written in TypeScript',
    'caches',
    app(register, { 'src/sw.ts': 'precacheAndRoute(self.__WB_MANIFEST);\n' }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  ['it is not in the tree', 'caches', app(register, {}), ['no', 'src/App.tsx:2 registers a service worker']],
  [
    'its name is a constant',
    'caches',
    app("const url = 'my-sw.js';\nnavigator.serviceWorker.register(url);", { 'public/my-sw.js': caching }),
    ['yes', 'src/App.tsx:3 registers a service worker'],
  ],
  [
    'an address of a module',
    'caches',
    app("navigator.serviceWorker.register(new URL('./worker.ts', import.meta.url));", {
      'src/worker.ts': 'new Serwist({});\n',
    }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  ['a plugin builds it', 'caches', vite('VitePWA()'), ['yes', 'vite.config.ts:1 builds a service worker']],
  [
    'a plugin builds one that takes itself away',
    'caches',
    vite('VitePWA({ selfDestroying: true })', { 'src/App.tsx': 'export const App = () => <main />;\nregisterSW();\n' }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'for messages alone',
    'caches',
    app('getMessaging();', { 'public/firebase-messaging-sw.js': caching }),
    ['no', 'src/App.tsx:2 registers a worker for messages alone'],
  ],
  [
    'create-react-app of old makes it',
    'caches',
    {
      ...app("import * as serviceWorkerRegistration from './reg';\nserviceWorkerRegistration.register();", {}),
      'package.json': JSON.stringify({
        name: 'web',
        scripts: { build: 'react-scripts build' },
        dependencies: { react: '16', 'react-scripts': '^3.4.0' },
      }),
      'src/index.js': "import './App';\n",
    },
    ['yes', 'src/App.tsx:3 registers a service worker'],
  ],
  [
    'create-react-app of today makes none',
    'caches',
    {
      ...app("import * as serviceWorkerRegistration from './reg';\nserviceWorkerRegistration.register();", {}),
      'package.json': JSON.stringify({
        name: 'web',
        scripts: { build: 'react-scripts build' },
        dependencies: { react: '18', 'react-scripts': '^5.0.0' },
      }),
      'src/index.js': "import './App';\n",
    },
    ['no', 'src/App.tsx:3 registers a service worker'],
  ],
  [
    'SvelteKit, and it caches',
    'caches',
    framework(
      'vite',
      {
        'svelte.config.js': 'export default {};\n',
        'src/service-worker/index.js': caching,
        'src/routes/+page.svelte': '<main></main>\n',
      },
      ['@sveltejs/kit', 'svelte'],
    ),
    ['yes', 'src/service-worker/index.js:1 SvelteKit registers it'],
  ],
  [
    'SvelteKit, and it does not',
    'caches',
    framework(
      'vite',
      {
        'svelte.config.js': 'export default {};\n',
        'src/service-worker.ts': pushing,
        'src/routes/+page.svelte': '<main></main>\n',
      },
      ['@sveltejs/kit', 'svelte'],
    ),
    ['no', 'src/service-worker.ts:1 SvelteKit registers it'],
  ],

  [
    'a plugin that the committed environment turns off',
    'registered',
    vite("process.env.WITH_PWA === 'true' && VitePWA({ registerType: 'autoUpdate' })", { '.env': 'WITH_PWA=false\n' }),
    ['no', 'package.json:1 declares vite-plugin-pwa'],
  ],
  [
    'a plugin that the committed environment turns on',
    'registered',
    vite("process.env.WITH_PWA === 'true' && VitePWA({ registerType: 'autoUpdate' })", { '.env': "WITH_PWA='true'\n" }),
    ['yes', 'vite.config.ts:1 builds a service worker'],
  ],
  [
    'a plugin that the environment of production turns on again',
    'registered',
    vite("process.env.WITH_PWA === 'true' && VitePWA({ registerType: 'autoUpdate' })", {
      '.env': 'WITH_PWA=false\n',
      '.env.production': 'WITH_PWA=true\n',
    }),
    ['yes', 'vite.config.ts:1 builds a service worker'],
  ],
  [
    'a plugin that an environment which is not committed would turn on',
    'registered',
    vite("process.env.WITH_PWA === 'true' && VitePWA({ registerType: 'autoUpdate' })"),
    ['yes', 'vite.config.ts:1 builds a service worker'],
  ],
  [
    'a plugin that a variable in a comment would turn off',
    'registered',
    vite("process.env.WITH_PWA === 'true' && VitePWA({ registerType: 'autoUpdate' })", {
      '.env': '# WITH_PWA=false\n',
    }),
    ['yes', 'vite.config.ts:1 builds a service worker'],
  ],
  [
    'a plugin without options that is turned off',
    'registered',
    vite("env.WITH_PWA == 'true' && VitePWA()", { '.env': 'WITH_PWA=no\n' }),
    ['no', 'package.json:1 declares vite-plugin-pwa'],
  ],
  [
    'a plugin that is turned off, beside one that is not',
    'registered',
    vite("env.WITH_PWA == 'true' && VitePWA({ a: { b: 1 } }), VitePWA({ registerType: 'autoUpdate' })", {
      '.env': 'WITH_PWA=no\n',
    }),
    ['yes', 'vite.config.ts:1 builds a service worker'],
  ],
  [
    'a plugin in a comment',
    'registered',
    spa({ 'vite.config.ts': 'export default {\n  // plugins: [VitePWA()],\n};\n' }, ['vite-plugin-pwa']),
    ['no', 'package.json:1 declares vite-plugin-pwa'],
  ],
  [
    'a plugin in settings among the examples',
    'registered',
    spa({ 'examples/vite.config.ts': 'export default { plugins: [VitePWA()] };\n' }, ['vite-plugin-pwa']),
    ['no', 'package.json:1 declares vite-plugin-pwa'],
  ],
])('%s (%s)', async (_, ask, files, expected) => {
  expect(await asked('works-offline', { ask }, files)).toEqual(expected);
});

const page = (script: string) =>
  `<main></main>\n<script type="module" src="/src/main.tsx"></script>\n<script>\n${script}\n</script>\n`;
const cra = (index: string, more: Record<string, string> = {}, dependencies: string[] = []) => ({
  'package.json': JSON.stringify({
    name: 'web',
    scripts: { build: 'vue-cli-service build' },
    dependencies: Object.fromEntries(['vue', ...dependencies].map((name) => [name, '3'])),
    devDependencies: { '@vue/cli-service': '5' },
  }),
  'public/index.html': '<div id="app"></div>\n',
  'src/main.js': `import { createApp } from 'vue';\n${index}\ncreateApp({}).mount('#app');\n`,
  ...more,
});
it.each<Row>([
  [
    'in the page itself, by a worker that caches',
    'caches',
    spa({ 'index.html': page(register), 'public/sw.js': caching }),
    ['yes', 'index.html:4 registers a service worker'],
  ],
  [
    'in the page itself, by a worker that only tells',
    'caches',
    spa({ 'index.html': page(register), 'public/sw.js': pushing }),
    ['no', 'index.html:4 registers a service worker'],
  ],
  [
    'in the page itself, on its second line',
    'registered',
    spa({ 'index.html': page(`start();\n${register}`), 'public/sw.js': caching }),
    ['yes', 'index.html:5 registers a service worker'],
  ],
  [
    'in a page whose script does something else',
    'registered',
    spa({ 'index.html': page('start();'), 'public/sw.js': caching }),
    ['no', 'public/sw.js:1 a service worker that nothing registers'],
  ],
  [
    'in a page of the samples',
    'registered',
    spa({ 'examples/index.html': page(register), 'public/sw.js': caching }),
    ['no', 'public/sw.js:1 a service worker that nothing registers'],
  ],
  [
    'in a page, beside a plugin',
    'caches',
    vite('VitePWA({ injectRegister: false })', { 'index.html': page(register) }),
    ['yes', 'index.html:4 registers a service worker'],
  ],
  [
    'in a page of a template',
    'registered',
    spa({ 'views/index.ejs': page(register), 'public/sw.js': caching }),
    ['yes', 'views/index.ejs:4 registers a service worker'],
  ],
  [
    'in a page of a template, by a worker that caches',
    'caches',
    spa({ 'views/index.ejs': page(`start();\n${register}`), 'public/sw.js': caching }),
    ['yes', 'views/index.ejs:5 registers a service worker'],
  ],
  [
    'in a page of a template, for tests',
    'registered',
    spa({
      'views/index.ejs': page("navigator.serviceWorker.register('/mockServiceWorker.js');"),
      'public/sw.js': caching,
    }),
    ['no', 'public/sw.js:1 a service worker that nothing registers'],
  ],
  [
    'five that nothing registers',
    'any',
    app('', Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`public/${n}/sw.js`, caching]))),
    [
      'yes',
      'public/1/sw.js:1 a service worker that nothing registers',
      'public/2/sw.js:1 a service worker that nothing registers',
      'public/3/sw.js:1 a service worker that nothing registers',
      'public/4/sw.js:1 a service worker that nothing registers',
    ],
  ],
  [
    'by a plugin of Vue that is only declared, and a helper',
    'caches',
    cra("import { register } from 'register-service-worker';\nregister('/own.js');", {}, [
      '@vue/cli-plugin-pwa',
      'register-service-worker',
    ]),
    ['yes', 'src/main.js:2 registers a service worker'],
  ],
  [
    'by a helper without that plugin',
    'caches',
    cra("import { register } from 'register-service-worker';\nregister('/own.js');", {}, ['register-service-worker']),
    ['no', 'src/main.js:2 registers a service worker'],
  ],
  [
    'by Angular, with its settings',
    'caches',
    app("ServiceWorkerModule.register('ngsw.js');", { 'ngsw-config.json': '{}' }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'by Angular, with its settings in a folder',
    'caches',
    app("ServiceWorkerModule.register('ngsw.js');", { 'src/ngsw-config.json': '{}' }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'by Angular, with settings of another name',
    'caches',
    app("ServiceWorkerModule.register('ngsw.js');", { 'src/my-ngsw-config.json': '{}', 'ngsw-config.json5': '{}' }),
    ['no', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'one of two by that name caches',
    'caches',
    app(register, { 'public/sw.js': pushing, 'src/sw.ts': caching }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'by a file of that name in capitals',
    'caches',
    app("navigator.serviceWorker.register('/SW.js');", { 'public/sw.js': caching }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'by the very file that caches',
    'caches',
    app(`caches.open('a');\nnavigator.serviceWorker.register(at);`, {}),
    ['no', 'src/App.tsx:3 registers a service worker'],
  ],
  [
    'in code of which it is not known what runs it',
    'registered',
    { 'package.json': spa()['package.json']!, 'src/App.tsx': `${register}\n`, 'public/sw.js': caching },
    ['unknown: what runs src/App.tsx was not found', 'src/App.tsx:1 registers a service worker'],
  ],
  [
    'in code of which it is not known what runs it, beside some that runs',
    'registered',
    app(register, { 'public/sw.js': caching, 'public/other.js': register }),
    ['yes', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'by what is called so in another file',
    'registered',
    app('start();', { 'src/idle.ts': `${register}\n`, 'public/sw.js': caching }),
    ['no', 'src/idle.ts:1 registers a service worker', 'public/sw.js:1 a service worker that nothing registers'],
  ],
  [
    'by a helper in code that nothing runs, with a plugin that does not register',
    'registered',
    vite('new GenerateSW({})', { 'src/idle.ts': 'registerSW();\n' }),
    [
      'no',
      'vite.config.ts:1 builds a service worker',
      'src/idle.ts:1 registers a service worker',
      'package.json:1 declares vite-plugin-pwa',
    ],
  ],
  [
    'by a helper in code that runs, with a plugin that does not register',
    'registered',
    vite('new GenerateSW({})', { 'src/App.tsx': 'export const App = () => <main />;\nregisterSW();\n' }),
    ['yes', 'vite.config.ts:1 builds a service worker', 'src/App.tsx:2 registers a service worker'],
  ],
  [
    'a script that a page of the samples loads',
    'registered',
    spa({
      'examples/index.html': '<script src="/pwa.js"></script>',
      'public/pwa.js': register,
      'public/sw.js': caching,
    }),
    ['yes', 'public/pwa.js:1 registers a service worker'],
  ],
  [
    'a script that a page loads by the end of its name',
    'registered',
    spa({ 'index.html': '<script src="start.js"></script>', 'public/restart.js': register, 'public/sw.js': caching }),
    ['no', 'public/restart.js:1 registers a service worker', 'public/sw.js:1 a service worker that nothing registers'],
  ],
])('%s (%s)', async (_, ask, files, expected) => {
  expect(await asked('works-offline', { ask }, files)).toEqual(expected);
});

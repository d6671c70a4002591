import { describe, expect, it } from 'vitest';
import { appManifestsOf } from '../../../src/detectors/shared/ui/app-manifests.ts';
import { workersOf } from '../../../src/detectors/shared/ui/workers.ts';
import { framework, spa, understood } from './_asked.ts';

const web = async (files: Record<string, string>) => {
  const model = await understood(files);
  return { model, component: model.components[0]! };
};
const view = (text: string) => `export const App = () => <main />;\n${text}\n`;

describe('service workers', () => {
  /** Each as `registered, caches: note`. */
  const workers = async (files: Record<string, string>) => {
    const { model, component } = await web(files);
    return workersOf(model, component).map(
      ({ at, registered, caches }) => `${registered}${caches ? ', caches' : ''}: ${at.note}`,
    );
  };
  const caching = "self.addEventListener('fetch', (e) => e.respondWith(caches.match(e.request)));\n";
  const code = (text: string, more: Record<string, string> = { 'public/sw.js': caching }) =>
    spa({ 'src/App.tsx': view(text), ...more });

  it.each([
    "navigator.serviceWorker.register('/sw.js');",
    "navigator?.serviceWorker?.register('/sw.js');",
    "navigator . serviceWorker . register ('/sw.js');",
    "navigator\n  .serviceWorker\n  .register('/sw.js');",
    "const { serviceWorker } = navigator;\nserviceWorker!.register('/sw.js');",
    "container.register('/sw.js');",
    "container.register ( '/sw.js');",
    "registerSW ({ url: '/sw.js' });",
    "useRegisterSW();\nconst file = '/sw.js';",
    "new  Workbox ('/sw.js');",
    "new Workbox('/sw.js');",
    "provideServiceWorker('sw.js');",
    "ServiceWorkerModule.register ('sw.js');",
    'serviceWorkerRegistration.register ();',
    "import { register } from 'register-service-worker';",
    'import { register } from"register-service-worker";',
    'import { register } from   "register-service-worker";',
    "export const Shell = () => <SerwistProvider swUrl='/sw.js' />;",
  ])('%s', async (text) => {
    expect(await workers(code(text))).toContain('live, caches: registers a service worker');
  });
  it.each([
    'navigator.serviceWorker.ready.then(go);',
    'container.register(Notes);',
    'registerSWay();',
    "import { register } from 'register-service-workers';",
    'from(/register-service-worker/);',
    'newWorkbox(1);',
    'renew Workboxes(1);',
  ])('not %s', async (text) => {
    expect(await workers(code(text))).toEqual(['dead: a service worker that nothing registers']);
  });

  it.each([
    "caches.open('a');",
    'caches . match(r);',
    'caches\n  .keys();',
    'cache.addAll([]);',
    'cache . put(r);',
    'cache\n  .add(r);',
    'precacheAndRoute([]);',
    'precache([]);',
    'precache ([]);',
    'use(self.__WB_MANIFEST);',
    'use(self.__SW_MANIFEST);',
    'new NetworkFirst();',
    'new Serwist({});',
    'new  Serwist({});',
    "importScripts('./ngsw-worker.js');",
    "import { a } from 'workbox-strategies';",
    'workbox.core;',
    'use(defaultCache);',
  ])('caches by %s', async (text) => {
    const files = { 'public/sw.js': text };
    expect(await workers(code("navigator.serviceWorker.register('/sw.js');", files))).toContain(
      'live, caches: registers a service worker',
    );
  });
  it.each(['caches;', 'mycaches.open(1);', 'cache.delete(r);', 'renewSerwist();', 'show();', 'precached(1);'])(
    'caches nothing by %s',
    async (text) => {
      const files = { 'public/sw.js': text };
      expect(await workers(code("navigator.serviceWorker.register('/sw.js');", files))).toContain(
        'live: registers a service worker',
      );
    },
  );

  it.each([
    ["navigator.serviceWorker.register( '/own.mjs');", 'public/own.mjs', true],
    ["navigator.serviceWorker.register(new URL( './own.ts', import.meta.url));", 'src/own.ts', true],
    ['navigator.serviceWorker.register (`${base}own.js`);', 'public/own.js', true],
    [
      "const at = 'service-worker-of-notes.mjs';\nnavigator.serviceWorker.register(at);",
      'public/service-worker-of-notes.mjs',
      true,
    ],
    ["const at = 'my.serviceworker.js';\nnavigator.serviceWorker.register(at);", 'public/my.serviceworker.js', true],
    ["navigator.serviceWorker.register('/own.js');", 'public/other.js', false],
    ["navigator.serviceWorker.register('/own.js');", 'public/own.ejs', false],
    ['navigator.serviceWorker.register(at);', 'public/notes-service-worker.js', true],
    ['navigator.serviceWorker.register(at);', 'worker/sw.ts', true],
    ['navigator.serviceWorker.register(at);', 'public/my.app-sw.cjs', true],
    ['navigator.serviceWorker.register(at);', 'service_worker/index.js', true],
    ['navigator.serviceWorker.register(at);', 'public/answer.js', false],
    ['navigator.serviceWorker.register(at);', 'public/sw.js.map', false],
  ])('finds what %s registers in %s: %s', async (text, path, is) => {
    const found = await workers(code(text, { [path]: caching }));
    expect(found[0]).toBe(is ? 'live, caches: registers a service worker' : 'live: registers a service worker');
  });
  it.each([
    ['^3.4.0', true],
    ['~2.1.0', true],
    ['3.0.0', true],
    ['^4.0.0', false],
    ['13.0.0', false],
    ['>=3.0.0', false],
  ])('takes create-react-app %s at its word: %s', async (version, is) => {
    const manifest = {
      name: 'web',
      scripts: { build: 'react-scripts build' },
      dependencies: { react: '18', 'react-dom': '18', 'react-scripts': version },
    };
    const files = {
      'package.json': JSON.stringify(manifest),
      'public/index.html': '<div id="root"></div>',
      'src/index.js': 'navigator.serviceWorker.register(at);\n',
    };
    expect((await workers(files))[0]).toBe(`live${is ? ', caches' : ''}: registers a service worker`);
  });

  it.each([
    ['worker', 'sw.ts', true],
    ['public', 'sw.cjs', true],
    ['public', 'OneSignalSDKWorker.js', true],
    ['.', 'serviceworker.js', true],
    ['public', 'answer.js', false],
    ['app', 'sw.ejs', false],
    ['myworkers', 'swa.ts', false],
  ])('lying in %s, %s: %s', async (folder, name, is) => {
    const found = await workers(code('', { [folder === '.' ? name : `${folder}/${name}`]: 'self . skipWaiting();' }));
    expect(found).toEqual(is ? ['dead: a service worker that nothing registers'] : []);
  });
  it.each([
    ['ngsw-config.json', true],
    ['src/ngsw-config.json', true],
    ['src/my-ngsw-config.json', false],
    ['src/ngsw-config.json.md', false],
  ])('settings in %s: %s', async (path, is) => {
    expect(await workers(code('', { [path]: '{}' }))).toEqual(is ? ['dead: settings of a service worker'] : []);
  });

  const plugin = (text: string, file = 'vite.config.ts') =>
    spa({ [file]: `import { all } from 'all';\nexport default { plugins: [${text}] };\n` });
  it.each([
    ['VitePWA({})', 'live, caches: builds a service worker'],
    ['VitePWA ({})', 'live, caches: builds a service worker'],
    ['VitePWA({ injectRegister: false })', 'dead, caches: builds a service worker'],
    ['VitePWA({ injectRegister :null })', 'dead, caches: builds a service worker'],
    ['VitePWA({ injectRegister:false })', 'dead, caches: builds a service worker'],
    ["VitePWA({ injectRegister: 'auto' })", 'live, caches: builds a service worker'],
    ['VitePWA({ selfDestroying: true })', 'dead: builds a service worker'],
    ['VitePWA({ selfDestroying :true })', 'dead: builds a service worker'],
    ['VitePWA({ selfDestroying:  true })', 'dead: builds a service worker'],
    ['withPWA({})', 'live, caches: builds and registers a service worker'],
    ['withSerwist ({})', 'live, caches: builds and registers a service worker'],
    ["require('next-pwa')({})", 'live, caches: builds and registers a service worker'],
    ["require( '@ducanh2912/next-pwa' ) ({})", 'live, caches: builds and registers a service worker'],
    ['withPWA({ register: false })', 'dead, caches: builds and registers a service worker'],
    ['withPWA({ register :false })', 'dead, caches: builds and registers a service worker'],
    ['withPWA({ register:false })', 'dead, caches: builds and registers a service worker'],
    ['withPWA({ disable: true })', 'dead, caches: builds and registers a service worker'],
    ['withPWA({ disable :true })', 'dead, caches: builds and registers a service worker'],
    ["'gatsby-plugin-offline'", 'live, caches: builds and registers a service worker'],
    ["'@vite-pwa/nuxt', { workbox: false }", 'dead, caches: builds and registers a service worker'],
    ["'@vite-pwa/nuxt', { workbox :false }", 'dead, caches: builds and registers a service worker'],
    ["'@vite-pwa/nuxt', { injectRegister : null }", 'dead, caches: builds and registers a service worker'],
    ["'@vite-pwa/nuxt', { injectRegister:null }", 'dead, caches: builds and registers a service worker'],
    ['new GenerateSW ()', 'dead, caches: builds a service worker'],
  ])('made by %s', async (text, expected) => expect(await workers(plugin(text))).toEqual([expected]));

  it.each([
    'getMessaging();',
    'getMessaging (app);',
    'firebase.messaging();',
    'OneSignal.init ({});',
    'OneSignal.init({});',
    'registration.pushManager.subscribe({});',
    'registration.pushManager.subscribe ({});',
  ])('for messages alone: %s', async (text) => {
    const found = await workers(code(text, { 'public/firebase-messaging-sw.js': 'self.onpush = show;' }));
    expect(found[0]).toBe('live: registers a worker for messages alone');
    expect(await workers(code(text, { 'public/firebase-messaging-sw.jsx': 'x' }))).toEqual([]);
  });

  it.each([
    ['src/service-worker.ts', true],
    ['src/service-worker/index.js', true],
    ['lib/src/service-worker.ts', false],
    ['src/service-worker.tsx', false],
  ])("SvelteKit's own, in %s: %s", async (path, is) => {
    const files = { 'svelte.config.js': 'export default {};\n', 'src/routes/+page.svelte': '<main></main>\n' };
    const found = await workers(framework('vite', { ...files, [path]: caching }, ['@sveltejs/kit', 'svelte']));
    expect(found.includes('live, caches: SvelteKit registers it')).toBe(is);
  });

  it.each([
    ['/pwa/start.js', true],
    ['./pwa/start.js?v=1#a', true],
    ['pwa/start.js', true],
    ['../pwa/start.js', true],
    ['/pwa/restart.js', false],
  ])('by a script that the page loads, %s: %s', async (src, is) => {
    const found = await workers(
      spa({
        'index.html': `<div id="root"></div>\n<script src="${src}"></script>\n<script type="module" src="/src/main.tsx"></script>\n`,
        'public/pwa/start.js': "navigator.serviceWorker.register('/sw.js');\n",
        'public/sw.js': caching,
      }),
    );
    expect(found.some((one) => one.startsWith('live'))).toBe(is);
  });
});

describe('web app manifests', () => {
  const complete = JSON.stringify({
    name: 'a',
    start_url: '/',
    icons: [
      { src: '/192.png', sizes: '192x192' },
      { src: '/512.png', sizes: '512x512' },
    ],
  });
  const icons = { 'public/192.png': '', 'public/512.png': '' };
  /** Each as `linked?: what it lacks`. */
  const manifests = async (files: Record<string, string>) => {
    const { model, component } = await web(files);
    return appManifestsOf(model, component).map(
      ({ link, lacks }) =>
        `${link ? 'linked' : 'not linked'}: ${lacks === null ? 'unknown' : lacks.join(', ') || 'whole'}`,
    );
  };
  const own = { 'public/manifest.json': complete, ...icons };

  it.each([
    '<link rel="manifest" href="/manifest.json" />',
    "<link rel = 'manifest' href='/manifest.json'>",
    '<link data-a="b" rel={"manifest"} href="/manifest.json" />',
    '<link href="/manifest.json" rel="manifest" />',
    '<link data-a href = {"/manifest.json?v=1"} data-b rel = "manifest" />',
    "<link href='/site/manifest.json#a'rel='manifest'/>",
    "const head = { links: [{ rel: 'manifest', href: '/manifest.json' }] };",
    'const head = { links: [{ rel :"manifest", href :"/manifest.json" }] };',
    "const head = { links: [{ href: '/manifest.json', rel: 'manifest' }] };",
    "const head = { links: [{ href :`/manifest.json`, type: a, rel:'manifest' }] };",
    'const head = <VitePwaManifest />;',
    'const head = <PwaManifest>;',
  ])('linked by %s', async (text) => {
    expect(await manifests(spa({ 'src/App.tsx': view(text), ...own }))).toEqual(['linked: whole']);
  });
  it.each([
    '<link rel="icon" href="/manifest.json" />',
    '<link rel="manifests" href="/x.json" />',
    '<link href="/x.json" rel="icon" />',
    '<link href=/manifest.json rel=/manifest/ />',
    "const head = { rel: 'icon', href: '/manifest.json' };",
    'const head = <PwaManifestOf />;',
    'const head = <blink rel="icon">;',
  ])('not linked by %s', async (text) => {
    expect(await manifests(spa({ 'src/App.tsx': view(text), ...own }))).toEqual(['not linked: whole']);
  });
  it.each([
    ["{ rel: 'manifest', href: '/missing.json' }", 'linked: the file that is linked'],
    ["{ href: '/missing.json', type: 'a', rel: 'manifest' }", 'linked: the file that is linked'],
    ['{ href :"/missing.json" , rel: "manifest" }', 'linked: the file that is linked'],
    ["{ href: '/api/manifest', rel: 'manifest' }", 'linked: unknown'],
    ["{ rel: 'manifest' }", 'linked: unknown'],
    ["{ href:`/missing.json`,rel: 'manifest' }", 'linked: the file that is linked'],
    ["{ href: /missing.json/, rel: 'manifest' }", 'linked: unknown'],
    ["{ href: '/other.json' }, { rel: 'manifest' }", 'linked: unknown'],
    ['{ href: other, rel: "manifest" }', 'linked: unknown'],
  ])('led nowhere by %s', async (text, expected) => {
    expect(await manifests(spa({ 'src/App.tsx': view(`const links = [${text}];`) }))).toEqual([expected]);
  });
  it.each([
    ['manifest', 'linked: whole'],
    ['preload manifest', 'linked: whole'],
    ['manifests', 'not linked: whole'],
    ['webmanifest', 'not linked: whole'],
  ])('a page that links it as %s: %s', async (rel, expected) => {
    const page = (href: string) => ({
      'index.html': `<link rel="${rel}" href="${href}">\n<script type="module" src="/src/main.tsx"></script>\n`,
    });
    expect(await manifests(spa({ ...page('/manifest.json'), ...own }))).toEqual([expected]);
    expect(await manifests(spa({ ...page('%PUBLIC_URL%/manifest.json?v=2'), ...own }))).toEqual([expected]);
    expect(await manifests(spa({ ...page('<%= BASE_URL %>manifest.json'), ...own }))).toEqual([expected]);
  });

  const next = (layout: string, more: Record<string, string>) =>
    framework('next', { 'app/page.tsx': 'export default () => <main />;\n', 'app/layout.tsx': layout, ...more }, [
      'react',
    ]);
  it.each([
    ["export const metadata = { manifest: '/missing.json' };", ['linked: the file that is linked']],
    ["export const metadata = { manifest :'/missing.json' };", ['linked: the file that is linked']],
    ["export const metadata = { manifest:'/missing.json' };", ['linked: the file that is linked']],
    ['export const metadata = { manifest: site.at("manifest") };', ['linked: unknown']],
    ['export const metadata = { manifest: `/${site}.json` };', ['linked: unknown']],
    ["export const metadata = { manifest: new URL('/a') };", []],
    ["export const meta = { manifest: '/missing.json' };", []],
    ['export const metadata = { manifest };', []],
  ])('named by a layout of Next.js, %s', async (text, expected) => {
    expect(await manifests(next(`${text}\nexport default () => <html />;\n`, {}))).toEqual(expected);
  });
  it.each([
    ['app/manifest.json', 'linked: whole'],
    ['app/(shop)/deep/manifest.webmanifest', 'linked: whole'],
    ['src/app/manifest.json', 'linked: whole'],
    ['public/manifest.json', 'not linked: whole'],
  ])('a route of Next.js in %s', async (path, expected) => {
    expect(await manifests(next('export default () => <html />;\n', { [path]: complete, ...icons }))).toEqual([
      expected,
    ]);
  });

  const plugin = (text: string, more: Record<string, string> = {}) =>
    spa({ 'vite.config.ts': `export default { plugins: [${text}] };\n`, ...more });
  it.each([
    ['VitePWA({})', ['linked: an icon of 192 pixels, an icon of 512 pixels']],
    ['VitePWA ( { } )', ['linked: an icon of 192 pixels, an icon of 512 pixels']],
    ['VitePWA({ manifest: false })', []],
    ['VitePWA({ manifest :false })', []],
    ['VitePWA({ manifest:false })', []],
    ['VitePWA({ manifest })', ['linked: unknown']],
    ['VitePWA({ manifest : made })', ['linked: unknown']],
    ['VitePWA( made )', ['linked: unknown']],
    ['VitePWA (made)', ['linked: unknown']],
    ['VitePWA({ pwaAssets: {} })', ['linked: whole']],
    [
      "VitePWA({ manifest: { icons: [{ src: '192.png', sizes: '192x192' }, { src: '512.png', sizes: '512x512' }] } })",
      ['linked: whole'],
    ],
    [
      "VitePWA({ manifest:{ icons: [{ src :'/192.png?v=1', sizes :'192x192' }, { src: './512.png#a', sizes: '512x512' }] } })",
      ['linked: whole'],
    ],
    [
      "VitePWA({ manifest : { icons: [{ src: 'http://a.example/all.png', sizes: '192x192 512x512' }] } })",
      ['linked: whole'],
    ],
    [
      "VitePWA({ manifest: { icons: [{ src: 'https://a.example/all.png', sizes: '192x192 512x512' }] } })",
      ['linked: whole'],
    ],
    [
      "VitePWA({ manifest: { icons: [{ src: 'from-https://all.png', sizes: '192x192 512x512' }] } })",
      ['linked: an icon of 192 pixels, an icon of 512 pixels, the file from-https://all.png'],
    ],
    [
      "VitePWA({ manifest: { icons: [{ src: 'gone.png', sizes: '192x192 512x512' }] } })",
      ['linked: an icon of 192 pixels, an icon of 512 pixels, the file gone.png'],
    ],
    ['VitePWA({ manifest: { icons } })', ['linked: an icon of 192 pixels, an icon of 512 pixels']],
    ['VitePWA({ manifest: { icons, name } })', ['linked: unknown']],
    ['VitePWA({ manifest: { icons : made } })', ['linked: unknown']],
    ['VitePWA({ manifest: { icons :made } })', ['linked: unknown']],
    ['VitePWA({ manifest: { icons:[] } })', ['linked: an icon of 192 pixels, an icon of 512 pixels']],
    ['VitePWA({ manifest: { icons:  [] } })', ['linked: an icon of 192 pixels, an icon of 512 pixels']],
    ['VitePWA({ manifest: { ...made } })', ['linked: unknown']],
    ["new WebpackPwaManifest({ icons: [{ src: 'a.png', sizes: [192, 512] }] })", ['linked: whole']],
    ["new WebpackPwaManifest ({ icons: [{ src: 'a.png', sizes :[192, 512] }] })", ['linked: whole']],
    ["new WebpackPwaManifest({ icons: [{ src: 'a.png', sizes:[192, 512] }] })", ['linked: whole']],
    ['new FaviconsWebpackPlugin ()', ['linked: whole']],
    ["{ resolve: 'gatsby-plugin-manifest', options: { icon: 'a.svg' } }", ['linked: whole']],
    ["{ resolve: 'gatsby-plugin-manifest', options: { icon :'a.svg' } }", ['linked: whole']],
    ["['@nuxtjs/pwa', { manifest: {} }]", ['linked: whole']],
  ])('made by %s', async (text, expected) => expect(await manifests(plugin(text, icons))).toEqual(expected));
});

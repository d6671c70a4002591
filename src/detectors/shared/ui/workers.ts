import type { AuditModel } from '../../../model/audit-model.ts';
import type { Component } from '../../../model/component.ts';
import { type Evidence, lineAt, lineStartsOf } from '../../../model/evidence.ts';
import type { Liveness } from '../../../model/wiring.ts';
import { declaredIn } from '../manifests.ts';
import { wantedPackages } from '../packages.ts';
import { livenessIn } from '../reach.ts';
import { filesOf, isAside, manifestsOf, noteOf, once, ownerOf } from '../scope.ts';
import { buildConfigs } from './build-config.ts';
import { sighted, type UiFile, uiFiles } from './files.ts';

/** A service worker, its registration, or what makes it. */
export interface Worker {
  at: Evidence;
  /** `dead`: nothing registers it. */
  registered: Liveness;
  caches: boolean;
}

/** Plugins that make a worker that caches: those of the first list register it too, unless told not to. */
const plugins: readonly { text: RegExp; note: string; registers: boolean; unless?: RegExp }[] = [
  {
    text: /\b(?:VitePWA|SvelteKitPWA|AstroPWA|VitePluginPWA)\s*\(/,
    note: 'builds a service worker',
    registers: true,
    unless: /\binjectRegister\s*:\s*(?:false|null)|\bselfDestroying\s*:\s*true/,
  },
  {
    text: /\b(?:withPWA|withPWAInit|nextPWA|withSerwist|withSerwistInit|withOffline)\s*\(|require\(\s*['"](?:@ducanh2912\/)?next-pwa['"]\s*\)(?:\s*\.\s*default)?\s*\(/,
    note: 'builds and registers a service worker',
    registers: true,
    unless: /\bregister\s*:\s*false|\bdisable\s*:\s*true\b/,
  },
  {
    text: /['"](?:@vite-pwa\/nuxt|@nuxtjs\/pwa|gatsby-plugin-offline)['"]/,
    note: 'builds and registers a service worker',
    registers: true,
    unless: /\bworkbox\s*:\s*false|\binjectRegister\s*:\s*(?:false|null)/,
  },
  {
    text: /\b(?:GenerateSW|InjectManifest|OfflinePlugin|serwist)\s*\(/,
    note: 'builds a service worker',
    registers: false,
  },
];

const registerCall =
  /\b(?:navigator\s*(?:\?\.|\.)\s*)?serviceWorker\s*(?:\?\.|\.|!\.)\s*register\s*\(|\bcontainer\.register\s*\(\s*['"]/;
/** Registration through a helper of the plugin. */
const helperCall =
  /\b(?:useRegisterSW|registerSW)\s*\(|\bnew\s+Workbox\s*\(|\b(?:provideServiceWorker|ServiceWorkerModule\.register)\s*\(|\bserviceWorkerRegistration\.register\s*\(|\bfrom\s*['"]register-service-worker['"]|<SerwistProvider[\s>]/;
const pushCall =
  /\b(?:getMessaging|firebase\.messaging|messaging)\s*\(|\bOneSignal\.init\s*\(|\bpushManager\.subscribe\s*\(/;

const caching =
  /\bcaches\s*\.\s*(?:open|match|keys)\b|\bcache\s*\.\s*(?:addAll|put|add)\b|precacheAndRoute|precache\s*\(|__SW_MANIFEST|__WB_MANIFEST|\b(?:CacheFirst|NetworkFirst|StaleWhileRevalidate)\b|ngsw-worker|new\s+Serwist\b|workbox-(?:precaching|strategies|sw)|workbox\.|defaultCache\b/;
const workerFile =
  /(^|\/)(sw|service[-_]?worker|[\w.-]*[-.]sw|[\w-]*-service-worker|OneSignalSDKWorker|serviceworker)(\/index)?\.[cm]?[jt]s$|(^|\/)(worker|app)\/sw\.[jt]s$/i;
/** It makes a worker that caches without being named in a configuration. */
const builders = [{ package: '@vue/cli-plugin-pwa', members: [], sideEffect: false, tags: [] }];
/** Workers for tests and for other ends. */
const other = /mockServiceWorker|msw|\.test\.|\.spec\.|worker-javascript|monaco/i;

export const workersOf = once((model, component: Component): Worker[] => {
  const files = uiFiles(model, component);
  const made = fromPlugins(model, component, files);
  const built = made.length > 0 || declaredIn(model, component, builders).length > 0;
  const registered = registrations(model, component, files, built);
  const used = new Set([...made, ...registered].map((worker) => worker.at.file));
  return [...made, ...registered, ...left(model, component).filter((worker) => !used.has(worker.at.file))];
});

function fromPlugins(model: AuditModel, component: Component, files: readonly UiFile[]): Worker[] {
  const helped = files.some((file) => file.live === 'live' && helperCall.test(file.text));
  const found: Worker[] = [];
  for (const config of buildConfigs(model, component)) {
    for (const plugin of plugins) {
      const at = sighted(config, plugin.text, plugin.note);
      if (!at) continue;
      const off = plugin.unless?.test(config.text) ?? false;
      found.push({
        at,
        registered: helped || (plugin.registers && !off) ? 'live' : 'dead',
        caches: !/selfDestroying\s*:\s*true/.test(config.text),
      });
    }
  }
  if (component.frameworks.includes('sveltekit')) {
    const worker = files.find((file) => /^src\/service-worker(\/index)?\.[jt]s$/.test(file.inside));
    if (worker)
      found.push({
        at: noteOf({ file: worker.path, line: 1 }, 'SvelteKit registers it'),
        registered: 'live',
        caches: caching.test(worker.text),
      });
  }
  return found;
}

function registrations(model: AuditModel, component: Component, files: readonly UiFile[], built: boolean): Worker[] {
  const wiring = model.wiring.of(component);
  const found: Worker[] = [];
  const ngsw = filesOf(model, component).some((path) => /(^|\/)ngsw-config\.json$/.test(path));
  const pushes = hasPushFile(model, component);
  for (const file of files) {
    if (other.test(file.path)) continue;
    const at = sighted(file, registerCall, 'registers a service worker');
    if (at && !/mockServiceWorker|setupWorker/.test(file.text)) {
      const calls = wiring.calls(
        (call, path) => path === file.path && /serviceWorker!?\??\.register$/.test(call.callee),
      );
      const live = servedBy(model, component, file)
        ? 'live'
        : calls.length > 0
          ? bestOf(calls.map((call) => livenessIn(wiring, call.live)))
          : file.live;
      found.push({ at, registered: live, caches: built || scriptCaches(model, component, file) });
    }
    const helper = sighted(file, helperCall, 'registers a service worker');
    if (helper)
      found.push({ at: helper, registered: file.live, caches: built || ngsw || scriptCaches(model, component, file) });
    const push = pushes && sighted(file, pushCall, 'registers a worker for messages alone');
    if (push) found.push({ at: push, registered: file.live, caches: false });
  }
  return [...found, ...inPages(model, component, files, built)];
}

const bestOf = (some: readonly Liveness[]): Liveness =>
  some.includes('live') ? 'live' : some.includes('unknown') ? 'unknown' : 'dead';

/** Scripts in pages that are no files of the user interface by their ending: templates of a server. */
function inPages(model: AuditModel, component: Component, files: readonly UiFile[], built: boolean): Worker[] {
  const read = new Set(files.map(({ path }) => path));
  return model.facts.pages
    .filter(({ path }) => !read.has(path))
    .filter((page) => ownerOf(model, page.path) === component.path && !isAside(page.path, component.path))
    .flatMap((page) =>
      (page.inline ?? []).flatMap((script): Worker[] => {
        const match = registerCall.exec(script.text);
        if (!match || other.test(script.text)) return [];
        const text = model.view.text(page.path);
        const line = lineAt(lineStartsOf(text), text.indexOf(script.text) + match.index);
        return [
          {
            at: noteOf({ file: page.path, line }, 'registers a service worker'),
            registered: 'live',
            caches:
              built ||
              scriptCaches(model, component, { path: page.path, inside: page.path, text: script.text, live: 'live' }),
          },
        ];
      }),
    );
}

/** A script that a page loads as it lies there, without an import. */
const servedBy = (model: AuditModel, component: Component, file: UiFile): boolean =>
  model.facts.pages.some(
    (page) =>
      ownerOf(model, page.path) === component.path &&
      page.scripts.some(({ src }) => file.path.endsWith(src.replace(/^[./]*/, '/').replace(/[?#].*$/, ''))),
  );

/** Whether the worker that the file registers caches: read where it lies in the tree, taken on trust where create-react-app makes it. */
function scriptCaches(model: AuditModel, component: Component, file: UiFile): boolean {
  const name =
    /(?:register|Workbox)\s*\(\s*(?:new URL\(\s*)?[`'"][^`'"]*?([\w.-]+\.[cm]?[jt]s)\b/.exec(file.text)?.[1] ??
    /([\w.-]*(?:sw|service-?worker)[\w.-]*\.[cm]?js)\b/i.exec(file.text)?.[1];
  const candidates = filesOf(model, component).filter(
    (path) => (name ? stem(path) === stem(name) : workerFile.test(path)) && path !== file.path && !other.test(path),
  );
  if (candidates.length > 0) return candidates.some((path) => caching.test(model.view.text(path)));
  return manifestsOf(model, component).some(({ manifest }) => {
    const version = { ...manifest.devDependencies, ...manifest.dependencies }['react-scripts'];
    return version !== undefined && /^[~^]?[0-3]\./.test(version);
  });
}

const stem = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[cm]?[jt]s$/, '')
    .toLowerCase();

const hasPushFile = (model: AuditModel, component: Component): boolean =>
  filesOf(model, component).some((path) => /(firebase-messaging-sw|OneSignalSDKWorker)\.js$/.test(path));

/** Workers that nothing registers, and plugins that no configuration names. */
function left(model: AuditModel, component: Component): Worker[] {
  const files = filesOf(model, component)
    .filter((path) => workerFile.test(path) && !other.test(path) && !isAside(path, component.path))
    .filter((path) => /\bself\s*\.|\bcaches\b|importScripts|serviceWorker|addEventListener/.test(model.view.text(path)))
    .map((path) => noteOf({ file: path, line: 1 }, 'a service worker that nothing registers'));
  const ngsw = filesOf(model, component)
    .filter((path) => /(^|\/)ngsw-config\.json$/.test(path))
    .map((path) => noteOf({ file: path, line: 1 }, 'settings of a service worker'));
  const declared = declaredIn(model, component, wantedPackages(model.knowledge, { capability: 'service-worker' }));
  return [...files, ...ngsw, ...declared].map((at) => ({ at, registered: 'dead' as const, caches: false }));
}

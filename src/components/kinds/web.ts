import { runsOf } from '../../commands/index.ts';
import type { Evidence } from '../../model/evidence.ts';
import { baseOf, relativeTo } from '../../model/paths.ts';
import { isTestPath } from '../../model/source-paths.ts';
import { type Decide, home } from '../decision.ts';
import { sitePages } from '../roots/pages.ts';
import { ownFile, type Signals, startedBy } from '../signals.ts';
import { hasMain, isOffered, isPlaced } from './library.ts';
import { listening } from './listening.ts';
import { workspaceProject } from './workspace-project.ts';

const fullStackPrograms =
  'next nuxt nuxi remix remix-serve react-router react-router-serve astro gatsby svelte-kit vinxi waku blitz rw redwood meteor qwik wasp'.split(
    ' ',
  );
const fullStackConfigs = [
  'next.config',
  'nuxt.config',
  'astro.config',
  'remix.config',
  'react-router.config',
  'svelte.config',
  'gatsby-config',
  'app.config',
  'waku.config',
  'fresh.config',
  'fresh.gen',
].flatMap((name) => ['js', 'mjs', 'ts', 'mts', 'cjs'].map((ending) => `${name}.${ending}`));
/** Programs that only ever build an app. */
const appPrograms = 'react-scripts craco react-app-rewired ng vue-cli-service quasar umi max ember ice'.split(' ');
const bundlers = 'vite webpack webpack-dev-server parcel rsbuild rspack farm snowpack esbuild rollup vike heft'.split(
  ' ',
);
const fileServers = 'http-server serve live-server lite-server browser-sync'.split(' ');
const pages = [
  'index.html',
  'public/index.html',
  'src/index.html',
  'app/index.html',
  'client/index.html',
  'www/index.html',
  'src/app.html',
];
const webExecutor = /next|vite:(dev-server|build)|angular|:(web-)?dev-server|rspack|remix|nuxt|react:/;

/** Apps for the browser, with or without a server of their own. */
export const web: Decide = (signals) =>
  fullStack(signals) ?? singlePage(signals) ?? byExecutor(signals) ?? staticPage(signals);

const fullStack: Decide = (signals) => {
  const use = signals.frameworks.find(({ fact }) => fact.kind === 'full-stack' || fact.name === 'gatsby');
  const started = startedBy(signals, ...fullStackPrograms);
  const config =
    ownFile(signals, ...fullStackConfigs, 'main.wasp', 'main.wasp.ts', '.meteor/release') ?? configBelow(signals);
  // Where the workspace's own manifest holds all dependencies, program and configuration tell as much.
  if (!use && started && config)
    return {
      kind: 'web',
      evidence: [started.evidence, { file: config, line: 1, note: 'framework configuration' }],
      framework: started.run.program,
    };
  if (!use) return null;
  const page = pageFile(signals);
  if (!started && !config && !page) return null;
  // A kit's own packages are built and tried out with it, and are still for others to import.
  if (isOffered(signals) && !isPlaced(signals) && !started) return null;
  const shown = started?.evidence ?? {
    file: config ?? page!,
    line: 1,
    note: config ? 'framework configuration' : 'page of the framework',
  };
  return { kind: 'web', evidence: [use.evidence, shown], framework: use.fact.name };
};

/** A server that makes Next.js for a folder beside its own code: `next({ dir: './src/pages' })`. */
const configBelow = ({ own }: Signals): string | null =>
  own.find((file) => /\/next\.config\.[cm]?[jt]s$/.test(file) && !isTestPath(file)) ?? null;

/** A file that is a page by the convention of a framework with folders of pages. */
function pageFile(signals: Signals): string | null {
  const isPage =
    /^(src\/)?(app\/((.*\/)?page\.[jt]sx?|root\.[jt]sx|routes\/.*\.[jt]sx)|(app\/)?pages\/(.*\/)?[\w[\]-]+\.([jt]sx|vue)|routes\/(.*\/)?\+page\.svelte|routes\/.*\.[jt]sx)$/;
  return signals.own.find((file) => isPage.test(relativeTo(file, signals.root.path))) ?? null;
}

const singlePage: Decide = (signals) => {
  const app = startedBy(signals, ...appPrograms);
  const use = signals.frameworks.find(({ fact }) => fact.kind === 'web');
  const page = htmlPage(signals);
  // With a page and no entry for importers, the package that names it as a dependency gives out what is built of it.
  const isApp = page !== null && !hasMain(signals) && !signals.manifest?.raw.exports && !signals.manifest?.raw.module;
  const isTakenIn = signals.imported && !isPlaced(signals) && !isApp;
  if (app && !isTakenIn && !ownFile(signals, 'ng-package.json'))
    return {
      kind: 'web',
      evidence: [app.evidence, ...(use ? [use.evidence] : [])],
      framework: use?.fact.name ?? app.run.program,
    };
  // A bundler may write the page as well; then what gives out the built files shows that there is one.
  const bundled =
    startedBy(signals, ...bundlers) ??
    buildBy(signals) ??
    inferredBy(signals) ??
    bundledInCode(signals) ??
    configuredFor(signals);
  if (!bundled || !use) return null;
  const shown = page
    ? { file: page, line: 1, note: 'page of the app' }
    : (startedBy(signals, ...fileServers)?.evidence ?? renderedByServer(signals) ?? mountedInPage(signals));
  if (!shown) return null;
  if (isOffered(signals) && !isPlaced(signals) && !isApp) return null;
  if (use.fact.name === 'vite' && listening(signals).length > 0) return null;
  return {
    kind: 'web',
    evidence: [shown, bundled.evidence],
    framework: use.fact.name,
  };
};

/** The page comes from the server, and the browser takes it over: both ends are in the code. */
function renderedByServer({ wiring, view }: Signals): Evidence | undefined {
  const packages = wiring.packages();
  const renders = [...packages].find(([name, { live }]) => live !== 'dead' && serverRenderers.test(name));
  const takesOver = ['react-dom', 'react-dom/client', 'preact', 'vue'].some((name) =>
    /\b(hydrate|hydrateRoot|render|createSSRApp)\s*\(/.test(view.text(packages.get(name)?.evidence.file ?? '')),
  );
  return renders && takesOver ? { ...renders[1].evidence, note: 'renders the page on the server' } : undefined;
}
const serverRenderers = /^(react-dom\/server|preact-render-to-string|vue-server-renderer|@vue\/server-renderer)$/;

/** An app that takes over an element of a page, whoever writes that page: a template of the server in the same package. */
function mountedInPage({ wiring, view }: Signals): Evidence | undefined {
  const file = wiring.reached.find((path) => !isTestPath(path) && mounting.test(view.text(path)));
  const text = file ? view.read(file)! : '';
  const line = text.slice(0, mounting.exec(text)?.index ?? 0).split('\n').length;
  return file ? { file, line, note: 'mounts the app in a page' } : undefined;
}
const mounting =
  /\bnew Vue\(\s*\{|\bcreateApp\([^;]*?\)[^;]*?\.mount\(|\bReactDOM\.(render|hydrate)\(|\b(hydrateRoot|createRoot)\(|\bbootstrap(Module|Application)\(|\.mount\(\s*['"`](body|[#.][\w-]+)['"`]|\brender\(\s*<[^;]{0,600}?,\s*document\.|\bnew App\(\s*\{\s*(target|hydrate)\b|\bmount\(\w+,\s*\{\s*target\b/;

/** A bundler in the build script, for apps that a server in the same package serves. */
function buildBy({ manifest, facts, view }: Signals): { evidence: Evidence } | null {
  for (const [name, text] of Object.entries(manifest?.scripts ?? {})) {
    if (!/^build([:._-]|$)/.test(name)) continue;
    const builds = runsOf(text, { cwd: manifest!.dir, facts, view });
    if (!builds.some(({ program, cwd }) => bundlers.includes(program) && cwd === manifest!.dir)) continue;
    return {
      evidence: { file: manifest!.path, line: manifest!.lines[`scripts.${name}`] ?? 1, note: `"${name}" runs ${text}` },
    };
  }
  return null;
}

/** An Nx application says no more than that it is one: its targets are inferred from the bundler's configuration. */
function inferredBy(signals: Signals): { evidence: Evidence } | null {
  const config = workspaceProject(signals).type === 'application' ? ownFile(signals, ...bundlerConfigs) : null;
  return config ? { evidence: { file: config, line: 1, note: 'Nx builds it by this configuration' } } : null;
}
const configNames = (middle: string): string[] =>
  ['vite', 'webpack', 'rsbuild', 'rspack'].flatMap((name) =>
    ['ts', 'js', 'mts', 'mjs', 'cjs'].map((ending) => `${name}.config${middle}.${ending}`),
  );
const bundlerConfigs = configNames('');

/** A script of its own or its server's program calls the bundler (`node tools/build.js`): the configuration lies there for it all the same. */
function configuredFor(signals: Signals): { evidence: Evidence } | null {
  if (hasMain(signals)) return null;
  const config = ownFile(signals, ...['', '.dev', '.prod', '.babel'].flatMap(configNames));
  return config ? { evidence: { file: config, line: 1, note: 'configuration of its bundler' } } : null;
}

/** A bundler that the program itself calls, when it is asked to build. */
function bundledInCode({ wiring, calls }: Signals): { evidence: Evidence } | null {
  const built = calls.find(({ fact }) => fact.callee === 'Bun.build');
  if (built) return { evidence: { file: built.file, line: built.fact.line, note: 'Bun builds it' } };
  const called = bundlers.map((name) => wiring.packages().get(name)).find((use) => use && use.live !== 'dead');
  return called ? { evidence: called.evidence } : null;
}

const htmlPage = (signals: Signals): string | null =>
  ownFile(signals, ...pages) ??
  signals.own.find(
    (file) =>
      baseOf(file) === 'index.html' &&
      !/(^|\/)(test|tests|docs|examples?|templates?|emails?)\//.test(relativeTo(file, signals.root.path)),
  ) ??
  null;

const byExecutor: Decide = (signals) => {
  const executor = workspaceProject(signals).executors.find(
    (name) => webExecutor.test(name) && !/ng-packagr|:package/.test(name),
  );
  if (!executor || isOffered(signals)) return null;
  const use = signals.frameworks.find(({ fact }) => fact.kind === 'web' || fact.kind === 'full-stack');
  return use
    ? { kind: 'web', evidence: [home(signals, `built by ${executor}`), use.evidence], framework: use.fact.name }
    : null;
};

const sitePage = (signals: Signals): string | null => ownFile(signals, ...sitePages);

/** An image of its own that is a web server with files put in. */
function imageOfFileServer({ images, facts }: Signals): Evidence | null {
  for (const path of images) {
    const fact = facts.dockerfiles.find((one) => one.path === path);
    const last = fact?.stages[fact.final];
    if (!last || !/(^|\/)(nginx|nginx-unprivileged|httpd|caddy)$/.test(last.base.image)) continue;
    if (last.copies.some(({ sources }) => sources.some((source) => !/\.(conf|template|sh|ya?ml)$|\.so$/.test(source))))
      return { file: path, line: last.line, note: `${last.base.image} serves its files` };
  }
  return null;
}

/** Pages without a build: served as they lie, by a file server or an image of one. */
const staticPage: Decide = (signals) => {
  const fileImage = imageOfFileServer(signals);
  const page = sitePage(signals) ?? (fileImage ? htmlPage(signals) : null);
  if (!page || listening(signals).length > 0) return null;
  if (signals.frameworks.some(({ fact, how }) => fact.kind === 'server' && how === 'runtime')) return null;
  const served =
    fileImage ??
    startedBy(signals, ...fileServers)?.evidence ??
    (isPlaced(signals) && !isOffered(signals) ? home(signals, 'served as files') : null);
  return served ? { kind: 'web', evidence: [{ file: page, line: 1, note: 'page of the site' }, served] } : null;
};

/** Pages that load scripts of their own and that nothing here builds or serves: any host of files does. */
export const pagesAlone: Decide = (signals) => {
  const page = sitePage(signals);
  if (!page || isOffered(signals) || hasMain(signals)) return null;
  if (Object.keys(signals.manifest?.peerDependencies ?? {}).length > 0) return null;
  const script = signals.facts.pages
    .find(({ path }) => path === page)
    ?.scripts.find(({ src }) => src !== '' && !/^([a-z]+:)?\/\//i.test(src));
  if (!script) return null;
  return { kind: 'web', evidence: [{ file: page, line: script.line, note: `page of the site, loads ${script.src}` }] };
};

import { baseOf } from '../../model/paths.ts';
import { type Decide, home } from '../decision.ts';
import { isToolingPath } from '../places.ts';
import { hasFolder, ownFile, type Signals, startedBy, uses } from '../signals.ts';
import { isOffered } from './library.ts';
import { listening } from './listening.ts';

const docsSites = ['docusaurus', 'vitepress', 'vuepress', 'starlight', 'mintlify', 'docsify'];
const docsPrograms = [
  'docusaurus',
  'vitepress',
  'vuepress',
  'mintlify',
  'mint',
  'docsify',
  'storybook',
  'start-storybook',
];
const docsName = /(^|[-_/])(docs?|documentation|storybook)([-_/]|$)/i;
const toolName =
  /^(create-|generator-)|(^|[-_])dev-?server$|[-_](e2e|cli|codemods?|codegen|generator|loadtest|load-test)$|^remix\.init$|^(e2e|cli|codegen|loadgenerator|load-generator|storybook)$|^(demo|example|sample)s?[-_]|[-_](demo|example|sample|test)s?$|[-_](testing|mocks?|(test|mock)-?(app|server|kit|utils?|harness))$/i;
const suites = [
  '@playwright/test',
  'cypress',
  'webdriverio',
  'detox',
  'k6',
  'artillery',
  '@cucumber/cucumber',
  'nightwatch',
  'testcafe',
  'newman',
];

/** What is a tool by its nature: docs, examples, suites, generators, extensions and desktop shells. What is deployed is none. */
export const toolByNature: Decide = (signals) => {
  const { root } = signals;
  const site = docs(signals) ?? prose(signals) ?? loadGenerator(signals);
  if (site || signals.deployed.length > 0) return site;
  if (root.path !== '.' && isToolingPath(root.path) && !isApart(signals))
    return { kind: 'tool', evidence: [home(signals, `stands under ${root.path}`)] };
  if (signals.staged) return { kind: 'tool', evidence: [home(signals, `a stage of a course: ${root.path}`)] };
  const other = extension(signals) ?? desktop(signals) ?? suite(signals);
  // A command line that an image starts as a server goes by what it does.
  const isServed = signals.images.length > 0 && listening(signals).length > 0;
  return other ?? (isServed ? null : named(signals));
};

/** Something that has its own image and a place on a platform is meant to run, wherever it stands. */
const isApart = (signals: Signals): boolean => signals.images.length > 0 && signals.managed !== null;

const docs: Decide = (signals) => {
  const started = signals.starts.find(
    ({ run, by }) => docsPrograms.includes(run.program) && /^(start|dev|serve|develop)$/.test(by),
  );
  const site = uses(signals, ...docsSites);
  // Parts that others take in are shown in stories, and are no tool by that.
  const isShown = started !== undefined && /storybook/.test(started.run.program) && !isOffered(signals);
  if (started && (site || isShown))
    return { kind: 'tool', evidence: [started.evidence], framework: site?.fact.name ?? 'storybook' };
  const inPages = uses(signals, 'nextra', 'fumadocs', 'starlight');
  if (inPages && docsName.test(`${signals.root.path}/${signals.root.name}`))
    return { kind: 'tool', evidence: [inPages.evidence], framework: inPages.fact.name };
  if (docsName.test(baseOf(signals.root.path)) && signals.root.path !== '.' && !isOffered(signals))
    return { kind: 'tool', evidence: [home(signals, `named for documentation: ${signals.root.path}`)] };
  return null;
};

/** Beside a product, a site that is mostly written text is its documentation, unless it is the page that sells it. */
const prose: Decide = (signals) => {
  const texts = signals.own.filter((file) => /\.mdx?$/.test(file));
  if (/(^|[-_/])(landing|marketing|home(page)?|website|site|web|www|blog)([-_]|$)/.test(signals.root.path)) return null;
  if (signals.root.path === '.' || texts.length < 20 || texts.length < signals.work.length) return null;
  return { kind: 'tool', evidence: [{ file: texts[0]!, line: 1, note: `mostly written text: ${texts.length} pages` }] };
};

const extension: Decide = (signals) => {
  const { manifest } = signals;
  if (manifest?.engines.vscode) return { kind: 'tool', evidence: [home(signals, 'editor extension')] };
  const action = ownFile(signals, 'action.yml', 'action.yaml');
  if (action) return { kind: 'tool', evidence: [{ file: action, line: 1, note: 'action for a CI host' }] };
  const browser = ownFile(
    signals,
    'manifest.json',
    'public/manifest.json',
    'src/manifest.json',
    'static/manifest.json',
  );
  if (browser && /"manifest_version"\s*:/.test(signals.view.text(browser)))
    return { kind: 'tool', evidence: [{ file: browser, line: 1, note: 'browser extension' }] };
  const wxt = startedBy(signals, 'wxt', 'plasmo');
  return wxt ? { kind: 'tool', evidence: [wxt.evidence] } : null;
};

const desktop: Decide = (signals) => {
  if (signals.images.length > 0 || signals.managed) return null;
  if (hasFolder(signals, 'src-tauri'))
    return { kind: 'tool', evidence: [home(signals, 'desktop app: src-tauri')], framework: 'tauri' };
  const started = startedBy(signals, 'electron', 'electron-forge', 'electron-vite', 'electron-builder', 'tauri');
  if (started) return { kind: 'tool', evidence: [started.evidence], framework: 'electron' };
  const { manifest } = signals;
  const all = { ...manifest?.devDependencies, ...manifest?.dependencies };
  const packager = 'electron' in all ? packagers.find((name) => name in all) : undefined;
  if (!manifest || !packager) return null;
  const line = manifest.lines[`devDependencies.${packager}`] ?? manifest.lines[`dependencies.${packager}`] ?? 1;
  return {
    kind: 'tool',
    evidence: [{ file: manifest.path, line, note: `packaged for the desktop by ${packager}` }],
    framework: 'electron',
  };
};
/** What makes an installer of an Electron app, or has Vite start it. */
const packagers = [
  'electron-builder',
  '@electron-forge/cli',
  'electron-packager',
  '@electron/packager',
  'electron-vite',
  'vite-plugin-electron',
];

/** A package whose only tools are test runners and which has no code but tests. */
const suite: Decide = (signals) => {
  const { manifest } = signals;
  if (!manifest || signals.root.path === '.') return null;
  const all = { ...manifest.dependencies, ...manifest.devDependencies };
  const found = suites.find((name) => name in all);
  if (!found || signals.frameworks.some((use) => use.how === 'runtime') || signals.work.length > 3) return null;
  return { kind: 'tool', evidence: [home(signals, `test suite: ${found}`)] };
};

/** Load for others to bear is no service, though a demonstration runs it beside them. */
const loadGenerator: Decide = (signals) =>
  signals.root.path.split('/').some((part) => /^load[-_]?(gen(erator)?|tests?|testing)$/i.test(part))
    ? { kind: 'tool', evidence: [home(signals, `makes load: ${signals.root.path}`)] }
    : null;

const named: Decide = (signals) => {
  const name = signals.root.name.split('/').at(-1)!;
  const base = baseOf(signals.root.path);
  if (signals.root.path === '.' && !/^(create-|generator-)/.test(name)) return null;
  if (![name, base].some((n) => toolName.test(n))) return null;
  return { kind: 'tool', evidence: [home(signals, `named for a tool: ${name}`)] };
};

/** What is left after everything that runs for people: a command line, or scripts. */
export const toolByCommand: Decide = (signals) => {
  const { manifest } = signals;
  const command = Object.keys(manifest?.bin ?? {})[0];
  if (!manifest || !command) return null;
  const line = manifest.lines[`bin.${command}`] ?? manifest.lines.bin ?? 1;
  return { kind: 'tool', evidence: [{ file: manifest.path, line, note: `command ${command}` }] };
};

import type { AuditModel } from '../../../model/audit-model.ts';
import type { Component } from '../../../model/component.ts';
import { baseOf, joinPath, relativeTo } from '../../../model/paths.ts';
import { isTestPath } from '../../../model/source-paths.ts';
import { runsOfScript } from '../programs.ts';
import { isSampleTest } from '../sample-tests.ts';
import { filesOf, once, ownerOf, sourcesByPath } from '../scope.ts';
import { withoutComments } from './text.ts';

/** Which tool a test is written for, where only that tool can run it; `unit`: any runner of plain tests. */
export type TestTool = 'unit' | 'playwright' | 'cypress' | 'maestro' | 'browser';

/** A file with tests in it. */
export interface TestFile {
  path: string;
  /** Line of its first test. */
  line: number;
  tool: TestTool;
  /** A generator left it, or it cannot fail. */
  sample: boolean;
  /** Path of the component whose folder holds it, or null. */
  owner: string | null;
  /** What it says, comments blanked. */
  text: string;
}

/** What a runner's file is called where its folder does not say so. */
const testName =
  /([._-](test|tests|spec|specs|unit|e2e|integration|int|cy|steps)|^(test|tests|spec)([._-].+)?|(Test|Tests|Spec))\.[cm]?[jt]sx?$/;
const beside =
  /(^|\/)(__mocks__|mocks?|__fixtures__|fixtures?|__snapshots__|\.storybook)\/|\.(config|conf|stories|story|mock|bench|d)\.[cm]?[jt]sx?$/i;
/** Code for readers or copied into other projects. */
const samples = /(^|\/)(examples?|samples?|docs?|documentation|templates?|boilerplates?|scaffolds?|__template__)\//i;

/** A layer of an app's views by that name (pages, templates, organisms), which nothing copies. */
const layer = /(^|\/)(src|app|components|lib)\/(.*\/)?templates?\//i;

/** Load for a running system asserts on its speed. */
const makesLoad = /(from|require\()\s*['"](k6(\/[\w/]+)?|artillery|autocannon|loadtest)['"]/;

/** What Karma loads to find all tests: it has none of its own. */
const startsRunner = /\binitTestEnvironment\(|\brequire\.context\(/;

const testCall =
  /(?<![\w.$/-])(it|test|describe|specify|suite|scenario|Scenario|Feature|fixture|context|page\.test)(\.[\w.]+)*\s*(\(|`|<\w)|(?<![\w$])(Deno|QUnit|t|tap|lab|suite)\.(test|module|experiment|it|describe)\s*\(|(?<![\w$])(Given|When|Then)\(\s*['"/]|^\s*['"][^'"\n]+['"]\s*(:\s*(async\s*)?(function\s*)?)?\(\s*(browser|client)\s*\)/m;

/** Files with tests, of JavaScript and TypeScript, and Maestro's flows. Samples in docs, templates and examples are nobody's tests. */
export const testFiles = once((model): readonly TestFile[] => [...code(model), ...flows(model)]);

/** What a program that tests without a runner's words has in it. */
const assertCall = /(?<![\w$.])assert(\.\w+)?\s*\(/;

/** Programs that a script named for tests starts by themselves: `"test:mail": "node scripts/mail-check.js"`. */
const programs = once(
  (model): ReadonlySet<string> =>
    new Set(
      model.facts.manifests.flatMap((manifest) =>
        Object.keys(manifest.scripts)
          .filter((name) => /^tests?($|[:._-])/.test(name))
          .flatMap((name) => runsOfScript(model, manifest, name))
          .flatMap(({ file, program }) => (file !== null && /^(node|tsx|ts-node|bun)$/.test(program) ? [file] : [])),
      ),
    ),
);

function code(model: AuditModel): TestFile[] {
  return model.facts.sources.flatMap(({ path }): TestFile[] => {
    const owner = ownerOf(model, path);
    const inside = owner === null || owner === '.' ? path : relativeTo(path, owner);
    const program = programs(model).has(path);
    if (!(program || isTestPath(inside) || testName.test(baseOf(path)) || isTestPath(path))) return [];
    if (beside.test(inside) || (samples.test(inside) && !(layer.test(inside) && isForPeople(model, owner)))) return [];
    const text = withoutComments(model.view.text(path));
    const at = testCall.exec(text) ?? (program ? assertCall.exec(text) : null);
    if (!at || makesLoad.test(text) || (startsRunner.test(text) && !/(?<![\w.$])(it|test|describe)\s*\(/.test(text)))
      return [];
    const line = text.slice(0, at.index).split('\n').length;
    return [
      {
        path,
        line,
        tool: fromFixture(model, path) ? 'playwright' : opensPages(model, path) ? 'browser' : toolOf(path, text),
        sample: isSampleTest(path, text),
        owner,
        text,
      },
    ];
  });
}

const isForPeople = (model: AuditModel, owner: string | null): boolean =>
  model.components.some(({ path, kind }) => path === owner && (kind === 'web' || kind === 'mobile'));

/** `import { test } from './fixtures'`, where that file extends Playwright's own. */
function fromFixture(model: AuditModel, path: string): boolean {
  const sources = sourcesByPath(model);
  return (sources.get(path)?.module.imports ?? [])
    .filter(({ names }) => names.some(({ imported }) => /^(test|it|base)$/.test(imported)))
    .some(({ specifier }) => {
      const target = model.wiring.resolve(path, specifier);
      return sources.get(target ?? '')?.module.imports.some((one) => one.specifier === '@playwright/test') ?? false;
    });
}

/** Playwright's own browsers, and the pages of Nuxt's test utilities, serve any runner: mostly by a helper that the tests share. */
function opensPages(model: AuditModel, path: string): boolean {
  const sources = sourcesByPath(model);
  const imports = sources.get(path)?.module.imports ?? [];
  const shared = imports.flatMap(({ specifier }) => {
    const target = specifier.startsWith('.') ? model.wiring.resolve(path, specifier) : null;
    return target !== null && isTestPath(target) ? (sources.get(target)?.module.imports ?? []) : [];
  });
  return [...imports, ...shared].some(({ specifier, names }) => {
    const opening = /^@nuxt\/test-utils(\/e2e)?$/.test(specifier)
      ? /^createPage$/
      : /^playwright(-core)?$/.test(specifier)
        ? /^(chromium|firefox|webkit)$/
        : null;
    return opening !== null && names.some(({ imported }) => opening.test(imported));
  });
}

function toolOf(path: string, text: string): TestTool {
  const from = (name: string) => new RegExp(`(from|require\\(|import\\()\\s*['"](?:${name})`).test(text);
  if (from('@playwright/test|playwright/test|playwright-bdd|@nuxt/test-utils/playwright')) return 'playwright';
  if (
    /(?<![\w$])cy\s*\.\s*\w|Cypress\./.test(text) &&
    (/\.cy\.|cypress/i.test(path) || /(?<![\w$])cy\s*\.\s*visit/.test(text))
  )
    return 'cypress';
  // A fixture of one's own over Playwright's: `test('…', async ({ page }) => …)`.
  if (/\b(test|it)(\.\w+)?\(\s*[^,]+,\s*(\{[^}]*\},\s*)?async\s*\(\s*\{[^}]*\b(page|browser|context)\b/.test(text))
    return /vitest/.test(text) ? 'unit' : 'playwright';
  if (
    from(
      'puppeteer|selenium-webdriver|webdriverio|@wdio/|detox|testcafe|nightwatch|playwright|@playwright/|codeceptjs|taiko|protractor',
    )
  )
    return 'browser';
  if (
    // Nightwatch hands the browser to each test and imports nothing for it.
    /\.(waitForElement(Visible|Present|NotVisible|NotPresent)|assert\.(elementPresent|containsText|visible|urlEquals|titleContains))\(|await (device\.(launchApp|reloadReactNative)|\$\(['"]|browser\.(url|\$|element|navigateTo)\()|I\.amOnPage\(|fixture\s*[`(][\s\S]{0,80}\.page[`(]|element\(by\./.test(
      text,
    )
  )
    return 'browser';
  return 'unit';
}

/** A Maestro flow opens an app and does something in it. */
function flows(model: AuditModel): TestFile[] {
  const named = model.facts.manifests.flatMap(({ dir, scripts }) =>
    Object.values(scripts).flatMap((text) => {
      const [, told] = /\bmaestro (?:test|cloud) (?:-\S+ )*([\w./-]+)/.exec(text) ?? [];
      const path = told === undefined ? null : joinPath(dir, told);
      return path === null ? [] : [path, `${path}/**/*.{yaml,yml}`];
    }),
  );
  const kept = ['**/{.maestro,maestro}/**/*.{yaml,yml}', '**/*.maestro.{yaml,yml}'];
  return model.view.glob([...kept, ...named]).flatMap((path) => {
    const text = model.view.text(path);
    const at = /^-\s*(launchApp|tapOn|assertVisible|openLink|runFlow)/m.exec(text);
    if (!at || /(^|\/)config\.ya?ml$/.test(path)) return [];
    const line = text.slice(0, at.index).split('\n').length;
    return [{ path, line, tool: 'maestro' as const, sample: false, owner: ownerOf(model, path), text }];
  });
}

const foreign =
  /(^|\/)(test_[^/]*\.py|[^/]*_(test|spec)\.(py|go|rb|exs|dart)|[^/]*(Tests?|Spec|IT)\.(java|kt|cs|php|scala|swift)|tests\/[^/]*\.rs)$/;

/** Test files of a component in another language, known by the names its runner looks for. */
export const foreignTests = (model: AuditModel, component: Component): readonly string[] =>
  component.language === 'js' ? [] : filesOf(model, component).filter((file) => foreign.test(file));

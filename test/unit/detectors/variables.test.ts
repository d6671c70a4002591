import { describe, expect, it } from 'vitest';
import { isGivenVariable, onceOnly } from '../../../src/detectors/shared/variables.ts';
import { app, asked, at } from './_asked.ts';

/** What nobody has to name in a template: a platform, a runtime or a tool sets it. */
describe('variables that are given', () => {
  it.each([
    'NODE_ENV',
    'PORT',
    'port',
    'HOST',
    'TZ',
    'LC_ALL',
    'TEAMCITY_VERSION',
    'ACTIONS_RUNTIME_TOKEN',
    'COREPACK_HOME',
    'XDG_CONFIG_HOME',
    'SSH_AUTH_SOCK',
    'GIT_COMMIT',
    'GIT_AUTHOR_NAME',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NODE_APP_INSTANCE',
    'pm_id',
    'PLAYWRIGHT',
    'PLAYWRIGHT_BROWSERS_PATH',
    'CYPRESS',
    'CYPRESS_CACHE_FOLDER',
    'VITEST',
    'VITEST_POOL_ID',
    'npm_package_version',
    'VERCEL',
    'VERCEL_URL',
    'NEXT_PUBLIC_VERCEL_ENV',
    'NETLIFY',
    'SST_STAGE',
    'GITHUB_SHA',
    'GITHUB_ACTION',
    'GITHUB_ACTION_REPOSITORY',
    'GITHUB_ACTOR',
    'GITHUB_ACTOR_ID',
    'GITHUB_EVENT_NAME',
    'GITHUB_REF',
    'GITHUB_REF_NAME',
    'GITHUB_REPOSITORY',
    'GITHUB_REPOSITORY_OWNER',
    'GITHUB_RUN_ID',
    'GITHUB_WORKFLOW',
    'GITHUB_WORKFLOW_REF',
    'RUNNER_OS',
    'CIRCLECI',
    'CIRCLE_SHA1',
    'TRAVIS',
    'TRAVIS_BRANCH',
    'GITLAB_CI',
    'GITLAB_USER_EMAIL',
    'CI_COMMIT_SHA',
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_REGION',
    'RENDER',
    'RENDER_EXTERNAL_URL',
    'RAILWAY_PUBLIC_DOMAIN',
    'FLY_APP_NAME',
    'DYNO',
    'HEROKU_APP_NAME',
    'K_SERVICE',
    'WEBSITE_HOSTNAME',
    'REPL_ID',
    'REPLIT_DEV_DOMAIN',
    'CF_PAGES',
    'CF_PAGES_URL',
    'TURBO_HASH',
    'NX_TASK_HASH',
    'TS_NODE_PROJECT',
    'EXPO_OS',
    'EAS_BUILD',
    'EAS_BUILD_PROFILE',
    '__NEXT_ROUTER_BASEPATH',
    '_HANDLER',
    'MODE',
    'BASE_URL',
    'SSR',
    'DEV',
    'PROD',
    'SITE',
    'ASSETS_PREFIX',
    'home',
    'no_proxy',
  ])('%s', (name) => expect(isGivenVariable(name)).toBe(true));
  it.each([
    'MY_PORT',
    'PORT_OF_DATABASE',
    'Port',
    'HTTPX_PROXY',
    'PLAYWRIGHTS',
    'CYPRESSES',
    'VITESTS',
    'VERCELS',
    'RENDERED',
    'MY_VERCEL_URL',
    'GITHUB_TOKEN',
    'GITHUB_CLIENT_ID',
    'GITHUB_APP_REF',
    'GITLAB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'DATABASE_URL',
    'MY_MODE',
    'MODEL',
    'MODE_OF_DAY',
    'mode',
    'Home',
    'home_of',
    '',
  ])('not %s', (name) => expect(isGivenVariable(name)).toBe(false));
  it.each(['DEV', 'PROD', 'BASE_URL', 'SITE'])('%s, to a server, is its own', (name) => {
    expect(isGivenVariable(name, false)).toBe(false);
  });
});

describe('a name of a schema over an object of variables', () => {
  const read = async (given: string) => {
    const code = `import { z } from 'zod';\nimport manifest from '../package.json';\n${given}\nexport const env = z.object({ STRIPE_KEY: z.string(), SHOP_VERSION: z.string() }).parse(given);\n`;
    const files = at(app("app.set('a', env);", "import { env } from './env.js';"), { 'src/env.js': code }, ['zod']);
    const of = async (name: string, ask: string) =>
      (await asked(name, { ask }, files))
        .slice(1)
        .map((one) => one.replace(/.* reads |.* declares /, ''))
        .join(' ');
    return [await of('names-variables', 'reads'), await of('checks-variables', 'reads')];
  };
  it('is checked with the others where it holds a variable', async () => {
    const code =
      "import { z } from 'zod';\nconst given = { STRIPE_KEY: process.env.STRIPE_KEY, MAIL_KEY: process.env.MAIL_KEY };\nexport const env = check(z.object({ STRIPE_KEY: z.string(), MAIL_KEY: z.string() }), process.env);\nlog(given);\n";
    const files = at(app("app.set('a', env);", "import { env } from './env.js';"), { 'src/env.js': code }, ['zod']);
    expect(await asked('checks-variables', { ask: 'covers' }, files)).toEqual([
      'yes',
      'src/env.js:3 check(…) over the environment',
    ]);
  });
  const both = ['SHOP_VERSION STRIPE_KEY', 'SHOP_VERSION STRIPE_KEY'];
  const one = ['STRIPE_KEY', 'STRIPE_KEY'];
  it.each<[given: string, names: string[]]>([
    ['const given = { STRIPE_KEY: process.env.STRIPE_KEY, SHOP_VERSION: process.env.SHOP_VERSION };', both],
    ['const given = { STRIPE_KEY: process.env.STRIPE_KEY, SHOP_VERSION: manifest.version };', one],
    ["const given = { STRIPE_KEY: process.env.STRIPE_KEY, SHOP_VERSION: '1' };", one],
    ["const given = { STRIPE_KEY: process.env.STRIPE_KEY, SHOP_VERSION: process.env.SHOP_VERSION ?? '1' };", both],
    [
      "const given = { STRIPE_KEY: process.env.STRIPE_KEY, SHOP_VERSION: isNew ? process.env.SHOP_VERSION : '1' };",
      both,
    ],
    ["const given = { STRIPE_KEY: process.env.STRIPE_KEY, SHOP_VERSION: isNew ? '2' : '1' };", both],
    ["const given = { STRIPE_KEY: manifest.key, SHOP_VERSION: '1' };", both],
    ['const given = { STRIPE_KEY: process.env.STRIPE_KEY };', both],
    ["const given = ['STRIPE_KEY', 'SHOP_VERSION'];", both],
    ["const other = { SHOP_VERSION: '1', a: process.env.STRIPE_KEY }, given = {};", one],
  ])('%s: %j', async (given, names) => {
    expect(await read(given)).toEqual(names);
  });
});

describe('what runs once', () => {
  it.each([
    ['migrations/001.js', true],
    ['src/migration/notes.ts', true],
    ['src/immigrations/notes.ts', false],
    ['src/migrations.ts', false],
    ['migration/001.js', true],
    ['src/db/migrations/001.js', true],
    ['migrationss/001.js', false],
    ['my-migrations/001.js', false],
  ])('%s', (file, is) => expect(onceOnly(file)).toBe(is));
});

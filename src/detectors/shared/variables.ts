import type { AuditModel } from '../../model/audit-model.ts';
import { within } from './packages.ts';

/** Set by a platform, a runtime or a tool, so that no template has to name them (ruling 12) and no program has to check them. */
const given = new Set(
  `NODE_ENV NODE_OPTIONS NODE_PATH NODE_APP_INSTANCE pm_id INIT_CWD ANALYZE STORYBOOK PLAYWRIGHT CYPRESS VITEST ROLLUP_WATCH
  JEST_WORKER_ID TEST PORT HOST HOSTNAME PUBLIC_URL URL CI DEBUG TZ HOME PATH PWD USER SHELL TERM LANG TMPDIR TEMP TMP APPDATA
  LOCALAPPDATA PROGRAMFILES USERPROFILE SYSTEMROOT COMSPEC DISPLAY EDITOR NO_COLOR FORCE_COLOR COLORTERM HTTP_PROXY HTTPS_PROXY
  NO_PROXY ALL_PROXY GOPATH GOROOT JAVA_HOME PYTHONPATH VIRTUAL_ENV BUILD_ID COMMIT_SHA VERCEL EDGE_CONFIG NETLIFY
  DEPLOY_PRIME_URL DEPLOY_URL DEPLOY_ID CONTEXT BRANCH HEAD COMMIT_REF PULL_REQUEST REVIEW_ID SITE_ID SITE_NAME REPOSITORY_URL
  GITHUB_API_URL GITHUB_BASE_REF GITHUB_ENV GITHUB_GRAPHQL_URL GITHUB_HEAD_REF GITHUB_JOB GITHUB_OUTPUT GITHUB_PATH
  GITHUB_RETENTION_DAYS GITHUB_SERVER_URL GITHUB_SHA GITHUB_STATE GITHUB_STEP_SUMMARY GITHUB_TRIGGERING_ACTOR GITHUB_WORKSPACE
  GITLAB_CI GITLAB_FEATURES CDK_DEFAULT_ACCOUNT CDK_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV LAMBDA_TASK_ROOT NEXT_RUNTIME
  NEXT_PHASE RENDER PRIMARY_REGION DYNO K_SERVICE K_REVISION FUNCTION_TARGET EXPO_OS`.split(/\s+/),
);
const givenBeginnings =
  `_ npm_ LC_ XDG_ SSH_ GIT_ TEAMCITY_ ACTIONS_ COREPACK_ PLAYWRIGHT_ CYPRESS_ VITEST_ VERCEL_ NEXT_PUBLIC_VERCEL_ SST_ GITHUB_ACTION
  GITHUB_ACTOR GITHUB_EVENT_ GITHUB_REF GITHUB_REPOSITORY GITHUB_RUN_ GITHUB_WORKFLOW RUNNER_ CIRCLE TRAVIS GITLAB_USER_ CI_
  AWS_LAMBDA_ CDK_DEPLOY_ RENDER_ RAILWAY_ FLY_ HEROKU_ WEBSITE_ REPL_ REPLIT_ CF_PAGES TURBO_ NX_ TS_NODE_ EAS_BUILD`.split(
    /\s+/,
  );

/** Vite and Astro give these as `import.meta.env.…`, Vue's command line some as `process.env.…`; to a server they are its own. */
const bundled = new Set('DEV PROD MODE SSR BASE_URL SITE ASSETS_PREFIX'.split(' '));

/** Some write `port` where others write `PORT`. */
export const isGivenVariable = (name: string, byBundler = true): boolean =>
  [name, ...(/[A-Z]/.test(name) ? [] : [name.toUpperCase()])].some(
    (one) => given.has(one) || givenBeginnings.some((beginning) => one.startsWith(beginning)),
  ) ||
  (byBundler && bundled.has(name));

/** A migration runs once: what it read that day is no setting of the program. */
export const onceOnly = (file: string): boolean => /(^|\/)migrations?\//.test(file);

/**
 * A name of a schema that is no variable: the object that the schema checks holds variables, and this name with a value of the
 * program's own (`{ API_URL: process.env.API_URL, VERSION: manifest.version }`).
 */
export const isWrittenOut = (model: AuditModel, file: string, name: string): boolean =>
  Object.values(model.wiring.code(file)?.objects ?? {}).some((value) => {
    if (value.kind !== 'object' || !Object.hasOwn(value.props, name)) return false;
    const holds = Object.values(value.props).some(({ kind }) => kind === 'env');
    return holds && [...within(value.props[name]!)].every(({ kind }) => kind !== 'env' && kind !== 'choice');
  });

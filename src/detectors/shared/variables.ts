import type { AuditModel } from '../../model/audit-model.ts';
import { within } from './packages.ts';

/** Set by a platform, a runtime or a tool, so that no template has to name them (ruling 12) and no program has to check them. */
const given =
  /^(NODE_ENV|PORT|PUBLIC_URL|LC_\w+|TEAMCITY_\w+|ACTIONS_\w+|COREPACK_\w+|HOST|HOSTNAME|CI|DEBUG|TZ|HOME|PATH|PWD|USER|SHELL|TERM|LANG|TMPDIR|TEMP|TMP|APPDATA|LOCALAPPDATA|PROGRAMFILES|USERPROFILE|SYSTEMROOT|COMSPEC|XDG_\w+|DISPLAY|SSH_\w+|GIT_\w+|EDITOR|NO_COLOR|FORCE_COLOR|COLORTERM|NODE_OPTIONS|NODE_PATH|NODE_APP_INSTANCE|pm_id|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|INIT_CWD|ANALYZE|STORYBOOK|PLAYWRIGHT(_\w+)?|CYPRESS(_\w+)?|VITEST(_\w+)?|ROLLUP_WATCH|JEST_WORKER_ID|TEST|BUILD_ID|COMMIT_SHA|GIT_COMMIT|npm_.*|VERCEL(_.*)?|EDGE_CONFIG|NEXT_PUBLIC_VERCEL_.*|NETLIFY|DEPLOY_PRIME_URL|DEPLOY_URL|DEPLOY_ID|CONTEXT|URL|BRANCH|HEAD|COMMIT_REF|PULL_REQUEST|REVIEW_ID|SITE_ID|SITE_NAME|REPOSITORY_URL|SST_.*|GOPATH|GOROOT|JAVA_HOME|PYTHONPATH|VIRTUAL_ENV|GITHUB_(ACTION\w*|ACTOR\w*|API_URL|BASE_REF|ENV|EVENT_\w+|GRAPHQL_URL|HEAD_REF|JOB|OUTPUT|PATH|REF\w*|REPOSITORY\w*|RETENTION_DAYS|RUN_\w+|SERVER_URL|SHA|STATE|STEP_SUMMARY|TRIGGERING_ACTOR|WORKFLOW\w*|WORKSPACE)|RUNNER_.*|CIRCLE.*|TRAVIS.*|GITLAB_(CI|FEATURES|USER_\w+)|CI_.*|AWS_LAMBDA_.*|CDK_DEFAULT_(ACCOUNT|REGION)|CDK_DEPLOY_\w+|AWS_REGION|AWS_EXECUTION_ENV|LAMBDA_TASK_ROOT|NEXT_RUNTIME|NEXT_PHASE|RENDER(_.*)?|RAILWAY_.*|FLY_.*|PRIMARY_REGION|DYNO|HEROKU_.*|K_SERVICE|K_REVISION|FUNCTION_TARGET|WEBSITE_.*|REPL_.*|REPLIT_.*|CF_PAGES.*|TURBO_.*|NX_.*|TS_NODE_.*|EXPO_OS|EAS_BUILD.*|__.*|_.*)$/;

/** Vite and Astro give these as `import.meta.env.…`, Vue's command line some as `process.env.…`; to a server they are its own. */
const bundled = /^(DEV|PROD|MODE|SSR|BASE_URL|SITE|ASSETS_PREFIX)$/;

/** Some write `port` where others write `PORT`. */
export const isGivenVariable = (name: string, byBundler = true): boolean =>
  given.test(name) || (byBundler && bundled.test(name)) || (!/[A-Z]/.test(name) && given.test(name.toUpperCase()));

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

import type { ComponentVerdictV1, ReportV1, RuleResultV1 } from '../../src/model/report.ts';
import type { Status } from '../../src/model/status.ts';

/**
 * One hand-made result with everything a report can show: several components, every status, accepted risks in every state,
 * changes, history and a failed gate. Every format has a golden file made from it, so its figures need not be what a score would give.
 */
type Place = { file: string; line: number; note: string };
const at = (file: string, line: number, note: string): Place => ({ file, line, note });
const seen = (path: string, status: Status, ...evidence: Place[]): ComponentVerdictV1 => ({ path, status, evidence, searched: [] });
const absent = (path: string, ...searched: string[]): ComponentVerdictV1 => ({ path, status: 'missing', evidence: [], searched });

type Given = Pick<RuleResultV1, 'id' | 'title' | 'status' | 'issue' | 'impact' | 'required' | 'statusText'> & Partial<RuleResultV1>;
function rule(given: Given): RuleResultV1 {
  return {
    category: given.id.split('/')[0]!,
    ready: 0,
    judged: 1,
    level: 'production',
    severity: 'major',
    blocking: false,
    scope: 'component',
    credit: 0,
    points: 0,
    hours: 0,
    fix: null,
    owners: [],
    components: [],
    evidence: [],
    searched: [],
    ...given,
  };
}

const rules: RuleResultV1[] = [
  rule({
    id: 'data/migrations', title: 'Schema migrations', status: 'ready', level: 'demo', ready: 1, judged: 1, credit: 1,
    issue: 'A schema and no migrations.', impact: 'Two databases never have the same schema.',
    required: 'Versioned migrations are committed and a script runs them.', statusText: 'Migrations are committed and a script runs them.',
    components: [seen('packages/db', 'ready', at('packages/db/package.json', 9, '"migrate" runs prisma migrate deploy'))],
  }),
  rule({
    id: 'data/seed', title: 'Seed data', status: 'unwired', level: 'demo', severity: 'minor', judged: 1, points: 0.5, hours: 0.25,
    issue: 'A seed file exists and no script runs it.', impact: 'A demo starts with empty screens.',
    required: 'A package script or the ORM\'s seed setting runs the seed file.', statusText: 'The seed exists; nothing runs it.',
    owners: ['@acme/data'],
    components: [seen('packages/db', 'unwired', at('packages/db/prisma/seed.ts', 1, 'seeds 12 products, run by no script'))],
  }),
  rule({
    id: 'delivery/cd', title: 'Continuous deployment', status: 'missing', scope: 'repository', points: 2.1, hours: 4,
    issue: 'No pipeline deploys or publishes anything.', impact: 'Every release is done by hand, and differently.',
    required: 'A pipeline deploys on push, or a platform is wired to the repository.', statusText: 'No trace of a deployment.',
    owners: ['@acme/platform'],
    searched: ['.github/workflows/*.yml for a deploy, publish or docker push step', 'platform files: vercel.json, fly.toml, render.yaml'],
  }),
  rule({
    id: 'delivery/ci', title: 'Continuous integration', status: 'partial', scope: 'repository', severity: 'critical', blocking: true, credit: 0.5, points: 2.1, hours: 0.25,
    issue: 'The pipeline runs on pull requests and runs no test.', impact: 'A change that breaks a test is merged.',
    required: 'A pipeline runs the tests on every push or pull request.', statusText: 'The pipeline lints only.',
    fix: 'ci-tests', owners: ['@acme/platform'],
    evidence: [at('.github/workflows/check.yml', 3, 'runs on pull_request'), at('.github/workflows/check.yml', 14, 'npm run lint is its only check')],
  }),
  rule({
    id: 'delivery/lockfile', title: 'Lockfile', status: 'ready', scope: 'repository', level: 'demo', ready: 1, credit: 1,
    issue: 'No lockfile.', impact: 'Two installs give two programs.', required: 'A lockfile is committed and installs obey it.',
    statusText: 'A lockfile is committed and CI installs from it.',
    evidence: [at('package-lock.json', 1, 'lockfile version 3'), at('.github/workflows/check.yml', 12, 'npm ci')],
  }),
  rule({
    id: 'experience/error-boundary', title: 'Error boundary', status: 'partial', level: 'demo', credit: 0.5, points: 1, hours: 0.25,
    issue: 'A not-found page exists, and nothing catches a render error.', impact: 'One broken component leaves a white page.',
    required: 'An error boundary catches render errors, and a not-found page answers unknown addresses.', statusText: 'One of the two is in place.',
    owners: ['@acme/web'],
    components: [seen('apps/web', 'partial', at('apps/web/src/routes.tsx', 22, 'path "*" renders NotFound'))],
  }),
  rule({
    id: 'experience/loading-states', title: 'Loading states', status: 'ready', level: 'demo', severity: 'minor', ready: 1, credit: 1,
    issue: 'Screens show nothing while they load.', impact: 'People click twice.', required: 'Loading is shown as a rule.',
    statusText: 'Screens that fetch show that they load.',
    components: [seen('apps/web', 'ready', at('apps/web/src/pages/Orders.tsx', 18, 'isPending renders Skeleton'))],
  }),
  rule({
    id: 'experience/mobile-app', title: 'Mobile app', status: 'unwired', judged: 1, points: 1, hours: 8,
    issue: 'The directory is meant as a mobile app and holds no app.', impact: 'A promised app does not exist.',
    required: 'An entry, screens and a native or Expo config that can be built.', statusText: 'Only a stub.',
    components: [seen('mobile', 'unwired', at('mobile/README.md', 1, 'the only file'))],
  }),
  rule({
    id: 'infrastructure/api-gateway', title: 'API gateway', status: 'unwired', level: 'demo', scope: 'repository', severity: 'critical', blocking: true, points: 4.2, hours: 1,
    issue: 'A gateway routes to 3 services, but the deployed set leaves it out and the web app calls the services directly.',
    impact: 'Every service is public, and each has to guard itself.', required: 'One entry point, part of the deployed set, routes to every public service.',
    statusText: 'The gateway\'s code exists; the deployed set does not run it.', owners: ['@acme/platform'],
    evidence: [
      at('services/gateway/src/index.ts', 14, 'defines the routes'),
      at('docker-compose.yml', 3, 'services: auth, orders, payments'),
      at('apps/web/src/api.ts', 3, 'calls http://localhost:3001'),
    ],
  }),
  rule({
    id: 'infrastructure/auth', title: 'Authentication', status: 'partial', severity: 'critical', blocking: true, ready: 1, judged: 3, credit: 0.33, points: 2.8, hours: 6,
    issue: '1 of 3 services asks who is calling.', impact: 'Anyone can read anyone\'s orders.', required: 'One shared way to prove identity, enforced on the routes.',
    statusText: 'Enforced in 1 of 3 services.', owners: ['@acme/platform', '@acme/payments'],
    components: [
      seen('services/auth', 'ready', at('services/auth/src/app.ts', 31, 'requireUser before /me')),
      { ...absent('services/orders', 'middleware of 6 routes for a token or session check'), evidence: [at('services/orders/src/app.ts', 12, 'trusts header x-user-id')] },
      seen('services/payments', 'unwired', at('services/payments/src/auth.ts', 4, 'requireUser, imported by nothing that runs')),
    ],
  }),
  rule({
    id: 'infrastructure/database', title: 'Database', status: 'unwired', level: 'demo', severity: 'critical', blocking: true, judged: 3, points: 4.2, hours: 9,
    issue: 'A schema and a client exist; the handlers of 3 of 3 services keep domain data in memory.',
    impact: 'Orders, users and payments are lost on every restart or deploy.', required: 'Request handlers read and write through the client.',
    statusText: 'The schema and a client exist; no entry point reaches the client.', fix: 'database', owners: ['@acme/data'],
    components: [
      seen('services/auth', 'unwired', at('services/auth/src/users.ts', 5, 'new Map() behind POST /register')),
      seen('services/orders', 'unwired', at('services/orders/src/store.ts', 3, 'new Map() behind POST /orders')),
      seen('services/payments', 'unwired', at('services/payments/src/store.ts', 3, 'new Map() behind POST /payments')),
    ],
    evidence: [at('packages/db/prisma/schema.prisma', 1, '5 models'), at('packages/db/src/client.ts', 4, 'PrismaClient, imported by nothing that runs')],
  }),
  rule({
    id: 'infrastructure/scaling', title: 'Scaling', status: 'missing', level: 'scale', judged: 3, points: 1.4, hours: 6,
    issue: 'One copy of each service runs.', impact: 'One crash is an outage.', required: 'Replicas or autoscaling are set.', statusText: 'No trace of replicas.',
    components: ['services/auth', 'services/orders', 'services/payments'].map((path) => absent(path, 'docker-compose.yml for deploy.replicas')),
  }),
  rule({
    id: 'observability/error-tracking', title: 'Error tracking', status: 'missing', blocking: true, judged: 4, points: 1.4, hours: 4,
    issue: 'No error tracker is initialised.', impact: 'Users tell you what broke.', required: 'Each deployable reports its errors.', statusText: 'No trace of one.',
    owners: ['@acme/platform'],
    components: [
      { ...absent('apps/web', 'package.json and imports for Sentry, Bugsnag, Rollbar and 9 more'), accepted: true },
      ...['services/auth', 'services/orders', 'services/payments'].map((path) => ({ ...absent(path, 'package.json and imports for Sentry, Bugsnag, Rollbar and 9 more'), accepted: true })),
    ],
  }),
  rule({
    id: 'observability/health-endpoint', title: 'Health endpoint', status: 'partial', level: 'demo', ready: 2, judged: 3, credit: 0.67, points: 0.7, hours: 0.5,
    issue: '2 of 3 services answer a health check.', impact: 'A dead service stays in rotation.', required: 'An endpoint made for it answers in every service.',
    statusText: 'In place in 2 of 3 services.', fix: 'health-endpoint', owners: ['@acme/payments'],
    components: [
      seen('services/auth', 'ready', at('services/auth/src/app.ts', 9, 'GET /health')),
      seen('services/orders', 'ready', at('services/orders/src/app.ts', 9, 'GET /health')),
      absent('services/payments', '4 routes for /health, /healthz, /livez, /readyz, /ping, /status'),
    ],
  }),
  rule({
    id: 'observability/structured-logging', title: 'Structured logging', status: 'missing', judged: 3, points: 1.4, hours: 6,
    issue: 'Request code logs with console.', impact: 'Logs cannot be searched by field.', required: 'A structured logger is what request code uses.', statusText: 'No logger.',
    components: [
      ...['services/auth', 'services/orders', 'services/payments'].map((path) => absent(path, 'package.json and imports for pino, winston, bunyan and 6 more')),
      { path: 'services/scoring', status: 'unknown', cause: 'no-analyser', reason: 'no analyser for python', evidence: [], searched: [] },
    ],
  }),
  rule({
    id: 'resilience/error-handling', title: 'Central error handling', status: 'ready', level: 'demo', severity: 'critical', blocking: true, ready: 3, judged: 3, credit: 1,
    issue: 'No central error handler.', impact: 'Callers see stack traces.', required: 'A central handler hides internals from callers.', statusText: 'A central handler answers in 3 of 3 services.',
    components: ['services/auth', 'services/orders', 'services/payments'].map((path) => seen(path, 'ready', at(`${path}/src/app.ts`, 40, 'error middleware after the routes'))),
  }),
  rule({
    id: 'resilience/graceful-shutdown', title: 'Graceful shutdown', status: 'unknown', judged: 0, credit: null,
    issue: 'SIGTERM is not handled.', impact: 'Deploys cut requests off.', required: 'SIGTERM closes the server and its connections.', statusText: 'Could not be judged.',
    cause: 'blind', reason: 'plugins are loaded by a computed path',
    components: ['services/auth', 'services/orders'].map((path) => ({
      path, status: 'unknown' as const, cause: 'blind' as const, reason: 'plugins are loaded by a computed path', evidence: [at(`${path}/src/plugins.ts`, 7, 'import(name)')], searched: [],
    })),
  }),
  rule({
    id: 'security/cors', title: 'CORS', status: 'not-applicable', judged: 0, credit: null, reason: 'no browser app on another origin calls the API',
    issue: 'Any origin may call.', impact: 'Other sites can act for your users.', required: 'An explicit list of origins.', statusText: 'Does not apply.',
  }),
  rule({
    id: 'security/env-template', title: 'Environment template', status: 'partial', level: 'demo', blocking: true, judged: 2, credit: 0.5, points: 1.9, hours: 0.5,
    issue: '.env.example names 4 of 9 variables.', impact: 'A new developer or a new server starts with guesses.', required: 'A committed template names every variable that is read.',
    statusText: 'The template lacks 5.', fix: 'env-template', owners: ['@acme/platform'],
    components: [
      seen('services/auth', 'partial', at('services/auth/src/token.ts', 6, 'JWT_SECRET is not in .env.example')),
      seen('services/payments', 'partial', at('services/payments/src/stripe.ts', 2, 'STRIPE_KEY is not in .env.example')),
    ],
    evidence: [at('.env.example', 1, 'names DATABASE_URL, REDIS_URL, WEB_ORIGIN and LOG_LEVEL')],
  }),
  rule({
    id: 'security/no-committed-secrets', title: 'No committed secrets', status: 'ready', level: 'demo', scope: 'repository', severity: 'critical', blocking: true, ready: 1, credit: 1,
    issue: 'A live-looking credential is committed.', impact: 'Anyone who can read the code can use it.', required: 'No live-looking credential in tracked files.',
    statusText: 'No live-looking credential was found.', searched: ['212 tracked files for 31 kinds of credential'],
  }),
  rule({
    id: 'security/rate-limiting', title: 'Rate limiting', status: 'unwired', severity: 'critical', blocking: true, judged: 3, points: 4.2, hours: 0.75,
    issue: 'A limiter is defined and never registered.', impact: 'One script can take the service down or guess passwords.', required: 'A limiter is registered on the public routes.',
    statusText: 'The limiter exists; no service registers it.', fix: 'rate-limiting', owners: ['@acme/platform'],
    components: ['services/auth', 'services/orders', 'services/payments'].map((path) => seen(path, 'unwired', at(`${path}/src/app.ts`, 8, 'express() without a limiter'))),
    evidence: [at('packages/http/src/limiter.ts', 5, 'rateLimit({ windowMs: 60000, limit: 100 }), imported by nothing')],
  }),
  rule({
    id: 'testing/unit', title: 'Unit tests', status: 'unknown', judged: 0, credit: null, cause: 'failed', reason: 'the analyzer "tests" ran out of time on apps/web',
    issue: 'Few components have tests.', impact: 'Changes break what worked.', required: 'Most components have tests that the script runs.', statusText: 'Could not be judged.',
    components: [{ path: 'apps/web', status: 'unknown', cause: 'failed', reason: 'the analyzer "tests" ran out of time on apps/web', evidence: [], searched: [] }],
  }),
];

const component = (path: string, kind: ReportV1['components'][number]['kind'], score: number | null, given: Partial<ReportV1['components'][number]> = {}) => ({
  path, name: path.split('/').at(-1)!, kind, traits: kind === 'service' ? (['http', 'deployable', 'longrunning', 'state'] as const).slice() : [], language: 'js', score,
  evidence: [at(`${path}/package.json`, 1, kind === 'service' ? '"start" runs a server' : 'package manifest')], ...given,
});

export const sampleReport: ReportV1 = {
  schemaVersion: 1,
  scoringVersion: 1,
  tool: { name: 'readiness-audit', version: '0.1.0' },
  target: { path: '.', name: 'shop', commit: '3f2a91c0d4e5b6a7980112233445566778899aab', committedAt: '2026-03-02T09:30:00+00:00', files: 212 },
  score: 31,
  scoreLowBound: 29.5,
  level: 'none',
  levels: [
    { level: 'demo', reached: false, blocking: [
      { rule: 'infrastructure/api-gateway', holds: false, credit: 0 },
      { rule: 'infrastructure/database', holds: false, credit: 0 },
      { rule: 'resilience/error-handling', holds: true, credit: 1 },
      { rule: 'security/env-template', holds: true, credit: 0.5 },
      { rule: 'security/no-committed-secrets', holds: true, credit: 1 },
    ] },
    { level: 'production', reached: false, blocking: [
      { rule: 'delivery/ci', holds: true, credit: 0.5 },
      { rule: 'infrastructure/auth', holds: false, credit: 0.33 },
      { rule: 'observability/error-tracking', holds: true, credit: 0, accepted: true },
      { rule: 'security/rate-limiting', holds: false, credit: 0 },
    ] },
    { level: 'scale', reached: false, blocking: [] },
  ],
  coverage: { judged: 19, applicable: 21 },
  categories: [
    { id: 'infrastructure', score: 12 }, { id: 'security', score: 45 }, { id: 'data', score: 80 }, { id: 'testing', score: null },
    { id: 'delivery', score: 40 }, { id: 'observability', score: 22 }, { id: 'resilience', score: 100 }, { id: 'experience', score: 33.3 },
  ],
  components: [
    component('apps/web', 'web', 66.7, { traits: ['ui', 'deployable'] }),
    component('mobile', 'mobile', 0, { traits: ['ui'], evidence: [at('mobile/README.md', 1, 'the only file of a directory meant as an app')] }),
    component('packages/db', 'library', 80),
    component('services/auth', 'service', 38),
    component('services/orders', 'service', 31),
    component('services/payments', 'service', 20),
    component('services/scoring', 'worker', null, { language: 'python', evidence: [at('services/scoring/pyproject.toml', 1, 'Python project')] }),
  ],
  rules,
  gate: {
    passed: false,
    conditions: [
      { name: 'min-score', value: 29.5, bound: 40, passed: false, restoredBy: ['infrastructure/database', 'infrastructure/api-gateway', 'security/rate-limiting'] },
      { name: 'no-new-gaps', value: 1, bound: 0, passed: false, restoredBy: ['observability/health-endpoint services/payments'] },
      { name: 'min-coverage', value: 90.5, bound: 80, passed: true, restoredBy: [] },
    ],
  },
  plan: {
    phases: [
      { level: 'demo', title: 'Ready for a demo', hours: 11.5, scoreAfter: 52, items: [
        { rule: 'infrastructure/api-gateway', component: null, status: 'unwired', hours: 1, points: 4.2 },
        { rule: 'infrastructure/database', component: 'services/auth', status: 'unwired', hours: 3, points: 1.4 },
        { rule: 'infrastructure/database', component: 'services/orders', status: 'unwired', hours: 3, points: 1.4 },
        { rule: 'infrastructure/database', component: 'services/payments', status: 'unwired', hours: 3, points: 1.4 },
        { rule: 'security/env-template', component: 'services/auth', status: 'partial', hours: 0.25, points: 0.95 },
        { rule: 'security/env-template', component: 'services/payments', status: 'partial', hours: 0.25, points: 0.95 },
        { rule: 'observability/health-endpoint', component: 'services/payments', status: 'missing', hours: 0.5, points: 0.7 },
        { rule: 'experience/error-boundary', component: 'apps/web', status: 'partial', hours: 0.25, points: 1 },
        { rule: 'data/seed', component: 'packages/db', status: 'unwired', hours: 0.25, points: 0.5 },
      ] },
      { level: 'production', title: 'Ready for production', hours: 25, scoreAfter: 91, items: [
        { rule: 'infrastructure/auth', component: 'services/orders', status: 'missing', hours: 3, points: 1.4 },
        { rule: 'infrastructure/auth', component: 'services/payments', status: 'unwired', hours: 3, points: 1.4 },
        { rule: 'security/rate-limiting', component: 'services/auth', status: 'unwired', hours: 0.25, points: 1.4 },
        { rule: 'security/rate-limiting', component: 'services/orders', status: 'unwired', hours: 0.25, points: 1.4 },
        { rule: 'security/rate-limiting', component: 'services/payments', status: 'unwired', hours: 0.25, points: 1.4 },
        { rule: 'delivery/ci', component: null, status: 'partial', hours: 0.25, points: 2.1 },
        { rule: 'delivery/cd', component: null, status: 'missing', hours: 4, points: 2.1 },
        { rule: 'observability/structured-logging', component: 'services/auth', status: 'missing', hours: 2, points: 0.5 },
        { rule: 'observability/structured-logging', component: 'services/orders', status: 'missing', hours: 2, points: 0.5 },
        { rule: 'observability/structured-logging', component: 'services/payments', status: 'missing', hours: 2, points: 0.4 },
        { rule: 'experience/mobile-app', component: 'mobile', status: 'unwired', hours: 8, points: 1 },
      ] },
      { level: 'scale', title: 'Ready for scale', hours: 6, scoreAfter: 100, items: [
        { rule: 'infrastructure/scaling', component: 'services/auth', status: 'missing', hours: 2, points: 0.5 },
        { rule: 'infrastructure/scaling', component: 'services/orders', status: 'missing', hours: 2, points: 0.5 },
        { rule: 'infrastructure/scaling', component: 'services/payments', status: 'missing', hours: 2, points: 0.4 },
      ] },
    ],
    quick: [
      { rule: 'delivery/ci', component: null, status: 'partial', hours: 0.25, points: 2.1 },
      { rule: 'security/rate-limiting', component: 'services/auth', status: 'unwired', hours: 0.25, points: 1.4 },
      { rule: 'security/rate-limiting', component: 'services/orders', status: 'unwired', hours: 0.25, points: 1.4 },
      { rule: 'security/rate-limiting', component: 'services/payments', status: 'unwired', hours: 0.25, points: 1.4 },
      { rule: 'infrastructure/api-gateway', component: null, status: 'unwired', hours: 1, points: 4.2 },
      { rule: 'experience/error-boundary', component: 'apps/web', status: 'partial', hours: 0.25, points: 1 },
      { rule: 'security/env-template', component: 'services/auth', status: 'partial', hours: 0.25, points: 0.95 },
      { rule: 'security/env-template', component: 'services/payments', status: 'partial', hours: 0.25, points: 0.95 },
      { rule: 'data/seed', component: 'packages/db', status: 'unwired', hours: 0.25, points: 0.5 },
      { rule: 'observability/health-endpoint', component: 'services/payments', status: 'missing', hours: 0.5, points: 0.7 },
    ],
  },
  accepted: [
    { rule: 'observability/error-tracking', component: null, status: 'missing', reason: 'The company tracker is being replaced; the pilot runs without one', owner: 'dana@acme.example', expires: '2026-06-30', state: 'active' },
    { rule: 'infrastructure/auth', component: 'services/orders', status: 'missing', reason: 'Orders was internal until March', owner: 'lee@acme.example', expires: '2026-03-01', state: 'expired' },
    { rule: 'data/backups', component: null, status: 'missing', reason: 'No production data yet', owner: 'lee@acme.example', expires: '2026-12-31', state: 'unmatched' },
  ],
  changes: {
    since: 'main',
    scoreBefore: 28,
    opened: [{ rule: 'observability/health-endpoint', component: 'services/payments', before: 'ready', after: 'missing' }],
    closed: [{ rule: 'resilience/error-handling', component: 'services/orders', before: 'missing', after: 'ready' }],
    worsened: [{ rule: 'infrastructure/auth', component: 'services/orders', before: 'unwired', after: 'missing' }],
    improved: [{ rule: 'experience/error-boundary', component: 'apps/web', before: 'missing', after: 'partial' }],
  },
  history: [
    { commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567', date: '2026-01-12T10:00:00+00:00', score: 19, level: 'none' },
    { commit: '1b2c3d4e5f60718293a4b5c6d7e8f90123456789', date: '2026-02-09T10:00:00+00:00', score: 28, level: 'none' },
    { commit: '3f2a91c0d4e5b6a7980112233445566778899aab', date: '2026-03-02T09:30:00+00:00', score: 31, level: 'none' },
  ],
  insight: '8 of 13 gaps are in infrastructure, security and observability; data and code-level error handling hold. The two demo blockers cost about 10 hours and take the score from 31 to 39.',
  diagnostics: [
    { unit: 'analyzer tests', file: 'apps/web', line: null, message: 'ran out of time' },
    { unit: 'analyzer sources', file: 'apps/web/src/legacy.js', line: 12, message: 'does not parse: unexpected token' },
  ],
};

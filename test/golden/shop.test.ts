import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/index.ts';
import { main } from '../../src/cli/main.ts';
import type { ReportV1 } from '../../src/model/report.ts';
import { isJudged, type Status } from '../../src/model/status.ts';
import markdown from '../../src/report/markdown.ts';
import { defaultOptions } from '../../src/report/shared/format.ts';
import terminal from '../../src/report/terminal.ts';
import { openDirectory, openMemory } from '../../src/repository/index.ts';

const shop = fileURLToPath(new URL('../../fixtures/apps/shop/', import.meta.url));

const silent = {
  out: async () => {},
  err: async () => {},
  outIsTerminal: false,
  errIsTerminal: false,
  columns: 80,
  env: {},
};

/**
 * What the shop's owner would say, rule by rule, by docs/statuses.md and the rules' own words: written by hand, never renewed from a run.
 * The third column holds the components judged and their answers where they are not all the same as the rule's.
 */
const services = ['auth', 'catalog', 'gateway', 'orders', 'payments'];
const expected: [rule: string, status: Status, byComponent?: Record<string, Status>][] = [
  ['infrastructure/api-gateway', 'unwired'],
  ['infrastructure/database', 'unwired', all(['auth', 'catalog', 'orders', 'payments'], 'unwired')],
  ['infrastructure/auth', 'unwired', all(['auth', 'catalog', 'orders', 'payments'], 'unwired')],
  [
    'infrastructure/container-image',
    'partial',
    { auth: 'ready', catalog: 'ready', gateway: 'ready', orders: 'partial', payments: 'partial', web: 'missing' },
  ],
  [
    'infrastructure/orchestration',
    'partial',
    { ...all(['auth', 'catalog', 'orders', 'payments'], 'partial'), gateway: 'unwired', web: 'missing' },
  ],
  ['infrastructure/scaling', 'missing', all(services, 'missing')],
  ['infrastructure/cdn', 'missing', { web: 'missing' }],
  ['infrastructure/caching', 'unwired', { ...all(['auth', 'orders', 'payments'], 'missing'), catalog: 'unwired' }],
  ['security/env-template', 'partial'],
  // The catalog reads its one variable in code that nothing runs.
  ['security/env-validation', 'partial', { ...all(['auth', 'gateway', 'orders'], 'missing'), payments: 'partial' }],
  ['security/no-committed-secrets', 'partial'],
  ['security/https', 'missing', all([...services, 'web'], 'missing')],
  ['security/rate-limiting', 'unwired'],
  ['security/headers', 'partial', { ...all(services, 'missing'), orders: 'ready' }],
  ['security/cors', 'partial'],
  ['security/input-validation', 'partial'],
  ['data/migrations', 'partial'],
  ['data/seed', 'unwired'],
  ['data/file-storage', 'not-applicable', {}],
  ['data/backups', 'unwired'],
  ['testing/unit', 'partial'],
  ['testing/integration', 'unwired', { ...all(services, 'missing'), payments: 'unwired' }],
  ['testing/e2e', 'unwired', { web: 'unwired' }],
  ['delivery/ci', 'partial'],
  ['delivery/cd', 'missing'],
  ['delivery/lockfile', 'ready'],
  ['delivery/runtime-version', 'ready'],
  ['delivery/dependency-updates', 'missing'],
  ['observability/health-endpoint', 'partial', { ...all(services, 'ready'), payments: 'missing' }],
  // Compose runs a stage that stands before the image's health check.
  ['observability/health-probes', 'partial', { ...all(services, 'missing'), catalog: 'partial' }],
  ['observability/error-tracking', 'unwired', { ...all(services, 'missing'), web: 'unwired' }],
  ['observability/structured-logging', 'partial'],
  ['observability/request-logging', 'partial', { ...all(services, 'missing'), catalog: 'ready' }],
  ['observability/metrics', 'missing', all(services, 'missing')],
  [
    'resilience/error-handling',
    'partial',
    { auth: 'ready', catalog: 'partial', gateway: 'missing', orders: 'ready', payments: 'unwired' },
  ],
  ['resilience/graceful-shutdown', 'partial', { ...all(services, 'missing'), orders: 'ready' }],
  ['resilience/container-limits', 'missing', all(['auth', 'catalog', 'orders', 'payments'], 'missing')],
  ['experience/error-boundary', 'missing', { web: 'missing' }],
  ['experience/loading-states', 'partial', { web: 'partial' }],
  ['experience/offline', 'missing', { web: 'missing' }],
  ['experience/installable', 'unwired', { web: 'unwired' }],
  ['experience/mobile-app', 'unwired', { mobile: 'unwired' }],
];

function all(names: readonly string[], status: Status): Record<string, Status> {
  return Object.fromEntries(names.map((name) => [name, status]));
}

/** Apart from git and from this repository's own files, so that a commit of ours changes nothing here. */
function shopFiles(): Record<string, string> {
  const paths = readdirSync(shop, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(shop.length), readFileSync(path, 'utf8')]));
}

describe('the audit of the demo shop', () => {
  let report: ReportV1;
  beforeAll(async () => {
    const outcome = await audit(openMemory(shopFiles()), {});
    report = { ...outcome.report, target: { ...outcome.report.target, name: 'shop' } };
  });
  const rule = (id: string) => report.rules.find((result) => result.id === id)!;

  it('finds its components', () => {
    expect(report.components.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'apps/web web',
      'mobile mobile',
      'packages/contracts library',
      'packages/db library',
      'packages/limiter library',
      'packages/logger library',
      'services/auth service',
      'services/catalog service',
      'services/gateway service',
      'services/orders service',
      'services/payments service',
    ]);
  });

  it('answers every rule of the catalogue', () => {
    expect(report.rules.map(({ id }) => id).sort()).toEqual(expected.map(([id]) => id).sort());
  });

  it.each(expected)('%s is %s', (id, status, byComponent) => {
    const result = rule(id);
    expect(result.status).toBe(status);
    if (!byComponent) return;
    const judged = result.components.filter((verdict) => isJudged(verdict.status));
    expect(Object.fromEntries(judged.map((verdict) => [verdict.path.split('/').at(-1), verdict.status]))).toEqual(
      byComponent,
    );
  });

  it('shows lines that exist', () => {
    const files = shopFiles();
    const evidence = report.rules.flatMap((result) => [
      ...result.evidence,
      ...result.components.flatMap((verdict) => verdict.evidence),
    ]);
    const lost = evidence.filter(({ file, line }) => (files[file]?.split('\n').length ?? 0) < line);
    expect(lost).toEqual([]);
    expect(evidence.length).toBeGreaterThan(50);
  });

  it('says the same in the terminal and in Markdown as before', async () => {
    await expect(terminal.render(report, defaultOptions)).toMatchFileSnapshot('shop/terminal.txt');
    await expect(markdown.render(report, defaultOptions)).toMatchFileSnapshot('shop/report.md');
  });

  it('offers the same fix as before', async () => {
    const out: string[] = [];
    const io = { ...silent, cwd: shop, out: async (text: string) => void out.push(text) };
    const asked = ['--rule', 'security/rate-limiting', '--component', 'services/orders'];
    expect(await main(['node', 'readiness', 'fix', ...asked], io)).toBe(0);
    await expect(out.join('')).toMatchFileSnapshot('shop/fix.txt');
  });

  it('says the same where the shop stands inside another repository', async () => {
    const { report: inPlace } = await audit(openDirectory(shop), {});
    expect(inPlace.rules.map(({ id, status }) => [id, status])).toEqual(
      report.rules.map(({ id, status }) => [id, status]),
    );
  });
});

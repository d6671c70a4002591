import { describe, expect, it } from 'vitest';
import { loadRules } from '../../../src/catalogue/load.ts';

describe('our own rules', () => {
  const rules = loadRules();
  it('are the 42 of the catalogue, by id', () => {
    expect(rules.map((rule) => rule.id)).toMatchInlineSnapshot(`
      [
        "data/backups",
        "data/file-storage",
        "data/migrations",
        "data/seed",
        "delivery/cd",
        "delivery/ci",
        "delivery/dependency-updates",
        "delivery/lockfile",
        "delivery/runtime-version",
        "experience/error-boundary",
        "experience/installable",
        "experience/loading-states",
        "experience/mobile-app",
        "experience/offline",
        "infrastructure/api-gateway",
        "infrastructure/auth",
        "infrastructure/caching",
        "infrastructure/cdn",
        "infrastructure/container-image",
        "infrastructure/database",
        "infrastructure/orchestration",
        "infrastructure/scaling",
        "observability/error-tracking",
        "observability/health-endpoint",
        "observability/health-probes",
        "observability/metrics",
        "observability/request-logging",
        "observability/structured-logging",
        "resilience/container-limits",
        "resilience/error-handling",
        "resilience/graceful-shutdown",
        "security/cors",
        "security/env-template",
        "security/env-validation",
        "security/headers",
        "security/https",
        "security/input-validation",
        "security/no-committed-secrets",
        "security/rate-limiting",
        "testing/e2e",
        "testing/integration",
        "testing/unit",
      ]
    `);
  });
});

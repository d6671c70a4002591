import type { ReportV1 } from '../../src/model/report.ts';
import { sampleReport } from './sample-report.ts';

/** The sample as `verify` fills it in: an answer that what runs contradicts, one it confirms, and what was matched to nothing. */
export const liveReport: ReportV1 = {
  ...sampleReport,
  rules: sampleReport.rules.map((rule) => {
    if (rule.id === 'infrastructure/api-gateway')
      return {
        ...rule,
        live: {
          status: 'unwired',
          evidence: [{ container: 'shop-auth-1', note: 'publishes port 3001 itself' }],
          contradicts: false,
        },
      };
    if (rule.id !== 'observability/health-endpoint') return rule;
    const components = rule.components.map((verdict) =>
      verdict.path === 'services/auth'
        ? {
            ...verdict,
            live: {
              status: 'missing' as const,
              reason: 'GET /health answers 404',
              evidence: [{ container: 'shop-auth-1', note: '404 for GET /health' }],
              contradicts: true,
            },
          }
        : verdict,
    );
    return { ...rule, components };
  }),
  live: {
    engine: { name: 'Docker', version: '28.0.1', apiVersion: '1.48', os: 'linux', arch: 'amd64' },
    asked: ['probe', 'drill'],
    projects: ['shop'],
    containers: [
      {
        name: 'shop-auth-1',
        image: 'shop-auth:latest',
        state: 'running (unhealthy)',
        component: 'services/auth',
        role: 'component',
        matchedBy: 'compose service',
      },
      { name: 'shop-redis-1', image: 'redis:7', state: 'running', component: null, role: 'cache', matchedBy: 'image' },
    ],
    unmatched: [{ name: 'other', image: 'nginx:1', reason: 'of another project' }],
    absent: [{ component: 'services/payments', service: 'payments', project: 'shop' }],
    confirmed: 1,
    contradicted: 1,
    score: 27,
    level: 'none',
    notes: ['shop-redis-1 was not drilled: it keeps data'],
    times: { 'shop-auth-1 stops': 10_200 },
  },
};

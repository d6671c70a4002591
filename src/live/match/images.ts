import type { DeployedRole } from '../../model/deployment.ts';

/** `registry:5000/team/shop-api:1.2@sha256:…` taken apart. */
export interface ImageName {
  /** Without registry and tag: `team/shop-api`. */
  repository: string;
  /** Its last part: `shop-api`. */
  base: string;
  tag: string | null;
  digest: boolean;
}

export function imageName(reference: string): ImageName {
  const [plain, digest] = reference.split('@');
  const parts = plain!.split('/');
  if (parts.length > 1 && /[.:]|^localhost$/.test(parts[0]!)) parts.shift();
  if (parts[0] === 'library') parts.shift();
  const [base, tag] = parts.pop()!.split(':');
  return { repository: [...parts, base].join('/'), base: base!, tag: tag ?? null, digest: digest !== undefined };
}

/**
 * Third-party software by the name of its image, with the folders where it keeps data. Asked only where the deployment does not say,
 * and beside what the image itself declares as volumes.
 */
const known: { names: RegExp; role: DeployedRole; software: string; data: string[] }[] = [
  {
    names: /^(postgres|postgresql|postgis|timescaledb(-ha)?|pgvector|supabase-postgres)$/,
    role: 'database',
    software: 'postgres',
    data: ['/var/lib/postgresql'],
  },
  { names: /^(mysql|percona)(-server)?$/, role: 'database', software: 'mysql', data: ['/var/lib/mysql'] },
  { names: /^mariadb(-galera)?$/, role: 'database', software: 'mariadb', data: ['/var/lib/mysql'] },
  {
    names: /^mongo(db)?(-community-server)?$/,
    role: 'database',
    software: 'mongo',
    data: ['/data/db', '/bitnami/mongodb'],
  },
  {
    names: /^(mssql\/server|mssql-server|azure-sql-edge)$/,
    role: 'database',
    software: 'sqlserver',
    data: ['/var/opt/mssql'],
  },
  { names: /^cockroach(db)?$/, role: 'database', software: 'cockroachdb', data: ['/cockroach/cockroach-data'] },
  { names: /^(redis(-stack(-server)?)?|valkey|keydb|dragonfly)$/, role: 'cache', software: 'redis', data: ['/data'] },
  { names: /^memcached$/, role: 'cache', software: 'memcached', data: [] },
  { names: /^(rabbitmq|kafka|cp-kafka|redpanda|nats|activemq)$/, role: 'queue', software: 'queue', data: [] },
  {
    names: /^(nginx(-unprivileged|-proxy)?|openresty|traefik|caddy|envoy|kong|haproxy|httpd)$/,
    role: 'proxy',
    software: 'proxy',
    data: [],
  },
  { names: /^(minio|seaweedfs|localstack)$/, role: 'storage', software: 'minio', data: ['/data'] },
  {
    names: /^(prometheus|grafana|loki|jaeger|tempo|otel|opentelemetry|cadvisor|node-exporter)/,
    role: 'monitoring',
    software: 'monitoring',
    data: [],
  },
  { names: /^(keycloak|authentik|zitadel|kratos|dex)$/, role: 'identity', software: 'identity', data: [] },
];

export function softwareOf(reference: string): { role: DeployedRole; software: string } | null {
  const { base, repository } = imageName(reference);
  return known.find(({ names }) => names.test(base) || names.test(repository)) ?? null;
}

/** Folders where software of that name keeps its data. */
export const dataFolders = (software: string | null): string[] =>
  known.find((entry) => software !== null && (entry.software === software || entry.names.test(software)))?.data ?? [];

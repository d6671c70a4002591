import type { DeployedRole } from '../model/deployment.ts';

export interface Software {
  role: DeployedRole;
  software: string;
}

/** Helpers around the well-known images come first: `redis-commander` is no cache. */
const known: [RegExp, DeployedRole, string?][] = [
  [
    /^(?:adminer|pgadmin\d?|pgweb|phpmyadmin|mongo-express|redis-commander|redisinsight|redis-insight|mailhog|mailpit|maildev|smtp4dev|watchtower|dbgate|cloudbeaver|bull-board|kafka-ui|kafdrop|akhq|portainer|dozzle|ofelia|wait-for.*|dockerize|busybox|alpine|curl|localstack|stripe-cli|ngrok|cloudflared)$/,
    'other',
  ],
  [
    /(?:^|[-_])(?:exporter|cadvisor|prometheus|pushgateway|alertmanager|grafana|loki|tempo|promtail|jaeger|all-in-one|zipkin|otel|otelcol|opentelemetry|fluentd|fluent|vector|datadog|agent|kibana|logstash|filebeat|metricbeat|apm|seq|signoz|mimir|pyroscope|victoria|glitchtip)(?:$|[-_])/,
    'monitoring',
  ],
  [
    /^(?:.*-)?(?:postgres|postgresql|postgis|timescaledb|timescaledb-ha|pgvector|supabase-postgres|pg|pgbouncer|percona-distribution-postgresql)(?:-.*)?$/,
    'database',
    'postgres',
  ],
  [/^(?:.*-)?mariadb(?:-.*)?$/, 'database', 'mariadb'],
  [/^(?:.*-)?mysql(?:-server)?(?:-.*)?$/, 'database', 'mysql'],
  [/^(?:.*-)?mongo(?:db)?(?:-community-server|-sharded)?$/, 'database', 'mongo'],
  [/^(?:server|azure-sql-edge|mssql.*|sqlserver)$/, 'database', 'mssql'],
  [/^(?:cockroach|cockroachdb)$/, 'database', 'cockroachdb'],
  [
    /^(?:cassandra|scylla|neo4j|couchdb|couchbase|clickhouse|clickhouse-server|surrealdb|rethinkdb|arangodb|influxdb|dynamodb-local|rqlite|yugabyte|tidb|questdb|libsql-server|sqld|oracle-xe|oracle-free|eventstore|eventstoredb|dgraph)$/,
    'database',
  ],
  [/^(?:.*-)?redis(?:-stack|-stack-server|-cluster|-alpine|-master)?$/, 'cache', 'redis'],
  [/^valkey(?:-.*)?$/, 'cache', 'valkey'],
  [/^(?:memcached|keydb|dragonfly|hazelcast)(?:-.*)?$/, 'cache'],
  [
    /^(?:rabbitmq|nats|nats-streaming|kafka|cp-kafka|redpanda|zookeeper|cp-zookeeper|activemq.*|artemis.*|pulsar|elasticmq.*|mosquitto|emqx|vernemq|nsq|temporal|auto-setup|schema-registry|cp-schema-registry)(?:-.*)?$/,
    'queue',
  ],
  [
    /^(?:nginx-unprivileged|nginx-proxy-manager|nginx-proxy|nginx-certbot|docker-nginx-certbot|swag|openresty)(?:-.*)?$/,
    'proxy',
    'nginx',
  ],
  [
    /^(?:nginx|traefik|caddy|kong|envoy|haproxy|httpd|apisix|krakend|tyk-gateway|kong-gateway|varnish|caddy-docker-proxy|oathkeeper|express-gateway|gravitee.*|zuul)(?:-.*)?$/,
    'proxy',
  ],
  [/^(?:minio|seaweedfs|azurite|fake-gcs-server|garage|ceph|s3mock|localstack-s3)(?:-.*)?$/, 'storage'],
  [
    /^(?:keycloak|kratos|hydra|authentik|dex|zitadel|authelia|logto|supertokens.*|fusionauth-app|casdoor|gotrue|authentik-server)(?:-.*)?$/,
    'identity',
  ],
  [
    /^(?:elasticsearch|opensearch|meilisearch|typesense|solr|qdrant|weaviate|chroma|milvus|imgproxy|gotenberg|mailserver|vault|consul|etcd|registry|certbot|letsencrypt.*|acme.*|docker-pr.*|hasura|graphql-engine|postgrest|directus|strapi|ollama|selenium.*|standalone-chrome.*|chrome|browserless)(?:-.*)?$/,
    'other',
  ],
];

/** The last name of an image, without registry, folder, tag and digest. */
export const imageName = (image: string): string =>
  image
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .split('/')
    .at(-1)!
    .toLowerCase();

/** Image without tag and digest. */
export const imageRepository = (image: string): string =>
  image
    .replace(/@.*$/, '')
    .replace(/:(?!\/)[^/]*$/, '')
    .toLowerCase();

/** Well-known software by its image; null for everything else. */
export function softwareOf(image: string): Software | null {
  const name = imageName(image);
  // Microsoft's SQL Server is `mssql/server`; any other `server` is nobody's.
  if (name === 'server' && !image.includes('mssql')) return null;
  for (const [pattern, role, software] of known) {
    if (pattern.test(name) && (role !== 'monitoring' || monitors(image, name))) {
      const plain = name.replace(/^cp-/, '').replace(/-(?:alpine|server|management|slim|unprivileged)$/, '');
      return { role, software: software ?? plain };
    }
  }
  return null;
}

/** `agent` and `vector` alone are words that anyone's image may have. */
const monitors = (image: string, name: string): boolean =>
  !/^(?:.*-)?(?:agent|vector|all-in-one)$/.test(name) || /datadog|grafana|newrelic|elastic|timberio|jaeger/.test(image);

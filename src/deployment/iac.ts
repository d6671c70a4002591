import type { DeployedRole, DeployedService, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { IacFact } from '../model/facts/index.ts';
import { byCodeUnit, dirOf, isWithin } from '../model/paths.ts';
import type { Application } from './applied.ts';
import type { Context } from './context.ts';
import { emptyEnvironment } from './environment.ts';
import type { Matcher } from './match.ts';
import { endsWithTokens, nameTokens, saysDevelopment } from './places.ts';
import { bareService } from './service.ts';

type Resource = IacFact['resources'][number] & { file: string };

/** What kinds of resource run, keep or lead to something, over the words that every tool uses. */
const kinds: [RegExp, DeployedRole, string | null][] = [
  [
    /ecs_?service|fargateservice|ecs_task_definition|taskdefinition|ECS::Service|apprunner|cloud_?run|run_v2_service|container[-_]?app(?!s?[-_]?env|s[-_]stack)|linux_web_app|web_app|app_service$|Web\/sites$|host\/(?:appservice|functions|container-app|staticwebapp)|elastic_?beanstalk|digitalocean_app|heroku_app|vercel_project|kubernetes_deployment|job$|cloudrun/i,
    'component',
    null,
  ],
  [
    /lambda_function|lambda::Function|lambda\.Function|NodejsFunction|function_app|cloudfunctions|static_site|staticSites|amplify_app/i,
    'component',
    'function',
  ],
  [/rds|aurora|db_instance|sql_database_instance|postgres|flexibleServers|cloudsql/i, 'database', 'postgres'],
  [/mysql|mariadb/i, 'database', 'mysql'],
  [/cosmos|document-?db|mongo/i, 'database', 'mongo'],
  [/dynamo/i, 'database', 'dynamodb'],
  [/mssql|sqlserver|Sql\/servers/i, 'database', 'mssql'],
  [/elasticache|memorystore|redis/i, 'cache', 'redis'],
  [/sqs|pubsub_topic|servicebus|amazonmq|msk_cluster|event-?grid|eventhub/i, 'queue', null],
  [
    /s3_bucket$|s3\.Bucket|S3::Bucket|storage_bucket$|storage_account$|storageAccounts$|storage-account/i,
    'storage',
    null,
  ],
];
/** Parts of a resource that are no thing of their own. */
const partOf =
  /subnet|security_group|parameter_group|policy|role|permission|secret|alarm|dashboard|attachment|association|grant|firewall|_acl$|proxy_target|user$|snapshot|cluster_snapshot|identity|roleAssignment|sql-role|event_source|stage$|log_group/i;

/** An environment per folder of IaC; Bicep beside an azure.yaml belongs to that platform and is joined to it by `joinAzure`. */
export function iacEnvironments(
  context: Context,
  matcher: Matcher,
  applications: readonly Application[],
): Environment[] {
  const folders = new Map<string, IacFact[]>();
  for (const fact of context.facts.iac) {
    const folder = rootFolder(fact, context.facts.iac);
    folders.set(folder, [...(folders.get(folder) ?? []), fact]);
  }
  return [...folders].map(([folder, facts]) => {
    const resources = resourcesOf(facts);
    const application = applications.find(
      ({ tool, paths }) => tool === 'terraform' && paths.some((path) => path === folder || isWithin(folder, path)),
    );
    const here = { file: facts[0]!.path, line: facts[0]!.resources[0]?.line ?? 1 };
    const environment = emptyEnvironment(
      `iac:${folder}`,
      'iac',
      facts.map(({ path }) => path).sort(byCodeUnit),
      application ? 'applied' : saysDevelopment(folder) ? 'development' : 'infrastructure',
      application?.evidence ?? { ...here, note: `${facts[0]!.tool} in ${folder}` },
    );
    environment.services = resources.flatMap((resource) => serviceOf(matcher, resource) ?? []);
    network(environment, resources);
    return environment;
  });
}

/** Bicep and Terraform split a stack over folders: the topmost that holds files is the stack. */
function rootFolder(fact: IacFact, all: readonly IacFact[]): string {
  if (fact.tool !== 'bicep' && fact.tool !== 'terraform') return dirOf(fact.path);
  const holders = all
    .filter(({ tool, path }) => tool === fact.tool && isWithin(fact.path, dirOf(path)))
    .map(({ path }) => dirOf(path));
  return holders.sort((a, b) => a.length - b.length)[0] ?? dirOf(fact.path);
}

/** Resources that a switch does not leave out (ruling 15): a Bicep condition or Terraform count on a flag whose default is false. */
function resourcesOf(facts: readonly IacFact[]): Resource[] {
  return facts.flatMap((fact) =>
    fact.resources
      .filter(({ condition, type }) => condition !== 'false' && !/^(?:data\.|existing:)/.test(type))
      .map((resource) => ({ ...resource, file: fact.path })),
  );
}

const at = (resource: Resource, note: string): Evidence => ({ file: resource.file, line: resource.line, note });

function serviceOf(matcher: Matcher, resource: Resource): DeployedService | null {
  if (partOf.test(resource.type)) return null;
  const [, role, software] = kinds.find(([pattern]) => pattern.test(resource.type)) ?? [];
  if (!role) return null;
  const evidence = at(resource, `${resource.type} ${resource.name}`);
  if (role !== 'component')
    return bareService(resource.name, evidence, { role, software: software ?? null, platform: 'managed' });
  const image = /\bimage["']?\s*[:=]\s*["']([^"']+)["']/.exec(resource.text)?.[1] ?? null;
  const usable = image && !/[${}]/.test(image) ? image : null;
  const { component, dockerfile } = matcher.match({
    names: [resource.name],
    image: usable,
    context: null,
    dockerfile: null,
    target: null,
    args: [],
  });
  return bareService(resource.name, evidence, {
    component,
    role: component === null ? 'other' : 'component',
    image,
    dockerfile,
    serverless: software === 'function',
    platform: software === 'function' ? resource.type : null,
    ...settingsOf(resource),
  });
}

/** Probes, sizes and counts that the block itself states. */
function settingsOf(
  resource: Resource,
): Pick<DeployedService, 'healthProbe' | 'memoryLimit' | 'replicas' | 'autoscaled'> {
  const where = { file: resource.file, line: resource.line };
  const find = (pattern: RegExp): { value: string; file: string; line: number } | null => {
    const match = pattern.exec(resource.text);
    if (!match) return null;
    return {
      value: match[1] ?? match[0],
      file: where.file,
      line: where.line + resource.text.slice(0, match.index).split('\n').length - 1,
    };
  };
  const count = find(/\b(?:desired_?[cC]ount|instance_count|replicas|number_of_workers|instances)\s*[:=]\s*(\d+)/);
  const scale =
    find(
      /\b((?:container)?[mM]in_?(?:Replicas|replicas|instance_count|_instance_count|_scale|Capacity)\s*[:=]\s*\d+)/,
    ) ?? find(/\b(autoscale\w*|autoScal\w*|auto_scaling\w*)/);
  return {
    healthProbe: find(
      /\b((?:health_?[cC]heck\w*|readiness_probe|liveness_probe|startup_probe|healthCheckPath|probes)\b)/,
    ),
    memoryLimit: find(/\b(?:container)?[mM]emory\w*["']?\s*[:=]\s*["']?([\w.]+)/),
    replicas: count ? { ...count, value: Number(count.value) } : null,
    autoscaled: scale,
  };
}

function network(environment: Environment, resources: readonly Resource[]): void {
  for (const resource of resources) {
    const { type, text } = resource;
    const has = (pattern: RegExp): boolean => pattern.test(text);
    if (/certificate|acm|managed_ssl/i.test(type) && !/validation|iot/i.test(type))
      environment.tls.push(at(resource, `${type} ${resource.name}`));
    else if (
      /listener|target_https_proxy|cloudfront|distribution|front_?door|cdn|application_gateway/i.test(type) &&
      has(/HTTPS|443|viewer_certificate|certificate|ssl/i)
    )
      environment.tls.push(at(resource, `${type} ${resource.name} ends TLS`));
    else if (
      /cloud_?run|container[-_]?app|apprunner|run_v2|web_app|Web\/sites|static|lambda_function_url|apigatewayv?2?_(?:rest_)?api|host\/(?:appservice|staticwebapp|container-app|functions)/i.test(
        type,
      ) &&
      !/env|stack|identity/i.test(type)
    ) {
      environment.tls.push(at(resource, `${type} ${resource.name}: the platform ends TLS`));
    }
    if (has(/rate_based_statement|throttling_(?:rate|burst)_limit|rate_limit_threshold|rateLimit(?:Rule)?|<rate-limit/))
      environment.rateLimits.push(at(resource, `${type} ${resource.name} limits the rate`));
    if (
      /listener_rule|apigatewayv2_(?:route|integration)|api_gateway_(?:integration|resource)|url_map|apim-?api|apim\w*api|path_matcher/i.test(
        type,
      )
    ) {
      const service =
        environment.services.find(
          ({ name, role }) => role !== 'database' && new RegExp(`\\b${name.replace(/[^\w]/g, '.')}\\b`).test(text),
        ) ?? byTokens(environment, resource);
      if (service) service.exposed = true;
      environment.routes.push({
        match: /path_pattern|values/.test(text) ? (/values\s*=\s*\[\s*"([^"]+)"/.exec(text)?.[1] ?? '/') : '/',
        service: service?.name ?? null,
        component: service?.component ?? null,
        tls: environment.tls.length > 0,
        evidence: at(resource, `${type} ${resource.name}`),
      });
    }
    if (/appautoscaling_target|autoscaling_policy|autoscale_setting/i.test(type)) {
      const service =
        byTokens(environment, resource) ??
        environment.services.find(({ name, role }) => role === 'component' && text.includes(name));
      if (service) service.autoscaled = { value: `${type} ${resource.name}`, file: resource.file, line: resource.line };
    }
  }
}

const byTokens = (environment: Environment, resource: Resource): DeployedService | undefined =>
  environment.services.find(
    ({ name, role }) => role === 'component' && endsWithTokens(nameTokens(resource.name), nameTokens(name)),
  );

/**
 * azure.yaml says what to deploy, the Bicep of the same tree how: replicas, memory, probes. The stack's services of those names
 * join the platform's, and the rest of the stack (databases, TLS) is provisioned with it.
 */
export function joinAzure(environments: readonly Environment[]): void {
  const platforms = environments.filter(({ id, kind }) => kind === 'platform' && /(?:^|[:/])azure\.ya?ml$/.test(id));
  const stacks = environments.filter(
    ({ kind, files }) => kind === 'iac' && files.some((file) => file.endsWith('.bicep')),
  );
  for (const platform of platforms) {
    for (const stack of stacks) {
      for (const service of platform.services) joinTwin(service, stack);
      platform.files.push(...stack.files);
      stack.rank = platform.rank;
      stack.because = platform.because;
    }
  }
}

function joinTwin(service: DeployedService, stack: Environment): void {
  const twin = stack.services.find(({ name }) => name.toLowerCase() === service.name.toLowerCase());
  if (!twin) return;
  service.healthProbe ??= twin.healthProbe;
  service.memoryLimit ??= twin.memoryLimit;
  service.replicas ??= twin.replicas;
  service.autoscaled ??= twin.autoscaled;
  stack.services = stack.services.filter((other) => other !== twin);
}

import type { DeployedRole, DeployedService, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { IacFact } from '../model/facts/index.ts';
import { baseOf, byCodeUnit, dirOf, isWithin, joinPath } from '../model/paths.ts';
import type { Application } from './applied.ts';
import type { Context } from './context.ts';
import { emptyEnvironment } from './environment.ts';
import { gateway, settledAfter } from './iac-code.ts';
import { instantiate, type Resource } from './iac-modules.ts';
import { settingsOf } from './iac-settings.ts';
import { stacksOf } from './iac-stacks.ts';
import type { Matcher } from './match.ts';
import { endsWithTokens, nameTokens, saysDevelopment } from './places.ts';
import { bareService } from './service.ts';

/** What kinds of resource run, keep or lead to something, over the words that every tool uses. */
const kinds: [RegExp, DeployedRole, string | null][] = [
  [
    /ecs_?service|fargateservice|ecs_task_definition|taskdefinition|ECS::Service|apprunner|cloud_?run|run_v2_service|container[-_]?app(?!s?[-_]?env|s[-_]stack)|linux_web_app|web_app|app_service$|Web\/sites$|avm\/res\/web\/site:|host\/(?:appservice|functions|container-app|staticwebapp)|elastic_?beanstalk|digitalocean_app|heroku_app|vercel_project|kubernetes_deployment|job$|cloudrun/i,
    'component',
    null,
  ],
  [
    /lambda_function|lambda::Function|lambda\.Function|^Function$|LambdaFunction$|NodejsFunction|function_app|cloudfunctions|static[-_]?sites?(?![/\w])|static_web_app|amplify_app|Amplify::App$|amplify\.(?:Cfn)?App$/i,
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
  /subnet|security_group|parameter_group|policy|role|permission|secret|alarm|dashboard|attachment|association|grant|firewall|_acl$|proxy_target|user$|snapshot|cluster_snapshot|identity|roleAssignment|sql-role|event_source|stage$|log_group|linkedBackends/i;

/** What a service of a stack is known by, beside its name. */
const knownBy = new WeakMap<DeployedService, readonly string[]>();

/** An environment per stack of IaC; Bicep beside an azure.yaml belongs to that platform and is joined to it by `joinAzure`. */
export function iacEnvironments(
  context: Context,
  matcher: Matcher,
  applications: readonly Application[],
): Environment[] {
  return [...stacksOf(context)].map(([folder, facts]) => {
    const { resources, files } = instantiate(facts, context.facts.iac);
    const application = applications.find(
      ({ tool, paths }) => tool === 'terraform' && paths.some((path) => path === folder || isWithin(folder, path)),
    );
    const first = facts.find((fact) => fact.resources.length > 0)!;
    const environment = emptyEnvironment(
      `iac:${folder}`,
      'iac',
      [...files].sort(byCodeUnit),
      application ? 'applied' : saysDevelopment(folder) ? 'development' : 'infrastructure',
      application?.evidence ?? {
        file: first.path,
        line: first.resources[0]!.line,
        note: `${first.tool} in ${folder}`,
      },
    );
    environment.services = withoutDefinitions(servicesOf(context, matcher, resources, facts));
    network(environment, resources);
    for (const resource of resources) gateway(context, environment, resource);
    return environment;
  });
}

const at = (resource: Resource, note: string): Evidence => ({ file: resource.file, line: resource.line, note });

/** What one resource is made of by reference: the task definition it runs, the target group that asks after it. */
const partTypes = /task_definition|TaskDefinition|target_group|TargetGroup|launch_template/;

function servicesOf(
  context: Context,
  matcher: Matcher,
  resources: readonly Resource[],
  facts: readonly IacFact[],
): DeployedService[] {
  const parts = new Map<Resource, Resource[]>();
  const candidates = resources.filter(({ type }) => partTypes.test(type));
  for (const resource of resources) {
    if (!/service/i.test(resource.type)) continue;
    const words = new Set(resource.text.match(/[a-z]\w+\.\w+|(?<=")\w+(?=")/g));
    const found = candidates.filter(
      (part) =>
        part !== resource &&
        part.making === resource.making &&
        (words.has(`${part.type}.${part.name}`) || (part.type.includes('::') && words.has(part.name))),
    );
    parts.set(resource, found);
  }
  const taken = new Set([...parts.values()].flat());
  return resources
    .filter((resource) => !taken.has(resource))
    .flatMap((resource) => serviceOf(context, matcher, resource, parts.get(resource) ?? [], facts) ?? []);
}

/** A task definition that a module hands to the service that runs it: two blocks, one thing that runs. */
function withoutDefinitions(services: DeployedService[]): DeployedService[] {
  const isDefinition = ({ evidence }: DeployedService): boolean => /^\w*task_?definition\b/i.test(evidence.note);
  const dropped = new Set<DeployedService>();
  for (const definition of services.filter((one) => one.component !== null && isDefinition(one))) {
    const runs = services.filter((one) => one.component === definition.component && !isDefinition(one));
    for (const service of runs) joinTwin(service, definition);
    if (runs.length > 0) dropped.add(definition);
  }
  return services.filter((one) => !dropped.has(one));
}

function serviceOf(
  context: Context,
  matcher: Matcher,
  resource: Resource,
  parts: readonly Resource[],
  facts: readonly IacFact[],
): DeployedService | null {
  if (partOf.test(resource.type)) return null;
  const [, role, kind] = kinds.find(([pattern]) => pattern.test(resource.type)) ?? [];
  if (!role) return null;
  const name = resource.names[0] ?? resource.name;
  const evidence = at(resource, `${resource.type} ${name}`);
  if (role !== 'component') return bareService(name, evidence, { role, software: kind ?? null, platform: 'managed' });
  const image =
    [resource, ...parts].map(({ text }) => /\bimage["']?\s*[:=]\s*["']([^"']+)["']/.exec(text)?.[1]).find(Boolean) ??
    null;
  const usable = image && !/[${}]/.test(image) ? image : null;
  const code = facts
    .flatMap(({ functions }) => functions ?? [])
    .find(({ file, line }) => file === resource.file && line === resource.line);
  const holder = code ? matcher.holderOf(code.modules) : hostedFolder(matcher, resource);
  const { component, dockerfile } = holder
    ? { component: holder, dockerfile: null }
    : matcher.match({
        names: resource.names,
        image: usable,
        context: null,
        dockerfile: null,
        target: null,
        args: [],
      });
  const isFunction = kind === 'function' || /\bkind\s*:\s*'functionapp/.test(resource.text);
  const service = bareService(name, evidence, {
    component,
    role: component === null ? 'other' : 'component',
    image,
    dockerfile,
    serverless: isFunction,
    platform: isFunction ? resource.type : null,
    ...settingsOf(resource, parts),
    ...settledAfter(context, resource),
    // What a function is given of memory is its size, not a limit that keeps neighbours alive.
    ...(isFunction ? { memoryLimit: null } : {}),
    ...(/containerApps\b|container_app$/i.test(resource.type)
      ? { exposed: /\bexternal(?:_enabled)?["']?\s*[:=]\s*true\b/i.test(resource.text) }
      : {}),
  });
  knownBy.set(service, resource.names);
  return service;
}

/** The folder that a host of sites is told to build: `appRoot`, or the folder of what it publishes. */
function hostedFolder(matcher: Matcher, { type, text }: Resource): string | null {
  if (!/amplify/i.test(type)) return null;
  const said = (key: string): string | undefined =>
    new RegExp(`\\b${key}["']?\\s*[:=]\\s*["']?([\\w@.][\\w@./-]*)`).exec(text)?.[1];
  const root = said('appRoot');
  const output = said('baseDirectory');
  if (!root && !output) return null;
  return matcher.matchFolder(joinPath('.', root ?? dirOf(output!.replace(/\/$/, ''))), [], []);
}

function network(environment: Environment, resources: readonly Resource[]): void {
  for (const resource of resources) {
    const { type, text } = resource;
    const has = (pattern: RegExp): boolean => pattern.test(text);
    if (/certificate|acm|managed_ssl/i.test(type) && !/validation|iot/i.test(type))
      environment.tls.push(at(resource, `${type} ${resource.name}`));
    else if (/cloudfront[._:]*(?:web)?distribution$|^CloudFrontWebDistribution$|cdn_frontdoor_endpoint/i.test(type))
      environment.tls.push(at(resource, `${type} ${resource.name}: it ends TLS under its own name too`));
    else if (
      /listener|target_https_proxy|cloudfront|distribution|front_?door|cdn|application_gateway|LoadBalanced\w*Service$/i.test(
        type,
      ) &&
      has(/HTTPS|443|viewer_certificate|certificate|ssl/i)
    )
      environment.tls.push(at(resource, `${type} ${resource.name} ends TLS`));
    else if (
      /cloud_?run|container[-_]?app|apprunner|run_v2|(?:^|\.)(?:Lambda|Spec)?RestApi$|(?:^|\.)HttpApi$|GraphqlApi$|FunctionUrl$|AWS::ApiGateway(?:V2)?::(?:Rest)?Api$|web_app|web\/sites?\b|static|lambda_function_url|apigatewayv?2?_(?:rest_)?api|host\/(?:appservice|staticwebapp|container-app|functions)/i.test(
        type,
      ) &&
      !/env|stack|identity/i.test(type)
    ) {
      environment.tls.push(at(resource, `${type} ${resource.name}: the platform ends TLS`));
    }
    if (has(/rate_based_statement|throttling_(?:rate|burst)_limit|rate_limit_threshold|rateLimit(?:Rule)?|<rate-limit/))
      environment.rateLimits.push(at(resource, `${type} ${resource.name} limits the rate`));
    if (
      /listener_rule|apigatewayv2_(?:route|integration)|api_gateway_(?:integration|resource)|url_map|apim-?api|apim\w*api|ApiManagement\/service\/apis?\b|api_management_api\b|path_matcher/i.test(
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
    // A gateway's policy holds for the functions behind it.
    if (/apigatewayv2_api$|ApiGatewayV2::Api$|HttpApi$/.test(type)) {
      const { allowedOrigins } = settingsOf(resource, []);
      for (const service of environment.services)
        if (allowedOrigins && service.serverless && service.component !== null)
          service.allowedOrigins ??= allowedOrigins;
    }
    const health = /target_?group/i.test(type) ? settingsOf(resource, []).healthProbe : null;
    for (const service of health ? bySubject(environment, resource) : []) service.healthProbe ??= health;
    if (/appautoscaling_target|autoscaling_policy|autoscale_setting/i.test(type)) {
      const named =
        byTokens(environment, resource) ??
        environment.services.find(({ name, role }) => role === 'component' && text.includes(name));
      for (const service of named ? [named] : bySubject(environment, resource))
        service.autoscaled = { value: `${type} ${resource.name}`, file: resource.file, line: resource.line };
    }
  }
}

/** The services of the one component whose name is a word of what the resource, or the module call around it, is called. */
function bySubject(environment: Environment, resource: Resource): DeployedService[] {
  const words = new Set([resource.name, ...resource.names].flatMap(nameTokens));
  const fitting = environment.services.filter(
    ({ component }) => component !== null && nameTokens(baseOf(component)).every((token) => words.has(token)),
  );
  return new Set(fitting.map(({ component }) => component)).size === 1 ? fitting : [];
}

const byTokens = (environment: Environment, resource: Resource): DeployedService | undefined =>
  environment.services.find(
    ({ name, role }) => role === 'component' && endsWithTokens(nameTokens(resource.name), nameTokens(name)),
  );

/**
 * azure.yaml says what to deploy, the stack of the same tree how: replicas, memory, probes, origins. The stack's services of those names
 * join the platform's, and the rest of the stack (databases, TLS) is provisioned with it.
 */
export function joinAzure(environments: readonly Environment[]): void {
  const platforms = environments.filter(({ id, kind }) => kind === 'platform' && /(?:^|[:/])azure\.ya?ml$/.test(id));
  for (const platform of platforms) {
    // azd provisions Bicep, or the Terraform of its own folder.
    const own = `iac:${joinPath(dirOf(platform.files[0]!), 'infra')}`;
    const stacks = environments.filter(
      ({ id, kind, files }) =>
        kind === 'iac' && files.some((file) => file.endsWith('.bicep') || (id === own && file.endsWith('.tf'))),
    );
    for (const stack of stacks) {
      const twins = new Map(platform.services.map((service) => [service, twinOf(service, stack, platform)]));
      for (const [service, twin] of twins) if (twin) joinTwin(service, twin);
      const joined = new Set(twins.values());
      stack.services = stack.services.filter((service) => !joined.has(service));
      platform.files.push(...stack.files);
      stack.rank = platform.rank;
      stack.because = platform.because;
    }
  }
}

/** The resource of that very name, else the only one whose name it begins or ends. */
function twinOf(service: DeployedService, stack: Environment, platform: Environment): DeployedService | undefined {
  const others = stack.services.filter(({ platform: by }) => by !== 'managed');
  const named = (one: DeployedService, name: string): boolean =>
    [one.name, ...(knownBy.get(one) ?? [])].some((known) => known.toLowerCase() === name.toLowerCase());
  const exact = others.find((one) => named(one, service.name));
  if (exact) return exact;
  const own = nameTokens(service.name);
  const taken = (one: DeployedService): boolean => platform.services.some(({ name }) => named(one, name));
  const alike = others.filter(
    (one) =>
      !taken(one) &&
      [one.name, ...(knownBy.get(one) ?? [])].some((known) => {
        const tokens = nameTokens(known);
        return endsWithTokens(tokens, own) || own.every((token, i) => token === tokens[i]);
      }),
  );
  return alike.length === 1 ? alike[0] : undefined;
}

function joinTwin(service: DeployedService, twin: DeployedService): void {
  service.healthProbe ??= twin.healthProbe;
  service.memoryLimit ??= twin.memoryLimit;
  service.replicas ??= twin.replicas;
  service.autoscaled ??= twin.autoscaled;
  if (twin.allowedOrigins) service.allowedOrigins ??= twin.allowedOrigins;
}

import { describe, expect, it } from 'vitest';
import dockerfiles from '../../../src/analyzers/dockerfiles.ts';
import iac from '../../../src/analyzers/iac.ts';
import platforms from '../../../src/analyzers/platforms.ts';
import { deploy } from '../../../src/deployment/index.ts';
import type { ComponentRoot } from '../../../src/model/component.ts';
import type { DeployedService, Deployment } from '../../../src/model/deployment.ts';
import type { Facts } from '../../../src/model/facts/index.ts';
import { openMemory } from '../../../src/repository/index.ts';

function deployed(paths: string[], files: Record<string, string>): Deployment {
  const view = openMemory({ ...files, ...Object.fromEntries(paths.map((path) => [`${path}/package.json`, '{}'])) });
  const facts = {
    dockerfiles: dockerfiles.analyze(view, () => {}),
    iac: iac.analyze(view, () => {}),
    platforms: platforms.analyze(view, () => {}),
  } as unknown as Facts;
  const roots = paths.map(
    (path): ComponentRoot => ({ path, name: path, language: 'js', manifest: `${path}/package.json` }) as ComponentRoot,
  );
  return deploy(view, facts, roots);
}

const serviceOf = (deployment: Deployment, path: string): DeployedService | undefined =>
  deployment.servicesOf(path)[0]?.service;

const containerApp = `param name string
param tags object = {}
param minReplicas int = 0
param maxReplicas int = 10
param probePath string = ''
param origins array = []
resource app 'Microsoft.App/containerApps@2023-05-01' = {
  name: name
  tags: tags
  properties: {
    configuration: { ingress: { corsPolicy: { allowedOrigins: origins } } }
    template: {
      healthCheckPath: probePath
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
      }
    }
  }
}
`;
const call = (params: string): Record<string, string> => ({
  'azure.yaml': 'services:\n  api: { project: ./api, host: containerapp }\n',
  'infra/main.bicep': "module api './app/api.bicep' = {\n  params: { name: 'x' }\n}\n",
  'infra/app/api.bicep': `param serviceName string = 'api'\nmodule app '../core/host.bicep' = {\n  params: {\n    name: 'x'\n    tags: union({}, { 'azd-service-name': serviceName })\n    ${params}\n  }\n}\n`,
  'infra/core/host.bicep': containerApp,
});

describe('the modules of a Bicep stack', () => {
  it.each([
    ['the defaults of the module', '', { autoscaled: 'minReplicas: 0', probe: undefined, origins: undefined }],
    [
      'what the call gives',
      "probePath: '/health'",
      { autoscaled: 'minReplicas: 0', probe: 'healthCheckPath', origins: undefined },
    ],
    ['a ceiling of one', 'maxReplicas: 1', { autoscaled: undefined, probe: undefined, origins: undefined }],
    [
      'origins',
      "origins: [ 'https://shop.test' ]",
      { autoscaled: 'minReplicas: 0', probe: undefined, origins: "[ 'https://shop.test' ]" },
    ],
    [
      "the portal's own origin",
      "origins: [ 'https://portal.azure.com' ]",
      { autoscaled: 'minReplicas: 0', probe: undefined, origins: undefined },
    ],
  ])('%s', (_, params, expected) => {
    const service = serviceOf(deployed(['api'], call(params)), 'api');
    expect({
      autoscaled: service?.autoscaled?.value,
      probe: service?.healthProbe?.value,
      origins: service?.allowedOrigins?.value,
    }).toEqual(expected);
  });

  it('shows the line of the module that states it', () => {
    expect(serviceOf(deployed(['api'], call('')), 'api')?.autoscaled).toMatchObject({
      file: 'infra/core/host.bicep',
      line: 15,
    });
  });

  it.each([
    ['a module that nothing calls', "param x string = ''\n", []],
    ['a switch that is off by default', "param on bool = false\nmodule db './core/db.bicep' = if (on) {\n}\n", []],
    ['a switch that a call sets', "module db './core/db.bicep' = {\n  params: { create: true }\n}\n", ['db']],
    ['the default of that switch', "module db './core/db.bicep' = {\n}\n", []],
  ])('%s', (_, main, names) => {
    const { environments } = deployed(['api'], {
      'infra/main.bicep': `${main}resource group 'Microsoft.Resources/resourceGroups@2021' = {\n}\n`,
      'infra/core/db.bicep':
        "param create bool = false\nresource db 'Microsoft.DBforPostgreSQL/flexibleServers@2022' = if (create) {\n}\n",
    });
    expect(environments.flatMap(({ services }) => services.map(({ name }) => name))).toEqual(names);
  });
});

const ecs = `variable "desired" { default = 1 }
variable "health" { default = "/" }
resource "aws_ecs_task_definition" "this" {
  memory = 512
}
resource "aws_lb_target_group" "this" {
  health_check {
    path = var.health
  }
}
resource "aws_ecs_service" "this" {
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = var.desired
  health_check_grace_period_seconds = 30
  load_balancer { target_group_arn = aws_lb_target_group.this.arn }
}
`;

describe('the modules of a Terraform stack', () => {
  it('makes a service of each call, with its task definition and target group', () => {
    const deployment = deployed(['api', 'shop'], {
      'infra/prod/main.tf':
        'locals { many = 3 }\nmodule "api" {\n  source  = "../modules/ecs"\n  desired = local.many\n}\nmodule "shop" {\n  source = "../modules/ecs"\n}\n',
      'infra/modules/ecs/main.tf': ecs,
    });
    const shown = ['api', 'shop'].map((path) => {
      const running = deployment.servicesOf(path);
      const { service } = running[0]!;
      return [running.length, service.replicas?.value, service.memoryLimit?.value, service.healthProbe?.value];
    });
    expect(shown).toEqual([
      [1, 3, '512', 'health_check'],
      [1, 1, '512', 'health_check'],
    ]);
  });

  it.each([
    ['a tfvars file that is read by itself', { 'infra/terraform.tfvars': 'replicas = 4\n' }, 4],
    ['one that is read on request only', { 'infra/other.tfvars': 'replicas = 4\n' }, 2],
  ])('takes the values of %s', (_, more, replicas) => {
    const deployment = deployed(['api'], {
      'infra/variables.tf': 'variable "replicas" {\n  default = 2\n}\n',
      'infra/main.tf': 'resource "aws_ecs_service" "api" {\n  desired_count = var.replicas\n}\n',
      ...more,
    });
    expect(serviceOf(deployment, 'api')?.replicas?.value).toBe(replicas);
  });

  it('keeps the stack for development apart, and leaves out modules that none calls and modules that call each other', () => {
    const { environments } = deployed(['api'], {
      'infra/main.tf': 'module "loop" {\n  source = "./modules/loop"\n}\nresource "aws_ecs_service" "api" {\n}\n',
      'infra/dev/main.tf': 'resource "aws_ecs_service" "api" {\n}\n',
      'infra/modules/loop/main.tf': 'module "again" {\n  source = "../loop"\n}\nresource "aws_db_instance" "db" {\n}\n',
      'infra/modules/idle/main.tf': 'resource "aws_elasticache_cluster" "cache" {\n}\n',
    });
    expect(environments.map(({ id, rank }) => [id, rank])).toEqual([
      ['iac:infra', 'infrastructure'],
      ['iac:infra/dev', 'development'],
    ]);
    expect(environments.flatMap(({ services }) => services.map(({ role }) => role))).not.toContain('cache');
  });

  it('joins what modules of their own say of one service: its task definition, target group and scaling', () => {
    const module = (name: string, from: string): string =>
      `module "${name}" {\n  source = "./${from}"\n  name = "${name}"\n}\n`;
    const deployment = deployed(['server'], {
      'infra/main.tf':
        module('task_server', 'task') +
        module('service_server', 'service') +
        module('target_server', 'target') +
        module('scaling_server', 'scaling'),
      'infra/task/main.tf': 'resource "aws_ecs_task_definition" "task" {\n  memory = "512"\n}\n',
      'infra/service/main.tf': 'resource "aws_ecs_service" "service" {\n  desired_count = 1\n}\n',
      'infra/target/main.tf':
        'resource "aws_alb_target_group" "target" {\n  health_check {\n    path = "/status"\n  }\n}\n',
      'infra/scaling/main.tf': 'resource "aws_appautoscaling_target" "target" {\n  max_capacity = 4\n}\n',
    });
    const running = deployment.servicesOf('server').map(({ service }) => service);
    expect(running.map((one) => [one.memoryLimit?.value, one.healthProbe?.value, one.autoscaled !== null])).toEqual([
      ['512', 'health_check', true],
    ]);
  });

  it.each([
    ['false', 0],
    ['true', 1],
  ])('follows a switch through the choices of a count: %s', (value, count) => {
    const { environments } = deployed(['api'], {
      'infra/main.tf': `module "alb" {\n  source = "./alb"\n  on = true\n  https = ${value}\n}\nresource "aws_ecs_service" "api" {\n}\n`,
      'infra/alb/main.tf':
        'variable "on" {}\nvariable "https" {}\nresource "aws_alb_listener" "https" {\n  count = var.on == true ? (var.https == true ? 1 : 0) : 0\n  protocol = "HTTPS"\n}\n',
    });
    expect(environments.flatMap(({ tls }) => tls)).toHaveLength(count);
  });
});

describe('a stack that is written as a program', () => {
  const stack = `export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const service = process.env.SERVICE;
    const fargate = new ApplicationLoadBalancedFargateService(this, \`shop-\${service}\`, { memoryLimitMiB: 512 });
    fargate.targetGroup.configureHealthCheck({ path: '/health' });
    fargate.service.autoScaleTaskCount({ maxCapacity: 4 });
  }
}
`;
  const gateway = `const behind = { 'order-service': ['orders'], 'user-service': ['users'] };
export class GatewayStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const api = new HttpApi(this, 'shop', {});
    for (const name of Object.keys(behind)) api.addRoutes(routesOf(name));
  }
}
`;
  const files = {
    'cdk/package.json': '{ "dependencies": { "aws-cdk-lib": "2" } }',
    'cdk/service/stack.ts': `import { Stack } from 'aws-cdk-lib';\n${stack}`,
    'cdk/gateway/stack.ts': `import { Stack } from 'aws-cdk-lib';\n${gateway}`,
  };
  const shared =
    'FROM node:22\nARG SERVICE\nCOPY . .\nRUN npx nx build ${SERVICE}\nCMD ["sh", "-c", "node dist/apps/$SERVICE/main.js"]\n';
  const apps = ['apps/order-service', 'apps/user-service'];

  it('runs each program whose image one Dockerfile makes, where its name is a variable', () => {
    const deployment = deployed(apps, {
      ...files,
      'service.Dockerfile': shared,
      'build.sh': ['order', 'user']
        .map((name) => `docker build --build-arg SERVICE=${name}-service -f service.Dockerfile .\n`)
        .join(''),
    });
    expect(apps.map((path) => serviceOf(deployment, path))).toMatchObject(
      apps.map(() => ({
        healthProbe: { value: 'configureHealthCheck' },
        autoscaled: { value: 'autoScaleTaskCount' },
        memoryLimit: { value: '512' },
      })),
    );
  });

  it('follows what it keeps of a construct under another name', () => {
    const text = stack
      .replace('    fargate.service.autoScale', '    this.service = fargate.service;\n    this.service.autoScale')
      .replace('shop-${service}', 'user-service');
    const deployment = deployed(['apps/user-service'], {
      'cdk/package.json': '{ "dependencies": { "aws-cdk-lib": "2" } }',
      'cdk/stack.ts': `import { Stack } from 'aws-cdk-lib';\n${text}`,
      'apps/user-service/Dockerfile': 'FROM node:22\nCMD ["node", "main.js"]\n',
    });
    expect(serviceOf(deployment, 'apps/user-service')).toMatchObject({ autoscaled: { value: 'autoScaleTaskCount' } });
  });

  it('runs none where no Dockerfile makes several images', () => {
    const deployment = deployed(apps, files);
    expect(apps.map((path) => serviceOf(deployment, path))).toEqual([undefined, undefined]);
  });

  it('leads from a gateway to the services that its file names', () => {
    const { environments } = deployed([...apps, 'apps/mail-service'], files);
    expect(environments.flatMap(({ routes }) => routes.map(({ component, tls }) => [component, tls]))).toEqual([
      ['apps/order-service', true],
      ['apps/user-service', true],
    ]);
  });
});

describe('origins that a platform lets in', () => {
  it.each([
    ['serverless.yml', 'provider:\n  httpApi:\n    cors: true\nfunctions:\n  api:\n    handler: a.b\n', '"*"'],
    [
      'serverless.yml',
      'provider:\n  httpApi:\n    cors:\n      allowedOrigins: [https://a.test]\nfunctions:\n  api:\n    handler: a.b\n',
      '["https://a.test"]',
    ],
    [
      'serverless.yml',
      'provider: {}\nfunctions:\n  api:\n    handler: a.b\n    events:\n      - http:\n          path: /\n          cors: true\n',
      '"*"',
    ],
    ['serverless.yml', 'provider: {}\nfunctions:\n  api:\n    handler: a.b\n', undefined],
    [
      'template.yaml',
      'Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Api:\n    Cors: "\'*\'"\nResources:\n  Fn:\n    Type: AWS::Serverless::Function\n',
      '"\'*\'"',
    ],
  ])('%s %#', (file, text, origins) => {
    expect(serviceOf(deployed(['api'], { [`api/${file}`]: text }), 'api')?.allowedOrigins?.value).toBe(origins);
  });
});

describe('TLS that a stack ends', () => {
  it.each([
    ['infra/a.tf', 'resource "aws_cloudfront_distribution" "cdn" {\n}\n', 1],
    ['infra/a.tf', 'resource "aws_cloudfront_origin_access_identity" "cdn" {\n}\n', 0],
    ['infra/a.tf', 'resource "aws_lb_listener" "web" {\n  protocol = "HTTP"\n}\n', 0],
    ['infra/a.tf', 'resource "aws_lb_listener" "web" {\n  protocol = "HTTPS"\n}\n', 1],
    ['infra/a.bicep', "resource app 'Microsoft.App/containerApps@2023' = {\n}\n", 1],
    ['infra/a.bicep', "resource env 'Microsoft.App/managedEnvironments@2023' = {\n}\n", 0],
  ])('%s %#', (file, text, count) => {
    const { environments } = deployed(['api'], { [file]: text });
    expect(environments.flatMap(({ tls }) => tls)).toHaveLength(count);
  });
});

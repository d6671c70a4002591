import { describe, expect, it } from 'vitest';
import { app, service, told } from './_asked.ts';

/** What deploys: in pipelines, by hosts and controllers, and by scripts; of two services, which. */
type Row = [title: string, rung: string, files: Record<string, string>, expected: string[]];

const docker = 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n';
const one = (folder: string) => ({
  [`${folder}/package.json`]: service({ name: folder }),
  [`${folder}/src/index.js`]: app(''),
  [`${folder}/Dockerfile`]: docker,
});
const two = (more: Record<string, string> = {}) => ({
  'package.json': '{"private":true}',
  ...one('api'),
  ...one('web'),
  ...more,
});
const only = (more: Record<string, string> = {}) => ({ ...one('api'), ...more });
const path = '.github/workflows/ship.yml';
const flow = (steps: string, on = 'push', job = '') => ({
  [path]: `on: ${on}\njobs:\n  ship:\n    runs-on: ubuntu-latest\n${job}    steps:\n${steps}`,
});
const step = (run: string, more = '') => `      - run: ${run}\n${more}`;
const push = (context: string, more = '') =>
  `      - uses: docker/build-push-action@v6\n        with: { context: ${context}, push: true${more} }\n`;
const workload = (name: string, image = name) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: ${name}, image: ${image} }] } } }\n`;
const clustered = { 'k8s/api/a.yaml': workload('api'), 'k8s/web/a.yaml': workload('web') };
const object = (kind: string, apiVersion: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: api }\n`;
const called = (uses: string, on = 'push', more = '') => ({
  [path]: `on: ${on}\njobs:\n  ship:\n${more}    uses: ${uses}\n`,
});
const terraform = (type: string) => ({ 'infra/main.tf': `resource "${type}" "ship" {\n  name = "ship"\n}\n` });
const scripted = (scripts: object, more: Record<string, string> = {}) =>
  only({ 'api/package.json': service({ scripts: { start: 'node src/index.js', ...scripts } }), ...more });

const starts: [on: string, complete: string, wired: string][] = [
  ['push', 'yes', 'yes'],
  ['release', 'yes', 'yes'],
  ['[pull_request, push]', 'yes', 'yes'],
  ['{ push: { tags: ["v*"] } }', 'yes', 'yes'],
  ['{ schedule: [{ cron: "0 3 * * *" }] }', 'yes', 'yes'],
  ['workflow_dispatch', 'no', 'yes'],
  ['[workflow_dispatch, workflow_call]', 'no', 'yes'],
  ['[workflow_call, workflow_dispatch]', 'no', 'yes'],
  ['[workflow_call, push]', 'yes', 'yes'],
  ['[workflow_call, pull_request]', 'no', 'yes'],
  ['pull_request', 'no', 'yes'],
  ['pull_request_target', 'no', 'yes'],
  ['pull_request_review', 'no', 'yes'],
  ['[pull_request, workflow_dispatch]', 'no', 'yes'],
  ['workflow_call', 'no', 'no'],
];

describe('what starts a deploy', () => {
  it.each(starts)('%s: on its own %s, by anything %s', async (on, complete, wired) => {
    const files = only(flow(step('flyctl deploy'), on));
    expect((await told('deploys', { rung: 'complete' }, files, null))[0]).toBe(complete);
    expect((await told('deploys', { rung: 'wired' }, files, null))[0]).toBe(wired);
    expect((await told('deploys', { rung: 'present' }, files, null))[0]).toBe('yes');
  });
});

describe('what deploys', () => {
  it.each<Row>([
    // Steps, and what is shown of them
    [
      'a long command',
      'complete',
      only(flow(step(`flyctl deploy --build-arg VERSION=${'1'.repeat(80)}`))),
      [
        'yes',
        '.github/workflows/ship.yml:6 flyctl deploy --build-arg VERSION=1111111111111111111111111111111111111111111111',
      ],
    ],
    [
      'the first line with words',
      'complete',
      only(flow(step('|\n\n          flyctl deploy\n          flyctl status'))),
      ['yes', '.github/workflows/ship.yml:6 flyctl deploy'],
    ],
    [
      'an action that hands on',
      'complete',
      only({ '.github/workflows/deploy.yml': flow('      - uses: peter-evans/repository-dispatch@v3\n')[path]! }),
      ['yes', '.github/workflows/deploy.yml:6 peter-evans/repository-dispatch@v3'],
    ],
    [
      'an action that hands on, in a pipeline for something else',
      'present',
      only(flow('      - uses: peter-evans/repository-dispatch@v3\n')),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'for pull requests, in an expression',
      'present',
      only(flow(step('flyctl deploy', "        if: ${{ github.event_name == 'pull_request' }}\n"))),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'for pull requests, in an expression without spaces',
      'present',
      only(flow(step('flyctl deploy', "        if: ${{github.event_name=='pull_request'}}\n"))),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'for all but pull requests',
      'present',
      only(flow(step('flyctl deploy', "        if: github.event_name != 'pull_request'\n"))),
      ['yes', '.github/workflows/ship.yml:6 flyctl deploy'],
    ],
    [
      'for pushes',
      'present',
      only(flow(step('flyctl deploy', "        if: github.event_name == 'push'\n"))),
      ['yes', '.github/workflows/ship.yml:6 flyctl deploy'],
    ],
    [
      'where it is no pull request',
      'present',
      only(flow(step('flyctl deploy', "        if: ${{ !(github.event_name == 'pull_request') }}\n"))),
      ['yes', '.github/workflows/ship.yml:6 flyctl deploy'],
    ],
    [
      'in a job for pull requests',
      'present',
      only(flow(step('flyctl deploy'), 'push', "    if: github.event_name == 'pull_request'\n")),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'in a job for pull requests, by a step for pushes',
      'present',
      only(
        flow(
          step('flyctl deploy', "        if: github.event_name == 'push'\n"),
          'push',
          "    if: github.event_name == 'pull_request'\n",
        ),
      ),
      ['yes', '.github/workflows/ship.yml:7 flyctl deploy'],
    ],
    [
      'in a job that is off',
      'present',
      only(flow(step('flyctl deploy'), 'push', '    if: false\n')),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'what is tested in a cluster for the job',
      'present',
      only(flow(step('kind create cluster') + step('kubectl apply -f k8s'))),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a step that is told nothing',
      'present',
      only(flow(step('echo deploy'))),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],

    // Which of two images
    [
      'both images',
      'complete',
      two(flow(push('./api') + push('./web'))),
      [
        'yes',
        '.github/workflows/ship.yml:6 docker/build-push-action@v6',
        '.github/workflows/ship.yml:6 docker/build-push-action@v6',
        '.github/workflows/ship.yml:8 docker/build-push-action@v6',
        '.github/workflows/ship.yml:8 docker/build-push-action@v6',
      ],
    ],
    [
      'both images, by two pipelines',
      'complete',
      two({ ...flow(push('./api')), '.github/workflows/web.yml': flow(push('./web'))[path]! }),
      [
        'yes',
        '.github/workflows/ship.yml:6 docker/build-push-action@v6',
        '.github/workflows/web.yml:6 docker/build-push-action@v6',
      ],
    ],
    [
      'one image, and one by hand',
      'complete',
      two({ ...flow(push('./api')), '.github/workflows/web.yml': flow(push('./web'), 'workflow_dispatch')[path]! }),
      ['no', '.github/workflows/ship.yml:6 docker/build-push-action@v6', 'sought a deploy of web'],
    ],
    [
      'one image of two',
      'complete',
      two(flow(push('./web'))),
      ['no', '.github/workflows/ship.yml:6 docker/build-push-action@v6', 'sought a deploy of api'],
    ],
    [
      'both images by hand',
      'complete',
      two(flow(push('./api') + push('./web'), 'workflow_dispatch')),
      [
        'no',
        '.github/workflows/ship.yml:6 started by hand only',
        '.github/workflows/ship.yml:6 started by hand only',
        '.github/workflows/ship.yml:8 started by hand only',
        '.github/workflows/ship.yml:8 started by hand only',
        'sought a deploy that a push or a tag starts',
      ],
    ],
    [
      'an image of one job, and a push of another',
      'complete',
      two({
        [path]: `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${push('./api')}  b:\n    runs-on: x\n    steps:\n${step('docker push acme/other')}`,
      }),
      [
        'yes',
        '.github/workflows/ship.yml:6 docker/build-push-action@v6',
        '.github/workflows/ship.yml:11 docker push acme/other',
      ],
    ],
    [
      'images that cannot be told',
      'complete',
      two(flow(step('docker push acme/other'))),
      ['yes', '.github/workflows/ship.yml:6 docker push acme/other'],
    ],
    [
      'one that is told, and one that is not',
      'complete',
      two(flow(push('./api') + step('docker push acme/other'))),
      [
        'no',
        '.github/workflows/ship.yml:6 docker/build-push-action@v6',
        '.github/workflows/ship.yml:8 docker push acme/other',
        'sought a deploy of web',
      ],
    ],
    [
      'the image of documentation alone',
      'present',
      two({
        ...flow(push('./docs')),
        'docs/package.json':
          '{"name":"docs","scripts":{"build":"docusaurus build"},"dependencies":{"@docusaurus/core":"3"}}',
        'docs/docusaurus.config.js': 'export default {};',
        'docs/Dockerfile': docker,
      }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],

    // Which of two services of a cluster
    [
      'one folder of the cluster',
      'complete',
      two({ ...clustered, ...flow(step('kubectl apply -f k8s/api')) }),
      ['no', '.github/workflows/ship.yml:6 kubectl apply -f k8s/api', 'sought a deploy of web'],
    ],
    [
      'each folder of the cluster',
      'complete',
      two({ ...clustered, ...flow(step('kubectl apply -f k8s/api') + step('kubectl apply -f k8s/web')) }),
      [
        'yes',
        '.github/workflows/ship.yml:6 kubectl apply -f k8s/api',
        '.github/workflows/ship.yml:6 kubectl apply -f k8s/api',
        '.github/workflows/ship.yml:7 kubectl apply -f k8s/web',
      ],
    ],
    [
      'one folder, by hand',
      'complete',
      two({ ...clustered, ...flow(step('kubectl apply -f k8s/api'), 'workflow_dispatch') }),
      ['no', '.github/workflows/ship.yml:6 started by hand only', 'sought a deploy that a push or a tag starts'],
    ],
    [
      'one folder, and what cannot be told',
      'complete',
      two({ ...clustered, ...flow(step('kubectl apply -f k8s/api') + step('ssh host ./up.sh')) }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f k8s/api', '.github/workflows/ship.yml:7 ssh host ./up.sh'],
    ],
    [
      'one folder, and another pipeline on the same line',
      'complete',
      two({
        ...clustered,
        ...flow(step('kubectl apply -f k8s/api')),
        '.github/workflows/up.yml': flow(step('ssh host ./up.sh'))[path]!,
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f k8s/api', '.github/workflows/up.yml:6 ssh host ./up.sh'],
    ],
    [
      'infrastructure code that names one of two',
      'complete',
      two({
        'infra/main.tf':
          'resource "aws_ecs_task_definition" "api" {\n  family = "api"\n  container_definitions = jsonencode([{ name = "api", image = "acme/api:1" }])\n}\nresource "aws_ecs_service" "api" {\n  name = "api"\n  task_definition = aws_ecs_task_definition.api.arn\n}\n',
        ...flow(step('terraform -chdir=infra apply -auto-approve')),
      }),
      ['yes', '.github/workflows/ship.yml:6 terraform -chdir=infra apply -auto-approve'],
    ],
    [
      'one image of several',
      'complete',
      {
        'package.json': '{"private":true,"workspaces":["apps/*"]}',
        'apps/api/package.json': service({ name: 'api' }),
        'apps/api/src/index.js': app(''),
        'apps/jobs/package.json': service({ name: 'jobs', scripts: { start: 'node src/index.js' } }),
        'apps/jobs/src/index.js': app(''),
        Dockerfile:
          'FROM node:22\nCOPY apps/api apps/api\nCOPY apps/jobs apps/jobs\nCMD ["node", "apps/api/src/index.js"]\n',
        'k8s/all.yaml': workload('api', 'acme/all:1'),
        ...flow(step('docker build -t acme/all:1 .') + step('kubectl apply -f k8s')),
      },
      ['no', '.github/workflows/ship.yml:7 kubectl apply -f k8s', 'sought a deploy of apps/jobs'],
    ],
    [
      'one that follows, of two in a folder',
      'complete',
      two({
        'render.yaml':
          'services:\n  - type: web\n    name: api\n    runtime: docker\n    dockerfilePath: api/Dockerfile\n    dockerContext: api\n',
      }),
      ['no', 'render.yaml:2 render runs api', 'sought a deploy of web'],
    ],
    [
      'a broker beside ours in the folder',
      'complete',
      two({
        ...flow(step('kubectl apply -f ops'), '{ push: { paths: ["ops/**"] } }'),
        'ops/a.yaml': workload('broker', 'rabbitmq:4'),
        'ops/compose.yaml': 'services:\n  api:\n    build: ../api\n    restart: always\n',
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f ops'],
    ],
    [
      'a broker inside one of two',
      'complete',
      two({
        ...flow(step('kubectl apply -f api/broker'), '{ push: { paths: ["api/broker/**"] } }'),
        'api/broker/a.yaml': workload('broker', 'rabbitmq:4'),
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f api/broker'],
    ],
    [
      'a broker with two files, one of them elsewhere',
      'present',
      only({
        ...flow(step('kubectl apply -f broker -f common'), '{ push: { paths: ["broker/**"] } }'),
        'broker/a.yaml': workload('broker', 'rabbitmq:4'),
        'common/a.yaml': workload('mail', 'axllent/mailpit:1'),
      }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a release, and the push of one image',
      'complete',
      two({
        ...flow(push('./api') + step('npx semantic-release')),
        'web/package.json': service({ name: 'web', devDependencies: { '@semantic-release-plus/docker': '3' } }),
      }),
      [
        'yes',
        '.github/workflows/ship.yml:6 docker/build-push-action@v6',
        '.github/workflows/ship.yml:8 npx semantic-release',
      ],
    ],
    [
      'one folder, and an image',
      'complete',
      two({ ...clustered, ...flow(step('kubectl apply -f k8s/api') + push('./web')) }),
      [
        'yes',
        '.github/workflows/ship.yml:6 kubectl apply -f k8s/api',
        '.github/workflows/ship.yml:7 docker/build-push-action@v6',
      ],
    ],
    [
      'a chart of all',
      'complete',
      two({
        'chart/Chart.yaml': 'apiVersion: v2\nname: all\nversion: 1.0.0\n',
        'chart/templates/api.yaml': workload('api'),
        'chart/templates/web.yaml': workload('web'),
        ...flow(step('helm upgrade --install all chart')),
      }),
      [
        'yes',
        '.github/workflows/ship.yml:6 helm upgrade --install all chart',
        '.github/workflows/ship.yml:6 helm upgrade --install all chart',
      ],
    ],
    [
      'infrastructure code',
      'complete',
      two({ ...terraform('aws_ecs_service'), ...flow(step('terraform -chdir=infra apply -auto-approve')) }),
      ['yes', '.github/workflows/ship.yml:6 terraform -chdir=infra apply -auto-approve'],
    ],

    // Pipelines for the software of others
    [
      'a broker, on any change',
      'complete',
      only({ ...flow(step('kubectl apply -f broker')), 'broker/a.yaml': workload('broker', 'rabbitmq:4') }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f broker'],
    ],
    [
      'a broker and ours, on changes of either',
      'complete',
      only({
        ...flow(step('kubectl apply -f broker'), '{ push: { paths: ["broker/**", "api/**"] } }'),
        'broker/a.yaml': workload('broker', 'rabbitmq:4'),
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f broker'],
    ],
    [
      'a folder without definitions',
      'complete',
      only({
        ...flow(step('kubectl apply -f broker'), '{ push: { paths: ["notes/**"] } }'),
        'broker/a.yaml': workload('broker', 'rabbitmq:4'),
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f broker'],
    ],
    [
      'a folder that runs ours too',
      'complete',
      only({
        ...flow(step('kubectl apply -f k8s'), '{ push: { paths: ["k8s/**"] } }'),
        'k8s/a.yaml': workload('broker', 'rabbitmq:4'),
        'k8s/b.yaml': workload('api'),
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f k8s'],
    ],
    [
      'a folder above ours',
      'complete',
      {
        'apps/api/package.json': service(),
        'apps/api/src/index.js': app(''),
        ...flow(step('kubectl apply -f apps/broker'), '{ push: { paths: ["apps/**"] } }'),
        'apps/broker/a.yaml': workload('broker', 'rabbitmq:4'),
      },
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f apps/broker'],
    ],
    [
      'a folder inside ours',
      'complete',
      only({
        ...flow(step('kubectl apply -f api/broker'), '{ push: { paths: ["api/broker/**"] } }'),
        'api/broker/a.yaml': workload('broker', 'rabbitmq:4'),
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f api/broker'],
    ],
    [
      'everything, in words',
      'complete',
      only({
        ...flow(step('kubectl apply -f broker'), '{ push: { paths: ["**"] } }'),
        'broker/a.yaml': workload('broker', 'rabbitmq:4'),
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f broker'],
    ],
    [
      'only what is left out',
      'complete',
      only({
        ...flow(step('kubectl apply -f broker'), '{ push: { paths-ignore: ["docs/**"] } }'),
        'broker/a.yaml': workload('broker', 'rabbitmq:4'),
      }),
      ['yes', '.github/workflows/ship.yml:6 kubectl apply -f broker'],
    ],

    // Workflows of others
    [
      'a workflow of a repository named for it',
      'present',
      only(called('acme/deploy/.github/workflows/test.yml@v1')),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a workflow at a version named for it',
      'present',
      only(called('acme/flows/.github/workflows/test.yml@deploy')),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a workflow of this repository that is not there',
      'present',
      only(called('./.github/workflows/deploy.yml')),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a workflow of another repository, by hand',
      'wired',
      only(called('acme/flows/.github/workflows/deploy.yml@v1', 'workflow_dispatch')),
      ['yes', '.github/workflows/ship.yml:3 calls acme/flows/.github/workflows/deploy.yml@v1'],
    ],
    [
      'a workflow of another repository, by hand',
      'complete',
      only(called('acme/flows/.github/workflows/deploy.yml@v1', 'workflow_dispatch')),
      ['no', '.github/workflows/ship.yml:3 started by hand only', 'sought a deploy that a push or a tag starts'],
    ],
    [
      'a workflow of another repository, switched off',
      'present',
      only(called('acme/flows/.github/workflows/deploy.yml@v1', 'push', '    if: false\n')),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],

    // Controllers in a cluster
    [
      'what an example hands a controller',
      'present',
      only({ 'examples/a.yaml': object('Application', 'argoproj.io/v1alpha1') }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],

    // The cloud's own pipelines
    [
      'a resource of CloudFormation',
      'complete',
      only({
        'infra/stack.yml':
          'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Ship:\n    Type: AWS::CodePipeline::Pipeline\n    Properties: {}\n',
      }),
      ['yes', 'infra/stack.yml:3 AWS::CodePipeline::Pipeline Ship follows the repository'],
    ],
    [
      'another resource of CloudFormation',
      'present',
      only({
        'infra/stack.yml':
          'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Ship:\n    Type: AWS::CodePipeline::Webhook\n    Properties: {}\n',
      }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'an example of such a pipeline',
      'present',
      only({ 'examples/main.tf': terraform('aws_codepipeline')['infra/main.tf']! }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],

    // Releases
    [
      'a release, then what pushes no image',
      'present',
      scripted(
        {},
        {
          ...flow(step('npx semantic-release')),
          'api/package.json': service({ devDependencies: { dockerode: '4', 'semantic-release': '24' } }),
        },
      ),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a release after a build',
      'complete',
      only({
        ...flow(step('npm run build && npx semantic-release')),
        'api/package.json': service({ devDependencies: { '@codedependant/semantic-release-docker': '5' } }),
      }),
      ['yes', '.github/workflows/ship.yml:6 npm run build && npx semantic-release'],
    ],
    [
      'a release of one package, the image of another',
      'complete',
      two({
        ...flow(step('npx semantic-release')),
        'web/package.json': service({ name: 'web', devDependencies: { '@semantic-release-plus/docker': '3' } }),
      }),
      ['yes', '.github/workflows/ship.yml:6 npx semantic-release'],
    ],
    [
      'another program beside such a package',
      'present',
      only({
        ...flow(step('npx release-it')),
        'api/package.json': service({ devDependencies: { 'semantic-release-docker': '2' } }),
      }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],

    // Scripts
    [
      'a script on a line of its own',
      'present',
      only({
        'api/package.json':
          '{\n  "name": "api",\n  "scripts": {\n    "start": "node src/index.js",\n    "deploy": "flyctl deploy"\n  },\n  "dependencies": { "express": "5" }\n}\n',
      }),
      ['yes', 'api/package.json:5 script "deploy"'],
    ],
    [
      'a script of an example',
      'present',
      only({ 'examples/a/package.json': '{"name":"a","scripts":{"deploy":"flyctl deploy"}}' }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'scripts of both',
      'present',
      two({
        'api/package.json': service({ scripts: { start: 'node src/index.js', deploy: 'flyctl deploy' } }),
        'web/package.json': service({ name: 'web', scripts: { start: 'node src/index.js', deploy: 'echo later' } }),
      }),
      ['yes', 'api/package.json:1 script "deploy"'],
    ],
    [
      'a file named for it, at its line',
      'present',
      only({ 'bin/deploy.sh': '#!/bin/sh\nset -e\nnpm run build\nrsync -a dist host:/srv\n' }),
      ['yes', 'bin/deploy.sh:4 deploy script'],
    ],
    [
      'a file named for it that does not',
      'present',
      only({ 'bin/deploy.sh': '#!/bin/sh\nset -e\nnpm run build\n' }),
      ['yes', 'bin/deploy.sh:1 deploy script'],
    ],
    [
      'files named for it',
      'present',
      only({
        'bin/deploy-prod.bash': 'scp a host:/\n',
        'bin/Deploy.SH': 'scp a host:/\n',
        'bin/redeploy.sh': 'scp a host:/\n',
      }),
      [
        'yes',
        'bin/Deploy.SH:1 deploy script',
        'bin/deploy-prod.bash:1 deploy script',
        'bin/redeploy.sh:1 deploy script',
      ],
    ],
    [
      'a file in a folder named for it',
      'present',
      only({ 'deploy/run.sh': 'scp a host:/\n' }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a file of another language',
      'present',
      only({ 'bin/deploy.py': 'scp a host:/\n', 'bin/deploy.sh.bak': 'scp a host:/\n' }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'a file of an example',
      'present',
      only({ 'examples/deploy.sh': 'scp a host:/\n', 'examples/image.sh': 'docker push acme/api\n' }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
  ])('%s (%s)', async (_, rung, files, expected) => {
    expect(await told('deploys', { rung }, files, null)).toEqual(expected);
  });
});

/** Configurations of hosts that follow the repository once connected, and of those that wait for a command. */
const hosts: [file: string, text: string, follows: boolean][] = [
  ['vercel.json', '{}', true],
  ['netlify.toml', '[build]\n  publish = "dist"\n', true],
  [
    'render.yaml',
    'services:\n  - type: web\n    name: api\n    runtime: node\n    startCommand: node src/index.js\n',
    true,
  ],
  ['railway.toml', '[deploy]\nstartCommand = "node src/index.js"\n', true],
  ['Procfile', 'web: node src/index.js\n', true],
  ['amplify.yml', 'version: 1\nfrontend:\n  artifacts:\n    baseDirectory: dist\n', true],
  ['.do/app.yaml', 'name: api\nservices:\n  - name: api\n    run_command: node src/index.js\n', true],
  ['wrangler.toml', 'name = "api"\nmain = "src/index.js"\n', true],
  ['apprunner.yaml', 'version: 1.0\nruntime: nodejs18\nrun:\n  command: node src/index.js\n', true],
  ['.replit', 'run = "node src/index.js"\n[deployment]\nrun = ["node", "src/index.js"]\n', true],
  ['fly.toml', 'app = "api"\n[http_service]\n  internal_port = 3000\n', false],
  ['app.yaml', 'runtime: nodejs22\n', false],
  ['firebase.json', '{ "hosting": { "public": "dist" } }', false],
  [
    'serverless.yml',
    'service: api\nprovider: { name: aws }\nfunctions:\n  api: { handler: src/index.handler }\n',
    false,
  ],
];

describe('a host', () => {
  const here = (more: Record<string, string>) => ({ 'package.json': service(), 'src/index.js': app(''), ...more });
  it.each(hosts)('by %s', async (file, text, follows) => {
    expect((await told('deploys', { rung: 'wired' }, here({ [file]: text }), null))[0]).toBe(follows ? 'yes' : 'no');
    expect((await told('deploys', { rung: 'complete' }, here({ [file]: text }), null))[0]).toBe(follows ? 'yes' : 'no');
    expect((await told('deploys', { rung: 'present' }, here({ [file]: text }), null))[0]).toBe('yes');
  });
  it.each<Row>([
    [
      'that a pipeline tells to',
      'complete',
      here({ 'fly.toml': hosts[10]![1], ...flow(step('flyctl deploy')) }),
      ['yes', '.github/workflows/ship.yml:6 flyctl deploy', 'fly.toml:1 fly runs .'],
    ],
    [
      'that follows one of two',
      'complete',
      two({ 'api/vercel.json': '{}' }),
      ['no', 'api/vercel.json:1 vercel runs api', 'sought a deploy of web'],
    ],
    [
      'that follows each of two',
      'complete',
      two({ 'api/vercel.json': '{}', 'web/netlify.toml': '[build]\n  publish = "dist"\n' }),
      ['yes', 'api/vercel.json:1 vercel runs api', 'web/netlify.toml:1 netlify runs web'],
    ],
    [
      'in settings for development',
      'present',
      here({ 'fly.dev.toml': hosts[10]![1] }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
    [
      'that is started by compose',
      'present',
      here({ 'compose.yaml': 'services:\n  api:\n    image: node:22\n    command: node src/index.js\n' }),
      ['no', 'sought pipelines, platform configs and scripts that deploy or push an image'],
    ],
  ])('%s (%s)', async (_, rung, files, expected) => {
    expect(await told('deploys', { rung }, files, null)).toEqual(expected);
  });
});

/** Told apart by a word alone. */
type Word = [what: string, files: Record<string, string>, answer: string];
const workflows = (answer: string, ...names: string[]) =>
  names.map((name): Word => [name, only(called(`acme/flows/.github/workflows/${name}@v1`)), answer]);
const objects = (answer: string, ...of: [kind: string, api: string][]) =>
  of.map(([kind, api]): Word => [`${kind} of ${api}`, only({ 'gitops/a.yaml': object(kind, api) }), answer]);
const resources = (answer: string, ...types: string[]) =>
  types.map((type): Word => [type, only(terraform(type)), answer]);
const scripts = (answer: string, ...names: string[]) =>
  names.map((name): Word => [`script ${name}`, scripted({ [name]: 'docker push acme/api' }), answer]);
const lines = (answer: string, ...all: string[]) =>
  all.map((line): Word => [`line ${line}`, only({ 'bin/image.sh': `set -e\n${line}\n` }), answer]);
const broker = (answer: string, ...filters: string[]) =>
  filters.map(
    (paths): Word => [
      `a broker on changes of ${paths}`,
      only({
        ...flow(step('kubectl apply -f broker'), `{ push: { paths: [${paths}] } }`),
        'broker/a.yaml': workload('broker', 'rabbitmq:4'),
      }),
      answer,
    ],
  );

it.each<Word>([
  ...workflows(
    'yes',
    'deploy.yml',
    'docker-build.yml',
    'image.yml',
    'container.yaml',
    'cd.yml',
    'node-cd.yml',
    'cd-node.yml',
    'cd_node.yml',
    'a/cd',
    'CD.yml',
  ),
  ...workflows('no', 'release.yml', 'cdn.yml', 'abcd.yml', 'ci.yml', 'xcd-y.yml', 'test.yml'),
  ...objects(
    'yes',
    ['Application', 'argoproj.io/v1alpha1'],
    ['ApplicationSet', 'argoproj.io/v1alpha1'],
    ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1'],
    ['HelmRelease', 'helm.toolkit.fluxcd.io/v2'],
  ),
  ...objects(
    'no',
    ['AppProject', 'argoproj.io/v1alpha1'],
    ['Application', 'app.k8s.io/v1beta1'],
    ['ApplicationSet', 'acme.io/v1'],
    ['HelmRepository', 'source.toolkit.fluxcd.io/v1'],
    ['HelmRelease', 'helm.acme.io/v1'],
    ['Kustomization', 'kustomize.config.k8s.io/v1beta1'],
    ['Kustomization', 'kustomize.acme.io/v1'],
  ),
  ...resources('yes', 'aws_codepipeline'),
  ...resources('no', 'aws_codepipeline_webhook', 'aws_codebuild_project'),
  ...scripts(
    'yes',
    'deploy',
    'deploy:prod',
    'release',
    'push',
    'publish',
    'image:push',
    'push-image',
    'app.publish',
    'docker_push',
    'PUSH',
  ),
  ...scripts('no', 'pushed', 'unpublish', 'repush', 'ship'),
  ...lines(
    'yes',
    'docker push acme/api',
    'podman push acme/api',
    'docker image push acme/api',
    '  docker push acme/api',
  ),
  ...lines(
    'no',
    'echo docker push acme/api',
    'docker pushed acme/api',
    'docker images push acme/api',
    '# docker push acme/api',
    'x-docker push acme/api',
  ),
  ...broker(
    'no',
    '"broker/**"',
    '"broker/*"',
    '"broker"',
    '"broker/**", ".github/workflows/ship.yml"',
    '"broker/**", "!broker/README.md"',
    '"broker*"',
  ),
  ...broker(
    'yes',
    '"broker/**", "x/.github/a"',
    '"broker/**", "api/!a"',
    '"broker/**", "**"',
    '"broker/**", "other/**"',
    '"broke"',
  ),
])('%s', async (_, files, answer) => {
  expect((await told('deploys', { rung: 'present' }, files, null))[0]).toBe(answer);
});

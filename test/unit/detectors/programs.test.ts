import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../src/commands/index.ts';
import { deployingOf, isForTrial, startsElsewhere } from '../../../src/detectors/shared/deploying.ts';
import { type Runs, runnerOf } from '../../../src/detectors/shared/testing/runners.ts';
import type { PipelineStep } from '../../../src/model/facts/index.ts';
import { understood } from './_asked.ts';

/** Scripts that stand in the repository whose commands are asked about. */
const scripts = {
  lint: 'node tools/lint.js',
  check: 'node tools/check.js',
  'test:unit': 'node tools/run.js',
  'test:types': 'check-types',
  'test:own': 'own-runner',
  'test:db': 'prisma migrate deploy',
};
const files = {
  'package.json': JSON.stringify({ name: 'api', scripts }),
  'tools/run.js': '',
  'tools/lint.js': '',
  'tools/check.js': '',
  'tests/test.js': '',
  'tests/seed.js': '',
  'tools/e2e.sh': '',
  'tools/all.sh': '',
};
const model = await understood(files);
const runs = (command: string) => runsOf(command, { cwd: '.', facts: model.facts, view: model.view });
const step = (more: Partial<PipelineStep> = {}) => ({ uses: null, with: {}, ...more });

/** Commands, by what they test. */
const testing: Partial<Record<Runs, string[]>> = {
  unit: [
    'jest',
    'vitest run',
    'mocha',
    'ava',
    'tap',
    'uvu',
    'karma start',
    'web-test-runner',
    'react-scripts test',
    'craco test',
    'vue-cli-service test:unit',
    'ng test',
    'ember test',
    'node --test',
    'tsx --test src',
    'node --test-reporter=spec src',
    'bun test',
    'deno test',
    'node ace test',
    'egg-bin cov',
    'gulp test',
    'ts-mocha',
    'cucumber-js',
    'c8 mocha',
    'npx jest --ci',
  ],
  playwright: ['playwright test', 'npx playwright test --project=chromium', 'bddgen'],
  cypress: ['cypress run', 'cypress open', 'cypress run-ct', 'vue-cli-service test:e2e'],
  maestro: ['maestro test flows', 'maestro cloud'],
  browser: [
    'wdio run wdio.conf.js',
    'detox test',
    'testcafe chrome tests',
    'nightwatch',
    'codeceptjs run',
    'protractor',
    'ng e2e',
  ],
  http: ['newman run a.json', 'bru run', 'hurl a.hurl'],
  python: ['pytest', 'python -m pytest', 'python3 -m unittest', 'python manage.py test', 'tox', 'hatch run pytest'],
  go: ['go test ./...', 'gotestsum'],
  rust: ['cargo test', 'cargo nextest run'],
  java: ['mvn verify', './mvnw -B package', 'gradle check', './gradlew :api:test'],
  dotnet: ['dotnet test'],
  php: ['phpunit', 'vendor/bin/pest', 'php artisan test', 'composer test'],
  ruby: ['rspec', 'bundle exec rspec', 'bin/rails test'],
  elixir: ['mix test'],
  dart: ['flutter test', 'dart test'],
  swift: ['swift test', 'xcodebuild test'],
  other: ['ctest', 'bats tests', 'zig test a.zig', 'bazel test //...'],
  any: ['npm run test:unit', 'npm run test:own', 'node tests/test.js', 'bash tools/e2e.sh', './tools/e2e.sh'],
};
const testingNothing = [
  'eslint .',
  'tsc --noEmit',
  'echo jest',
  'jest list',
  'playwright install',
  'playwright show-report',
  'cypress install',
  'mvn package -DskipTests',
  'gradle build -x test',
  'gradle assemble',
  'node tests/seed.js',
  'npm run lint',
  'npm run check',
  'npm run test:types',
  'npm run test:db',
  'turbo run build',
  'bash tools/all.sh',
  'go build',
  'cargo build',
  'node --watch a.js',
  'ng build',
  'python manage.py migrate',
  'node src/index.js',
  'dotnet build',
];

describe('what a command tests', () => {
  it.each(Object.entries(testing).flatMap(([what, commands]) => commands.map((command) => [command, what])))(
    '%s: %s',
    (command, what) => {
      expect(runs(command!).map(runnerOf).filter(Boolean)).toEqual([what]);
    },
  );
  it.each(testingNothing)('nothing: %s', (command) => {
    expect(runs(command).map(runnerOf).filter(Boolean)).toEqual([]);
  });
});

/** Commands that put something into service. */
const deploying = [
  'kubectl apply -f k8s',
  'kubectl -n prod rollout restart deployment/api',
  'oc apply -f a',
  'helm upgrade --install api chart',
  'helmfile sync',
  'argocd app sync api',
  'flux reconcile kustomization a',
  'terraform apply -auto-approve',
  'terragrunt run-all apply',
  'pulumi up --yes',
  'docker stack deploy -c a api',
  'docker service update api',
  'serverless deploy',
  'sst deploy --stage prod',
  'cdk deploy',
  'sam deploy',
  'copilot deploy',
  'flyctl deploy --remote-only',
  'fly deploy',
  'vercel --prod',
  'vercel deploy',
  'vercel --token=x --yes',
  'netlify deploy --prod',
  'wrangler deploy',
  'wrangler pages deploy dist',
  'firebase deploy',
  'gcloud run deploy api',
  'gcloud app deploy',
  'gcloud builds submit',
  'aws ecs update-service --service api',
  'aws s3 sync dist s3://a',
  'aws lambda update-function-code',
  'aws cloudformation deploy',
  'eb deploy',
  'az webapp up',
  'az containerapp update',
  'azd up',
  'swa deploy',
  'heroku container:release web',
  'railway up',
  'doctl apps create-deployment 1',
  'dokku apps:report',
  'kamal deploy',
  'cap production deploy',
  'nomad job run a.hcl',
  'ansible-playbook site.yml',
  'deployctl deploy',
  'caprover deploy',
  'pm2 deploy production',
  'ssh host ./run',
  'rsync -a dist host:/a',
  'scp dist host:/a',
  'curl -X POST $DEPLOY_HOOK',
  'wget https://a.example/webhook/1',
  'git push heroku main',
  'git push dokku@host main',
];
const pushing = [
  'docker push a/api',
  'podman push a/api',
  'docker buildx build --push .',
  'docker buildx bake --push',
  'docker compose push',
  'skaffold build',
  'ko publish ./cmd',
  'crane push a b',
  'pack build a --publish',
  'depot build --push .',
  'earthly --push +image',
];
const deployingNothing = [
  'docker build .',
  'docker buildx build .',
  'kubectl get pods',
  'kubectl apply --dry-run=client -f k8s',
  'helm template chart',
  'terraform plan',
  'echo kubectl apply',
  'kubectl apply -f k8s || true',
  'vercel pull',
  'vercel build',
  'git push origin main',
  'curl https://a.example/health',
  'npm publish',
  'aws s3 ls',
  'gcloud auth login',
  'firebase emulators:start',
  'wrangler dev',
  'serverless offline',
  'cdk synth',
  'git commit -m heroku',
];

const uses = (action: string, inputs: Record<string, string> = {}) =>
  deployingOf(step({ uses: action, with: inputs }), []);

describe('what a step puts into service', () => {
  it.each(deploying)('%s', (command) => expect(deployingOf(step(), runs(command))).toBe('deploys'));
  it.each(pushing)('pushes an image: %s', (command) => expect(deployingOf(step(), runs(command))).toBe('pushes'));
  it.each(deployingNothing)('nothing: %s', (command) => expect(deployingOf(step(), runs(command))).toBe(null));
  it.each<[string, Record<string, string>, string | null]>([
    ['superfly/flyctl-actions@v1', {}, 'deploys'],
    ['amondnet/vercel-action@v25', {}, 'deploys'],
    ['cloudflare/wrangler-action@v3', {}, 'deploys'],
    ['appleboy/ssh-action@v1', {}, 'deploys'],
    ['azure/webapps-deploy@v3', {}, 'deploys'],
    ['digitalocean/app_action/deploy@v2', {}, 'deploys'],
    ['pulumi/actions@v6', {}, 'deploys'],
    ['acme/deploy-to-cluster@v1', {}, 'deploys'],
    ['aws-actions/amazon-ecs-deploy-task-definition@v2', {}, 'deploys'],
    ['deploy/check@v1', {}, null],
    ['actions/deploy-pages@v4', {}, null],
    ['peaceiris/actions-gh-pages@v4', {}, null],
    ['bobheadxi/deployments@v1', {}, 'deploys'],
    ['acme/deployment-status@v1', {}, null],
    ['acme/wait-for-deployment@v1', {}, null],
    ['acme/deploy-preview@v1', {}, null],
    ['actions/checkout@v4', {}, null],
    ['docker/build-push-action@v6', {}, null],
    ['docker/build-push-action@v6', { push: 'true' }, 'pushes'],
    ['docker/build-push-action@v6', { push: 'false' }, null],
    ['docker/build-push-action@v6', { push: '${{ github.event_name }}' }, 'pushes'],
    ['docker/build-push-action@v6', { outputs: 'type=registry' }, 'pushes'],
    ['docker/build-push-action@v6', { outputs: 'type=image,push=true' }, 'pushes'],
    ['docker/build-push-action@v1', {}, 'pushes'],
    ['docker/bake-action@v6', { set: '*.output=type=registry' }, 'pushes'],
    ['docker/bake-action@v6', {}, null],
    ['redhat-actions/push-to-registry@v2', {}, 'pushes'],
  ])('%s %j', (action, inputs, expected) => expect(uses(action, inputs)).toBe(expected));

  it.each([
    ['acme/pipeline-trigger@v1', '.github/workflows/deploy.yml', true],
    ['peter-evans/repository-dispatch@v3', '.github/workflows/deploy.yml', true],
    ['peter-evans/repository-dispatch@v3', '.github/workflows/ci.yml', false],
    ['peter-evans/repository-dispatch@v3', '.github/workflows/deploy-preview.yml', false],
    ['actions/checkout@v4', '.github/workflows/deploy.yml', false],
  ])('%s of %s starts what deploys: %s', (action, path, expected) =>
    expect(startsElsewhere({ uses: action }, path)).toBe(expected),
  );

  it.each<[Partial<PipelineStep>, boolean]>([
    [{ uses: 'helm/kind-action@v1' }, true],
    [{ run: 'kind create cluster' }, true],
    [{ run: 'minikube start' }, true],
    [{ run: 'ct install' }, true],
    [{ run: 'kubectl apply -f k8s' }, false],
    [{ uses: 'azure/setup-kubectl@v4' }, false],
  ])('a cluster for the job alone: %j', (given, expected) =>
    expect(isForTrial([step(given) as PipelineStep])).toBe(expected),
  );
});

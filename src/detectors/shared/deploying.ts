import type { CommandRun } from '../../commands/index.ts';
import type { PipelineStep } from '../../model/facts/index.ts';
import { matchesProgram } from './programs.ts';

/** Programs that put something into service. What publishes a library or builds a mobile app is not among them. */
const programs = [
  'kubectl|oc apply|set|rollout|replace|patch|create',
  'helm upgrade|install',
  'helmfile apply|sync',
  'argocd app',
  'flux reconcile|bootstrap',
  'terraform|tofu|terragrunt apply|run-all',
  'pulumi up',
  'docker stack deploy',
  'docker service update|create',
  'serverless|sls deploy',
  'sst deploy',
  'fastapi deploy',
  'cdk|cdktf deploy',
  'sam deploy',
  'copilot deploy',
  'flyctl|fly deploy',
  'vercel|now deploy|--prod|--prebuilt',
  'netlify|netlify-cli|ntl deploy',
  'wrangler deploy|publish|pages|versions',
  'firebase deploy|hosting:channel:deploy',
  'gsutil rsync|cp',
  'gcloud storage rsync|cp',
  'gcloud run|app|functions|builds|deploy deploy|submit|releases|update|services',
  'aws ecs|s3|lambda|cloudformation|elasticbeanstalk|amplify|apprunner|deploy|lightsail update-service|sync|cp|update-function-code|deploy|update-environment|start-deployment|create-deployment|create-container-service-deployment|start-job|create-application-version|register-task-definition|update-stack|create-stack',
  'eb deploy',
  'az webapp|containerapp|functionapp|aks|staticwebapp|deployment',
  'azd up|deploy',
  'swa deploy',
  'heroku container:push|container:release|deploy:*',
  'railway up|deploy|redeploy',
  'render deploys',
  'doctl apps create-deployment|update',
  'doctl serverless deploy',
  'dokku *',
  'kamal|mrsk deploy|setup|redeploy',
  'cap *',
  'nomad job|run',
  'ansible-playbook',
  'deployctl deploy',
  'deno deploy',
  'caprover deploy',
  'dokploy *',
  'coolify deploy',
  'zeabur deploy',
  'northflank *',
  'shipit *',
  'pm2 deploy',
  'ssh',
  'rsync',
  'scp',
  'sftp',
  'lftp',
];
/** Programs that push an image, whose component can often be told. */
const pushing = [
  'docker|podman|nerdctl|buildah push',
  'docker|podman buildx|build --push',
  'docker buildx|build *push=true*',
  'nx *container*|*docker*|*image* --push',
  'docker compose push',
  'docker-compose push',
  'skaffold run|build|deploy',
  'ko build|publish|apply|resolve',
  'kaniko',
  'executor --destination*|-d',
  'crane|skopeo|regctl push|copy',
  'pack build --publish',
  'depot build --push',
  'earthly --push',
];
const actions =
  /^(?:superfly\/flyctl-actions|amondnet\/vercel-action|cloudflare\/(?:wrangler|pages)-action|appleboy\/(?:ssh|scp)-action|digitalocean\/app_action.*|serverless\/github-action|w9jds\/firebase-action|nwtgck\/actions-netlify|netlify\/actions\/.*|azure\/functions-action|pulumi\/actions|garygrossgarten\/github-action-ssh|dawidd6\/action-ansible-playbook|dokku\/github-action|actions-hub\/kubectl|koyeb\/.*|sst\/.*)$/i;
const pushActions =
  /^(?:docker\/(?:build-push-action|bake-action)|redhat-actions\/push-to-registry|mr-smithers-excellent\/docker-build-push|depot\/(?:build-push|bake)-action|useblacksmith\/build-push-action|elgohr\/publish-docker-github-action|macbre\/push-to-ghcr|whoan\/docker-build-with-cache-action)$/i;
/** Named for deploying, by whoever wrote it; what only records a deployment or publishes pages is not. */
const named = /deploy/i;
const notDeploying =
  /deploy(?:ment)?[-_]?(?:status|pages|key)|gh-pages|github-pages|deployment-action|delete-deployment|wait-for|preview/i;

export type Deploying = 'deploys' | 'pushes' | null;

/** Whether a step puts something into service, or pushes an image. */
export function deployingOf(step: Pick<PipelineStep, 'uses' | 'with'>, runs: readonly CommandRun[]): Deploying {
  const uses = (step.uses ?? '').replace(/@.*/, '');
  if (pushActions.test(uses)) return pushesByInput(step.uses!, step.with) ? 'pushes' : null;
  if (!notDeploying.test(uses) && (actions.test(uses) || named.test(uses.slice(uses.indexOf('/'))))) return 'deploys';
  const real = runs.filter(
    (run) => !run.echoOnly && !run.argv.some((word) => /^--(?:dry-run|dryrun|check|plan)\b/.test(word)),
  );
  const matches = (patterns: readonly string[]): boolean =>
    real.some((run) => !run.tolerated && patterns.some((pattern) => matchesProgram(run, pattern)));
  if (matches(programs) || real.some((run) => callsHook(run) || pushesToHost(run) || isBareVercel(run)))
    return 'deploys';
  return matches(pushing) ? 'pushes' : null;
}

const handsOn =
  /(?:pipeline|workflow|build)-trigger|trigger-(?:a-)?(?:gitlab|pipeline|workflow|circleci|build)|(?:repository|workflow)-dispatch/i;

/** It starts a pipeline kept elsewhere; what that one does is told by the name of this one. */
export const startsElsewhere = ({ uses }: Pick<PipelineStep, 'uses'>, pipelinePath: string): boolean =>
  handsOn.test(uses ?? '') && named.test(pipelinePath) && !notDeploying.test(pipelinePath);

/** `push` is off by default in Docker's own action, save in its first version. */
function pushesByInput(uses: string, inputs: PipelineStep['with']): boolean {
  if (!/build-push-action|bake-action/i.test(uses)) return true;
  if (inputs.push !== undefined) return inputs.push !== 'false';
  if (/docker\/build-push-action@v1(?:\.|$)/i.test(uses)) return true;
  return /push=true|type=registry/.test(`${inputs.outputs} ${inputs.set}`);
}

/** A deploy hook of a host is a URL, mostly a secret whose name says so. */
const callsHook = ({ program, argv }: CommandRun): boolean =>
  /^(?:curl|wget|http|httpie)$/.test(program) &&
  argv.some((word) => /deploy|webhook|coolify|dokploy|portainer/i.test(word));

const pushesToHost = ({ program, argv }: CommandRun): boolean =>
  program === 'git' &&
  argv.includes('push') &&
  argv.some((word) => /heroku|dokku|piku|scalingo|clever-cloud/i.test(word));

/** Vercel's command line deploys where it is told nothing else. */
const isBareVercel = ({ program, argv }: CommandRun): boolean =>
  /^(?:vercel|now)$/.test(program) && !argv.slice(1).some((word) => /^[a-z]/.test(word));

/** A cluster made for the job dies with it. */
export const isForTrial = (steps: readonly PipelineStep[]): boolean =>
  steps.some(({ uses, run }) =>
    /kind-action|setup-minikube|setup-kind|setup-k3d|k3d-action|chart-testing|\b(?:kind create cluster|minikube start|k3d cluster create|ct install)\b/.test(
      `${uses} ${run}`,
    ),
  );

import { type CommandRun, expandMatrix } from '../commands/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { PipelineFact, PipelineJob, PipelineStep } from '../model/facts/index.ts';
import { baseOf, dirOf, joinPath } from '../model/paths.ts';
import { type Context, programs } from './context.ts';
import { softwareOf } from './images.ts';
import { saysDevelopment } from './places.ts';
import { optionsOf, positional } from './words.ts';

export type ApplyTool = 'kubectl' | 'kustomize' | 'helm' | 'compose' | 'stack' | 'terraform' | 'platform';

/** One command that puts definitions into effect. */
export interface Application {
  tool: ApplyTool;
  /** Repository paths it names; `.` where it names none and takes its folder's own. Paths that leave the repository or hold expressions are dropped. */
  paths: string[];
  /** For `platform`: which one (`fly`, `vercel`, `cloudflare`, …). */
  platform: string | null;
  /** A pipeline outranks a script that a person runs. */
  by: 'pipeline' | 'script';
  evidence: Evidence;
}

/** Everything that pipelines and deploy scripts apply. */
export function applicationsOf(context: Context): Application[] {
  return [...pipelineApplications(context), ...scriptApplications(context)];
}

function pipelineApplications(context: Context): Application[] {
  return context.facts.pipelines.flatMap((pipeline) =>
    pipeline.jobs.flatMap((job) => {
      if (job.disabled || testsCluster(job)) return [];
      return job.steps.flatMap((step) => {
        if (step.disabled) return [];
        const at = { file: pipeline.path, line: step.line };
        const cwd = step.workingDirectory ?? '.';
        const texts = [step.run, step.with.script, step.with.run].filter(
          (text): text is string => typeof text === 'string' && text !== '',
        );
        const runs = texts.flatMap((text) => {
          const started = programs(context, text, cwd);
          return clones.test(text) ? started.map((run) => ({ ...run, cwd: inClone(context, run.cwd) })) : started;
        });
        const found = runs.flatMap((run) => applicationOf(context, run, deploys(pipeline, job, step)));
        return [...found, ...actionApplications(step, job.matrix)].map((a) => ({
          ...a,
          by: 'pipeline' as const,
          evidence: { ...at, note: a.note },
        }));
      });
    }),
  );
}

/** What a host runs in a clone of its own, whose folder bears any name. */
const clones = /\bgit\s+(?:pull|clone|fetch)\b/;

function inClone(context: Context, cwd: string): string {
  const parts = cwd.split('/');
  const from = parts.findIndex((_, index) => context.view.hasDirectory(parts.slice(index).join('/')));
  return from < 0 ? '.' : parts.slice(from).join('/');
}

/** Clusters made for a test run deploy nothing. */
const testsCluster = (job: PipelineJob): boolean =>
  job.steps.some(
    (step) =>
      /kind-action|setup-minikube|setup-k3d|k3d-action|chart-testing/.test(step.uses ?? '') ||
      /\b(?:kind create cluster|minikube start|k3d cluster create|ct install)\b/.test(step.run ?? ''),
  );

/** CI brings compose up for its tests too: only what says deploy counts for it. */
function deploys(pipeline: PipelineFact, job: PipelineJob, step: PipelineStep): boolean {
  const names = [baseOf(pipeline.path), pipeline.name, job.id, job.name, step.name, job.environment]
    .filter(Boolean)
    .join(' ');
  if (/\b(?:test|tests|e2e|lint|check|preview)\b/i.test([job.id, job.name, step.name].join(' '))) return false;
  return (
    /deploy|release|prod|publish|\bcd\b|rollout|staging/i.test(names) ||
    /ssh/.test(step.uses ?? '') ||
    /\bssh\b|DOCKER_HOST|docker context/.test(step.run ?? '')
  );
}

type Found = Pick<Application, 'tool' | 'paths' | 'platform'> & { note: string };

function actionApplications(step: PipelineStep, matrix: PipelineJob['matrix']): Found[] {
  const uses = (step.uses ?? '').replace(/@.*$/, '').toLowerCase();
  const paths = (text = ''): string[] =>
    expandMatrix(text, matrix)
      .flatMap((each) => each.replace(/\$\{\{[^}]*\}\}/g, '').split(/[\s,]+/))
      .filter(Boolean)
      .map((path) => joinPath('.', path))
      .filter((path): path is string => path !== null);
  const note = `${uses} deploys`;
  if (/k8s|kube|openshift/.test(uses) && /deploy|apply/.test(uses)) {
    const files = step.with.manifests ?? step.with.file ?? step.with.files ?? step.with.template;
    return [{ tool: 'kubectl', paths: paths(files), platform: null, note }];
  }
  const platform = deployActions.find(([pattern]) => pattern.test(uses));
  return platform ? [{ tool: 'platform', paths: ['.'], platform: platform[1], note }] : [];
}

const deployActions: [RegExp, string][] = [
  [/^amondnet\/vercel-action/, 'vercel'],
  [/netlify/, 'netlify'],
  [/^akhileshns\/heroku-deploy/, 'heroku'],
  [/^cloudflare\/(?:wrangler|pages)-action/, 'cloudflare'],
  [/^firebaseextended\/action-hosting-deploy/, 'firebase'],
  [/^serverless\/github-action/, 'serverless'],
  [/^azure\/static-web-apps-deploy/, 'azure'],
  [/^digitalocean\/app_action/, 'digitalocean'],
  [/^google-github-actions\/deploy-appengine/, 'app-engine'],
  [/beanstalk/, 'elastic-beanstalk'],
];

/** What one command applies. `deploying`: its surroundings say that it deploys, which compose alone does not. */
function applicationOf(context: Context, run: CommandRun, deploying: boolean): Found[] {
  const { program, argv, cwd } = run;
  const words = argv.slice(1);
  const note = argv.join(' ').slice(0, 120);
  const placed = (paths: string[]): string[] =>
    paths
      .filter((path) => !/[$<>]|:\/\/|^-$/.test(path))
      .map((path) => joinPath(cwd, path.replace(/\/\*+(?:\.\w+)?$/, '')))
      .filter((path): path is string => path !== null);
  const make = (tool: ApplyTool, paths: string[], platform: string | null = null): Found[] => [
    { tool, paths, platform, note },
  ];
  switch (program) {
    case 'kubectl':
    case 'oc': {
      const verb = words.find((word) => /^(?:apply|create|replace|process|new-app)$/.test(word));
      if (!verb) return [];
      const kustomized = optionsOf(words, ['-k', '--kustomize']);
      if (kustomized.length > 0) return make('kustomize', placed(kustomized));
      const files = optionsOf(words, ['-f', '--filename', 'f']).flatMap((file) => file.split(','));
      return files.length > 0 ? make('kubectl', placed(files)) : [];
    }
    case 'kustomize':
      return words[0] === 'build' ? make('kustomize', placed([positional(words.slice(1))[0] ?? '.'])) : [];
    case 'helm':
    case 'helmfile': {
      if (program === 'helmfile') return make('helm', placed([dirOf(optionsOf(words, ['-f', '--file'])[0] ?? 'x')]));
      if (words[0] !== 'upgrade' && words[0] !== 'install') return [];
      // The release's name comes first and may be a folder's too.
      const chart = positional(words.slice(1)).find((word) =>
        context.view.has(joinPath(cwd, word, 'Chart.yaml') ?? ''),
      );
      return chart ? make('helm', placed([chart])) : [];
    }
    case 'docker':
    case 'docker-compose':
    case 'podman-compose':
      return dockerApplication(context, program === 'docker' ? words : ['compose', ...words], deploying, placed, make);
    case 'terraform':
    case 'tofu':
    case 'terragrunt': {
      const chdir = words.find((word) => word.startsWith('-chdir='))?.slice('-chdir='.length);
      return words.includes('apply') || words.includes('run-all') ? make('terraform', placed([chdir ?? '.'])) : [];
    }
    case 'pulumi':
    case 'cdk':
      return words[0] === 'up' || words[0] === 'deploy' ? make('terraform', placed(['.'])) : [];
    default:
      return platformApplication(program, words, placed, make);
  }
}

type Placed = (paths: string[]) => string[];
type Make = (tool: ApplyTool, paths: string[], platform?: string | null) => Found[];

function dockerApplication(context: Context, words: string[], deploying: boolean, placed: Placed, make: Make): Found[] {
  if (words[0] === 'stack' && words[1] === 'deploy')
    return make('stack', placed(optionsOf(words, ['-c', '--compose-file'])));
  if (words[0] !== 'compose' || !deploying || !words.includes('up')) return [];
  const files = optionsOf(words.slice(0, words.indexOf('up')), ['-f', '--file']);
  const paths = placed(files.length > 0 ? files : ['.']);
  const named = positional(words.slice(words.indexOf('up') + 1));
  return named.length > 0 && !startsOurs(context, paths, named) ? [] : make('compose', paths);
}

/** `up db` starts the database alone; `up api` puts a program of ours anew into what already runs. */
const startsOurs = (context: Context, paths: readonly string[], names: readonly string[]): boolean =>
  context.facts.compose
    .filter(({ path }) => paths.includes(path) || paths.includes(dirOf(path)))
    .flatMap(({ services }) => services)
    .some(({ name, build, image }) => names.includes(name) && (build !== null || !softwareOf(image?.value ?? '')));

const platformPrograms: Record<string, [string, RegExp]> = {
  fly: ['fly', /^deploy$/],
  flyctl: ['fly', /^deploy$/],
  vercel: ['vercel', /^(?:deploy|--prod|--prebuilt|-.*)$/],
  netlify: ['netlify', /^deploy$/],
  wrangler: ['cloudflare', /^(?:deploy|publish|pages)$/],
  railway: ['railway', /^(?:up|deploy)$/],
  firebase: ['firebase', /^deploy$/],
  serverless: ['serverless', /^deploy$/],
  sls: ['serverless', /^deploy$/],
  arc: ['architect', /^deploy$/],
  sst: ['sst', /^deploy$/],
  azd: ['azure', /^(?:deploy|up)$/],
  swa: ['azure', /^deploy$/],
  sam: ['aws-sam', /^deploy$/],
  eas: ['expo-eas', /^(?:build|submit|update)$/],
  copilot: ['other', /^deploy$/],
  eb: ['elastic-beanstalk', /^deploy$/],
  'gh-pages': ['github-pages', /./],
};

function platformApplication(program: string, words: string[], placed: Placed, make: Make): Found[] {
  if (program === 'gcloud')
    return words[0] === 'app' && words[1] === 'deploy' ? make('platform', placed(['.']), 'app-engine') : [];
  const [platform, verb] = platformPrograms[program] ?? [];
  if (!platform || !verb?.test(words[0] ?? '')) return [];
  const config = optionsOf(words, ['-c', '--config'])[0];
  return make('platform', placed([config ?? '.']), platform);
}

const deployName = /(?:^|[-_:./])(?:deploy|release|prod|production|rollout|up|install|setup|launch)(?:$|[-_:./])/i;

/** Deploy scripts that people run: package scripts, shell files, Makefiles, skaffold. */
function scriptApplications(context: Context): Application[] {
  const found: Application[] = [];
  for (const manifest of context.facts.manifests) {
    for (const [name, text] of Object.entries(manifest.scripts)) {
      if (!deployName.test(name) || saysDevelopment(name)) continue;
      const evidence = { file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 };
      for (const run of programs(context, text, manifest.dir)) {
        for (const a of applicationOf(context, run, true))
          found.push({ ...a, by: 'script', evidence: { ...evidence, note: `script "${name}" runs ${a.note}` } });
      }
    }
  }
  for (const path of context.view.list()) {
    if (!/\.(?:sh|bash)$/.test(path) || !deployName.test(baseOf(path)) || saysDevelopment(path)) continue;
    found.push(...shellApplications(context, path));
  }
  return [...found, ...skaffoldApplications(context)];
}

/** Line by line, so that the evidence names the line; a script runs from its own folder or from the root. */
function shellApplications(context: Context, path: string): Application[] {
  return context.view
    .text(path)
    .split('\n')
    .flatMap((line, i) => {
      if (
        !/\b(?:kubectl|helm|docker|terraform|kustomize|fly|flyctl|azd|oc)\b.*\b(?:apply|create|upgrade|install|up|deploy|build)\b/.test(
          line,
        ) ||
        /^\s*(?:#|echo|printf)/.test(line)
      )
        return [];
      const runs = [dirOf(path), '.'].map((cwd) =>
        programs(context, line, cwd).flatMap((run) => applicationOf(context, run, true)),
      );
      const exists = (list: Found[]): boolean =>
        list.some((a) => a.paths.some((p) => context.view.has(p) || context.view.hasDirectory(p)));
      const chosen = runs.find(exists) ?? [];
      return chosen.map((a) => ({ ...a, by: 'script' as const, evidence: { file: path, line: i + 1, note: a.note } }));
    });
}

function skaffoldApplications(context: Context): Application[] {
  return context.view
    .list()
    .filter((path) => /^skaffold[^/]*\.ya?ml$/.test(baseOf(path)))
    .flatMap((path) => {
      const lines = context.view.text(path).split('\n');
      const start = lines.findIndex((line) => /^\s*(?:manifests|rawYaml):/.test(line));
      if (start === -1) return [];
      const items: { path: string; line: number }[] = [];
      for (let i = start + 1; i < lines.length; i++) {
        const item = /^\s*-\s+["']?([^"'#\s]+)/.exec(lines[i]!);
        if (item) items.push({ path: item[1]!, line: i + 1 });
        else if (!/^\s*(?:#.*|rawYaml:)?$/.test(lines[i]!)) break;
      }
      const paths = items
        .map((item) => joinPath(dirOf(path), item.path.replace(/\/\*+(?:\.\w+)?$/, '')))
        .filter((p): p is string => p !== null);
      return [
        {
          tool: 'kubectl' as const,
          paths,
          platform: null,
          by: 'script' as const,
          evidence: {
            file: path,
            line: start + 1,
            note: `skaffold applies ${items.map((item) => item.path).join(', ')}`,
          },
        },
      ];
    });
}

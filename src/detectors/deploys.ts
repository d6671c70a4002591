import { z } from 'zod';
import { type CommandRun, runsOf } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import { hasTrait } from '../model/component.ts';
import type { DeployedService } from '../model/deployment.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { PipelineFact } from '../model/facts/index.ts';
import { dirOf, isWithin } from '../model/paths.ts';
import { no, type Signal, yes } from '../model/signal.ts';
import { deployingOf, isForTrial, startsElsewhere } from './shared/deploying.ts';
import { pipelineSteps, runsOfScript } from './shared/programs.ts';
import { isAside, noteOf, once } from './shared/scope.ts';

const options = z.strictObject({ rung: z.enum(['present', 'wired', 'complete']) });

/** Something that deploys. `component`: the one it is known to deploy; null where that cannot be told. */
interface Deploy {
  evidence: Evidence;
  component: string | null;
  /** `push`: by itself. `manual`: when somebody starts it. `never`: nothing calls it. */
  start: 'push' | 'manual' | 'never';
}

/** Platforms that follow the repository once they are connected to it; others wait for a command. */
const following = new Set([
  'vercel',
  'netlify',
  'render',
  'railway',
  'heroku',
  'amplify',
  'digitalocean',
  'cloudflare',
  'app-runner',
  'replit',
]);

export default defineDetector({
  name: 'deploys',
  asks: 'something deploys (present), in a pipeline or by a platform that follows the repository (wired), on its own and for every deployable (complete)',
  reads: 'config',
  options,
  judge(model, _, { rung }) {
    const all = deploysOf(model);
    const wired = all.filter(({ start }) => start !== 'never');
    const shown = rung === 'present' ? all : wired;
    if (shown.length === 0)
      return no(
        'pipelines, platform configs and scripts that deploy or push an image',
        all.map(({ evidence }) => evidence),
      );
    return rung === 'complete' ? completeness(model, wired) : yes(...shown.map(({ evidence }) => evidence));
  },
});

const deploysOf = once((model) => [
  ...steps(model),
  ...calledWorkflows(model),
  ...platforms(model),
  ...gitops(model),
  ...cloudPipelines(model),
  ...scripts(model),
]);

function completeness(model: AuditModel, wired: readonly Deploy[]): Signal {
  const automatic = wired.filter(({ start }) => start === 'push');
  const evidence = automatic.map((one) => one.evidence);
  if (automatic.length === 0)
    return no(
      'a deploy that a push or a tag starts',
      wired.map((one) => noteOf(one.evidence, 'started by hand only')),
    );
  if (automatic.some(({ component }) => component === null)) return yes(...evidence);
  const covered = new Set(automatic.map(({ component }) => component));
  const left = deployables(model).filter((path) => !covered.has(path));
  return left.length === 0
    ? yes(...evidence)
    : no(
        left.map((path) => `a deploy of ${path}`),
        evidence,
      );
}

const deployables = (model: AuditModel): string[] =>
  model.components.filter((c) => !c.stub && hasTrait(c, 'deployable')).map(({ path }) => path);

/** What starts a pipeline. Pull requests alone make previews. */
function startOf({ triggers }: PipelineFact): Deploy['start'] {
  const events = triggers.map(({ event }) => event).filter((event) => event !== 'call');
  if (events.some((event) => event !== 'manual' && !event.startsWith('pull_request'))) return 'push';
  return events.length > 0 ? 'manual' : 'never';
}

function steps(model: AuditModel): Deploy[] {
  const pushes = [...(model.deployment.pushes ?? [])].flatMap(([component, list]) =>
    list.map((evidence) => ({ component, evidence })),
  );
  return pipelineSteps(model).flatMap(({ pipeline, job, step, runs }): Deploy[] => {
    const kind = deployingOf(step, runs);
    if (
      (kind === null && !releasesImage(model, runs) && !startsElsewhere(step, pipeline.path)) ||
      isForTrial(job.steps) ||
      step.continueOnError ||
      /^(?:\$\{\{ *)?github\.event_name *== *'pull_request'/.test(step.condition ?? job.condition ?? '')
    )
      return [];
    const evidence = noteOf(
      { file: step.file ?? pipeline.path, line: step.line },
      step.name ?? step.uses ?? firstLine(step.run!),
    );
    const start = startOf(pipeline);
    if (servesOthers(model, pipeline)) return [];
    const of =
      kind === 'pushes'
        ? pushes.filter(
            ({ evidence: push }) => push.file === pipeline.path && job.steps.some(({ line }) => line === push.line),
          )
        : appliedBy(model, pipeline.path, step.line);
    if (of.length === 0) return [{ evidence, component: null, start }];
    // Documentation and examples are put somewhere too.
    const ours = deployables(model);
    return of
      .filter(({ component }) => ours.includes(component))
      .map(({ component }) => ({ evidence, component, start }));
  });
}

/** Started by changes of folders where only software of others is run: a broker's image is no deploy of a component. */
function servesOthers(model: AuditModel, { triggers }: PipelineFact): boolean {
  const folders = triggers
    .flatMap(({ paths }) => paths)
    .filter((path) => !/^(?:!|\.github)/.test(path))
    .map((path) => path.replace(/\/?\*.*/, ''));
  const definitions = (folder: string) =>
    model.deployment.environments.filter(({ files }) => files.some((file) => isWithin(file, folder)));
  const isOurs = (folder: string): boolean =>
    definitions(folder).some(({ services }) => services.some(({ component }) => component !== null)) ||
    model.components.some(({ path }) => isWithin(path, folder) || (path !== '.' && isWithin(folder, path)));
  return folders.length > 0 && folders.every((folder) => definitions(folder).length > 0 && !isOurs(folder));
}

/** The components of the definitions that one step is known to apply; what IaC runs is told by names alone, so by nothing. */
const appliedBy = (model: AuditModel, file: string, line: number): { component: string }[] =>
  model.deployment.environments
    .filter(({ kind, because }) => kind !== 'iac' && because.file === file && because.line === line)
    .flatMap(({ services }) => services.flatMap(componentsOf))
    .map((component) => ({ component }));

const componentsOf = ({ component, alsoRuns = [] }: DeployedService): string[] =>
  [component, ...alsoRuns].filter((path) => path !== null);

const firstLine = (text: string): string => text.trim().split('\n')[0]!.slice(0, 80);

/** A reusable workflow of another repository cannot be read: its name has to do. */
const calledWorkflows = (model: AuditModel): Deploy[] =>
  model.facts.pipelines.flatMap((pipeline) =>
    pipeline.jobs
      .filter(({ uses, disabled }) => uses !== null && !uses.startsWith('./') && !disabled)
      .filter(({ uses }) =>
        /deploy|docker|image|container|[-_/]cd(?:[-_.]|$)/i.test(
          uses!.replace(/@.*/, '').split('/').slice(2).join('/'),
        ),
      )
      .map(({ uses, line }) => ({
        evidence: noteOf({ file: pipeline.path, line }, `calls ${uses}`),
        component: null,
        start: startOf(pipeline),
      })),
  );

/** Configs of platforms: those that follow the repository deploy by themselves, others need a command that nothing here gives. */
function platforms(model: AuditModel): Deploy[] {
  return model.deployment.environments
    .filter(({ kind, rank }) => kind === 'platform' && rank !== 'development')
    .flatMap((environment) =>
      environment.services.flatMap((service) =>
        componentsOf(service)
          .filter((path) => deployables(model).includes(path))
          .map((path) => ({
            evidence: service.evidence,
            component: path,
            start:
              environment.rank === 'applied' || following.has(service.platform!)
                ? ('push' as const)
                : ('never' as const),
          })),
      ),
    );
}

/** What controllers in a cluster are told the repository by. */
const followers = [
  { kind: 'Application', api: 'argoproj.io/' },
  { kind: 'ApplicationSet', api: 'argoproj.io/' },
  { kind: 'Kustomization', api: 'kustomize.toolkit.fluxcd.io/' },
  { kind: 'HelmRelease', api: 'helm.toolkit.fluxcd.io/' },
];

/** A controller in the cluster pulls what is pushed here. */
const gitops = (model: AuditModel): Deploy[] =>
  model.facts.kubernetes
    .filter(
      ({ kind, apiVersion, path }) =>
        !isAside(path) && followers.some((one) => one.kind === kind && apiVersion.startsWith(one.api)),
    )
    .map(({ kind, name, path, line }) => ({
      evidence: noteOf({ file: path, line }, `${kind} ${name} follows the repository`),
      component: null,
      start: 'push' as const,
    }));

/** A pipeline of the cloud's own, which infrastructure code makes: its source stage follows the repository. */
const cloudPipelines = (model: AuditModel): Deploy[] =>
  model.facts.iac
    .filter(({ path }) => !isAside(path))
    .flatMap(({ path, resources }) =>
      resources
        .filter(({ type }) => /codepipeline(?:(?:::|\.)pipeline)?$/i.test(type))
        .map(({ type, name, line }) => ({
          evidence: noteOf({ file: path, line }, `${type} ${name} follows the repository`),
          component: null,
          start: 'push' as const,
        })),
    );

/** semantic-release does what its plugins do, and one of them pushes an image. */
const releasesImage = (model: AuditModel, runs: readonly CommandRun[]): boolean =>
  runs.some(({ program }) => program === 'semantic-release') &&
  model.facts.manifests.some(({ dependencies, devDependencies }) =>
    Object.keys({ ...dependencies, ...devDependencies }).some(
      (name) => name.includes('semantic-release') && name.includes('docker'),
    ),
  );

/** Scripts that people would run. */
function scripts(model: AuditModel): Deploy[] {
  const never = (evidence: Evidence): Deploy => ({ evidence, component: null, start: 'never' });
  const step = { uses: null, with: {} };
  const named = model.facts.manifests
    .filter(({ path }) => !isAside(path))
    .flatMap((manifest) =>
      Object.keys(manifest.scripts)
        .filter((name) => /deploy|release|(?:^|[:._-])(?:push|publish)(?:[:._-]|$)/i.test(name))
        .filter((name) => deployingOf(step, runsOfScript(model, manifest, name)) !== null)
        .map((name) =>
          never(noteOf({ file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 }, `script "${name}"`)),
        ),
    );
  const files = model.view
    .list()
    .filter((path) => /\.(?:sh|bash)$/i.test(path) && !isAside(path))
    .flatMap((path) => {
      const lines = model.view.text(path).split('\n');
      if (/deploy[^/]*$/i.test(path)) {
        const context = { cwd: dirOf(path), facts: model.facts, view: model.view };
        const does = lines.findIndex((line) => deployingOf(step, runsOf(line, context)) !== null);
        return [never(noteOf({ file: path, line: Math.max(does, 0) + 1 }, 'deploy script'))];
      }
      const at = lines.findIndex((line) => /^\s*(?:docker|podman)(?: image)? push /.test(line));
      return at === -1 ? [] : [never(noteOf({ file: path, line: at + 1 }, 'pushes an image'))];
    });
  return [...named, ...files];
}

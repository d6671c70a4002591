import type { CommandRun } from '../commands/index.ts';
import type { Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { PipelineFact, PipelineStep } from '../model/facts/index.ts';
import { deepestHolding, joinPath } from '../model/paths.ts';
import { type Context, programs } from './context.ts';
import { emptyEnvironment } from './environment.ts';
import type { Matcher } from './match.ts';
import { bareService } from './service.ts';

/** Documentation is published far more often than the program, and is none of its components. */
const documentation = /docs?\b|documentation|storybook|typedoc|website|handbook|coverage|styleguid/i;

/** GitHub Pages has no config file: the workflow that publishes to it is the definition, else the script that people run. */
export function pagesEnvironments(context: Context, matcher: Matcher): Environment[] {
  const automatic = context.facts.pipelines.flatMap((pipeline) => {
    const steps = pipeline.jobs
      .filter(({ disabled }) => !disabled)
      .flatMap((job) => job.steps)
      .filter(({ disabled }) => !disabled);
    const publish = steps.flatMap((step) => publishedBy(context, step) ?? []).at(0);
    if (!publish) return [];
    const upload = steps.find(({ uses }) => /^actions\/upload-pages-artifact@/.test(uses ?? ''));
    const component = publishedComponent(context, matcher, upload?.with.path ?? publish.folder, pipeline);
    const file = publish.step.file ?? pipeline.path;
    return component === null ? [] : [publishedSite({ file, line: publish.step.line }, component, 'applied')];
  });
  return automatic.length > 0 ? automatic : byScripts(context);
}

interface Published {
  step: PipelineStep;
  folder: string;
}

const actions =
  /^(?:actions\/deploy-pages|peaceiris\/actions-gh-pages|JamesIves\/github-pages-deploy-action|crazy-max\/ghaction-github-pages|angular-schule\/angular-cli-ghpages|enriikke\/gatsby-gh-pages-action|deploy: pages)(?:@|$)/i;

function publishedBy(context: Context, step: PipelineStep): Published | null {
  const inputs = step.with;
  if (actions.test(step.uses ?? ''))
    return {
      step,
      folder: inputs.publish_dir ?? inputs.folder ?? inputs.build_dir ?? inputs.local_dir ?? inputs['local-dir'] ?? '.',
    };
  if (step.run === null || step.workingDirectory === null) return null;
  const run = programs(context, step.run, step.workingDirectory).find(publishes(context));
  return run ? { step, folder: folderOf(run) } : null;
}

/** Commands that put files on the branch that is served. */
const publishes =
  (context: Context) =>
  ({ program, argv, cwd, echoOnly }: CommandRun): boolean =>
    !echoOnly &&
    (/^(?:gh-pages|angular-cli-ghpages|ngh)$/.test(program) ||
      (program === 'ng' && argv[1] === 'deploy' && deploysByAngular(context, cwd)) ||
      (program === 'git' && argv.includes('push') && argv.some((word) => /(^|:|\/)gh-pages$/.test(word))));

/** What `ng deploy` runs is a package of its own. */
const deploysByAngular = ({ facts }: Context, dir: string): boolean =>
  facts.manifests.some(
    (one) =>
      one.dir === dir && ('angular-cli-ghpages' in one.dependencies || 'angular-cli-ghpages' in one.devDependencies),
  );

function folderOf({ argv, cwd }: CommandRun): string {
  const at = argv.findIndex((word) => /^(?:-d|--dist|--dir)(?:=|$)/.test(word));
  const written = at === -1 ? '.' : (argv[at]!.split('=')[1] ?? argv[at + 1] ?? '.');
  return joinPath(cwd, written) ?? '.';
}

/** `"deploy": "gh-pages -d build"`: published when somebody runs it. */
const byScripts = (context: Context): Environment[] =>
  context.facts.manifests.flatMap((manifest) => {
    if (!context.roots.some(({ path }) => path === manifest.dir)) return [];
    for (const [name, text] of Object.entries(manifest.scripts)) {
      if (!/gh-?pages|\bngh\b|\bng deploy\b/.test(text)) continue;
      const run = programs(context, text, manifest.dir).find(publishes(context));
      if (!run || documentation.test(`${name} ${text} ${folderOf(run)}`)) continue;
      const at = { file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 };
      return [publishedSite(at, manifest.dir, 'infrastructure')];
    }
    return [];
  });

const githubPages = { platform: 'github-pages', host: 'GitHub Pages' };

/** A built site that a host serves, as functions at most. */
export function publishedSite(
  at: Omit<Evidence, 'note'>,
  component: string,
  rank: 'applied' | 'infrastructure',
  { platform, host } = githubPages,
): Environment {
  const evidence = { ...at, note: `publishes to ${host}` };
  const environment = emptyEnvironment(`platform:${at.file}:${at.line}`, 'platform', [at.file], rank, evidence);
  environment.services.push(
    bareService('pages', evidence, { component, role: 'component', exposed: true, platform, serverless: true }),
  );
  environment.tls.push({ ...evidence, note: `${host} ends TLS` });
  return environment;
}

/** The component whose build output is published: the folder's holder, or what the build commands name. */
export function publishedComponent(
  context: Context,
  matcher: Matcher,
  written: string,
  pipeline: PipelineFact,
): string | null {
  const folder = joinPath('.', written) ?? '.';
  const held = deepestHolding(
    folder,
    context.roots.map(({ path }) => path),
  );
  if (held !== null && held !== '.') return held;
  if (documentation.test(`${folder} ${pipeline.path} ${pipeline.name ?? ''}`)) return null;
  const steps = pipeline.jobs.flatMap((job) => job.steps);
  const inFolder = steps
    .map(({ workingDirectory }) => workingDirectory)
    .find((dir) => dir !== null && dir !== '.' && context.roots.some(({ path }) => path === dir));
  return (
    inFolder ??
    matcher.matchFolder(
      '.',
      steps.flatMap(({ run }) => run ?? []),
      [],
    )
  );
}

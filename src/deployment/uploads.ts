import type { CommandRun } from '../commands/index.ts';
import type { Environment } from '../model/deployment.ts';
import type { PipelineFact, PipelineStep } from '../model/facts/index.ts';
import { isWithin, joinPath } from '../model/paths.ts';
import { type Context, programs } from './context.ts';
import type { Matcher } from './match.ts';
import { publishedComponent, publishedSite } from './pages.ts';
import { optionsOf, positional } from './words.ts';

/** Where a step uploads a built site to, and the folder that it uploads or works in. */
interface Upload {
  step: PipelineStep;
  platform: string;
  host: string;
  folder: string;
}

/** Hosts that need no file in the tree: the pipeline that uploads a site to them is its definition. Where a file of theirs is there, that one speaks. */
export function uploadEnvironments(context: Context, matcher: Matcher): Environment[] {
  return context.facts.pipelines.flatMap((pipeline) =>
    uploadsOf(context, pipeline)
      .filter(({ platform }) => !context.facts.platforms.some((fact) => fact.platform === platform))
      // A folder that the pipeline puts together at the root may hold anything.
      .filter(({ folder }) => context.roots.some(({ path }) => isWithin(folder, path)))
      .flatMap(({ step, platform, host, folder }) => {
        const component = publishedComponent(context, matcher, folder, pipeline);
        const at = { file: step.file ?? pipeline.path, line: step.line };
        return component === null ? [] : [publishedSite(at, component, 'applied', { platform, host })];
      }),
  );
}

function uploadsOf(context: Context, pipeline: PipelineFact): Upload[] {
  const steps = pipeline.jobs
    .filter(({ disabled }) => !disabled)
    .flatMap((job) => job.steps.filter(({ disabled }) => !disabled));
  const uploads = steps.flatMap((step) => byAction(context, step) ?? byCommand(context, step));
  // A bucket is a site of its own only behind what serves it.
  return uploads.filter(
    ({ platform }) => platform !== 'cloudfront' || steps.some((step) => invalidates(context, step)),
  );
}

/** Tells CloudFront to forget what it holds, as whoever puts new files behind it does. */
const invalidates = (context: Context, step: PipelineStep): boolean =>
  /invalidate-cloudfront|cloudfront-invalidat|cloudfront-action/i.test(step.uses ?? '') ||
  (step.run !== null &&
    step.workingDirectory !== null &&
    (step.run.includes('create-invalidation') ||
      programs(context, step.run, step.workingDirectory).some(({ via }) =>
        via.some((path) => context.view.has(path) && context.view.text(path).includes('create-invalidation')),
      )));

function byAction(context: Context, step: PipelineStep): Upload[] | null {
  const inputs = step.with;
  const within = (folder = '.', cwd = step.workingDirectory ?? '.'): string => joinPath(cwd, folder) ?? '.';
  switch ((step.uses ?? '').replace(/@.*$/, '').toLowerCase()) {
    case 'cloudflare/pages-action':
      return [cloudflare(step, within(inputs.directory, inputs.workingDirectory))];
    case 'cloudflare/wrangler-action': {
      const cwd = within(inputs.workingDirectory);
      return (inputs.command ?? 'deploy')
        .split('\n')
        .flatMap((line) => programs(context, `wrangler ${line}`, cwd))
        .flatMap((run) => byWrangler(context, step, run));
    }
    case 'azure/static-web-apps-deploy':
      return [{ step, platform: 'azure', host: 'Azure Static Web Apps', folder: within(inputs.app_location) }];
    case 'nwtgck/actions-netlify':
      return [{ step, platform: 'netlify', host: 'Netlify', folder: within(inputs['publish-dir']) }];
    case 'amondnet/vercel-action':
      return [{ step, platform: 'vercel', host: 'Vercel', folder: within(inputs['working-directory']) }];
    default:
      return null;
  }
}

const byCommand = (context: Context, step: PipelineStep): Upload[] =>
  step.run === null || step.workingDirectory === null
    ? []
    : programs(context, step.run, step.workingDirectory)
        .filter(({ echoOnly }) => !echoOnly)
        .flatMap((run): Upload[] => {
          if (run.program === 'wrangler') return byWrangler(context, step, run);
          if (run.program === 'aws') return byBucket(step, run);
          const folder = joinPath(run.cwd, optionsOf(run.argv, ['--dir', '-d', '--cwd'])[0] ?? '.') ?? '.';
          if (run.program === 'netlify' && run.argv[1] === 'deploy')
            return [{ step, platform: 'netlify', host: 'Netlify', folder }];
          if (run.program === 'vercel' && /^(?:deploy|--prod|--prebuilt)$/.test(run.argv[1] ?? ''))
            return [{ step, platform: 'vercel', host: 'Vercel', folder }];
          return [];
        });

/** `aws s3 sync dist s3://site`, and `cp --recursive`. */
function byBucket(step: PipelineStep, { argv, cwd }: CommandRun): Upload[] {
  const words = argv.filter((word) => !word.startsWith('-'));
  const at = words.indexOf('s3');
  const [verb, from = '', to = ''] = words.slice(at + 1);
  const puts = at > 0 && (verb === 'sync' || (verb === 'cp' && argv.includes('--recursive')));
  if (!puts || from.startsWith('s3:') || !/^(?:s3:|["']?\$)/.test(to)) return [];
  const folder = from.includes('$') ? cwd : (joinPath(cwd, from) ?? cwd);
  return [{ step, platform: 'cloudfront', host: 'CloudFront', folder }];
}

/** `wrangler pages deploy dist`; `wrangler deploy` works by a file that the pipeline has written. */
function byWrangler({ view }: Context, step: PipelineStep, { argv, cwd }: CommandRun): Upload[] {
  const words = positional(argv.slice(1));
  const pages = words[0] === 'pages';
  if (!/^(?:deploy|publish)$/.test(words[pages ? 1 : 0] ?? '')) return [];
  // A configuration of another name that is committed says itself what it deploys, and that is not what lies where it is called.
  const config = joinPath(cwd, optionsOf(argv, ['-c', '--config'])[0] ?? '');
  if (config && config !== cwd && view.has(config)) return [];
  return [cloudflare(step, (pages && joinPath(cwd, words[2] ?? '.')) || cwd)];
}

const cloudflare = (step: PipelineStep, folder: string): Upload => ({
  step,
  platform: 'cloudflare',
  host: 'Cloudflare',
  folder,
});

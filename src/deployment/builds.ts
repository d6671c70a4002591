import type { CommandRun } from '../commands/index.ts';
import type { Evidence } from '../model/evidence.ts';
import type { PipelineJob, PipelineStep } from '../model/facts/index.ts';
import { baseOf, dirOf, joinPath } from '../model/paths.ts';
import { type Context, programs } from './context.ts';
import { imageRepository } from './images.ts';
import { optionsOf, positional } from './words.ts';

/** An image that the repository builds: by compose, by a pipeline, by a script. */
export interface Build {
  /** Names it gets, without tags; names with expressions are kept with the expression. */
  images: string[];
  context: string;
  dockerfile: string;
  target: string | null;
  args: string[];
  pushed: boolean;
  /** The compose service that is built. */
  service?: string;
  evidence: Evidence;
}

/** How an image is built, apart from its names: what a definition that runs it takes over from the build. */
export const recipeOf = ({
  context,
  dockerfile,
  target,
  args,
}: Build): Pick<Build, 'context' | 'dockerfile' | 'target' | 'args'> => ({
  context,
  dockerfile,
  target,
  args,
});

/** Every image build that compose files, pipelines, scripts and skaffold describe. */
export function buildsOf(context: Context): Build[] {
  return [...composeBuilds(context), ...pipelineBuilds(context), ...scriptBuilds(context)].map((build) => ({
    ...build,
    dockerfile: fileTaken(context, build.dockerfile),
  }));
}

/** Where there is no `Dockerfile`, builders take `dockerfile`. */
export function fileTaken(context: Context, path: string): string {
  const small = joinPath(dirOf(path), 'dockerfile')!;
  return baseOf(path) === 'Dockerfile' && !context.view.has(path) && context.view.has(small) ? small : path;
}

function composeBuilds(context: Context): Build[] {
  return context.facts.compose.flatMap((file) =>
    file.services.flatMap((service) => {
      const { build } = service;
      if (!build || build.context === null || build.dockerfile === null) return [];
      return [
        {
          images: service.image ? [imageRepository(service.image.value)] : [],
          context: build.context,
          dockerfile: build.dockerfile,
          target: build.target,
          args: (build.args ?? []).map(({ value }) => value),
          pushed: false,
          service: service.name,
          evidence: { file: file.path, line: build.line, note: `builds ${build.dockerfile}` },
        },
      ];
    }),
  );
}

function pipelineBuilds(context: Context): Build[] {
  return context.facts.pipelines.flatMap((pipeline) =>
    pipeline.jobs.flatMap((job) => {
      const builds: Build[] = [];
      const pushed: string[] = [];
      for (const step of job.steps) {
        const evidence = { file: pipeline.path, line: step.line, note: 'builds the image' };
        const inputs = withTags(step.with, job.steps);
        if (
          /(?:docker\/build-push-action|redhat-actions\/buildah-build|mr-smithers-excellent\/docker-build-push|depot\/build-push-action|useblacksmith\/build-push-action)/.test(
            step.uses ?? '',
          )
        ) {
          for (const variant of variantsOf(inputs, job)) builds.push(...actionBuild(variant, evidence));
        }
        if (step.run === null) continue;
        for (const run of programs(context, step.run, step.workingDirectory ?? '.')) {
          const build = commandBuild(run, evidence);
          if (build) builds.push(build);
          if (run.program === 'docker' && run.argv[1] === 'push') pushed.push(imageRepository(run.argv.at(-1) ?? ''));
        }
      }
      return builds.map((build) => ({
        ...build,
        pushed: build.pushed || build.images.some((image) => pushed.includes(image)),
      }));
    }),
  );
}

/** Tags that a step before has made are those of the images that it was given. */
function withTags(inputs: Record<string, string>, steps: readonly PipelineStep[]): Record<string, string> {
  if (!/\$\{\{\s*steps\./.test(inputs.tags ?? '')) return inputs;
  const images = steps.flatMap(({ uses, with: given }) =>
    /docker\/metadata-action/.test(uses ?? '') ? (given.images ?? '').split(/[\s,]+/) : [],
  );
  const named = images.map((image) => image.replace(/^.*\bname=/, '')).filter((image) => image !== '');
  return named.length > 0 ? { ...inputs, tags: named.join('\n') } : inputs;
}

const ofMatrix = /\$\{\{\s*matrix\.([\w.-]+)\s*\}\}/g;

/** The inputs once per run of the matrix that they can tell apart, at most twenty. */
function variantsOf(inputs: Record<string, string>, { matrix, combinations }: PipelineJob): Record<string, string>[] {
  const used = new Set([...JSON.stringify(inputs).matchAll(ofMatrix)].map((match) => match[1]!));
  const known =
    combinations ?? Object.entries(matrix).flatMap(([key, values]) => values.map((value) => ({ [key]: value })));
  const runs = known.filter((run) => [...used].some((key) => Object.hasOwn(run, key)));
  const variants = (used.size === 0 || runs.length === 0 ? [{}] : runs).map((run: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [
        name,
        input.replace(ofMatrix, (all, key: string) => run[key] ?? all),
      ]),
    ),
  );
  return [...new Map(variants.map((variant) => [JSON.stringify(variant), variant])).values()].slice(0, 20);
}

function actionBuild(inputs: Record<string, string>, evidence: Evidence): Build[] {
  // A folder of the repository as the builder fetches it; the file is said from there.
  const [, fetched] = /^\{\{\s*defaultContext\s*\}\}:?(.*)$/.exec(inputs.context ?? '') ?? [];
  const written = fetched ?? inputs.context;
  const folder = joinPath('.', written && !written.includes('${{') ? written : '.');
  if (folder === null) return [];
  const file = inputs.file ?? inputs.dockerfile;
  const dockerfile = file ? joinPath(fetched === undefined ? '.' : folder, file) : joinPath(folder, 'Dockerfile');
  if (dockerfile === null || dockerfile.includes('${{')) return [];
  const images = (inputs.tags ?? inputs.image ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(imageRepository);
  const args = (inputs['build-args'] ?? '')
    .split('\n')
    .map((line) => line.split('=').slice(1).join('=').trim())
    .filter(Boolean);
  return [
    {
      images,
      context: folder,
      dockerfile,
      target: inputs.target ?? null,
      args,
      pushed: pushesItself(inputs),
      evidence,
    },
  ];
}

/** The action keeps the image to itself unless it is told to push. */
const pushesItself = (inputs: Record<string, string>): boolean =>
  inputs.push !== undefined ? inputs.push !== 'false' : /push=true|type=registry/.test(inputs.outputs ?? '');

function scriptBuilds(context: Context): Build[] {
  const manifests = context.facts.manifests.flatMap((manifest) =>
    Object.entries(manifest.scripts)
      .filter(([, text]) => /\bdocker\b/.test(text))
      .flatMap(([name, text]) => {
        const evidence = {
          file: manifest.path,
          line: manifest.lines[`scripts.${name}`] ?? 1,
          note: `script "${name}" builds the image`,
        };
        return programs(context, text, manifest.dir).flatMap((run) => commandBuild(run, evidence) ?? []);
      }),
  );
  const shells = context.view
    .list()
    .filter((path) => /\.(?:sh|bash)$|(?:^|\/)Makefile$/.test(path))
    .flatMap((path) =>
      context.view
        .text(path)
        .split('\n')
        .flatMap((line, i) => {
          if (!/\bdocker\s+(?:buildx\s+)?build\b/.test(line)) return [];
          const evidence = { file: path, line: i + 1, note: 'builds the image' };
          return programs(context, line.trim().replace(/^@/, ''), '.').flatMap(
            (run) => commandBuild(run, evidence) ?? [],
          );
        }),
    );
  return [...manifests, ...shells, ...skaffoldBuilds(context)];
}

/** `docker build -t name -f file --target x context`. */
function commandBuild(run: CommandRun, evidence: Evidence): Build | null {
  const words = run.argv.slice(1);
  const at = words.indexOf('build');
  if (!/^(?:docker|podman|buildah|nerdctl)$/.test(run.program) || at === -1 || at > 1 || words[0] === 'compose')
    return null;
  const rest = words.slice(at + 1);
  const options = rest.filter((word, i) => word !== '.' || rest[i - 1]?.startsWith('-') !== true);
  const written = positional(options).at(-1) ?? '.';
  const folder = joinPath(run.cwd, written);
  if (folder === null || written.includes('$')) return null;
  const file = optionsOf(rest, ['-f', '--file'])[0];
  const dockerfile = file ? joinPath(run.cwd, file) : joinPath(folder, 'Dockerfile');
  if (dockerfile === null) return null;
  return {
    images: optionsOf(rest, ['-t', '--tag']).map(imageRepository),
    context: folder,
    dockerfile,
    target: optionsOf(rest, ['--target'])[0] ?? null,
    args: optionsOf(rest, ['--build-arg']).map((pair) => pair.split('=').slice(1).join('=')),
    pushed: rest.includes('--push'),
    evidence,
  };
}

/** skaffold's artifacts: an image and the folder that it is built from. */
function skaffoldBuilds(context: Context): Build[] {
  return context.view
    .list()
    .filter((path) => /^skaffold[^/]*\.ya?ml$/.test(baseOf(path)))
    .flatMap((path) => {
      const builds: Build[] = [];
      context.view
        .text(path)
        .split('\n')
        .forEach((line, i) => {
          const [, key, value] = /^\s*(?:-\s+)?(image|context|dockerfile):\s*["']?([^"'\s#]+)/.exec(line) ?? [];
          if (key === 'image' && value) {
            builds.push({
              images: [imageRepository(value)],
              context: dirOf(path),
              dockerfile: joinPath(dirOf(path), 'Dockerfile')!,
              target: null,
              args: [],
              pushed: false,
              evidence: { file: path, line: i + 1, note: `builds ${value}` },
            });
          } else if (value && builds.length > 0) {
            const build = builds.at(-1)!;
            if (key === 'context') build.context = joinPath(dirOf(path), value) ?? build.context;
            build.dockerfile = joinPath(build.context, key === 'dockerfile' ? value : 'Dockerfile') ?? build.dockerfile;
          }
        });
      return builds;
    });
}

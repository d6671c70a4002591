import { type CommandRun, runsOf, runsOfArgv } from '../../../commands/index.ts';
import type { AuditModel } from '../../../model/audit-model.ts';
import type {
  ComposeFact,
  DockerfileFact,
  PipelineFact,
  PipelineJob,
  PipelineStep,
} from '../../../model/facts/index.ts';
import { baseOf, isWithin, joinPath } from '../../../model/paths.ts';
import { pipelineSteps } from '../programs.ts';
import { once } from '../scope.ts';

/** What one step of a pipeline runs, images and compose services that it builds or starts included. */
export interface PipelineRun {
  pipeline: PipelineFact;
  job: PipelineJob;
  step: PipelineStep;
  run: CommandRun;
  /** It is run while an image is built or inside a container. */
  contained: boolean;
}

const changeEvents = [
  'push',
  'pull_request',
  'merge_request',
  'merge_group',
  'external',
  'pull_request_review',
  'workflow_run',
  'check_suite',
];

/** Started by a change to the code. What only the host's settings say (`external`) is taken at its best. */
export const runsOnChange = (pipeline: PipelineFact): boolean =>
  pipeline.triggers.some(({ event }) => changeEvents.includes(event));

/** The condition lets only events other than a change through. */
const otherEvent = (condition: string | null): boolean =>
  condition !== null &&
  /event_name\s*==\s*['"](workflow_dispatch|schedule|release|issue_comment|issues)['"]/.test(condition) &&
  !/push|pull_request|merge_group|\|\||!=/.test(condition);

/** Everything that pipelines run on a change and that fails them when it fails. */
export const changeRuns = once((model): readonly PipelineRun[] =>
  pipelineSteps(model)
    .filter(
      ({ pipeline, job, step }) => runsOnChange(pipeline) && !otherEvent(job.condition) && !otherEvent(step.condition),
    )
    .filter(({ step }) => !step.continueOnError)
    .flatMap(({ pipeline, job, step, runs }) =>
      [...runs, ...handedOver(model, step)]
        .flatMap((run) => [
          { run, contained: false },
          ...insideContainers(model, run).map((inner) => ({ run: inner, contained: true })),
        ])
        .filter(({ run }) => !run.tolerated && !run.echoOnly)
        .map((one) => ({ pipeline, job, step, ...one })),
    ),
);

const commandKeys =
  /^(run|command|commands|cmd|script|scripts|args|test-?script|test|custom-command|execute|runCmd|inline-script)$/i;

const folderKeys = /^(working[-_]?directory|workdir|cwd|project|dir|directory)$/i;

/** Commands that a step hands to an action: `with: { run: npm test }`, and actions that are a runner themselves. */
export function handedOver(model: AuditModel, step: PipelineStep): CommandRun[] {
  if (!step.uses) return [];
  const [, folder] = Object.entries(step.with).find(([key]) => folderKeys.test(key)) ?? [];
  const cwd =
    (folder && !folder.includes('$') ? joinPath(step.workingDirectory ?? '.', folder) : step.workingDirectory) ?? '.';
  const context = { cwd, facts: model.facts, view: model.view, errexit: true };
  const action = step.uses.split('@')[0]!.toLowerCase();
  const given = Object.entries(step.with)
    .filter(([key]) => commandKeys.test(key))
    .flatMap(([, text]) => runsOf(/yarn/.test(action) ? `yarn ${text}` : text, context));
  if (action === 'cypress-io/github-action') return [...given, ...runsOfArgv(['cypress', 'run'], context)];
  if (/^docker\/(build-push|bake)-action$/.test(action)) {
    const file = step.with.file ?? null;
    const build = [
      'docker',
      'build',
      ...(file ? ['-f', file] : []),
      ...(step.with.target ? ['--target', step.with.target] : []),
      step.with.context ?? '.',
    ];
    return runsOfArgv(build, context);
  }
  if (/(^|\/)(newman|postman)[\w-]*$/.test(action)) return runsOfArgv(['newman', 'run'], context);
  if (/(^|\/)(vitest|jest)[\w-]*action$/.test(action)) return runsOfArgv(['jest'], context);
  if (action === 'maven-action' || /gradle-build-action$/.test(action))
    return step.with.arguments ? runsOf(`gradle ${step.with.arguments}`, context) : given;
  return given;
}

const dockerValued =
  /^(-f|--file|-p|--project-name|--profile|-e|--env|--env-file|-u|--user|-v|--volume|-w|--workdir|--name|--network|--net|-p|--publish|--entrypoint|-l|--label|--target|--build-arg|-t|--tag|--platform|--cache-from|--cache-to|--progress|-m|--memory|--add-host|--exit-code-from|--scale|--context|--secret|--output|-o)$/;

/** `docker build --target test`, `docker compose run api npm test`, `docker run image npm test`: the commands in the container. */
function insideContainers(model: AuditModel, run: CommandRun, depth = 0): CommandRun[] {
  const words = run.argv.slice(1);
  let tool = run.program;
  if (tool === 'docker' && words[0] === 'compose') {
    tool = 'docker-compose';
    words.shift();
  }
  if (!['docker', 'podman', 'docker-compose', 'buildah', 'depot'].includes(tool) || depth > 2) return [];
  if (words[0] === 'buildx' || words[0] === 'image' || words[0] === 'container') words.shift();
  const { rest, values, verb } = readDocker(words);
  const mark = (runs: CommandRun[]): CommandRun[] =>
    runs
      .map((one) => ({ ...one, tolerated: run.tolerated || one.tolerated }))
      .flatMap((one) => [one, ...insideContainers(model, one, depth + 1)]);
  if (tool !== 'docker-compose') {
    if (verb === 'build' || verb === 'b')
      return mark(
        buildRuns(
          model,
          run.cwd,
          rest[0] ?? '.',
          values.get('-f') ?? values.get('--file') ?? null,
          values.get('--target') ?? null,
        ),
      );
    if (verb === 'run' || verb === 'exec')
      return mark(runsOfArgv(rest.slice(1), { cwd: run.cwd, facts: model.facts, view: model.view }));
    return [];
  }
  const composes = composesOf(model, run.cwd, words);
  const service = composes.flatMap((one) => one.services).find((one) => one.name === rest[0]);
  const cwd = service?.build?.context ?? run.cwd;
  if (verb === 'run' || verb === 'exec') {
    const argv = rest.slice(1);
    return mark(
      runsOfArgv(argv.length > 0 ? argv : (service?.command?.argv ?? []), {
        cwd,
        facts: model.facts,
        view: model.view,
      }),
    );
  }
  if (verb !== 'up' && verb !== 'build') return [];
  const services = composes
    .flatMap((one) => one.services)
    .filter((one) => rest.length === 0 || rest.includes(one.name));
  return mark(
    services.flatMap((one) => {
      const context = { cwd: one.build?.context ?? run.cwd, facts: model.facts, view: model.view };
      const command = verb === 'up' && one.command ? runsOfArgv(one.command.argv, context) : [];
      const build = one.build?.context
        ? buildRuns(model, '.', one.build.context, one.build.dockerfile, one.build.target)
        : [];
      return [...command, ...build];
    }),
  );
}

function readDocker(words: readonly string[]): { verb: string; rest: string[]; values: Map<string, string> } {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const at = word.startsWith('--') ? word.indexOf('=') : -1;
    if (rest.length >= 2 && (rest[0] === 'run' || rest[0] === 'exec')) rest.push(word);
    else if (at > 0) values.set(word.slice(0, at), word.slice(at + 1));
    else if (dockerValued.test(word)) values.set(word, words[++i] ?? '');
    else if (!/^-./.test(word)) rest.push(word);
  }
  return { verb: rest[0] ?? '', rest: rest.slice(1), values };
}

function composesOf(model: AuditModel, cwd: string, words: readonly string[]): ComposeFact[] {
  const named = words.flatMap((word, i) =>
    word === '-f' || word === '--file' ? [words[i + 1] ?? ''] : /^--file=/.test(word) ? [word.slice(7)] : [],
  );
  const paths = named.map((file) => joinPath(cwd, file));
  return model.facts.compose.filter((one) =>
    named.length > 0
      ? paths.includes(one.path)
      : one.dir === cwd && /^(docker-)?compose\.ya?ml$/.test(baseOf(one.path)),
  );
}

/** `RUN` lines up to the stage that is built. */
function buildRuns(
  model: AuditModel,
  cwd: string,
  context: string,
  file: string | null,
  target: string | null,
): CommandRun[] {
  const dir = joinPath(cwd, context.replace(/^\$\{?\{?[\w. ]+\}?\}?\/?/, '') || '.');
  if (dir === null) return [];
  const wanted = [file && joinPath(cwd, file), file && joinPath(dir, file), file, joinPath(dir, 'Dockerfile')];
  const found = wanted.map((path) => model.facts.dockerfiles.find((one) => one.path === path)).find(Boolean);
  if (!found) return [];
  const stages = stagesOf(found, target);
  const here = found.dir === '.' || isWithin(dir, found.dir) ? dir : found.dir;
  return stages.flatMap((stage) =>
    stage.runs.flatMap(({ text }) => runsOf(text, { cwd: here, facts: model.facts, view: model.view, errexit: true })),
  );
}

/** The stage that is built, and those it takes from: others are left out by the builder. */
function stagesOf(dockerfile: DockerfileFact, target: string | null): DockerfileFact['stages'] {
  const named = target === null ? -1 : dockerfile.stages.findIndex((stage) => stage.name === target);
  const wanted = new Set<number>();
  const add = (index: number): void => {
    const stage = dockerfile.stages[index];
    if (!stage || wanted.has(index)) return;
    wanted.add(index);
    if (stage.base.stage !== null) add(stage.base.stage);
    for (const { from } of stage.copies) {
      const source =
        from === null
          ? -1
          : /^\d+$/.test(from)
            ? Number(from)
            : dockerfile.stages.findIndex((one) => one.name === from);
      if (source >= 0) add(source);
    }
  };
  add(named >= 0 ? named : dockerfile.final);
  return dockerfile.stages.filter((_, index) => wanted.has(index));
}

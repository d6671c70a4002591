import picomatch from 'picomatch';
import { z } from 'zod';
import { type CommandRun, runsOf } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import { dockerfilesBuilt } from '../model/deployment.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { DockerfileFact, DockerStage, LockfileFact } from '../model/facts/index.ts';
import { baseOf, dirOf, joinPath } from '../model/paths.ts';
import { no, yes } from '../model/signal.ts';
import { pipelineSteps } from './shared/programs.ts';
import { isAside, noteOf, once } from './shared/scope.ts';

export default defineDetector({
  name: 'installs-from-lockfile',
  asks: 'no image and no pipeline installs packages in a way that passes the lockfile over',
  reads: 'config',
  options: z.strictObject({}),
  judge(model) {
    const loose = [...looseInImages(model), ...looseInPipelines(model)];
    return loose.length === 0
      ? yes()
      : no('an install that keeps to the lockfile (npm ci, --frozen-lockfile, --immutable)', loose);
  },
});

/** Images that people build for themselves while they work. */
const forDevelopment = /(^|[._/-])(dev|develop|development|local|debug|devcontainer|gitpod)([._/-]|$)/i;

/** A starter's image for each manager that one may choose: `Dockerfile.bun` beside `Dockerfile`. */
const forAnotherManager = /\.(npm|yarn|pnpm|bun)$/;

function looseInImages(model: AuditModel): Evidence[] {
  const deployed = dockerfilesBuilt(model.deployment.counting, false);
  const worked = dockerfilesBuilt(model.deployment.counting, true);
  const first = new Set(model.components.map(({ path }) => model.deployment.dockerfilesOf(path)[0]));
  // Whatever it is called, an image that the only definition builds is the one that runs, unless another is kept for production.
  const isShipped = (path: string): boolean =>
    deployed.has(path) ||
    (worked.has(path) ? first.has(path) : !(forDevelopment.test(path) || forAnotherManager.test(path)));
  return model.facts.dockerfiles
    .filter(({ path }) => !isAside(path) && isShipped(path))
    .flatMap((dockerfile) =>
      dockerfile.stages
        .filter((_, index) => !isForWork(dockerfile, index))
        .flatMap((stage) =>
          stage.runs.flatMap(({ text, line }) => {
            const context = { cwd: dockerfile.dir, facts: model.facts, view: model.view };
            const at = { file: dockerfile.path, line };
            const install = runsOf(text, context).find((run) => isInstall(run));
            if (!install) return [];
            if (passesOver(model, install, false)) return [noteOf(at, `installs past the lockfile: ${shown(install)}`)];
            return /mount=type=bind/.test(text) || takesLockfile(dockerfile, stage, line)
              ? []
              : [noteOf(at, `${shown(install)} without the lockfile, which is not copied`)];
          }),
        ),
    );
}

/** A stage that people work in, beside the one that is shipped. */
const isForWork = ({ stages, final }: DockerfileFact, index: number): boolean =>
  index !== final &&
  forDevelopment.test(stages[index]!.name ?? '') &&
  !stages.some(({ base, copies }) => base.stage === index || copies.some(({ from }) => from === stages[index]!.name));

const lockfiles = 'package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock bun.lockb'.split(' ');

/** The file itself, a glob over it (`package*.json`), or what has no ending: a folder, or a file that may be lacking (`yarn.lock*`). */
const mayTakeLockfile = (source: string): boolean =>
  !/\.[a-z]+$/.test(source) || lockfiles.some((name) => picomatch.isMatch(name, baseOf(source)));

/** Something copied before the line may be the lockfile, or what an earlier stage made. */
function takesLockfile(dockerfile: DockerfileFact, stage: DockerStage, line: number): boolean {
  const inherited = stage.base.stage === null ? [] : (dockerfile.stages[stage.base.stage]?.copies ?? []);
  const copies = [...inherited, ...stage.copies.filter((copy) => copy.line < line)];
  if (copies.length === 0) return true;
  return copies.some(({ from, sources }) => from !== null || sources.some(mayTakeLockfile));
}

function looseInPipelines(model: AuditModel): Evidence[] {
  return pipelineSteps(model).flatMap(({ pipeline, job, step, runs }) => {
    // A folder that is checked out from elsewhere is not ours to lock.
    if (step.workingDirectory === null || !model.view.hasDirectory(step.workingDirectory)) return [];
    if (updatesLockfile(job.steps.map((one) => `${one.uses ?? ''} ${one.run ?? ''}`))) return [];
    const at = { file: step.file ?? pipeline.path, line: step.line };
    // Steps that speak of the file make one first, or ask which there is.
    const made = job.steps.some((one) => /package-lock|npm-shrinkwrap/.test(one.run ?? ''));
    const foreign = made ? undefined : runs.find((run) => hasNoLockfile(model, run));
    if (foreign) return [noteOf(at, `${shown(foreign)}, and the lockfile is of another manager`)];
    const install = runs.find((run) => isInstall(run) && passesOver(model, run, true));
    return install ? [noteOf(at, `installs past the lockfile: ${shown(install)}`)] : [];
  });
}

/** A job whose work is to renew the lockfile. */
const updatesLockfile = (texts: readonly string[]): boolean =>
  texts.some((text) =>
    /create-pull-request|\bgit (?:commit|push)\b|\bnpm (?:update|audit fix)|\b(?:yarn|pnpm) up(?:grade|date)?\b|\bncu\b|npm-check-updates/.test(
      text,
    ),
  );

const verbs: Record<string, readonly string[]> = {
  npm: ['install', 'i', 'add', 'isntall'],
  yarn: ['', 'install'],
  bun: ['install', 'i'],
  pnpm: ['install', 'i'],
};

/** An install of everything a manifest asks for. Naming a package, or `-g`, installs a tool and not the project. */
function isInstall({ program, argv }: CommandRun): boolean {
  const words = argv.slice(1);
  if (words.some((word) => otherWork.has(word))) return false;
  const [command = '', ...rest] = words.filter((word, i) => !word.startsWith('-') && !valued.has(words[i - 1]!));
  return (verbs[program]?.includes(command) ?? false) && rest.length === 0;
}
const otherWork = new Set(
  '-g --global -v --version -h --help --package-lock-only --lockfile-only --mode=update-lockfile'.split(' '),
);
const valued = new Set(
  '--network-timeout --prefix --cwd -C --dir --cache --registry --loglevel --include --omit --network-concurrency --modules-folder --cache-folder --filter -F'.split(
    ' ',
  ),
);

const frozen = new Set('--frozen-lockfile --immutable --immutable-cache --frozen --pure-lockfile'.split(' '));
const thawed = new Set('--no-frozen-lockfile --frozen-lockfile=false --no-lockfile'.split(' '));

function passesOver(model: AuditModel, run: CommandRun, inPipeline: boolean): boolean {
  const { program, argv } = run;
  if (argv.some((word) => frozen.has(word.replace(/=true$/, '')))) return false;
  if (program === 'pnpm') return argv.some((word) => thawed.has(word));
  const lock = lockfileFor(model, run);
  // Without any lockfile there is none to keep to: the folder is judged for that.
  if (!lock) return false;
  // Yarn from 2 on keeps to the lockfile in CI by itself, and fails an image whose lockfile would change only when told to.
  if (program === 'yarn') return !isBerry(model, lock) || (!inPipeline && argv.includes('--no-immutable'));
  // Another manager tried beside the one in use: what is shipped is installed by that one.
  return !inPipeline || program !== 'bun' || lock.manager === 'bun';
}

/** `npm ci` reads npm's own lockfile alone, and fails where only another manager's stands. */
function hasNoLockfile(model: AuditModel, run: CommandRun): boolean {
  if (run.program !== 'npm' || !['ci', 'clean-install'].includes(run.argv[1]!)) return false;
  const lock = lockfileFor(model, run);
  return lock !== null && !locksOf(model).some((one) => one.dir === lock.dir && one.manager === 'npm');
}

const locksOf = once((model): readonly LockfileFact[] => model.facts.lockfiles.filter((one) => one.language === 'js'));

function lockfileFor(model: AuditModel, { cwd }: CommandRun): LockfileFact | null {
  const locks = locksOf(model);
  for (let dir = joinPath(cwd) ?? '.'; ; dir = dirOf(dir)) {
    const found = locks.find((one) => one.dir === dir);
    if (found) return found;
    if (dir === '.') return null;
  }
}

const isBerry = (model: AuditModel, lock: LockfileFact): boolean =>
  /^__metadata:/m.test(model.view.text(lock.path).slice(0, 2000));

const shown = ({ argv }: CommandRun): string => {
  const line = argv.join(' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};

import { z } from 'zod';
import { type CommandRun, runsOf } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { no, yes } from '../model/signal.ts';
import { pipelineSteps } from './shared/programs.ts';
import { isAside, noteOf } from './shared/scope.ts';

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

function looseInImages(model: AuditModel): Evidence[] {
  return model.facts.dockerfiles
    .filter((dockerfile) => !isAside(dockerfile.path))
    .flatMap((dockerfile) =>
      dockerfile.stages.flatMap((stage) =>
        stage.runs
          .filter(({ text }) => runsOf(text, contextOf(model, dockerfile.dir)).some((run) => passesOver(run, false)))
          .map(({ line, text }) =>
            noteOf({ file: dockerfile.path, line }, `installs past the lockfile: ${firstWords(text)}`),
          ),
      ),
    );
}

const looseInPipelines = (model: AuditModel): Evidence[] =>
  pipelineSteps(model)
    .filter(({ runs }) => runs.some((run) => passesOver(run, true)))
    .map(({ pipeline, step }) =>
      noteOf({ file: pipeline.path, line: step.line }, `installs past the lockfile: ${firstWords(step.run ?? '')}`),
    );

const contextOf = (model: AuditModel, cwd: string) => ({ cwd, facts: model.facts, view: model.view });

const frozen = ['--frozen-lockfile', '--immutable', '--immutable-cache', '--frozen', 'ci', 'clean-install'];

/** `npm install` of everything. Naming a package, or `-g`, installs a tool and not the project. pnpm is frozen in CI by itself. */
function passesOver({ program, argv }: CommandRun, inPipeline: boolean): boolean {
  const words = argv.slice(1);
  if (words.some((word) => frozen.includes(word) || word === '-g' || word === '--global')) return false;
  const [command = '', ...rest] = words.filter((word) => !word.startsWith('-'));
  const everything = rest.length === 0;
  switch (program) {
    case 'npm':
      return everything && ['install', 'i', 'add'].includes(command);
    case 'yarn':
      return everything && (command === '' || command === 'install') && !words.includes('--version');
    case 'bun':
      return everything && ['install', 'i'].includes(command);
    case 'pnpm':
      return everything && !inPipeline && words.includes('--no-frozen-lockfile');
    default:
      return false;
  }
}

const firstWords = (text: string): string => {
  const line = text.trim().split('\n')[0]!;
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
};

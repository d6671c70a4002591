import picomatch from 'picomatch';
import { type CommandRun, expandMatrix, runsOf } from '../../commands/index.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { ManifestFact, PipelineFact, PipelineJob, PipelineStep } from '../../model/facts/index.ts';
import { memo } from '../../model/memo.ts';
import { once } from './scope.ts';

/**
 * `prisma migrate deploy`: the program, then words that must follow in that order, others between them allowed.
 * Each word may hold stars (`playwright`, `*:deploy`); `a|b` is either.
 */
export function matchesProgram(run: CommandRun, pattern: string): boolean {
  if (!isProgram(run.program, pattern)) return false;
  const [, ...words] = wordsOf(pattern);
  let at = 1;
  for (const word of words) {
    const next = run.argv.findIndex((given, i) => i >= at && matchesWord(given, word));
    if (next === -1) return false;
    at = next + 1;
  }
  return true;
}

/** Whether the pattern speaks of the program, whatever words follow it. */
export const isProgram = (program: string, pattern: string): boolean => matchesWord(program, wordsOf(pattern)[0]!);

const split = new Map<string, readonly string[]>();
const wordsOf = (pattern: string): readonly string[] => memo(split, pattern, () => pattern.split(' '));

/** A star stands for any text, slashes and leading dots too: words are no paths. */
const anyText = { bash: true, dot: true };

/** Patterns come from rules, so there are few; a glob is costly to compile. */
const compiled = new Map<string, (given: string) => boolean>();

const matchesWord = (given: string, pattern: string): boolean =>
  memo(compiled, pattern, () => {
    const words = pattern.split('|');
    const plain = new Set(words);
    const glob = pattern.includes('*') ? picomatch(words, anyText) : () => false;
    return (word) => plain.has(word) || glob(word);
  })(given);

/** What a package script runs, with scripts that call scripts followed. */
export const runsOfScript = once((model, manifest: ManifestFact, name: string): CommandRun[] =>
  runsOf(manifest.scripts[name] ?? '', { cwd: manifest.dir, facts: model.facts, view: model.view }),
);

export interface StepRuns {
  pipeline: PipelineFact;
  job: PipelineJob;
  step: PipelineStep;
  runs: CommandRun[];
}

/** Every step of every pipeline that is not switched off, with the programs it runs. */
export const pipelineSteps = once((model): readonly StepRuns[] =>
  model.facts.pipelines.flatMap((pipeline) =>
    pipeline.jobs
      .filter((job) => !job.disabled)
      .flatMap((job) =>
        job.steps
          .filter((step) => !step.disabled)
          .map((step) => ({ pipeline, job, step, runs: runsOfStep(model, step, job) })),
      ),
  ),
);

function runsOfStep(model: AuditModel, step: PipelineStep, job: PipelineJob): CommandRun[] {
  if (!step.run) return [];
  const context = { cwd: step.workingDirectory ?? '.', facts: model.facts, view: model.view, errexit: true };
  return expandMatrix(step.run, job.matrix).flatMap((text) => runsOf(text, context));
}

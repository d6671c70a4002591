import picomatch from 'picomatch';
import { type CommandRun, runsOf } from '../../commands/index.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { ManifestFact, PipelineFact, PipelineJob, PipelineStep } from '../../model/facts/index.ts';
import { once } from './scope.ts';

/**
 * `prisma migrate deploy`: the program, then words that must follow in that order, others between them allowed.
 * Each word may be a glob (`playwright`, `*:deploy`); `a|b` is either.
 */
export function matchesProgram(run: CommandRun, pattern: string): boolean {
  const [program, ...words] = pattern.split(/\s+/);
  if (!matchesWord(run.program, program!)) return false;
  let at = 1;
  for (const word of words) {
    const next = run.argv.findIndex((given, i) => i >= at && matchesWord(given, word));
    if (next === -1) return false;
    at = next + 1;
  }
  return true;
}

const matchesWord = (given: string, pattern: string): boolean =>
  pattern.split('|').some((one) => one === given || (one.includes('*') && picomatch.isMatch(given, one)));

/** What a package script runs, with scripts that call scripts followed. */
export function runsOfScript(model: AuditModel, manifest: ManifestFact, name: string): CommandRun[] {
  return once(model, `script ${manifest.path} ${name}`, () =>
    runsOf(manifest.scripts[name] ?? '', { cwd: manifest.dir, facts: model.facts, view: model.view }),
  );
}

export interface StepRuns {
  pipeline: PipelineFact;
  job: PipelineJob;
  step: PipelineStep;
  runs: CommandRun[];
}

/** Every step of every pipeline that is not switched off, with the programs it runs. */
export function pipelineSteps(model: AuditModel): readonly StepRuns[] {
  return once(model, 'pipeline steps', () =>
    model.facts.pipelines.flatMap((pipeline) =>
      pipeline.jobs
        .filter((job) => !job.disabled)
        .flatMap((job) =>
          job.steps
            .filter((step) => !step.disabled)
            .map((step) => ({ pipeline, job, step, runs: runsOfStep(model, step) })),
        ),
    ),
  );
}

function runsOfStep(model: AuditModel, step: PipelineStep): CommandRun[] {
  if (!step.run) return [];
  const context = { cwd: step.workingDirectory ?? '.', facts: model.facts, view: model.view, errexit: true };
  return runsOf(step.run, context);
}

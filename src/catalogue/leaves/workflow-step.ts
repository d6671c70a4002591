import picomatch from 'picomatch';
import { z } from 'zod';
import { matchesProgram, pipelineSteps, type StepRuns } from '../../detectors/shared/programs.ts';
import { noteOf } from '../../detectors/shared/scope.ts';
import type { PipelineFact } from '../../model/facts/index.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'a step of a pipeline, not switched off, runs one of the programs or uses one of the actions',
  example: "workflowStep: { runs: [docker push], uses: ['docker/*'], on: [push] }",
  reads: 'config',
  options: z.strictObject({
    /** `docker push`: a program, then words that follow it. */
    runs: z.array(z.string().min(1)).optional(),
    /** Globs over actions, version left out: `docker/build-push-action`. */
    uses: z.array(z.string().min(1)).optional(),
    /** Only in pipelines started by one of these events. */
    on: z.array(z.string().min(1)).optional(),
    /** A step whose failure changes nothing counts too. */
    tolerated: z.boolean().default(false),
  }),
  check: ({ runs, uses }) => (runs || uses ? [] : [{ path: [], message: 'name what the step "runs" or "uses"' }]),
  judge(model, _, { runs, uses, on, tolerated }) {
    const action = uses ? picomatch(uses) : () => false;
    const hit = ({ pipeline, step, runs: started }: StepRuns): boolean => {
      if (on && !isStartedBy(pipeline, on)) return false;
      if (step.continueOnError && !tolerated) return false;
      if (step.uses && action(step.uses.split('@')[0]!)) return true;
      return started.some(
        (run) =>
          !run.echoOnly &&
          (tolerated || !run.tolerated) &&
          (runs ?? []).some((pattern) => matchesProgram(run, pattern)),
      );
    };
    const found = pipelineSteps(model).filter(hit);
    if (found.length > 0) {
      return yes(
        ...found.map(({ pipeline, step }) =>
          noteOf({ file: pipeline.path, line: step.line }, step.uses ?? step.name ?? firstLine(step.run ?? '')),
        ),
      );
    }
    return no(`pipelines: a step with ${[...(runs ?? []), ...(uses ?? [])].join(' or ')}`);
  },
});

const isStartedBy = (pipeline: PipelineFact, events: readonly string[]): boolean =>
  pipeline.triggers.some((trigger) => events.includes(trigger.event));

const firstLine = (text: string): string => text.trim().split('\n')[0]!.slice(0, 80);

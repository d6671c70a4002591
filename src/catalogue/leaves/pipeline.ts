import { z } from 'zod';
import { noteOf } from '../../detectors/shared/scope.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'a pipeline with at least one job that is not switched off exists; with `on`, one of these events starts it',
  example: 'pipeline: { on: [push, pull_request] }',
  reads: 'config',
  options: z.strictObject({ on: z.array(z.string().min(1)).optional() }),
  short: () => ({}),
  judge(model, _, { on }) {
    const enabled = model.facts.pipelines.filter((pipeline) => pipeline.jobs.some((job) => !job.disabled));
    const found = enabled.flatMap((pipeline) => {
      const trigger = pipeline.triggers.find((one) => !on || on.includes(one.event));
      if (!trigger && on) return [];
      return [
        noteOf({ file: pipeline.path, line: trigger?.line ?? 1 }, trigger ? `runs on ${trigger.event}` : 'pipeline'),
      ];
    });
    if (found.length > 0) return yes(...found);
    const near = enabled.map((pipeline) => noteOf({ file: pipeline.path, line: 1 }, 'started by none of them'));
    return no(on ? `pipelines that run on ${on.join(', ')}` : 'pipelines of a CI host', near);
  },
});

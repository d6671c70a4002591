import { z } from 'zod';
import { noteOf } from '../../detectors/shared/scope.ts';
import type { PipelineJob } from '../../model/facts/index.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

/** Actions that greet, label, assign, close, ask for a signature: they never look at the code. */
const clerk =
  /(^|[/_-])(cla|cla-assistant|contributor-assistant|stale|labell?er|label|greetings?|first-interaction|lock-threads|lock|(auto-)?assign(er|ee)?|add-to-project|release-drafter|(action-)?semantic-pull-request|welcome|triage|pr-size-labeler|(dependabot-)?auto-?merge|fetch-metadata)([/_.-]|$)/i;
/** Commands that do the same by hand: `gh pr merge --auto "$URL"`. */
const clerical = /^\s*gh (?:pr|issue|label) \w/;

const isClerk = (action: string | null): boolean => action !== null && clerk.test(action.split('@')[0]!);

/** A job of such actions alone. */
const administers = ({ uses, steps }: PipelineJob): boolean =>
  uses !== null
    ? isClerk(uses)
    : steps.length > 0 && steps.every(({ run, uses: action }) => (run ? clerical.test(run) : isClerk(action)));

export default defineLeaf({
  asks: 'a pipeline with at least one job that is not switched off exists, other than one that only looks after issues and pull requests; with `on`, one of these events starts it',
  example: 'pipeline: { on: [push, pull_request] }',
  reads: 'config',
  options: z.strictObject({
    on: z.array(z.string().min(1)).optional(),
    /** Leave out those that only one of these events starts, or a person besides. */
    except: z.array(z.string().min(1)).default([]),
    /** Count those too whose every job is switched off. */
    disabled: z.boolean().default(false),
  }),
  short: () => ({}),
  judge(model, _, { on, except, disabled }) {
    const isLeftOut = ({ event }: { event: string }): boolean => except.includes(event);
    const enabled = model.facts.pipelines.filter(
      ({ jobs, triggers }) =>
        jobs.some((job) => (disabled || !job.disabled) && !administers(job)) &&
        !(triggers.some(isLeftOut) && triggers.every((one) => isLeftOut(one) || one.event === 'manual')),
    );
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

import { describeState, type Judge, perComponent, type Sighting } from '../judge.ts';

const rule = 'infrastructure/orchestration';

/** One that keeps falling over is seen running now and then: when it was restarted and has not run for longer, it is not trusted yet. */
const trustedAfter = 10_000;

const running = perComponent(rule, false, ({ container }, { kind }, { now }) => {
  const { state, restarts, restartPolicy, exitCode, startedAt, oomKilled } = container;
  // No count: it would make two reports of the same stack differ.
  const again = restarts > 0 ? [`restarted by the engine ${restarts === 1 ? 'once' : 'several times'}`] : [];
  const notes = [describeState(container), ...again];
  const looping = restarts > 0 && now !== null && now.getTime() - startedAt < trustedAfter;
  if (state === 'running') return { status: oomKilled || looping ? 'partial' : 'ready', notes };
  if (state === 'exited' && exitCode === 0 && restartPolicy === 'no' && kind === 'worker') {
    return { status: 'unknown', reason: 'it ended without an error: a job, or a worker that stopped', notes };
  }
  return { status: 'partial', notes };
});

/** Does what the definition promises to run in fact run? */
export default {
  rule,
  judge: (scene) => [
    ...running.judge(scene),
    ...scene.stack.absent.map(
      ({ component, service, project }): Sighting => ({
        rule,
        component,
        status: 'missing',
        whole: false,
        evidence: [{ container: `${project} / ${service}`, note: 'no container runs this service' }],
      }),
    ),
  ],
} satisfies Judge;

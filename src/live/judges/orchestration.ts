import { describeState, type Judge, perComponent, type Sighting } from '../judge.ts';

const rule = 'infrastructure/orchestration';

const running = perComponent(rule, false, ({ container }, { kind }) => {
  const { state, restarts, restartPolicy, exitCode } = container;
  const again = restarts > 0 ? [`restarted ${restarts} times by the engine`] : [];
  const notes = [describeState(container), ...again];
  if (state === 'running') return { status: container.oomKilled ? 'partial' : 'ready', notes };
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

import type { LiveContainer } from '../engine/container.ts';
import { megabytes, perComponent } from '../judge.ts';

/** Restart policy and memory limit, as the engine applies them; the other limits and the log's bound are told beside them. */
export default perComponent('resilience/container-limits', true, ({ container }) => {
  const { limits, oomKilled } = container;
  const held = [restarts(container), limits.memory !== null].filter(Boolean).length;
  const killed = oomKilled
    ? [`killed for want of memory${limits.memory === null ? '' : ` at ${megabytes(limits.memory)}`}`]
    : [];
  return { status: (['missing', 'partial', 'ready'] as const)[held]!, notes: [...killed, ...describe(container)] };
});

/** Swarm restarts its tasks itself, whatever the container says. */
const restarts = ({ restartPolicy, task }: LiveContainer): boolean => task || restartPolicy !== 'no';

function describe({ limits, restartPolicy, task, logging }: LiveContainer): string[] {
  const restart = task
    ? 'restarted by the swarm'
    : restartPolicy === 'no'
      ? 'no restart policy'
      : `restart ${restartPolicy}`;
  const memory = limits.memory === null ? 'no memory limit' : `memory at most ${megabytes(limits.memory)}`;
  const cpu = limits.cpus === null ? 'no CPU limit' : `CPUs at most ${limits.cpus}`;
  const pids = limits.pids === null ? 'no process limit' : `processes at most ${limits.pids}`;
  const log = logging.bounded
    ? []
    : [`log driver ${logging.driver} without max-size: the log grows until the disk is full`];
  return [`${restart}, ${memory}, ${cpu}, ${pids}`, ...log];
}

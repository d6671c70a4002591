import { isRunning, perComponent } from '../judge.ts';

/** Does something ask, and what is it told? A probe that fails is there and does not do its duty. */
export default perComponent('observability/health-probes', true, ({ container }) => {
  if (!isRunning(container)) return null;
  const { health } = container;
  if (health === null) return { status: 'missing', notes: ['no health check'] };
  const last = health.log.filter(({ exitCode }) => exitCode !== 0).at(-1);
  const said = last
    ? [`the last probe that failed ended with ${last.exitCode}${last.output ? `: ${last.output}` : ''}`]
    : [];
  if (health.status === 'starting') {
    return {
      status: 'unknown',
      reason: 'it is still starting',
      notes: ['health check present, no answer yet', ...said],
    };
  }
  if (health.status === 'healthy') return { status: 'ready', notes: ['healthy'] };
  return { status: 'partial', notes: ['unhealthy', ...said] };
});

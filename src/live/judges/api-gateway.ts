import type { Component } from '../../model/component.ts';
import { isRunning, type Judge, ruleOf, type Scene, type Sighting } from '../judge.ts';
import type { Member } from '../stack.ts';

const rule = 'infrastructure/api-gateway';

/** Can a service be reached around the gateway? */
export default {
  rule,
  judge: (scene) => {
    const stated = ruleOf(scene, rule)?.status;
    if (stated === undefined || stated === 'not-applicable') return [];
    const running = scene.stack.members.filter(({ container }) => isRunning(container));
    const gateways = running.filter((member) => isGateway(member, scene));
    const services = running.filter((member) => !gateways.includes(member) && isHttpService(member, scene));
    const open = services.flatMap((member) => openPorts(member).map((port) => ({ member, port })));
    const sighting = (status: Sighting['status'], evidence: Sighting['evidence']): Sighting[] => [
      { rule, component: null, status, whole: false, evidence },
    ];
    const around = open.map(({ member, port }) => ({
      container: member.container.name,
      note: `${port}: reachable ${gateways.length > 0 ? 'around the gateway' : 'directly'}`,
    }));
    if (gateways.length === 0) {
      if (new Set(open.map(({ member }) => member.component)).size < 2) return [];
      const lacking = stated === 'missing' ? 'missing' : 'unwired';
      return sighting(lacking, [{ container: 'the stack', note: 'no gateway runs' }, ...around]);
    }
    const there = gateways.map(({ container }) => ({ container: container.name, note: 'the gateway' }));
    if (open.length > 0) return sighting('partial', [...around, ...there]);
    if (services.length === 0) return [];
    return sighting('ready', [
      ...there,
      { container: 'the stack', note: `none of ${services.length} services is published around it` },
    ]);
  },
} satisfies Judge;

function isGateway({ role, component, container }: Member, { model }: Scene): boolean {
  if (role === 'proxy') return true;
  const found = model.components.find(({ path }) => path === component);
  const names = [found?.name, found?.path.split('/').at(-1), container.compose?.service];
  return names.some((name) => name !== undefined && /(^|[-_/@.])(gateway|bff|ingress|edge|proxy)([-_.]|$)/i.test(name));
}

const isHttpService = ({ component }: Member, { model }: Scene): boolean =>
  model.components.some(
    (found: Component) => found.path === component && found.kind === 'service' && found.traits.includes('http'),
  );

/** Ports that other machines reach; one published on the loopback address is for this host alone. */
function openPorts({ container }: Member): string[] {
  const ports = container.ports.flatMap(({ container: inner, host }) =>
    host === null || /^(127\.|::1$)/.test(host.ip) ? [] : [`port ${inner} published on ${host.port}`],
  );
  return [...new Set(ports)];
}

import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { DeployedService, Environment } from '../model/deployment.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'runs-in-production',
  asks: '`sound`: every definition of the deployed set that runs the component is meant for production, and nothing in the tree proves that it cannot work; `beside`: definitions run only what components need (databases, queues), and those are started by hand',
  options: z.strictObject({ ask: z.enum(['sound', 'beside']) }),
  judge(model, component, { ask }) {
    if (ask === 'beside') return judgeBeside(model);
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject)));
  },
});

const needs = ['database', 'cache', 'queue', 'storage'];

function judgeBeside({ deployment }: AuditModel): Signal {
  const services = deployment.environments.flatMap((environment) => environment.services);
  const found = services.filter(({ role }) => needs.includes(role)).map(({ evidence }) => evidence);
  const ours = services.some(({ component }) => component !== null) || deployment.managed.size > 0;
  return found.length > 0 && !ours ? yes(...found) : no('the repository: a definition that starts only databases');
}

function judgeOne(model: AuditModel, component: Component): Signal {
  const runs = model.deployment.servicesOf(component.path);
  const managed = model.deployment.managed.get(component.path);
  const searched = `${placeOf(component)}: a definition meant for production that runs it`;
  if (runs.length === 0) return managed ? yes(managed.evidence) : no(searched);
  const shortfalls = runs.flatMap(shortfallsOf);
  return shortfalls.length > 0 ? no(searched, shortfalls) : yes(...runs.map(({ environment }) => environment.because));
}

function shortfallsOf({ environment, service }: { environment: Environment; service: DeployedService }): Evidence[] {
  const broken = environment.broken.filter(
    ({ file }) => environment.files.includes(file) || file === service.dockerfile,
  );
  if (service.development) return [service.development, ...broken];
  if (environment.rank === 'development')
    return [noteOf(environment.because, `for development: ${environment.because.note}`), ...broken];
  return broken;
}

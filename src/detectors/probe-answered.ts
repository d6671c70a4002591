import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { no, type Signal, yes } from '../model/signal.ts';
import { httpRoutes } from './shared/http.ts';
import { imageOf } from './shared/images.ts';
import { filesOf, noteOf, once, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'probe-answered',
  asks: 'no health probe of the component asks a path that, by all its routes, nothing answers',
  reads: 'code',
  options: z.strictObject({}),
  judge(model, component): Signal {
    const vain = subjects(model, component).flatMap((subject) => probesInVain(model, subject));
    return vain.length > 0 ? no(`${placeOf(component)}: a route at the path that is asked`, vain) : yes();
  },
});

/** What is asked of a container, where the address is written out. */
interface Probe {
  path: string;
  at: { file: string; line: number };
}

const probesInVain = once((model, component: Component): Evidence[] => {
  const asked = probesOf(model, component);
  if (!answersByRoutes(model, component)) return [];
  const routes = httpRoutes(model, component).map(({ path }) => path.replace(/\/+$/, '').toLowerCase());
  return asked
    .filter(({ path }) => !routes.some((route) => answers(route, path)))
    .filter(({ path }) => isElsewhere(model, component, routes, path) || isUnheardOf(model, component, path))
    .map(({ path, at }) => noteOf(at, `asks ${path}, which no route answers`));
});

/** Frameworks that answer at nothing but what their code says. */
const explicit = new Set([
  'express',
  'fastify',
  'hono',
  '@nestjs/common',
  '@koa/router',
  'koa-router',
  'next',
  'next-action',
]);

/** Every route of the component is known, and none of them, nor a page, takes any path. */
function answersByRoutes(model: AuditModel, component: Component): boolean {
  const wiring = model.wiring.of(component);
  const routes = httpRoutes(model, component);
  const isNext = component.frameworks.includes('next');
  return (
    wiring.blind.length === 0 &&
    (isNext || routes.length > 0) &&
    routes.every(({ framework }) => explicit.has(framework)) &&
    !(isNext && wiring.own.some((file) => file.includes('[')))
  );
}

function probesOf(model: AuditModel, component: Component): Probe[] {
  const deployed = model.deployment
    .servicesOf(component.path)
    .flatMap(({ service }) => (service.healthProbe && !service.oneShot ? [service.healthProbe] : []));
  const image = imageOf(model, component);
  const check = image?.stages.find(({ healthcheck }) => healthcheck)?.healthcheck;
  const own =
    image && check && !check.none ? [{ value: check.command, file: image.dockerfile.path, line: check.line }] : [];
  return [...deployed, ...own].flatMap(({ value, file, line }) => {
    const match =
      /^(?:\w+Probe )?(\/[\w./-]*)$|\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])(?::[^/\s'"]+)?(\/[\w./-]*)/.exec(
        value,
      );
    const path = (match?.[1] ?? match?.[2] ?? '').replace(/\/+$/, '').toLowerCase();
    return path.length > 1 ? [{ path, at: { file, line } }] : [];
  });
}

/** `/users/:id`, `/users/{id}`, `/users/[id]` and every wildcard answer what is written there. */
function answers(route: string, path: string): boolean {
  if (/[*(]|\[\.\.\.|\{\w+\.\.\./.test(route)) return true;
  const parts = route.split('/');
  const asked = path.split('/');
  return parts.length === asked.length && parts.every((part, i) => /^[:{[$]/.test(part) || part === asked[i]);
}

/** The very route stands below a prefix that the probe leaves out. */
function isElsewhere(model: AuditModel, component: Component, routes: readonly string[], path: string): boolean {
  if (!routes.some((route) => route.endsWith(path))) return false;
  // Nest may leave single routes out of the prefix and of the versions.
  return !filesOf(model, component).some((file) => {
    const text = /\.[cm]?[jt]s$/.test(file) ? model.view.text(file) : '';
    return (text.includes('setGlobalPrefix') && text.includes('exclude')) || text.includes('VERSION_NEUTRAL');
  });
}

/** Neither the name of a file nor a line of code says the last word of the path, and no package brings it. */
function isUnheardOf(model: AuditModel, component: Component, path: string): boolean {
  const word = path.slice(path.lastIndexOf('/') + 1);
  const { own, reached } = model.wiring.of(component);
  return ![...new Set([...filesOf(model, component), ...own, ...reached])].some(
    (file) =>
      file.toLowerCase().includes(word) ||
      (/\.([cm]?[jt]sx?|json|conf)$/.test(file) &&
        !file.endsWith('package-lock.json') &&
        model.view.text(file).toLowerCase().includes(word)),
  );
}

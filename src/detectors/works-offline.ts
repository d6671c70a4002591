import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';
import { type Worker, workersOf } from './shared/ui/workers.ts';

export default defineDetector({
  name: 'works-offline',
  asks: '`any`: a service worker, or a plugin that makes one, is there; `registered`: and code or the plugin registers it; `caches`: and it keeps files or answers',
  options: z.strictObject({ ask: z.enum(['any', 'registered', 'caches']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

function judgeOne(model: AuditModel, component: Component, ask: 'any' | 'registered' | 'caches'): Signal {
  const workers = workersOf(model, component);
  const shown = (some: readonly Worker[]): Evidence[] => some.slice(0, 4).map(({ at }) => noteOf(at, at.note));
  const searched = `${placeOf(component)}: service workers, their registration, and plugins that make them`;
  const registered = workers.filter((worker) => worker.registered === 'live');
  if (ask === 'any') {
    // Beside one that is registered, what lies idle says nothing.
    const any = registered.length > 0 ? registered : workers;
    return any.length > 0 ? yes(...shown(any)) : no(searched);
  }
  if (ask === 'registered') {
    const open = workers.filter((worker) => worker.registered === 'unknown');
    if (registered.length === 0 && open.length > 0)
      return unknown('blind', `what runs ${open[0]!.at.file} was not found`, shown(open));
    return registered.length > 0 ? yes(...shown(registered)) : no(searched, shown(workers));
  }
  const caching = registered.filter((worker) => worker.caches);
  return caching.length > 0
    ? yes(...shown(caching))
    : no(`${placeOf(component)}: a cache that the service worker fills`, shown(registered));
}

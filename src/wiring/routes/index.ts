import { byCodeUnit } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import type { RouteContext } from './_finder.ts';
import { codeFirstRoutes } from './code-first.ts';
import { decoratorRoutes } from './decorators.ts';
import { withDescribed } from './described.ts';
import { feathersRoutes } from './feathers.ts';
import { fileRoutes } from './files.ts';
import { edgeWorker, functionRoutes } from './functions.ts';
import { moleculerRoutes } from './moleculer.ts';
import { withMounts } from './mounts.ts';
import { procedureRoutes } from './procedures.ts';
import { qwikRoutes } from './qwik.ts';
import { withRegistrars } from './registrars.ts';
import { routerRoutes } from './routers.ts';
import { tanstackRoutes } from './tanstack.ts';

/** Every place that answers requests, in the order of files and lines. */
export function routesOf(context: RouteContext): Route[] {
  const framed = [
    ...withMounts(context, withDescribed(context, withRegistrars(context, routerRoutes(context)))),
    ...decoratorRoutes(context),
    ...fileRoutes(context),
    ...procedureRoutes(context),
    ...codeFirstRoutes(context),
    ...tanstackRoutes(context),
    ...qwikRoutes(context),
    ...moleculerRoutes(context),
    ...feathersRoutes(context),
  ];
  // Where a router stands behind the one function that answers everything, its routes say more than the function does.
  const isWhole = ({ framework, handler }: Route): boolean =>
    framework === edgeWorker || (/^(lambda|cloudflare)$/.test(framework) && handler === null);
  const called = functionRoutes(context).filter((route) => framed.length === 0 || !isWhole(route));
  const routes = [...framed, ...called];
  return routes.sort((a, b) => byCodeUnit(a.file, b.file) || a.line - b.line || byCodeUnit(a.method, b.method));
}

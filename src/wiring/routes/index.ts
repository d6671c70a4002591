import { byCodeUnit } from '../../model/paths.ts';
import type { Route } from '../../model/wiring.ts';
import type { RouteContext } from './_finder.ts';
import { decoratorRoutes } from './decorators.ts';
import { fileRoutes } from './files.ts';
import { functionRoutes } from './functions.ts';
import { withMounts } from './mounts.ts';
import { procedureRoutes } from './procedures.ts';
import { routerRoutes } from './routers.ts';

/** Every place that answers requests, in the order of files and lines. */
export function routesOf(context: RouteContext): Route[] {
  const routes = [
    ...withMounts(context, routerRoutes(context)),
    ...decoratorRoutes(context),
    ...fileRoutes(context),
    ...procedureRoutes(context),
    ...functionRoutes(context),
  ];
  return routes.sort((a, b) => byCodeUnit(a.file, b.file) || a.line - b.line || byCodeUnit(a.method, b.method));
}

import { parse } from 'jsonc-parser';
import { asRecord } from '../../model/data.ts';
import { dirOf, joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';
import { nodeMajor } from './project.ts';

/** Packages and folders that decide which variant of a template fits. */
const stack: Parameters = ({ model, component, view }) => {
  const folder = component?.path ?? '.';
  const manifest = manifestOf(model, folder);
  const declared = { ...manifest?.devDependencies, ...manifest?.dependencies };
  const has = (name: string): boolean => declared[name] !== undefined;
  const vite = has('vite');
  const nodeTypes = /\d+/.exec(declared['@types/node'] ?? '')?.[0];
  return {
    /** A server can end connections that wait for nothing: Node 18, and where there is a compiler, types that know of it. */
    closesIdle:
      nodeMajor(model, folder) >= 18 &&
      !component?.frameworks.includes('hono') &&
      (has('typescript') ? Number(nodeTypes ?? 0) >= 18 : true),
    looseTypes: has('typescript') ? looseTypes(view, folder) : true,
    nestFastify: has('@nestjs/platform-fastify'),
    koaRouter: ['@koa/router', 'koa-router'].find(has) ?? null,
    /** A request has the socket that it came by. */
    honoNode: has('@hono/node-server'),
    vite,
    viteReact: vite && has('react'),
    viteVue: vite && has('vue'),
    react: has('react'),
    react18: majorOf(declared.react) >= 18,
    vue: has('vue'),
    vue3: majorOf(declared.vue) >= 3,
    reactQuery: has('@tanstack/react-query'),
    vueQuery: has('@tanstack/vue-query'),
    validatorClasses:
      component?.language === 'js' && model.wiring.of(component).packages().has('class-validator') ? true : null,
    jest: has('jest'),
    vitest: has('vitest'),
    mocha: has('mocha'),
  };
};
export default stack;

const majorOf = (range: string | undefined): number => Number(/\d+/.exec(range ?? '')?.[0] ?? 0);

/** The compiler forgives types of packages that need `esModuleInterop`: it has that, or does not look at them. */
function looseTypes(view: RepoView, folder: string): boolean {
  let path: string | null = within(folder, 'tsconfig.json');
  for (let depth = 0; path !== null && depth < 5; depth++) {
    const config = asRecord(parse(view.read(path) ?? '{}'));
    const options = asRecord(config.compilerOptions);
    if (
      options.skipLibCheck === true ||
      options.esModuleInterop === true ||
      /^(node16|node18|nodenext)$/i.test(String(options.module))
    )
      return true;
    const above: unknown = config.extends;
    path =
      typeof above === 'string' && above.startsWith('.')
        ? joinPath(dirOf(path), above.endsWith('.json') ? above : `${above}.json`)
        : null;
  }
  return false;
}

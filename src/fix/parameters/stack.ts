import { manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';

/** Packages and folders that decide which variant of a template fits. */
const stack: Parameters = ({ model, component, view }) => {
  const folder = component?.path ?? '.';
  const manifest = manifestOf(model, folder);
  const declared = { ...manifest?.devDependencies, ...manifest?.dependencies };
  const has = (name: string): boolean => declared[name] !== undefined;
  const vite = has('vite');
  const nextApp =
    ['src/app', 'app'].map((name) => within(folder, name)).find((path) => view.hasDirectory(path)) ?? null;
  const live = component?.language === 'js' ? model.wiring.of(component).packages() : new Map();
  return {
    mongoose: has('mongoose') && live.get('mongoose')?.live === 'live',
    nestFastify: has('@nestjs/platform-fastify'),
    koaRouter: ['@koa/router', 'koa-router'].find(has) ?? null,
    vite,
    viteReact: vite && has('react'),
    viteVue: vite && has('vue'),
    react: has('react'),
    vue: has('vue'),
    nextApp: has('next') ? nextApp : null,
    nextRoot: nextApp?.endsWith('src/app') ? `${within(folder, 'src')}/` : folder === '.' ? '' : `${folder}/`,
    jest: has('jest'),
    vitest: has('vitest'),
    mocha: has('mocha'),
  };
};
export default stack;

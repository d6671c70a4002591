import { dirOf, joinPath } from '../../model/paths.ts';
import { conventional, type EntryContext, type EntryProvider } from './_provider.ts';

const packages = [
  '@remix-run/dev',
  '@remix-run/serve',
  '@remix-run/node',
  '@react-router/dev',
  '@react-router/node',
  '@shopify/hydrogen',
];
const code = '{js,jsx,ts,tsx,mjs,mts}';

/** Remix and React Router load their files by place in one folder, and those that its `routes` file names. */
const reactRouter: EntryProvider = {
  name: 'react-router',
  entries(context) {
    if (!context.depends(...packages)) return [];
    const app = appFolder(context);
    const files = context.match(
      `${app}/{root,routes,entry.client,entry.server}.${code}`,
      `${app}/routes/**/*.${code}`,
      `${app}/**/route.${code}`,
      `server.${code}`,
      `${app}/server.${code}`,
      `server/{index,app}.${code}`,
    );
    const named = context.match(`${app}/routes.${code}`).flatMap((file) => routesIn(context, file));
    return conventional([...new Set([...files, ...named])], 'Remix or React Router loads it by its place');
  },
};
export default reactRouter;

/** `appDirectory: 'src'` of the configuration. */
function appFolder(context: EntryContext): string {
  const configs = context.match(`react-router.config.${code}`, `remix.config.${code}`, `vite.config.${code}`);
  const [, folder] =
    /\bappDirectory\s*:\s*['"`]([\w./-]+)['"`]/.exec(configs.map((file) => context.view.text(file)).join('\n')) ?? [];
  return (folder ?? 'app').replace(/^\.\/|\/$/g, '');
}

/** `route('login', './pages/login.tsx')`. */
function routesIn(context: EntryContext, file: string): string[] {
  const own = new Set(context.own);
  return [...context.view.text(file).matchAll(/['"`]([\w./$()[\]-]+\.[jt]sx?)['"`]/g)].flatMap(([, written]) => {
    const path = joinPath(dirOf(file), written!);
    return path !== null && own.has(path) ? [path] : [];
  });
}

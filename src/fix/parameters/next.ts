import { relativeTo } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';

/** Where a Next.js app keeps its routes, its config and what stands before every request, and what its version knows. */
const next: Parameters = ({ model, component, view }) => {
  const folder = component?.path ?? '.';
  const manifest = manifestOf(model, folder);
  const range = { ...manifest?.devDependencies, ...manifest?.dependencies }.next;
  const uses = range !== undefined;
  const routes = (name: string): string | null =>
    (uses && ['src/', ''].map((start) => within(folder, start + name)).find((path) => view.hasDirectory(path))) || null;
  const [app, pages] = [routes('app'), routes('pages')];
  const src = /(^|\/)src\/(app|pages)$/.test(app ?? pages ?? '');
  const root = src ? `${within(folder, 'src')}/` : folder === '.' ? '' : `${folder}/`;
  const version = Number(/\d+/.exec(range ?? '')?.[0] ?? 0);
  const config = view.glob(within(folder, 'next.config.{js,mjs,cjs,ts,mts}'))[0] ?? null;
  return {
    nextApp: app,
    nextPages: pages,
    nextRoot: root,
    nextDocument: pages && one(view, `${pages}/_document`),
    nextAppPage: pages && one(view, `${pages}/_app`),
    nextSwSource: app && `${relativeTo(app, folder)}/sw.js`,
    nextHas404: pages !== null && one(view, `${pages}/404`) !== null,
    nextConfig: config,
    /** Written out as files: nothing of ours answers requests. */
    nextExports: /\boutput\s*:\s*['"]export['"]/.test(config === null ? '' : view.text(config)),
    /** The function before every request goes by another name since version 16. */
    nextGuardless: uses && !['middleware', 'proxy'].some((name) => one(view, root + name) !== null),
    /** Its configuration is a module that can be wrapped, and webpack builds it: plugins for webpack work. */
    nextWebpackModule:
      config !== null &&
      (/\.m?ts$|\.mjs$/.test(config) || manifest?.type === 'module') &&
      version >= 14 &&
      version < 16 &&
      !/--turbo/.test(manifest?.scripts.build ?? ''),
    nextProxies: version >= 16,
    /** Runs `instrumentation` without being told to. */
    nextInstruments: version >= 15,
  };
};
export default next;

const one = (view: RepoView, path: string): string | null => view.glob(`${path}.{tsx,ts,jsx,js}`)[0] ?? null;

import type { AuditModel } from '../../model/audit-model.ts';
import { relativeTo } from '../../model/paths.ts';
import { installingOf, manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';

/** Names, folders, the package manager and its words, the version of Node. */
const project: Parameters = ({ model, component }) => {
  const folder = component?.path ?? '.';
  const manifest = manifestOf(model, folder);
  const { manager, root, lockfile, berry } = installingOf(model, folder);
  const scripts = manifest?.scripts ?? {};
  const lockfileName = lockfile?.path.split('/').at(-1) ?? null;
  const node = nodeMajor(model, folder);
  return {
    name: component?.name ?? manifest?.name ?? 'app',
    slug: slugOf(component?.name ?? manifest?.name ?? 'app'),
    folder,
    prefix: folder === '.' ? '' : `${folder}/`,
    atRoot: folder === '.',
    node,
    /** `fetch` and today's npm came with it. */
    node18: node >= 18,
    pm: manager,
    npm: manager === 'npm',
    pnpm: manager === 'pnpm',
    yarn: manager === 'yarn',
    bun: manager === 'bun',
    install: installCommand(manager, berry, lockfile !== null),
    productionInstall: productionCommand(manager, berry, lockfile !== null),
    run: manager === 'yarn' ? 'yarn' : `${manager} run`,
    lockfile: lockfileName,
    installRoot: root,
    workspaceMember: root !== folder,
    fromRoot: relativeTo(folder, root),
    scripts: Object.entries(scripts).map(([script, command]) => ({ script, command })),
    buildScript: scripts.build !== undefined,
    testScript: scripts.test !== undefined && !/no test specified/.test(scripts.test),
    lintScript: scripts.lint !== undefined,
    typecheckScript: ['typecheck', 'type-check', 'check-types'].find((script) => scripts[script] !== undefined) ?? null,
    startScript: scripts['start:prod'] !== undefined ? 'start:prod' : scripts.start !== undefined ? 'start' : null,
    nvmrc: within(folder, '.nvmrc'),
  };
};
export default project;

export const slugOf = (name: string): string =>
  name
    .replace(/^@[^/]+\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'app';

function installCommand(manager: string, berry: boolean, locked: boolean): string {
  if (!locked) return manager === 'npm' ? 'npm install' : `${manager} install`;
  if (manager === 'npm') return 'npm ci';
  return manager === 'yarn' && berry ? 'yarn install --immutable' : `${manager} install --frozen-lockfile`;
}

function productionCommand(manager: string, berry: boolean, locked: boolean): string {
  if (manager === 'npm') return locked ? 'npm ci --omit=dev' : 'npm install --omit=dev';
  if (manager === 'pnpm') return `pnpm install --prod${locked ? ' --frozen-lockfile' : ''}`;
  if (manager === 'bun') return `bun install --production${locked ? ' --frozen-lockfile' : ''}`;
  return berry
    ? 'yarn workspaces focus --production'
    : `yarn install --production${locked ? ' --frozen-lockfile' : ''}`;
}

/** The Node that is meant when nothing says which: the oldest line in long-term support that the ranges allow. */
const usualNode = 22;

export function nodeMajor(model: AuditModel, folder: string): number {
  const { view, facts } = model;
  for (const place of new Set([folder, '.'])) {
    for (const name of ['.nvmrc', '.node-version']) {
      const exact = /^v?(\d+)/.exec(view.read(within(place, name))?.trim() ?? '')?.[1];
      if (exact) return Number(exact);
    }
  }
  for (const place of new Set([folder, '.'])) {
    const range = manifestOf(model, place)?.engines.node;
    const least = /(\d+)/.exec(range ?? '')?.[1];
    if (least) return /^\s*>/.test(range!) && !/</.test(range!) ? Math.max(usualNode, Number(least)) : Number(least);
  }
  const image = facts.dockerfiles
    .flatMap((file) => file.stages.map((stage) => stage.base))
    .find((base) => base.image === 'node' && /^\d+/.test(base.tag ?? ''));
  return image ? Number(/^\d+/.exec(image.tag!)![0]) : usualNode;
}

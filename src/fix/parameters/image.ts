import { runsOf } from '../../commands/index.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { ManifestFact } from '../../model/facts/index.ts';
import { joinPath, relativeTo } from '../../model/paths.ts';
import type { Subject } from '../types.ts';
import { installingOf, manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';
import { nodeMajor } from './project.ts';

const developing = /^(nodemon|ts-node-dev|tsx|ts-node|vite|nest|babel-node)$/;

/** What an image is built from: install, build, start, health, and whether a browser is all that runs it. */
const image: Parameters = (subject) => {
  const { model, component, view } = subject;
  const folder = component?.path ?? '.';
  const manifest = manifestOf(model, folder);
  const { manager, root, lockfile, berry } = installingOf(model, folder);
  const start = manifest ? startOf(manifest, subject) : null;
  const health = healthPath(subject);
  const packages = { ...manifest?.dependencies, ...manifest?.devDependencies };
  const prismaSchema = model.facts.dataSchemas.find(
    (one) => one.orm === 'prisma' && one.role === 'schema' && one.path.startsWith(folder === '.' ? '' : `${folder}/`),
  );
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare'].some(
    (name) => manifest?.scripts[name] !== undefined,
  );
  const member = root !== folder;
  const contextFiles = [
    ...new Set([
      'package.json',
      lockfile?.path.split('/').at(-1),
      '.npmrc',
      '.yarnrc.yml',
      '.yarn',
      'pnpm-workspace.yaml',
    ]),
  ].filter(
    (name): name is string =>
      name !== undefined && (view.has(within(root, name)) || view.hasDirectory(within(root, name))),
  );
  return {
    dockerfile: within(folder, 'Dockerfile'),
    dockerignore: within(root, '.dockerignore'),
    hasDockerignore: view.has(within(root, '.dockerignore')),
    copied: contextFiles.map((name) => ({ name, folder: view.hasDirectory(within(root, name)) })),
    manifestsFirst: !member && !hooks,
    start: start === null ? null : `[${start.map((word) => JSON.stringify(word)).join(', ')}]`,
    servable: start !== null,
    bundled: component?.kind === 'web' && !component.traits.includes('http') && manifest?.scripts.build !== undefined,
    outFolder: packages['react-scripts'] ? 'build' : outFolder(subject),
    next: packages.next !== undefined,
    prisma: packages.prisma !== undefined || packages['@prisma/client'] !== undefined,
    prismaGenerate:
      prismaSchema !== undefined &&
      !/prisma generate/.test(`${manifest?.scripts.build} ${manifest?.scripts.postinstall}`),
    /** Variables that Prisma's configuration will not be read without, also where nothing connects. */
    prismaAsks: view
      .glob(within(folder, 'prisma.config.{ts,mts,cts,js,mjs,cjs}'))
      .flatMap((path) => [...view.text(path).matchAll(/\benv\(\s*['"](\w+)['"]\s*\)/g)])
      .map(([, name]) => ({ name })),
    // Yarn 1 throws away the client that Prisma generated when it installs again.
    prune:
      manager === 'yarn' && packages['@prisma/client']
        ? null
        : pruneCommand(manager, berry, member, nodeMajor(model, folder)),
    needsDevelopment: start !== null && /^(?:tsx|ts-node|next)$/.test(start[0] ?? '') && !('next' in packages),
    /** Packages of the workspace that it uses and that are built themselves, each after what it uses. */
    builtBefore: member ? builtBefore(folder, model).map((dir) => ({ at: relativeTo(dir, root) })) : [],
    runBuild: `${manager} run build`,
    buildCommand: manifest?.scripts.build === undefined ? null : `${manager} run build`,
    healthPath: health ?? '/',
    /** Somebody asks it: a worker waits for jobs alone. */
    listens: component !== null && component.kind !== 'worker',
    hasHealth: health !== null,
    hasReady: readyRoute(subject),
    setup: setupOf(subject),
  };
};
export default image;

/** What brings the package manager into the image. Corepack would take the newest pnpm, and newer Node comes without Corepack. */
function setupOf({ model, component, view }: Subject): string | null {
  const { manager, root, lockfile, berry } = installingOf(model, component?.path ?? '.');
  if (manager === 'bun') return 'npm install -g bun';
  if (manager !== 'pnpm') return berry ? 'corepack enable' : null;
  const said = /^pnpm@([\d.]+)/.exec(manifestOf(model, root)?.packageManager ?? '')?.[1];
  const format = /^lockfileVersion: '?(\d+)/m.exec(lockfile ? view.text(lockfile.path) : '')?.[1];
  return `npm install -g pnpm@${said ?? { 5: 7, 6: 8 }[Number(format)] ?? 10}`;
}

/** Where the bundler writes, within the package; null where it writes elsewhere or the place is worked out. */
function outFolder({ view, component }: Subject): string | null {
  const file = view.glob(within(component?.path ?? '.', 'vite.config.{ts,mts,js,mjs,cjs}'))[0];
  const text = file === undefined ? '' : view.text(file);
  if (!/\boutDir\s*:/.test(text)) return 'dist';
  const said =
    /\boutDir\s*:\s*(?:(?:path\.)?(?:resolve|join)\(\s*__dirname\s*,\s*)?['"](?:\.\/)?([\w-][\w./-]*)['"]/.exec(
      text,
    )?.[1];
  return said ?? null;
}

function builtBefore(folder: string, model: AuditModel, seen = new Set([folder])): string[] {
  const { manifests } = model.facts;
  const manifest = manifestOf(model, folder);
  const names = Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies });
  return names.flatMap((name) => {
    const used = manifests.find((one) => one.name === name);
    if (!used || seen.has(used.dir)) return [];
    seen.add(used.dir);
    const own = used.scripts.build === undefined ? [] : [used.dir];
    return [...builtBefore(used.dir, model, seen), ...own];
  });
}

function pruneCommand(manager: string, berry: boolean, member: boolean, node: number): string | null {
  // npm 8 came with Node 16.
  if (manager === 'npm') return node < 16 ? 'npm prune --production' : 'npm prune --omit=dev';
  if (manager === 'pnpm') return member ? null : 'CI=true pnpm prune --prod';
  if (manager === 'yarn')
    return berry ? null : 'yarn install --production --ignore-scripts --prefer-offline --frozen-lockfile';
  return null;
}

/** Words of the process that serves, with nothing between it and the signals: `node dist/index.js`. */
export function startOf(manifest: ManifestFact, { model, view }: Pick<Subject, 'model' | 'view'>): string[] | null {
  for (const name of ['start:prod', 'start:production', 'serve:prod', 'start']) {
    const script = manifest.scripts[name];
    if (script === undefined) continue;
    const runs = runsOf(script, { cwd: manifest.dir, facts: model.facts, view }).filter((run) => !run.echoOnly);
    const last = runs.at(-1);
    if (!last || last.cwd !== manifest.dir) continue;
    if (last.program === 'node' && !last.argv.includes('--watch')) return last.argv;
    if (last.program === 'next' && last.argv[1] === 'start') return ['node_modules/.bin/next', 'start'];
    if (last.program === 'nest' && !last.argv.includes('--watch')) return ['node', 'dist/main'];
    if (last.program === 'tsx' || last.program === 'ts-node')
      return last.argv.includes('watch') ? null : [`node_modules/.bin/${last.program}`, ...last.argv.slice(1)];
    if (!developing.test(last.program)) return null;
  }
  const main = manifest.main === null ? null : joinPath(manifest.dir, manifest.main);
  return main !== null && view.has(main) && /\.[cm]?js$/.test(main) ? ['node', manifest.main!] : null;
}

const readyRoute = ({ model, component }: Subject): boolean =>
  component?.language === 'js' &&
  model.wiring
    .of(component)
    .routes()
    .some((route) => route.live === 'live' && /\/(ready|readyz|readiness)\/?$/.test(route.path));

const healthRoutes = /^(?:\/api)?\/(health|healthz|healthcheck|health-check|livez|live|readyz|ready|ping|status|up)$/;

/** The path of an endpoint made for it, readiness not first: an orchestrator restarts by it. */
export function healthPath({ model, component }: Subject): string | null {
  if (component?.language !== 'js') return null;
  const found = model.wiring
    .of(component)
    .routes()
    .filter(
      (route) =>
        route.live === 'live' && /GET|ALL/.test(route.method) && healthRoutes.test(route.path.replace(/\/$/, '')),
    );
  return (
    found
      .map((route) => route.path.replace(/\/$/, ''))
      .sort((a, b) => Number(/ready/.test(a)) - Number(/ready/.test(b)) || a.length - b.length)[0] ?? null
  );
}

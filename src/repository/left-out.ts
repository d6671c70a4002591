import { baseOf, dirOf } from '../model/paths.ts';

/** Folders that are never the project's own code, wherever they stand. The walk does not even enter them. */
const foreignFolders = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.pnpm-store',
  '.venv',
  'venv',
  'site-packages',
  '__pycache__',
  '.tox',
  '.mypy_cache',
  '.pytest_cache',
  '.gradle',
  '.terraform',
  'Pods',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.angular',
  '.astro',
  '.docusaurus',
  '.expo',
  '.turbo',
  '.nx',
  '.cache',
  '.parcel-cache',
  '.nyc_output',
  '.serverless',
  '.wrangler',
  '.vercel',
  '.netlify',
  'storybook-static',
  'third_party',
]);
const yarnFolders = new Set(['cache', 'releases', 'plugins', 'sdks', 'unplugged', 'versions']);

/** True for a folder that is never entered; `path` is the folder's own. */
export function isForeignFolder(path: string): boolean {
  const name = baseOf(path);
  return foreignFolders.has(name) || (yarnFolders.has(name) && baseOf(dirOf(path)) === '.yarn');
}

const minified = /[.-]min\.(js|mjs|cjs|css)$|\.(bundle|chunk)\.(js|mjs|css)$|\.map$/;

export const isMinified = (path: string): boolean => minified.test(path);

const vendorOwners = ['go.mod', 'composer.json', 'Gemfile', 'config.ru'];
const assetFolders = new Set(['public', 'static', 'assets', 'www', 'wwwroot']);
const script = /\.(js|mjs|cjs|jsx)$/;
const typed = /\.(ts|tsx|mts|cts|jsx|vue|svelte)$/;

/**
 * Drops what is vendored, built or minified from the list. Names alone do not decide: `build/` may hold build scripts, `vendor/` a
 * component of a shop, so a folder of such a name goes only when what lies in or beside it shows what it is.
 */
export function withoutLeftOut(paths: readonly string[]): string[] {
  const all = new Set(paths);
  const verdicts = new Map<string, boolean>();
  const contents = suspects(paths);
  const dropped = (folder: string): boolean => {
    if (folder === '.') return false;
    const before = verdicts.get(folder);
    if (before !== undefined) return before;
    const verdict =
      dropped(dirOf(folder)) || isForeignFolder(folder) || isProduct(folder, contents.get(folder) ?? [], all);
    verdicts.set(folder, verdict);
    return verdict;
  };
  return paths.filter((path) => !isMinified(path) && !dropped(dirOf(path)));
}

const suspectNames = new Set(['vendor', 'dist', 'build', 'out', 'coverage', 'target', 'generated', 'client']);

/** The files under each folder whose name makes it a suspect. */
function suspects(paths: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    const parts = path.split('/');
    for (let i = 0; i < parts.length - 1; i++) {
      if (!suspectNames.has(parts[i]!)) continue;
      const folder = parts.slice(0, i + 1).join('/');
      const list = found.get(folder);
      if (list) list.push(path);
      else found.set(folder, [path]);
    }
  }
  return found;
}

function isProduct(folder: string, files: readonly string[], all: ReadonlySet<string>): boolean {
  if (files.length === 0) return false;
  const parent = dirOf(folder);
  const beside = (name: string): boolean => all.has(parent === '.' ? name : `${parent}/${name}`);
  const inside = (name: string): boolean => all.has(`${folder}/${name}`);
  switch (baseOf(folder)) {
    case 'vendor':
      return vendorOwners.some(beside) || inside('modules.txt') || inside('autoload.php') || isAsset(folder);
    case 'target':
      return beside('Cargo.toml') || beside('pom.xml');
    case 'coverage':
      return inside('lcov.info') || inside('coverage-final.json') || inside('lcov-report/index.html');
    case 'dist':
      return (
        !inside('package.json') && (beside('package.json') || beside('index.html') || isCompiled(folder, files, all))
      );
    case 'build':
    case 'out':
      return !inside('package.json') && isCompiled(folder, files, all);
    default:
      // A generated database client: its engine or runtime lies beside a copy of the schema.
      return inside('schema.prisma') && (inside('runtime/library.js') || inside('runtime/client.js'));
  }
}

const isAsset = (folder: string): boolean => folder.split('/').some((part) => assetFolders.has(part));

/** Compiled output: marks that a bundler leaves, or scripts that each have a typed source of the same name. */
function isCompiled(folder: string, files: readonly string[], all: ReadonlySet<string>): boolean {
  if (files.some((file) => /\.map$|asset-manifest\.json$|\.chunk\.js$|[.-][0-9a-f]{8,20}\.(js|css)$/.test(file)))
    return true;
  if (files.some((file) => typed.test(file) && !file.endsWith('.d.ts'))) return false;
  const scripts = files.filter((file) => script.test(file));
  return scripts.length > 0 && scripts.every((file) => hasSource(file, folder, all));
}

function hasSource(file: string, folder: string, all: ReadonlySet<string>): boolean {
  const parent = dirOf(folder);
  const stem = file.slice(folder.length + 1).replace(script, '');
  return ['', 'src/', 'lib/', 'app/'].some((source) =>
    ['.ts', '.tsx', '.mts', '.cts'].some((ending) =>
      all.has(`${parent === '.' ? '' : `${parent}/`}${source}${stem}${ending}`),
    ),
  );
}

import ignore from 'ignore';
import { asList, asRecord, asText, isRecord, lineIn } from '../model/data.ts';
import { lineAt, lineStartsOf } from '../model/evidence.ts';
import type { Analyzer, WebManifestFact } from '../model/facts/index.ts';
import { baseOf, dirOf, joinPath, relativeTo } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { readJson } from './shared/yaml.ts';

/** Folders that a web server or a bundler serves as they are. */
const served = new Set([
  'public',
  'static',
  'assets',
  'src',
  'app',
  'www',
  'web',
  'dist',
  'wwwroot',
  'htdocs',
  'client',
  'favicon',
  'favicons',
  'icons',
  'pwa',
]);

const webManifests: Analyzer<'webManifests'> = {
  gives: 'webManifests',
  sees: 'Web app manifests as files (manifest.json, site.webmanifest and their kin) and as the manifest route of Next.js.',
  blindTo: 'Manifests that a plugin writes at build time.',
  analyze: (view) => [
    ...view
      .glob(['**/*.webmanifest', '**/manifest.json', '**/{site,app}.manifest{,.json}', '**/manifest.webapp'])
      .flatMap((path) => fromJson(view, path) ?? []),
    ...view
      .glob(['**/app/manifest.{ts,js,mjs}', '**/app/**/manifest.{ts,js,mjs}'])
      .flatMap((path) => fromCode(view, path) ?? []),
  ],
};
export default webManifests;

function fromJson(view: RepoView, path: string): WebManifestFact | null {
  const named = path.endsWith('.webmanifest');
  if (
    !named &&
    dirOf(path) !== '.' &&
    !dirOf(path)
      .split('/')
      .some((part) => served.has(part))
  )
    return null;
  const document = readJson(view.text(path)).documents[0];
  if (!document || !isRecord(document.data)) return null;
  const { data, lines } = document;
  // Extensions, build tools and other programs have a manifest.json too.
  if (
    data.manifest_version !== undefined ||
    (!named && !('icons' in data) && !('start_url' in data) && !('display' in data))
  )
    return null;
  if (!named && isRecord(data.icons) && !('start_url' in data)) return null;
  const icons = asList(data.icons).flatMap((icon) => {
    const src = asText(asRecord(icon).src);
    return src === null
      ? []
      : [{ src, sizes: asText(asRecord(icon).sizes) ?? '', exists: iconExists(view, path, src) }];
  });
  return {
    path,
    name: asText(data.name) || asText(data.short_name) || null,
    startUrl: asText(data.start_url) || null,
    icons,
    line: lineIn(lines, 'name'),
  };
}

/** An icon may be said relative to the manifest or to the root that is served; one elsewhere on the web is taken on trust. */
function iconExists(view: RepoView, path: string, src: string): boolean {
  if (/^(https?:|data:|\/\/)/.test(src) || /%[A-Z_]+%|\$\{|<%/.test(src)) return true;
  const plain = src.replace(/[?#].*$/, '').replace(/^\.?\//, '');
  const base = dirOf(path);
  if (!src.startsWith('/') && view.has(joinPath(base, plain) ?? '')) return true;
  // The app may be served under a base path, which no folder is called after.
  const names = src.startsWith('/') && plain.includes('/') ? [plain, plain.slice(plain.indexOf('/') + 1)] : [plain];
  for (let folder = base; ; folder = dirOf(folder)) {
    const found = ['', 'public', 'static', 'src', 'www'].some((root) =>
      names.some((name) => view.has(joinPath(folder, root, name) ?? '')),
    );
    if (found) return true;
    if (folder === '.') break;
  }
  // Angular and Nx copy assets together from folders of other projects.
  if (plain.includes('/') && view.list().some((file) => file.endsWith(`/${plain}`))) return true;
  return keptOutOfGit(view, joinPath(base, plain) ?? plain);
}

/** Git ignores the place: a script writes the file there, and that it is not tracked says nothing. */
function keptOutOfGit(view: RepoView, path: string): boolean {
  for (let folder = dirOf(path); ; folder = dirOf(folder)) {
    const rules = view.read(joinPath(folder, '.gitignore')!);
    if (rules !== null && ignore().add(rules).ignores(relativeTo(path, folder))) return true;
    if (folder === '.') return false;
  }
}

/** Next.js turns `app/manifest.ts` into the manifest; read as text. */
function fromCode(view: RepoView, path: string): WebManifestFact | null {
  const text = view.read(path);
  if (
    text === null ||
    !/MetadataRoute|export\s+default|module\.exports/.test(text) ||
    !/\bicons\b|\bstart_url\b|\bname\b/.test(text)
  )
    return null;
  const value = (key: string) => new RegExp(`\\b${key}\\s*:\\s*(["'\`])([^"'\`\\n]*)\\1`).exec(text);
  const stated = (key: string) => value(key)?.[2] ?? (new RegExp(`\\b${key}\\s*[:,]`).test(text) ? '' : null);
  const folder = dirOf(path).replace(/(^|\/)(src\/)?app(\/.*)?$/, '') || '.';
  const icons = [...text.matchAll(/\bsrc\s*:\s*(["'`])([^"'`\n]*)\1([^}]*)/g)].map((match) => {
    const src = match[2]!;
    const sizes = /\bsizes\s*:\s*(["'`])([^"'`\n]*)\1/.exec(match[3]!)?.[2] ?? '';
    return {
      src,
      sizes,
      exists: iconExists(view, joinPath(folder, 'public', baseOf(path)) ?? path, src) || generated(view, path, src),
    };
  });
  const at = value('name')?.index ?? 0;
  return {
    path,
    name: stated('name') ?? stated('short_name'),
    startUrl: stated('start_url'),
    icons,
    line: lineAt(lineStartsOf(text), at),
  };
}

/** Next.js serves `app/icon.png` and `app/icon.tsx` under the name itself. */
function generated(view: RepoView, path: string, src: string): boolean {
  const name = src
    .replace(/^\//, '')
    .replace(/[?#].*$/, '')
    .replace(/\.\w+$/, '');
  return view.glob(`${dirOf(path)}/${name}.{ico,png,jpg,jpeg,svg,tsx,ts,js,jsx}`).length > 0;
}

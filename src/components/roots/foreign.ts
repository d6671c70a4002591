import type { ComponentRoot } from '../../model/component.ts';
import type { Facts, ForeignManifestFact } from '../../model/facts/index.ts';
import { baseOf, byCodeUnit, dirOf } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { isInert } from '../places.ts';

/** Native parts of an app that another manifest describes. */
const nativeParts = new Set(['src-tauri', 'ios', 'android', 'macos', 'windows', 'linux', 'native', 'app']);
const testing = /^(xunit|nunit|mstest|microsoft\.net\.test\.sdk)/i;

/** Components in other languages, one per folder; `packages` are the folders that a package.json already claims. */
export function foreignRoots(view: RepoView, facts: Facts, packages: ReadonlySet<string>): ComponentRoot[] {
  const byFolder = new Map<string, ForeignManifestFact>();
  for (const manifest of facts.foreignManifests) {
    const folder = folderOf(manifest);
    if (packages.has(folder) || byFolder.has(folder) || !isProject(manifest, view) || isInert(folder)) continue;
    if (isPartOfPackage(folder, manifest, facts, packages)) continue;
    byFolder.set(folder, manifest);
  }
  return [...byFolder].sort((a, b) => byCodeUnit(a[0], b[0])).map(([folder, manifest]) => rootOf(folder, manifest));
}

/** `requirements/base.txt` and `src/shop.csproj` speak for the folder above them, where that is not the root of all. */
function folderOf({ dir }: ForeignManifestFact): string {
  if (baseOf(dir) === 'requirements') return dirOf(dir);
  return baseOf(dir) === 'src' && dirOf(dir) !== '.' ? dirOf(dir) : dir;
}

function rootOf(folder: string, manifest: ForeignManifestFact): ComponentRoot {
  const short = manifest.name?.split('/').at(-1);
  const name = short || (folder === '.' ? 'root' : baseOf(folder));
  return {
    path: folder,
    name,
    language: manifest.language,
    manifest: manifest.path,
    evidence: [{ file: manifest.path, line: 1, note: `${baseOf(manifest.path)} of ${name}` }],
  };
}

/** No test project, and no manifest that only holds modules together. */
function isProject(manifest: ForeignManifestFact, view: RepoView): boolean {
  const text = view.text(manifest.path);
  switch (baseOf(manifest.path)) {
    case 'pom.xml':
      return !/<modules>|<packaging>\s*pom\s*</.test(text);
    case 'Cargo.toml':
      return /^\s*\[package\]/m.test(text);
    case 'build.gradle':
    case 'build.gradle.kts':
      return view.hasDirectory(manifest.dir === '.' ? 'src' : `${manifest.dir}/src`);
    case 'pyproject.toml':
      return /^\s*\[(project|tool\.poetry|tool\.pdm)\]|^\s*\[tool\.poetry\.dependencies\]/m.test(text);
    default:
      return !(manifest.language === 'dotnet' && manifest.dependencies.some((d) => testing.test(d.name)));
  }
}

const nativeLanguages = new Set(['rust', 'dart', 'kotlin', 'java', 'swift', 'ruby']);

/** The native half of a mobile or desktop app, or a native module inside a package, is part of that package unless it has its own image. */
function isPartOfPackage(
  folder: string,
  manifest: ForeignManifestFact,
  facts: Facts,
  packages: ReadonlySet<string>,
): boolean {
  if (!nativeLanguages.has(manifest.language)) return false;
  let above = folder;
  let native = false;
  while (above !== '.') {
    native ||= nativeParts.has(baseOf(above));
    above = dirOf(above);
    if (above === '.' ? native && packages.has('.') : packages.has(above))
      return !facts.dockerfiles.some((dockerfile) => dockerfile.dir === folder);
  }
  return false;
}

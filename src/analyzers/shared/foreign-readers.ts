import type { Language } from '../../model/component.ts';
import type { ForeignManifestFact } from '../../model/facts/index.ts';

type Dependencies = ForeignManifestFact['dependencies'];
export interface ForeignReader {
  /** Glob of the file's base name. */
  file: string;
  language: Language;
  /** The project's own name as the text states it, or null. */
  name(text: string): string | null;
  dependencies(text: string): Dependencies;
}

const first = (pattern: RegExp) => (text: string) => pattern.exec(text)?.[1] ?? null;
const nameless = () => null;

/** One dependency per line, wherever the pattern (one group) matches. */
const perLine =
  (pattern: RegExp) =>
  (text: string): Dependencies =>
    text.split('\n').flatMap((line, i) => {
      const name = pattern.exec(line)?.[1];
      return name ? [{ name, line: i + 1 }] : [];
    });

/** Keys of the TOML tables whose header matches; also `[dependencies.name]` tables. */
const tomlKeys =
  (table: RegExp) =>
  (text: string): Dependencies => {
    let inside = false;
    return text.split('\n').flatMap((line, i) => {
      const header = /^\s*\[+([^\]]+)\]/.exec(line)?.[1];
      if (header !== undefined) {
        inside = table.test(header);
        const parts = header.split('.');
        const own = !inside && table.test(parts.slice(0, -1).join('.')) ? parts.at(-1) : undefined;
        return own ? [{ name: own.replace(/["']/g, ''), line: i + 1 }] : [];
      }
      const key = inside ? /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=/.exec(line)?.[1] : undefined;
      return key && key !== 'python' ? [{ name: key, line: i + 1 }] : [];
    });
  };

/** Requirement strings (`"fastapi>=0.1"`) in the arrays of pyproject.toml's `dependencies` and optional groups. */
function requirementStrings(text: string): Dependencies {
  let open = false;
  return text.split('\n').flatMap((line, i) => {
    if (/^\s*\[[^\]"']+\]\s*$/.test(line)) open = false;
    const starts = /^\s*(dependencies|requires|[\w-]+)\s*=\s*\[/.exec(line);
    if (starts) open = starts[1] !== 'requires';
    const found = open
      ? [...line.matchAll(/["']([A-Za-z0-9][\w.-]*)(?:\[[^\]"']*\])?\s*(?:[<>=!~;@ ][^"']*)?["']/g)]
      : [];
    if (open && /\]\s*,?\s*(#.*)?$/.test(line)) open = false;
    return found.map((match) => ({ name: match[1]!, line: i + 1 }));
  });
}

const pom = perLine(/<artifactId>\s*([^<\s]+)\s*<\/artifactId>/);
const gradle = perLine(/^\s*(?:implementation|api|compile|compileOnly|runtimeOnly|id)\b[^'"]*['"]([^'"]+)['"]/);
const project = perLine(/<(?:PackageReference|FrameworkReference)\s[^>]*Include="([^"]+)"/);
const sdk = perLine(/<Project\s[^>]*Sdk="([^"]+)"/);
const requirements = perLine(/^\s*([A-Za-z0-9][\w.-]*)/);

export const foreignReaders: ForeignReader[] = [
  {
    file: 'pyproject.toml',
    language: 'python',
    name: first(/^\s*name\s*=\s*["']([^"']+)["']/m),
    dependencies: (text) => [
      ...tomlKeys(/^tool\.poetry\.(group\.[\w-]+\.)?(dev-)?dependencies$/)(text),
      ...requirementStrings(text),
    ],
  },
  { file: 'requirements*.txt', language: 'python', name: nameless, dependencies: requirements },
  { file: 'Pipfile', language: 'python', name: nameless, dependencies: tomlKeys(/^(dev-)?packages$/) },
  {
    file: 'setup.py',
    language: 'python',
    name: first(/\bname\s*=\s*["']([^"']+)["']/),
    dependencies: requirementStrings,
  },
  {
    file: 'go.mod',
    language: 'go',
    name: first(/^module\s+(\S+)/m),
    dependencies: perLine(/^\s*(?:require\s+)?([\w.-]+\.[a-z]+\/\S+)\s+v\d/),
  },
  { file: 'pom.xml', language: 'java', name: pomName, dependencies: pom },
  { file: 'build.gradle', language: 'java', name: nameless, dependencies: gradle },
  { file: 'build.gradle.kts', language: 'kotlin', name: nameless, dependencies: gradle },
  {
    file: 'Cargo.toml',
    language: 'rust',
    name: first(/^\[package\][^[]*?^\s*name\s*=\s*"([^"]+)"/m),
    dependencies: tomlKeys(/(^|\.)(dev-|build-)?dependencies$/),
  },
  {
    file: 'composer.json',
    language: 'php',
    name: first(/"name"\s*:\s*"([^"]+)"/),
    dependencies: perLine(/^\s*"([a-z0-9][\w.-]*\/[\w.-]+)"\s*:\s*"[^"]*\d/),
  },
  { file: 'Gemfile', language: 'ruby', name: nameless, dependencies: perLine(/^\s*gem\s+['"]([^'"]+)['"]/) },
  ...['*.csproj', '*.fsproj', '*.vbproj'].map((file) => ({
    file,
    language: 'dotnet' as const,
    name: nameless,
    dependencies: (text: string) => [...sdk(text), ...project(text)],
  })),
  {
    file: 'mix.exs',
    language: 'elixir',
    name: first(/\bapp:\s*:(\w+)/),
    dependencies: perLine(/^\s*\{:(\w+),/),
  },
  {
    file: 'pubspec.yaml',
    language: 'dart',
    name: first(/^name:\s*(\S+)/m),
    dependencies: perLine(/^ {2}(\w+):/),
  },
  {
    file: 'Package.swift',
    language: 'swift',
    name: first(/\bname:\s*"([^"]+)"/),
    dependencies: perLine(/\.package\([^)]*url:\s*"([^"]+)"/),
  },
];

/** The project's own artifact stands outside its parent's and its dependencies'. */
function pomName(text: string): string | null {
  const own = text
    .replace(/<parent>[\s\S]*?<\/parent>/, '')
    .replace(/<(dependencies|build|dependencyManagement)>[\s\S]*/, '');
  return /<artifactId>\s*([^<\s]+)/.exec(own)?.[1] ?? null;
}

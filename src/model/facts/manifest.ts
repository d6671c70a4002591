/** package.json, read with positions. `lines` maps `section.key` (`dependencies.express`, `scripts.start`, `name`) to its line. */
export interface ManifestFact {
  path: string;
  dir: string;
  name: string | null;
  private: boolean;
  main: string | null;
  module: string | null;
  type: 'module' | 'commonjs';
  bin: Record<string, string>;
  exports: unknown;
  imports: unknown;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  workspaces: string[];
  packageManager: string | null;
  engines: Record<string, string>;
  lines: Record<string, number>;
  raw: Record<string, unknown>;
}

/** A manifest of another language: pyproject.toml, requirements.txt, go.mod, pom.xml, Cargo.toml, composer.json, Gemfile, *.csproj … */
export interface ForeignManifestFact {
  path: string;
  dir: string;
  language: import('../component.ts').Language;
  name: string | null;
  dependencies: { name: string; line: number }[];
}

export interface LockfileFact {
  path: string;
  dir: string;
  manager: 'npm' | 'pnpm' | 'yarn' | 'bun' | 'deno' | 'other';
  language: import('../component.ts').Language;
}

import { describe, expect, it } from 'vitest';
import foreignManifests from '../../../src/analyzers/foreign-manifests.ts';
import lockfiles from '../../../src/analyzers/lockfiles.ts';
import manifests from '../../../src/analyzers/manifests.ts';
import { openMemory } from '../../../src/repository/index.ts';

const noFailure = () => {
  throw new Error('nothing should fail here');
};

describe('package.json', () => {
  it('is read with the line of each key', () => {
    const text = `{
  "name": "@shop/api",
  "bin": "cli.js",
  "scripts": {
    "start": "node dist/index.js",
    "a": "echo \\"x: {\\""
  },
  "workspaces": { "packages": ["apps/*"] },
  "dependencies": { "express": "^4", "broken": 4 }
}`;
    const [fact] = manifests.analyze(openMemory({ 'api/package.json': text }), noFailure);
    expect(fact).toMatchObject({ dir: 'api', name: '@shop/api', bin: { api: 'cli.js' }, workspaces: ['apps/*'] });
    expect(fact?.dependencies).toEqual({ express: '^4' });
    expect(fact?.lines).toMatchObject({
      name: 2,
      scripts: 4,
      'scripts.start': 5,
      'scripts.a': 6,
      'dependencies.express': 9,
    });
  });

  it('that is broken is reported with its line, and the others are read', () => {
    const failures: unknown[] = [];
    const view = openMemory({
      'a/package.json': '{\n  "name": "a",\n  oops\n}',
      'b/package.json': '{"name":"b"}',
      'c/package.json': '[]',
    });
    const facts = manifests.analyze(view, (failure) => failures.push(failure));
    expect(facts.map((fact) => fact.name)).toEqual(['b']);
    expect(failures).toEqual([
      { file: 'a/package.json', line: 3, message: 'is not valid JSON' },
      { file: 'c/package.json', line: 1, message: 'is not a JSON object' },
    ]);
  });

  it.each([
    ['pnpm', 'pnpm-workspace.yaml', 'packages:\n  - "apps/*"\n'],
    ['Lerna', 'lerna.json', '{"packages": ["apps/*"]}'],
    ['Rush', 'rush.json', '{\n  /* all */\n  "projects": [\n    // one\n    { "projectFolder": "apps/*" }]}'],
  ])('names the workspaces that %s declares', (_, path, text) => {
    const [fact] = manifests.analyze(openMemory({ 'package.json': '{}', [path]: text }), noFailure);
    expect(fact?.workspaces).toEqual(['apps/*']);
  });

  it('takes no glob for a comment', () => {
    const text = "packages:\n  - 'examples/**'\n  - 'packages/*'\n  - '!**/dist/**'\n";
    const [fact] = manifests.analyze(openMemory({ 'package.json': '{}', 'pnpm-workspace.yaml': text }), noFailure);
    expect(fact?.workspaces).toEqual(['examples/**', 'packages/*', '!**/dist/**']);
  });
});

describe('manifests of other languages', () => {
  it.each<[string, string, string, string | null, string[]]>([
    [
      'pyproject.toml',
      '[project]\nname = "shop"\ndependencies = [\n  "fastapi[all]>=0.1",\n  "redis",\n]\n',
      'python',
      'shop',
      ['fastapi', 'redis'],
    ],
    [
      'pyproject.toml',
      '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "^3"\nFlask = "^2"\n',
      'python',
      'shop',
      ['Flask'],
    ],
    ['requirements.txt', '# pinned\nflask==2.0\n-r other.txt\ncelery[redis]\n', 'python', null, ['flask', 'celery']],
    [
      'go.mod',
      'module example.org/shop\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.1\n)\n',
      'go',
      'example.org/shop',
      ['github.com/gin-gonic/gin'],
    ],
    [
      'pom.xml',
      '<project><parent><artifactId>p</artifactId></parent>\n<artifactId>shop</artifactId>\n</project>',
      'java',
      'shop',
      ['p', 'shop'],
    ],
    [
      'Cargo.toml',
      '[package]\nname = "shop"\n[dependencies]\naxum = "0.7"\n[dependencies.tokio]\nversion = "1"\n',
      'rust',
      'shop',
      ['axum', 'tokio'],
    ],
    [
      'composer.json',
      '{"name": "a/shop",\n"require": {\n "laravel/framework": "^10"\n}}',
      'php',
      'a/shop',
      ['laravel/framework'],
    ],
    ['Gemfile', "source 'x'\ngem 'rails', '~> 7'\n", 'ruby', null, ['rails']],
    [
      'Shop.csproj',
      '<Project Sdk="Microsoft.NET.Sdk.Web">\n<PackageReference Include="Dapper" Version="2" />\n</Project>',
      'dotnet',
      'Shop',
      ['Microsoft.NET.Sdk.Web', 'Dapper'],
    ],
    ['mix.exs', 'def project, do: [app: :shop]\n {:phoenix, "~> 1"},\n', 'elixir', 'shop', ['phoenix']],
  ])('%s', (file, text, language, name, dependencies) => {
    const [fact] = foreignManifests.analyze(openMemory({ [`svc/${file}`]: text }), noFailure);
    expect(fact).toMatchObject({ dir: 'svc', language, name });
    expect(fact?.dependencies.map((dependency) => dependency.name)).toEqual(dependencies);
  });
});

it('lockfiles are known by their name', () => {
  const facts = lockfiles.analyze(
    openMemory({ 'pnpm-lock.yaml': '', 'api/package-lock.json': '', 'svc/go.sum': '' }),
    noFailure,
  );
  expect(facts.map(({ dir, manager, language }) => [dir, manager, language])).toEqual([
    ['api', 'npm', 'js'],
    ['.', 'pnpm', 'js'],
    ['svc', 'other', 'go'],
  ]);
});

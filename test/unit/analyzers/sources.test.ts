import { describe, expect, it } from 'vitest';
import sources from '../../../src/analyzers/sources.ts';
import type { FactFailure } from '../../../src/model/facts/index.ts';
import { openMemory } from '../../../src/repository/index.ts';

function read(files: Record<string, string>) {
  const failures: Omit<FactFailure, 'fact'>[] = [];
  const facts = sources.analyze(openMemory(files), (failure) => failures.push(failure));
  return { facts, failures };
}

describe('names are read from every dialect of JavaScript', () => {
  const cases: [string, string, string][] = [
    ['JSX in a .js file', 'view.js', "import React from 'react';\nexport const View = () => <a href='x'>hi</a>;\n"],
    ['JSX in a .mjs file', 'view.mjs', "import React from 'react';\nexport const View = () => <></>;\n"],
    [
      'type annotations in a .js file',
      'typed.js',
      "import React from 'react';\nexport const View = (a: string): number => 1;\n",
    ],
    [
      "Flow's own types",
      'flow.js',
      "import React from 'react';\ntype Base = { id: ?string };\nexport type Props = {|\n  ...Base,\n  children?: React.Element<*>,\n|};\n\nexport const View = (p: Props, q: ?number) => <a>{p.id}</a>;\n",
    ],
    [
      "Flow's casts, bounds and enumerations",
      'bounds.js',
      "import React from 'react';\nexport enum Level {\n  Low = 1,\n}\ntype P = { +id: number, ... };\nexport function View<T: P>(p: T, ...rest: T[]): boolean %checks {\n  return (p.id: number) > (rest.length: any);\n}\n",
    ],
    [
      'types and JSX',
      'view.tsx',
      "import React from 'react';\nexport const View = (p: { a: string }) => <a>{p.a}</a>;\n",
    ],
    ['type assertions in angle brackets', 'cast.ts', "import React from 'react';\nexport const View = <any>React;\n"],
    [
      'comparisons that look like tags',
      'less.js',
      "import React from 'react';\nexport const View = (a, b) => a <b || b> a;\n",
    ],
    [
      'a component that writes scripts into the page',
      'view.svelte',
      "<script>\n  import React from 'react';\n  export const View = () => 1;\n</script>\n\n<svelte:head>\n  {@html `<script type='application/ld+json'>\\n${JSON.stringify(View())}\\n</script>`}\n  <script>\n    {@html loaded}\n  </script>\n</svelte:head>\n<p>{`<script>\\n</script>`}</p>\n",
    ],
    [
      'a component with a generic parameter',
      'generic.svelte',
      '<script lang="ts" generics="K extends Exclude<keyof A, \'b\'>">\n  import React from "react";\n  export const View: K = 1;\n</script>\n<p/>\n',
    ],
    ['a script for the shell', 'run.js', "#!/usr/bin/env node\nimport React from 'react';\nexport const View = 1;\n"],
    [
      'decorators',
      'made.ts',
      "import React from 'react';\n@made() export class View { constructor(@to() private a: string) {} }\n",
    ],
    [
      'a Vue component',
      'view.vue',
      '<template><a/></template>\n<script>\nimport React from "react";\nexport const View = 1;\n</script>\n',
    ],
    [
      'a Vue component that writes JSX with types',
      'typed.vue',
      '<script setup lang="tsx">\nimport React from "react";\nexport const View = (a: number) => <a class="x">{a}</a>;\n</script>\n<script lang=\'ts\'>\nlet b: string;\n</script>\n',
    ],
    [
      'an Astro page whose script returns',
      'page.astro',
      '---\nimport React from "react";\nexport const View = 1;\nif (!View) return Astro.redirect("/");\n---\n<p/>\n',
    ],
    [
      'an Astro page with Windows line ends',
      'win.astro',
      '---\r\nimport React from "react";\r\nexport const View = 1;\r\n---\r\n<p/>\r\n',
    ],
    [
      'Windows line ends and a mark at the start',
      'win.ts',
      "\ufeffimport React from 'react';\r\nexport const View = 1;\r\n",
    ],
  ];
  it.each(cases)('%s', (_, path, text) => {
    const { facts, failures } = read({ [path]: text });
    expect(failures).toEqual([]);
    expect(facts[0]!.module.imports.map(({ specifier }) => specifier)).toEqual(['react']);
    expect(facts[0]!.module.exports.map(({ name }) => name)).toContain('View');
  });
});

it('names a file that does not parse, with the line, and reads the others', () => {
  const { facts, failures } = read({ 'a.ts': "import './b.ts';\nconst x = {{{\n", 'b.ts': 'export const b = 1;\n' });
  expect(failures).toEqual([{ file: 'a.ts', line: expect.any(Number), message: expect.any(String) }]);
  expect(facts.map(({ path }) => path)).toEqual(['a.ts', 'b.ts']);
});

it('follows a default export that is handed on as Babel once took it', () => {
  const { facts, failures } = read({ 'index.js': "export List from './list';\nexport const size = 1;\n" });
  expect(failures).toEqual([]);
  expect(facts[0]!.module.exports).toMatchObject([
    { name: 'List', from: { specifier: './list', imported: 'default' }, line: 1 },
    { name: 'size', line: 2 },
  ]);
});

it.each([
  ['an optional parameter with a value', 'export const f = (a?: number = 1) => a;\n'],
  ['a return outside functions', 'if (!process.env.CI) return;\nexport const f = 1;\n'],
])('reads a file that breaks a rule of the language, and has a whole tree: %s', (_, text) => {
  const { facts, failures } = read({ 'a.ts': `import './b.ts';\n${text}` });
  expect(failures).toEqual([]);
  expect(facts[0]!.module.imports.map(({ specifier }) => specifier)).toEqual(['./b.ts']);
  expect(facts[0]!.module.exports.map(({ name }) => name)).toEqual(['f']);
});

it.each([
  ['a member', 'export const url = process.env.DB_URL;\n', null],
  [
    'a member of what SvelteKit hands out, and no member of its value',
    "import { env } from '$env/dynamic/private';\nconst url = env.DB_URL;\nexport const bare = url.endsWith('/') ? url.slice(0, -1) : url;\n",
    null,
  ],
  ['taken apart at the top of a file', 'export const { DB_URL } = process.env;\n', null],
  ['taken apart under another name', "const { DB_URL: url = 'local' } = process.env;\nconsole.log(url);\n", 'local'],
  [
    'taken apart in a function',
    'export function url() {\n  const { DB_URL } = process.env;\n  return DB_URL;\n}\n',
    null,
  ],
])('a variable that is read as %s', (_, text, fallback) => {
  const [file] = read({ 'config.js': text }).facts;
  expect(
    file?.code?.env.map(({ name, fallback: other }) => [name, other?.kind === 'string' ? other.value : null]),
  ).toEqual([['DB_URL', fallback]]);
});

import { describe, expect, it } from 'vitest';
import { importInsertion, moduleStyleOf } from '../../../src/fix/code/imports.ts';
import { parse } from '../../../src/fix/code/syntax.ts';
import { inserted } from '../../../src/fix/edit/insert.ts';
import { withJsonKey } from '../../../src/fix/edit/json.ts';
import { restyle, styleOf } from '../../../src/fix/edit/style.ts';
import { withYamlKey } from '../../../src/fix/edit/yaml.ts';

describe('withJsonKey', () => {
  const text = '{\n\t"name": "a",\n\t"dependencies": {\n\t\t"b": "1",\n\t\t"d": "1"\n\t}\n}\n';
  it('puts a dependency in its place and keeps tabs', () => {
    expect(withJsonKey(text, ['dependencies', 'c'], '2')).toBe(text.replace('\t\t"d"', '\t\t"c": "2",\n\t\t"d"'));
  });
  it('makes a section that is not there', () => {
    expect(JSON.parse(withJsonKey(text, ['scripts', 'x'], 'y')).scripts).toEqual({ x: 'y' });
  });
  it('changes nothing that is so already, and nothing that is set otherwise', () => {
    expect(withJsonKey(text, ['name'], 'a')).toBe(text);
    expect(() => withJsonKey(text, ['name'], 'b')).toThrow(/set already/);
  });
});

describe('withYamlKey', () => {
  const text = 'services:\n  # ours\n  api:\n    image: "x" # pinned\n\n  db:\n    image: y\n\nvolumes:\n  data:\n';
  it('adds after the last entry of the map, and keeps comments and blank lines', () => {
    expect(withYamlKey(text, ['services', 'api', 'restart'], 'always')).toBe(
      text.replace('# pinned\n', '# pinned\n    restart: always\n'),
    );
    expect(withYamlKey(text, ['services', 'proxy'], { image: 'n' })).toBe(
      text.replace('image: y\n', 'image: y\n  proxy:\n    image: n\n'),
    );
  });
  it('makes the maps in between', () => {
    expect(withYamlKey(text, ['services', 'db', 'deploy', 'replicas'], 2)).toContain(
      '    image: y\n    deploy:\n      replicas: 2\n',
    );
  });
  it('leaves what is set, and what is written on one line', () => {
    expect(() => withYamlKey(text, ['services', 'db', 'image'], 'z')).toThrow(/set already/);
    expect(() => withYamlKey('a: { b: 1 }\n', ['a', 'c'], 1)).toThrow(/one line/);
  });
});

describe('style', () => {
  it.each([
    ["const a = 'b';\n", "x('y');"],
    ['const a = "b"\nconst c = "d"\n', 'x("y")'],
  ])('%j takes a snippet as %j', (file, snippet) => {
    expect(restyle("x('y');", styleOf(file))).toBe(snippet);
  });
  it('leaves a quote inside another kind of string', () => {
    expect(restyle('x(\'say "y"\');', styleOf('const a = "b";\nconst c = "d";\n'))).toBe('x(\'say "y"\');');
  });
});

describe('importInsertion', () => {
  const add = (
    path: string,
    text: string,
    request: Parameters<typeof importInsertion>[1],
    type: 'module' | 'commonjs' = 'commonjs',
  ) => {
    const source = parse(path, text);
    const insertion = importInsertion(source, request, moduleStyleOf(source, type), styleOf(text));
    return insertion ? inserted(text, [insertion]) : text;
  };
  it.each([
    [
      'a package among packages',
      'a.ts',
      "import a from 'a';\nimport c from 'c';\n\nx();\n",
      { from: 'b', local: false, default: 'b' },
      "import a from 'a';\nimport b from 'b';\nimport c from 'c';\n\nx();\n",
    ],
    [
      'a file, in the ending of the others',
      'src/a.ts',
      "import a from './b.js';\n",
      { from: 'src/m/x.ts', local: true, named: ['x'] },
      "import a from './b.js';\nimport { x } from './m/x.js';\n",
    ],
    [
      'CommonJS',
      'a.js',
      "'use strict'\nconst a = require('a')\n\nx()\n",
      { from: 'b', local: false, named: ['b'] },
      "'use strict'\nconst a = require('a')\nconst { b } = require('b')\n\nx()\n",
    ],
    [
      'namespaces where defaults are not given',
      'a.ts',
      "import * as express from 'express';\n",
      { from: 'helmet', local: false, default: 'helmet' },
      "import * as express from 'express';\nimport * as helmet from 'helmet';\n",
    ],
    [
      'behind what is loaded first for its effect',
      'a.ts',
      "import './first';\nimport z from 'z';\n",
      { from: 'b', local: false, default: 'b' },
      "import './first';\nimport b from 'b';\nimport z from 'z';\n",
    ],
    [
      'what is there already',
      'a.ts',
      "import b from 'b';\n",
      { from: 'b', local: false, default: 'b' },
      "import b from 'b';\n",
    ],
  ] as const)('%s', (_, path, before, request, expected) => {
    expect(add(path, before, request as never)).toBe(expected);
  });
  it('puts a require where it has run before the code that uses it', () => {
    const before = "const a = require('a');\nconst app = a();\nconst z = require('z');\n";
    expect(add('a.js', before, { from: 'x.js', local: true, named: ['x'] })).toBe(
      before.replace("('a');\n", "('a');\nconst { x } = require('./x');\n"),
    );
    expect(() => add('a.js', before, { from: 'z', local: false, default: 'z' })).toThrow(/after its application/);
  });
  it('takes no name that means something else there', () => {
    expect(() =>
      add('a.ts', "import x from 'x';\nconst cors = 1;\n", { from: 'cors', local: false, default: 'cors' }),
    ).toThrow(/"cors" already/);
  });
});

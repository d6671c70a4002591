import { expect, it } from 'vitest';
import { settingsAt } from '../../../src/detectors/shared/settings.ts';

it.each<[string, string, string, string, unknown]>([
  ['a key of YAML', 'a.yaml', 'x: 1\ny:\n  z: two\n', 'y.z', [{ value: 'two', line: 3 }]],
  [
    'any key',
    'a.yml',
    'jobs:\n  one: { on: 1 }\n  two: { on: 2 }\n',
    'jobs.*.on',
    [
      { value: 1, line: 2 },
      { value: 2, line: 3 },
    ],
  ],
  [
    'an item by its place, and any item',
    'a.yaml',
    'list:\n  - { a: 1 }\n  - { a: 2 }\n',
    'list.1.a',
    [{ value: 2, line: 3 }],
  ],
  [
    'every item',
    'a.yaml',
    'list:\n  - { a: 1 }\n  - { a: 2 }\n',
    'list.*.a',
    [
      { value: 1, line: 2 },
      { value: 2, line: 3 },
    ],
  ],
  [
    'every document',
    'a.yaml',
    'kind: A\n---\nkind: B\n',
    'kind',
    [
      { value: 'A', line: 1 },
      { value: 'B', line: 3 },
    ],
  ],
  ['a value that is empty', 'a.yaml', 'x:\n', 'x', [{ value: null, line: 1 }]],
  ['a whole branch', 'a.yaml', 'x:\n  y: [1]\n', 'x', [{ value: { y: [1] }, line: 1 }]],
  ['what is not there', 'a.yaml', 'x: 1\n', 'y.z', []],
  ['an empty file', 'a.yaml', '', 'x', []],
  ['a broken file', 'a.yaml', 'x: [1\n', 'x', null],
  [
    'JSON with comments',
    'a.jsonc',
    '{\n  // "x": 0\n  "x": "http://a", /* y */\n  "z": 3\n}',
    'z',
    [{ value: 3, line: 4 }],
  ],
  ['a text that looks like a comment', 'a.json', '{ "x": "http://a" }', 'x', [{ value: 'http://a', line: 1 }]],
  ['a key of TOML', 'a.toml', 'name = "x"\n[build]\nmain = "y"\n', 'build.main', [{ value: 'y', line: 3 }]],
  [
    'any table of TOML',
    'a.toml',
    '[env.a]\nport = 1\n[env.b]\nport = 2\n',
    'env.*.port',
    [
      { value: 1, line: 2 },
      { value: 2, line: 2 },
    ],
  ],
  [
    'a table that TOML names in its head',
    'a.toml',
    'x = 1\n["http_service"]\nport = 2\n',
    'http_service',
    [{ value: { port: 2 }, line: 2 }],
  ],
  ['what TOML does not say', 'a.toml', 'x = 1\n', 'x.y', []],
  ['broken TOML', 'a.toml', 'x = \n', 'x', null],
])('%s', (_, file, text, path, expected) => expect(settingsAt(text, file, path.split('.'))).toEqual(expected));

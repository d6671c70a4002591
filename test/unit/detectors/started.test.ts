import { expect, it } from 'vitest';
import { startedFor, startedIn } from '../../../src/detectors/shared/started.ts';
import { shown, understood } from './_asked.ts';

const pkg = '{"name":"app"}';

it.each<[string, Record<string, string>, string[]]>([
  [
    'a package script',
    { 'package.json': '{\n"name":"app",\n"scripts":{"nightly":"pg_dump app"}}' },
    ['package.json:3 script "nightly" runs pg_dump app'],
  ],
  [
    'nps scripts outside the manifest',
    {
      'package.json': pkg,
      'package-scripts.js':
        "module.exports = {\n  scripts: {\n    dump: 'pg_dump app',\n    about: 'Dumps everything we have',\n  },\n};",
    },
    ['package-scripts.js:3 runs pg_dump app'],
  ],
  [
    'a just recipe',
    { 'package.json': pkg, justfile: 'name := "x"\n\ndump:\n  pg_dump app\n' },
    ['justfile:3 just dump runs pg_dump app'],
  ],
  [
    'a make target',
    { 'package.json': pkg, Makefile: 'NAME := x\ndump:\n\tpg_dump app\n' },
    ['Makefile:2 make dump runs pg_dump app'],
  ],
  [
    'a task',
    { 'package.json': pkg, 'Taskfile.yml': 'version: "3"\ntasks:\n  dump:\n    cmds:\n      - pg_dump app\n' },
    ['Taskfile.yml:3 task dump runs pg_dump app'],
  ],
  [
    'targets of an Nx project, in each way to write a command',
    {
      'package.json': pkg,
      'apps/api/project.json':
        '{\n"targets": {\n"a": { "command": "pg_dump a" },\n"b": { "options": { "command": "pg_dump b" } },\n"c": { "options": { "commands": ["pg_dump c"] } } } }',
    },
    [
      'apps/api/project.json:3 runs pg_dump a',
      'apps/api/project.json:4 runs pg_dump b',
      'apps/api/project.json:5 runs pg_dump c',
    ],
  ],
  [
    'an image: while it is built, and when it starts',
    {
      'package.json': pkg,
      Dockerfile: 'FROM postgres:16\nRUN pg_dump a\nENTRYPOINT ["pg_dump", "b"]\nCMD ["pg_dump", "c"]\n',
    },
    ['Dockerfile:2 runs pg_dump a', 'Dockerfile:4 runs pg_dump c', 'Dockerfile:3 runs pg_dump b'],
  ],
  [
    'a compose service',
    {
      'package.json': pkg,
      'compose.yaml':
        'services:\n  dump:\n    image: postgres\n    entrypoint: pg_dump a\n  other:\n    image: postgres\n    command: ["pg_dump", "b"]\n',
    },
    ['compose.yaml:4 runs pg_dump a', 'compose.yaml:7 runs pg_dump b'],
  ],
  [
    'a scheduled job and a first container of Kubernetes',
    {
      'package.json': pkg,
      'k8s/dump.yaml':
        'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: dump }\nspec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: dump\n              image: postgres\n              command: [pg_dump]\n              args: [a]\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec:\n  template:\n    spec:\n      initContainers:\n        - { name: first, image: postgres, command: [pg_dump, b] }\n      containers: []\n---\napiVersion: v1\nkind: Pod\nmetadata: { name: once }\nspec:\n  containers:\n    - { name: dump, image: postgres, args: [pg_dump, c] }\n',
    },
    ['k8s/dump.yaml:2 runs pg_dump a', 'k8s/dump.yaml:17 runs pg_dump b', 'k8s/dump.yaml:27 runs pg_dump c'],
  ],
  ['a Procfile', { 'package.json': pkg, Procfile: 'clock: pg_dump app\n' }, ['Procfile:1 runs pg_dump app']],
  [
    'a shell file',
    { 'package.json': pkg, 'ops/nightly.sh': '#!/bin/sh\nset -e\npg_dump app\n' },
    ['ops/nightly.sh:1 runs pg_dump app'],
  ],
  [
    'a child process, as one text and as words',
    {
      'package.json': pkg,
      'src/dump.js':
        "const { execSync, spawn } = require('node:child_process');\nexecSync('pg_dump a');\nspawn('pg_dump', ['b', name]);\nexecSync(command);\n",
    },
    ['src/dump.js:2 runs pg_dump a', 'src/dump.js:3 runs pg_dump b'],
  ],
  [
    'a step of a pipeline',
    {
      'package.json': pkg,
      '.github/workflows/dump.yml':
        'on: push\njobs:\n  dump:\n    runs-on: ubuntu-latest\n    steps:\n      - run: pg_dump app\n',
    },
    ['.github/workflows/dump.yml:6 runs pg_dump app'],
  ],
  ['what is only told', { 'package.json': '{"name":"app","scripts":{"hint":"echo pg_dump app"}}' }, []],
  [
    'what stands in examples',
    {
      'package.json': pkg,
      'examples/dump.sh': 'pg_dump app\n',
      'examples/Dockerfile': 'FROM postgres:16\nCMD ["pg_dump"]\n',
      'examples/justfile': 'dump:\n  pg_dump app\n',
    },
    [],
  ],
])('%s', async (_, files, expected) => {
  const model = await understood(files);
  const dumps = startedIn(model).filter(({ run }) => run.program === 'pg_dump');
  expect([...new Set(dumps.map(({ evidence }) => shown(evidence)))]).toEqual(expected);
});

it('speaks for a component by its own scripts, and by those of nobody else', async () => {
  const model = await understood({
    'package.json': '{"name":"all","workspaces":["apps/*"],"scripts":{"all":"pg_dump all"}}',
    'apps/api/package.json':
      '{"name":"api","scripts":{"start":"node src/index.js","own":"pg_dump api"},"dependencies":{"express":"5"}}',
    'apps/api/src/index.js': "import express from 'express';\nexpress().listen(1);",
    'apps/jobs/package.json':
      '{"name":"jobs","scripts":{"start":"node src/index.js","own":"pg_dump jobs"},"dependencies":{"express":"5"}}',
    'apps/jobs/src/index.js': "import express from 'express';\nexpress().listen(2);",
  });
  const api = model.components.find(({ path }) => path === 'apps/api')!;
  const dumps = startedFor(model, api).filter(({ run }) => run.program === 'pg_dump');
  expect(dumps.map(({ evidence }) => evidence.file)).toEqual(['apps/api/package.json', 'package.json']);
});

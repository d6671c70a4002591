import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * A service that runs, amid everything that can be wrong with the files around it. Each entry is a defect met in the wild or one that
 * a hostile repository would try; the service's own files are sound, so that its verdicts are known.
 */
export const soundFiles: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'sound',
    scripts: { start: 'node src/index.js' },
    dependencies: { express: '^4.21.0' },
  }),
  'src/index.js':
    "const express = require('express');\nconst app = express();\napp.get('/health', (req, res) => res.end());\napp.listen(3000);\n",
};

const brokenText: Record<string, string> = {
  'broken/syntax.ts': 'export const x = {{{ ;;; <<<< ((\nfunction ( { class',
  'broken/deep.js': `const a = ${'('.repeat(20_000)}1${')'.repeat(20_000)};\n`,
  'broken/chain.ts': `import express from 'express';\nexpress()${'.use(1)'.repeat(3000)};\n`,
  'broken/sum.ts': `import express from 'express';\nexport const app = express(${"'a' + ".repeat(8000)}'b');\n`,
  'broken/long-line.ts': `import express from 'express';${'const aaa = 1;'.repeat(100_000)}`,
  'broken/loop-a.ts': "export * from './loop-b.js';\nexport * from './loop-a.js';\n",
  'broken/loop-b.ts': "export * from './loop-a.js';\n",
  'broken/package.json': '{ "name": "broken", "dependencies": { ',
  'broken/list/package.json': '[1, 2, 3]',
  'broken/null/package.json': 'null',
  'broken/nested/package.json': '{"a":'.repeat(20_000),
  'broken/types/package.json': JSON.stringify({
    name: 5,
    main: {},
    bin: 3,
    scripts: [1],
    dependencies: 'x',
    engines: [],
    exports: [[[]]],
    workspaces: { packages: 7 },
  }),
  'broken/names/package.json':
    '{"name":"__proto__","dependencies":{"__proto__":"1","constructor":"2"},"scripts":{"__proto__":"node a.js","constructor":"npm run constructor","start":"npm run start","a":"npm run b","b":"npm run a"}}',
  'broken/names/index.ts':
    "import a from '__proto__';\nimport c from 'constructor';\na(c(), process.env.__proto__, process.env.constructor);\nexport default { __proto__: 1, toString: 2 };\n",
  'tsconfig.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": 5 } }',
  'tsconfig.base.json': '{ "extends": ["../../../../etc/passwd", 4] }',
  'pnpm-workspace.yaml': 'packages: { a: b }',
  'lerna.json': 'x',
  'nx.json': 'x',
  'turbo.json': '{ "tasks": [] }',
  'package-lock.json': '',
  'docker-compose.yml': 'services:\n  a: *nope\n b: [\n\t- x',
  'compose.yaml': 'services: [1, 2]\n',
  'compose.loop.yml': 'x: &x { services: *x }\nservices: *x\n',
  'compose.prod.yml':
    'services:\n  a: 5\n  b:\n    ports: { x: y }\n    build: [1]\n    environment: 7\n    volumes: x\n    depends_on: 3\n    command: { a: 1 }\n    deploy: []\n    healthcheck: yes\n    env_file: [{ a: 1 }, 2]\n    extends: { service: b }\n',
  Dockerfile:
    'FROM\nRUN\nCOPY\nUSER\nFROM $' +
    '{X:-\nCMD [\nENTRYPOINT ["a"\nHEALTHCHECK\nEXPOSE abc\nCOPY --from=9 ../../.. /\n',
  'broken/Dockerfile': '',
  '.github/workflows/list.yml': 'on: 5\njobs: [a]\n',
  '.github/workflows/types.yml':
    'on: { push: [1] }\njobs:\n  a: 5\n  b:\n    steps: { x: 1 }\n  c:\n    needs: c\n    steps: [1, null, { run: 5, uses: [] }]\n    uses: ./.github/workflows/types.yml\n',
  '.gitlab-ci.yml': '- a\n- b\n',
  '.circleci/config.yml': 'jobs: 5\nworkflows: [a]\n',
  'azure-pipelines.yml': 'stages: { a: 1 }\nsteps: 5\n',
  Jenkinsfile: 'pipeline { stages { stage( {{{',
  'k8s/types.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: 5\nspec: []\n---\nkind: Service\n---\n- 1\n---\nkind: Ingress\napiVersion: v1\nspec: { rules: [1, { http: 5 }] }\n',
  'k8s/deep.yaml': `kind: Deployment\napiVersion: v1\na: ${'['.repeat(20_000)}`,
  'k8s/bomb.yaml': `${'abcdefghi'
    .split('')
    .map((name, i, all) => `${name}: &${name} [${Array(9).fill(i === 0 ? 'x' : `*${all[i - 1]}`)}]`)
    .join('\n')}\nkind: Deployment\napiVersion: v1\n`,
  'chart/Chart.yaml': ': : :\n',
  'chart/values.yaml': '[]',
  'chart/templates/deployment.yaml': '{{ if .Values.x }}\nkind: Deployment\n{{ range }}{{{{\n',
  'nginx.conf': 'server { location / { proxy_pass http://x; ',
  Caddyfile: 'a {\n reverse_proxy {{{\n',
  'main.tf': 'resource "a" "b" { x = "$' + '{',
  'prisma/schema.prisma': 'model X {\n id Int @id\n datasource',
  'fly.toml': '[[[\n',
  'netlify.toml': 'x = ',
  'vercel.json': '[]',
  'render.yaml': 'services: 4',
  'app.json': '{ "formation": [] }',
  'serverless.yml': 'functions: [1]\nprovider: x\n',
  '.env': 'A=\n=b\n"\n',
  'broken/crlf.ts': "import express from 'express';\r\nexpress();\r\nprocess.env.CARRIED;\r\n",
  'broken/bom.ts': '\ufeffexport const a = process.env.MARKED;\n',
  'broken/huge.ts': `export const x = '${'a'.repeat(3_000_000)}';\n`,
  'broken/new\nline.ts': 'export const a = process.env.NEW_LINE;\n',
  'broken/\u001b[31mred.ts': 'export const a = process.env.RED;\n',
  'broken/`tick` | pipe <b>.ts': 'export const a = process.env.TICK;\n',
  'broken/\u202egnp.ts': 'export const a = process.env.BACKWARD;\n',
  [`${'d/'.repeat(60)}package.json`]: '{ "name": "deepest" }',
};

const brokenBytes: Record<string, Buffer> = {
  'broken/utf16.ts': Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('export const a = process.env.WIDE;\n', 'utf16le'),
  ]),
  'broken/binary.ts': Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0]),
  'broken/latin1.ts': Buffer.from("export const name = 'caf\xe9';\n", 'latin1'),
  '.github/workflows/binary.yml': Buffer.from([0, 1, 2, 3, 0xff, 0xfe]),
};

/** Writes it all below `root`, with links that loop, dangle and lead outside, and a pipe that would block its reader for ever. */
export function writeHostile(root: string): void {
  for (const [path, content] of Object.entries({ ...brokenText, ...brokenBytes, ...soundFiles })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  symlinkSync('.', join(root, 'loop'));
  symlinkSync('/etc', join(root, 'outside'));
  symlinkSync('/etc/passwd', join(root, 'broken/outside.ts'));
  symlinkSync('nowhere', join(root, 'broken/dangling.ts'));
  execFileSync('mkfifo', [join(root, 'broken/pipe.ts'), join(root, '.env.pipe')]);
}

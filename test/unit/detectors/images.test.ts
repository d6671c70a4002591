import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/catalogue/evaluate.ts';
import { loadRules } from '../../../src/catalogue/load.ts';
import { ruleFile, ruleText } from '../../support/rule-text.ts';
import { app, service, shown, understood } from './_asked.ts';

/** What an image is asked, as a rule asks it: the Dockerfile and what stands beside it in, answer and lines out. */
async function image(does: string, files: Record<string, string>): Promise<string[]> {
  const [rule] = loadRules({
    files: [ruleFile(ruleText(`appliesTo: { trait: http }\nsignals: { present: { image: ${does} } }`))],
  });
  const model = await understood({
    'package.json': service({ scripts: { start: 'node src/index.js', dev: 'vite' } }),
    'src/index.js': app(''),
    ...files,
  });
  const { answer, evidence } = evaluate(rule!.signals.present, model, model.components[0]!);
  return [answer, ...evidence.map(shown)];
}
const of = (text: string, more: Record<string, string> = {}) => ({ Dockerfile: text, ...more });
const start = 'CMD ["node", "src/index.js"]\n';

describe('a base with a version', () => {
  it.each([
    ['FROM node:22', ['yes', 'Dockerfile:1 FROM node:22']],
    ['FROM node:22-alpine', ['yes', 'Dockerfile:1 FROM node:22-alpine']],
    ['FROM node', ['no', 'Dockerfile:1 FROM node: no version']],
    ['FROM node:latest', ['no', 'Dockerfile:1 FROM node:latest: no version']],
    ['FROM node:lts', ['no', 'Dockerfile:1 FROM node:lts: no version']],
    ['FROM node:alpine', ['no', 'Dockerfile:1 FROM node:alpine: no version']],
    ['FROM node:bookworm-slim', ['yes', 'Dockerfile:1 FROM node:bookworm-slim']],
    ['FROM node:iron', ['yes', 'Dockerfile:1 FROM node:iron']],
    ['FROM node:jod-alpine', ['yes', 'Dockerfile:1 FROM node:jod-alpine']],
    [
      'FROM node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
      ['yes', 'Dockerfile:1 FROM node'],
    ],
    ['ARG BASE=node:22\nFROM ${BASE}', ['yes', 'Dockerfile:2 FROM node:22']],
    ['ARG TAG\nFROM node:${TAG}', ['yes', 'Dockerfile:2 FROM node:${TAG}']],
    ['FROM scratch', ['yes', 'Dockerfile:1 FROM scratch']],
    ['FROM gcr.io/distroless/nodejs22-debian12', ['yes', 'Dockerfile:1 FROM gcr.io/distroless/nodejs22-debian12']],
    ['FROM gcr.io/distroless/nodejs', ['no', 'Dockerfile:1 FROM gcr.io/distroless/nodejs: no version']],
    ['FROM node:20 AS base\nFROM base', ['yes', 'Dockerfile:1 FROM node:20']],
    ['FROM node AS build\nFROM node:22', ['yes', 'Dockerfile:2 FROM node:22']],
  ])('%s', async (from, expected) => {
    expect(await image('pinBase', of(`${from}\n${start}`))).toEqual(expected);
  });
});

describe('another user than root', () => {
  const script = (text: string) => ({ 'docker/entrypoint.sh': text });
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    ['none is named', of(`FROM node:22\n${start}`), ['no', 'Dockerfile:1 no USER in the final stage']],
    ['one is named', of(`FROM node:22\nUSER node\n${start}`), ['yes', 'Dockerfile:2 runs as node']],
    ['by number', of(`FROM node:22\nUSER 1000:1000\n${start}`), ['yes', 'Dockerfile:2 runs as 1000:1000']],
    ['root is named', of(`FROM node:22\nUSER root\n${start}`), ['no', 'Dockerfile:2 runs as root']],
    ['root is named, by number', of(`FROM node:22\nUSER 0:0\n${start}`), ['no', 'Dockerfile:2 runs as root']],
    [
      'a name that starts like root',
      of(`FROM node:22\nUSER rootless\n${start}`),
      ['yes', 'Dockerfile:2 runs as rootless'],
    ],
    [
      'in the stage it is built from',
      of(`FROM node:22 AS base\nUSER node\nFROM base\n${start}`),
      ['yes', 'Dockerfile:2 runs as node'],
    ],
    [
      'in a stage that it only copies from',
      of(`FROM node:22 AS build\nUSER node\nFROM node:22\nCOPY --from=build /a /a\n${start}`),
      ['no', 'Dockerfile:3 no USER in the final stage'],
    ],
    [
      'the last one is back at root',
      of(`FROM node:22\nUSER node\nUSER root\n${start}`),
      ['no', 'Dockerfile:3 runs as root'],
    ],
    [
      'a base that brings one',
      of('FROM nginxinc/nginx-unprivileged:1.27\n'),
      ['yes', 'Dockerfile:1 nginxinc/nginx-unprivileged does not run as root'],
    ],
    [
      'a base whose tag says so',
      of(`FROM gcr.io/distroless/nodejs22:nonroot\n${start}`),
      ['yes', 'Dockerfile:1 gcr.io/distroless/nodejs22 does not run as root'],
    ],
    [
      'a base that brings one, and root after it',
      of(`FROM bitnami/node:22\nUSER root\n${start}`),
      ['no', 'Dockerfile:2 runs as root'],
    ],
    [
      'a start that steps down',
      of(`FROM node:22\nENTRYPOINT ["gosu", "node", "node", "src/index.js"]\n`),
      ['yes', 'Dockerfile:2 steps down from root at start'],
    ],
    [
      'a script that steps down',
      of(
        'FROM node:22\nCOPY docker/entrypoint.sh /entrypoint.sh\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["node", "src/index.js"]\n',
        script('#!/bin/sh\nexec su-exec node "$@"\n'),
      ),
      ['yes', 'Dockerfile:4 steps down from root at start'],
    ],
    [
      'a script that steps down, copied with everything',
      of('FROM node:22\nCOPY . .\nENTRYPOINT ["docker/entrypoint.sh"]\n', script('exec gosu node "$@"\n')),
      ['yes', 'Dockerfile:3 steps down from root at start'],
    ],
    [
      'a script that steps down, copied with its folder',
      of(
        'FROM node:22\nCOPY docker/ /docker/\nENTRYPOINT ["/docker/entrypoint.sh"]\n',
        script('exec gosu node "$@"\n'),
      ),
      ['yes', 'Dockerfile:3 steps down from root at start'],
    ],
    [
      'a script that steps down, which is not copied',
      of('FROM node:22\nCOPY package.json .\nENTRYPOINT ["/entrypoint.sh"]\n', script('exec gosu node "$@"\n')),
      ['no', 'Dockerfile:1 no USER in the final stage'],
    ],
    [
      'a script that stays',
      of('FROM node:22\nCOPY docker/ /docker/\nENTRYPOINT ["/docker/entrypoint.sh"]\n', script('exec "$@"\n')),
      ['no', 'Dockerfile:1 no USER in the final stage'],
    ],
    [
      'said by what runs it',
      of(`FROM node:22\nCOPY . .\n${start}`, {
        'compose.prod.yml': 'services:\n  api:\n    build: .\n    user: "1000"\n',
      }),
      ['yes', 'compose.prod.yml:4 runs as 1000'],
    ],
    [
      'said by what runs it, as root',
      of(`FROM node:22\nCOPY . .\n${start}`, {
        'compose.prod.yml': 'services:\n  api:\n    build: .\n    user: "0"\n',
      }),
      ['no', 'Dockerfile:1 no USER in the final stage'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await image('dropRoot', files)).toEqual(expected);
  });
});

describe('which image it is', () => {
  it.each<[title: string, does: string, files: Record<string, string>, expected: string[]]>([
    ['none', 'exist', {}, ['no']],
    ['the only one', 'exist', of(`FROM node:22\n${start}`), ['yes', 'Dockerfile:1 builds the image']],
    [
      'one kept for work',
      'shipped',
      { 'Dockerfile.dev': `FROM node:22\n${start}` },
      ['no', 'Dockerfile.dev:1 an image for development'],
    ],
    [
      'one in a folder kept for work',
      'shipped',
      { 'docker/dev/Dockerfile': `FROM node:22\nCOPY . .\n${start}` },
      ['no', 'docker/dev/Dockerfile:1 an image for development'],
    ],
    [
      'one kept for production',
      'shipped',
      { 'Dockerfile.prod': `FROM node:22\n${start}` },
      ['yes', 'Dockerfile.prod:1 builds the image'],
    ],
    [
      'the one that is deployed',
      'pinBase',
      {
        Dockerfile: `FROM node\nCOPY . .\n${start}`,
        'Dockerfile.live': `FROM node:22\nCOPY . .\n${start}`,
        'compose.prod.yml': 'services:\n  api:\n    build:\n      context: .\n      dockerfile: Dockerfile.live\n',
      },
      ['yes', 'Dockerfile.live:1 FROM node:22'],
    ],
    [
      'not the one that people work in, where another is kept for production',
      'pinBase',
      {
        Dockerfile: `FROM node\nCOPY . .\n${start}`,
        'Dockerfile.prod': `FROM node:22\nCOPY . .\n${start}`,
        'compose.yaml': 'services:\n  api:\n    build: .\n    volumes: [./:/work]\n',
      },
      ['yes', 'Dockerfile.prod:1 FROM node:22'],
    ],
    [
      'the stage that is deployed',
      'pinBase',
      {
        Dockerfile: `FROM node:22 AS ship\nCOPY . .\n${start}FROM node AS other\nCOPY . .\n${start}`,
        'compose.prod.yml': 'services:\n  api:\n    build:\n      context: .\n      target: Ship\n',
      },
      ['yes', 'Dockerfile:1 FROM node:22'],
    ],
    [
      'the last stage',
      'pinBase',
      of(`FROM node AS one\n${start}FROM node:22 AS two\n${start}`),
      ['yes', 'Dockerfile:3 FROM node:22'],
    ],
    [
      'not a last stage for work',
      'pinBase',
      of(`FROM node:22 AS production\n${start}FROM node AS dev\n${start}`),
      ['yes', 'Dockerfile:1 FROM node:22'],
    ],
    [
      'not a last stage that starts nothing',
      'pinBase',
      of(`FROM node:22 AS runner\n${start}FROM node AS assets\nCOPY . .\n`),
      ['yes', 'Dockerfile:1 FROM node:22'],
    ],
    [
      'a last stage for work, where no other is for production',
      'pinBase',
      of(`FROM node:22 AS other\n${start}FROM node AS dev\n${start}`),
      ['no', 'Dockerfile:3 FROM node: no version'],
    ],
    ['one that builds for real', 'hold', of(`FROM node:22\nCOPY . .\n${start}`), ['yes']],
    [
      'one that copies what is not there',
      'hold',
      of(`FROM node:22\nCOPY lost.json .\n${start}`),
      ['no', 'Dockerfile:2 copies lost.json, which the repository does not have'],
    ],
    ['no dev server', 'serveForReal', of(`FROM node:22\nCOPY . .\n${start}`), ['yes']],
    [
      'a dev server as command',
      'serveForReal',
      of('FROM node:22\nCOPY . .\nCMD ["npm", "run", "dev"]\n'),
      ['no', 'Dockerfile:3 starts a dev server: npm run dev'],
    ],
    [
      'a dev server as entry point',
      'serveForReal',
      of('FROM node:22\nCOPY . .\nENTRYPOINT ["npx", "vite"]\n'),
      ['no', 'Dockerfile:3 starts a dev server: npx vite'],
    ],
    [
      'a dev server in the stage it is built from',
      'serveForReal',
      of('FROM node:22 AS base\nCMD ["npx", "vite"]\nFROM base\nCOPY . .\n'),
      ['no', 'Dockerfile:2 starts a dev server: npx vite'],
    ],
    [
      'health that is checked',
      'checkHealth',
      of(`FROM node:22\nHEALTHCHECK CMD curl -f http://localhost:3000/\n${start}`),
      ['yes', 'Dockerfile:2 HEALTHCHECK'],
    ],
    ['health that is not checked', 'checkHealth', of(`FROM node:22\n${start}`), ['no', 'Dockerfile:1 no health check']],
    [
      'health that is switched off',
      'checkHealth',
      of(`FROM node:22\nHEALTHCHECK NONE\n${start}`),
      ['no', 'Dockerfile:2 no health check'],
    ],
  ])('%s', async (_, does, files, expected) => {
    expect(await image(does, files)).toEqual(expected);
  });
});

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

describe('what an image is kept for, by its name', () => {
  it.each<[path: string, expected: string]>([
    ['Dockerfile', 'yes'],
    ['Dockerfile.dev', 'no'],
    ['Dockerfile-devel', 'no'],
    ['Dockerfile_development', 'no'],
    ['dev.Dockerfile', 'no'],
    ['Dockerfile.local', 'no'],
    ['Dockerfile.test', 'no'],
    ['Dockerfile.tests', 'no'],
    ['Dockerfile.testing', 'no'],
    ['Dockerfile.ci', 'no'],
    ['Dockerfile.e2e', 'no'],
    ['Dockerfile.debug', 'no'],
    ['Dockerfile.DEV', 'no'],
    ['Dockerfile.devices', 'yes'],
    ['Dockerfile.mydev', 'yes'],
    ['dev/Dockerfile', 'no'],
    ['docker/development/Dockerfile', 'no'],
    ['docker/local/Dockerfile', 'no'],
    ['docker/mydev/Dockerfile', 'yes'],
    ['docker/develop/Dockerfile', 'yes'],
  ])('%s: %s', async (path, expected) => {
    const found = await image('shipped', { [path]: `FROM node:22\nCOPY . .\n${start}` });
    expect(found[0]).toBe(expected);
  });
  const stages = (first: string, last: string) =>
    of(`FROM node:22 AS ${first}\n${start}FROM node AS ${last}\n${start}`);
  it.each<[first: string, last: string, expected: string]>([
    ['prod', 'dev', 'yes'],
    ['production', 'dev', 'yes'],
    ['run', 'test', 'yes'],
    ['runner', 'tests', 'yes'],
    ['runtime', 'ci', 'yes'],
    ['release', 'debug', 'yes'],
    ['final', 'local', 'yes'],
    ['deploy', 'e2e', 'yes'],
    ['api-prod', 'api-dev', 'yes'],
    ['Prod', 'Dev', 'yes'],
    ['product', 'dev', 'no'],
    ['myprod', 'dev', 'no'],
    ['prod', 'devices', 'no'],
    ['prod', 'mydev', 'no'],
    ['build', 'dev', 'no'],
  ])('of the stages %s and %s, the first: %s', async (first, last, expected) => {
    expect((await image('pinBase', stages(first, last)))[0]).toBe(expected);
  });
  it.each<[title: string, text: string, expected: string[]]>([
    [
      'for production that starts nothing',
      `FROM node AS prod\nFROM node:22 AS dev\n${start}`,
      ['yes', 'Dockerfile:2 FROM node:22'],
    ],
    [
      'for production, the later of two',
      `FROM node AS prod\n${start}FROM node:22 AS release\n${start}FROM node AS dev\n${start}`,
      ['yes', 'Dockerfile:3 FROM node:22'],
    ],
    [
      'for production, started as it is built from one that starts',
      `FROM node:22 AS base\n${start}FROM base AS prod\nFROM node AS dev\n${start}`,
      ['yes', 'Dockerfile:1 FROM node:22'],
    ],
    [
      'last, by an entry point',
      'FROM node:22 AS prod\nCMD ["node", "a.js"]\nFROM node AS other\nENTRYPOINT ["node", "a.js"]\n',
      ['no', 'Dockerfile:3 FROM node: no version'],
    ],
    [
      'last, as it is built from one that starts',
      `FROM node AS base\n${start}FROM node:22 AS prod\n${start}FROM base AS other\n`,
      ['no', 'Dockerfile:1 FROM node: no version'],
    ],
    ['without a name', `FROM node:22\n${start}FROM node\n${start}`, ['no', 'Dockerfile:3 FROM node: no version']],
  ])('a stage %s', async (_, text, expected) => expect(await image('pinBase', of(text))).toEqual(expected));
  it.each<[target: string, expected: string[]]>([
    ['one', ['yes', 'Dockerfile:1 FROM node:20']],
    ['ONE', ['yes', 'Dockerfile:1 FROM node:20']],
    ['two', ['yes', 'Dockerfile:3 FROM node:21']],
    ['three', ['yes', 'Dockerfile:5 FROM node:22']],
  ])('the stage %s that is asked for', async (target, expected) => {
    const files = of(`FROM node:20 AS one\n${start}FROM node:21 AS two\n${start}FROM node:22 AS last\n${start}`, {
      'compose.prod.yml': `services:\n  api:\n    build:\n      context: .\n      target: ${target}\n`,
    });
    expect(await image('pinBase', files)).toEqual(expected);
  });
  it.each<[base: string, expected: string]>([
    ...[
      'bookworm',
      'bullseye-slim',
      'slim-buster',
      'trixie',
      'stretch',
      'jessie',
      'noble',
      'jammy',
      'focal',
      'bionic',
      'xenial',
      'trusty',
      'argon',
      'boron',
      'carbon',
      'dubnium',
      'erbium',
      'fermium',
      'gallium',
      'hydrogen',
      'krypton',
      'iron.a',
    ].map((tag): [string, string] => [`node:${tag}`, 'yes']),
    ['node:ironic', 'no'],
    ['node:myiron', 'no'],
    ['node:stable-slim', 'no'],
    ['gcr.io/distroless/nodejs', 'no'],
    ['gcr.io/distroless/nodejs22', 'yes'],
    ['mydistroless22/nodejs', 'no'],
    ['scratch2', 'no'],
    ['alpine3', 'no'],
  ])('a base %s with a version: %s', async (base, expected) => {
    expect((await image('pinBase', of(`FROM ${base}\n${start}`)))[0]).toBe(expected);
  });
  it.each<[base: string, expected: string]>([
    ['nginxinc/nginx-unprivileged:1', 'yes'],
    ['node:22-nonroot', 'yes'],
    ['bitnami/node:22', 'yes'],
    ['docker.io/bitnami/node:22', 'yes'],
    ['cgr.dev/chainguard/node:22', 'yes'],
    ['registry.access.redhat.com/ubi9/nodejs-22', 'yes'],
    ['ubi10/nodejs', 'yes'],
    ['docker:rootless', 'yes'],
    ['mybitnami/node:22', 'no'],
    ['bitnamis/node:22', 'no'],
    ['ubi/nodejs', 'no'],
    ['myubi9/nodejs', 'no'],
    ['ubi9/python', 'no'],
    ['node:22', 'no'],
  ])('a base %s that brings a user: %s', async (base, expected) => {
    expect((await image('dropRoot', of(`FROM ${base}\n${start}`)))[0]).toBe(expected);
  });
  it.each<[user: string, expected: string]>([
    ['root', 'no'],
    ['root:root', 'no'],
    ['0', 'no'],
    ['0:0', 'no'],
    ['01', 'yes'],
    ['rooty', 'yes'],
    ['1000:0', 'yes'],
    ['myroot', 'yes'],
  ])('the user %s: %s', async (user, expected) => {
    expect((await image('dropRoot', of(`FROM node:22\nUSER ${user}\n${start}`)))[0]).toBe(expected);
  });
  it.each<[command: string, expected: string]>([
    ['gosu node node a.js', 'yes'],
    ['su-exec node node a.js', 'yes'],
    ['setpriv --reuid=node node a.js', 'yes'],
    ['s6-setuidgid node node a.js', 'yes'],
    ['chpst -u node node a.js', 'yes'],
    ['runuser -u node a.js', 'yes'],
    ['su -s /bin/sh node', 'yes'],
    ['su node', 'no'],
    ['mygosu node', 'no'],
    ['gosus node', 'no'],
  ])('a start by %s: %s', async (command, expected) => {
    expect((await image('dropRoot', of(`FROM node:22\nCMD ${JSON.stringify(command.split(' '))}\n`)))[0]).toBe(
      expected,
    );
  });
  const steps = 'exec gosu node "$@"\n';
  it.each<[title: string, text: string, files: Record<string, string>, expected: string]>([
    ['a copied folder', 'COPY docker/ /\nENTRYPOINT ["/start.sh"]', { 'docker/start.sh': steps }, 'yes'],
    ['everything', 'COPY ./ /\nENTRYPOINT ["/start.bash"]', { 'start.bash': steps }, 'yes'],
    ['a folder without a slash', 'COPY docker /\nENTRYPOINT ["/start.sh"]', { 'docker/start.sh': steps }, 'yes'],
    ['a file by its path', 'COPY ./docker/start.sh /\nENTRYPOINT ["/start.sh"]', { 'docker/start.sh': steps }, 'yes'],
    [
      'a file by its path from the root',
      'COPY /docker/start.sh /\nENTRYPOINT ["/start.sh"]',
      { 'docker/start.sh': steps },
      'yes',
    ],
    ['another file', 'COPY other.sh /\nENTRYPOINT ["/start.sh"]', { 'start.sh': steps }, 'no'],
    [
      'a program named entrypoint',
      'COPY . /\nENTRYPOINT ["/docker-entrypoint"]',
      { 'docker-entrypoint': steps },
      'yes',
    ],
    ['a script of another language', 'COPY . /\nENTRYPOINT ["/start.py"]', { 'start.py': steps }, 'no'],
    ['a script of another name', 'COPY . /\nENTRYPOINT ["/start.sh"]', { 'other.sh': steps }, 'no'],
    [
      'a script that the command names',
      'COPY . /\nENTRYPOINT ["sh", "-c"]\nCMD ["/start.sh"]',
      { 'start.sh': steps },
      'yes',
    ],
    ['nothing', 'COPY . /', { 'start.sh': steps }, 'no'],
  ])('a script, copied with %s', async (_, text, files, expected) => {
    expect((await image('dropRoot', of(`FROM node:22\n${text}\n`, files)))[0]).toBe(expected);
  });
  it.each<[beside: string, other: string, expected: string]>([
    [steps, 'exec "$@"\n', 'yes'],
    ['exec "$@"\n', steps, 'no'],
  ])('of two scripts by one name, the one beside the Dockerfile (%j, %j): %s', async (beside, other, expected) => {
    const files = {
      'docker/Dockerfile': 'FROM node:22\nCOPY . .\nENTRYPOINT ["/start.sh"]\n',
      'compose.prod.yml': 'services:\n  api:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n',
      'docker/start.sh': beside,
      'other/start.sh': other,
    };
    expect((await image('dropRoot', files))[0]).toBe(expected);
  });
});

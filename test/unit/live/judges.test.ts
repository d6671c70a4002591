import type Docker from 'dockerode';
import { describe, expect, it } from 'vitest';
import { readContainer } from '../../../src/live/engine/container.ts';
import type { LiveImage } from '../../../src/live/engine/read.ts';
import type { Judge, Scene } from '../../../src/live/judge.ts';
import containerImage from '../../../src/live/judges/container-image.ts';
import envTemplate from '../../../src/live/judges/env-template.ts';
import fileStorage from '../../../src/live/judges/file-storage.ts';
import { type TargetSpec, target } from './target.ts';

const image: LiveImage = {
  id: 'i',
  created: '2026-06-01T00:00:00Z',
  bytes: 1,
  user: '',
  volumes: [],
  pulled: false,
  env: [],
  exposes: [],
  healthcheck: false,
};

interface Given {
  config?: object;
  image?: Partial<LiveImage>;
  mounts?: object[];
  added?: string[];
  spec?: Partial<TargetSpec>;
}

/** One container of the one component, and what a judge says of it. */
function judged(
  judge: Judge,
  { config = {}, image: more = {}, mounts = [], added = [], spec = {} }: Given,
): [string, ...string[]] | null {
  const raw = {
    Id: 'c',
    Name: '/api-1',
    Image: 'i',
    State: { Status: 'running' },
    HostConfig: {},
    Mounts: mounts,
    Config: { User: 'app', Image: 'shop-api', ...config },
  };
  const container = readContainer(raw as unknown as Docker.ContainerInspectInfo);
  const audited = target({ components: { api: {} }, rules: { [judge.rule]: 'ready' }, ...spec });
  const member = { container, image: { ...image, ...more }, component: 'api', role: 'component' };
  const scene = {
    ...audited,
    stack: { members: [member] },
    now: new Date('2026-07-01'),
    added: new Map([['c', added]]),
  };
  const [seen] = judge.judge(scene as unknown as Scene);
  return seen ? [seen.status, ...seen.evidence.map(({ note }) => note)] : null;
}

describe('the image a container runs', () => {
  it.each<[string, Given, string[]]>([
    [
      'built here, tagged latest by its builder',
      { config: { Image: 'shop-api:latest' } },
      ['ready', 'runs as user app'],
    ],
    [
      'pulled as latest',
      { config: { Image: 'acme/api:latest' }, image: { pulled: true } },
      ['partial', 'image acme/api is not pinned (latest)'],
    ],
    [
      'pulled without a tag',
      { config: { Image: 'acme/api' }, image: { pulled: true } },
      ['partial', 'image acme/api is not pinned (no tag)'],
    ],
    ['pulled by tag', { config: { Image: 'acme/api:2.1' }, image: { pulled: true } }, ['ready', 'runs as user app']],
    [
      'pulled by digest',
      { config: { Image: 'acme/api@sha256:0' }, image: { pulled: true } },
      ['ready', 'runs as user app'],
    ],
    [
      'old',
      { image: { created: '2025-07-01T00:00:00Z' } },
      ['ready', 'runs as user app', 'image made on 2025-07-01, more than 180 days ago'],
    ],
    [
      'of a build that sets its own date',
      { image: { created: '1980-01-01T00:00:01Z' } },
      ['ready', 'runs as user app'],
    ],
  ])('%s', (_, given, expected) => {
    expect(judged(containerImage, given)).toEqual(expected);
  });
});

describe('files that users sent', () => {
  const volume = { Type: 'volume', Name: 'uploads', Destination: '/app/uploads', RW: true };
  it.each<[string, Given, string[] | null]>([
    ['on a volume', { mounts: [volume], added: ['/app/uploads/a.png'] }, ['ready', '/app/uploads lies on a volume']],
    [
      'beside a volume',
      { mounts: [volume], added: ['/app/media/a.png', '/app/media/b.png'] },
      ['partial', '/app/media/a.png and 1 more lies in the container itself and dies with it'],
    ],
    ['an empty folder', { added: ['/app/uploads'] }, null],
    [
      'a dependency that is called so',
      { added: ['/app/node_modules/multer/storage/disk.js', '/tmp/uploads/x', '/root/.npm/media/y'] },
      null,
    ],
    ['nothing', {}, null],
  ])('%s', (_, given, expected) => {
    expect(judged(fileStorage, given)).toEqual(expected);
  });
});

describe('variables by name', () => {
  const spec = (
    reads: NonNullable<TargetSpec['components'][string]['reads']>,
    template = 'DATABASE_URL=postgres://x\n',
  ): Partial<TargetSpec> => ({
    components: { api: { reads } },
    files: template === '' ? {} : { '.env.example': template },
  });
  const lacking = 'DATABASE_URL is not set here, though read at src/app.js:7 and named in .env.example:1';
  it.each<[string, Given, string[] | null]>([
    [
      'set',
      { config: { Env: ['DATABASE_URL=x'] }, spec: spec([{ name: 'DATABASE_URL' }]) },
      ['ready', 'variables set here that the template names: 1'],
    ],
    ['not set', { spec: spec([{ name: 'DATABASE_URL' }]) }, ['partial', lacking]],
    [
      'not set, and left open in the template',
      { spec: spec([{ name: 'DATABASE_URL' }], 'DATABASE_URL=\n') },
      ['unknown', lacking],
    ],
    [
      'not set, and the code stops without it',
      { spec: spec([{ name: 'DATABASE_URL', checked: true }], 'DATABASE_URL=\n') },
      ['partial', lacking],
    ],
    [
      'read bare, and named in a schema too',
      { spec: spec([{ name: 'DATABASE_URL' }, { name: 'DATABASE_URL', via: 'schema' }]) },
      null,
    ],
    [
      'given as a file',
      { config: { Env: ['DATABASE_URL_FILE=/run/x'] }, spec: spec([{ name: 'DATABASE_URL' }]) },
      null,
    ],
    [
      'in a file that is mounted',
      { mounts: [{ Type: 'bind', Destination: '/app/.env', RW: false }], spec: spec([{ name: 'DATABASE_URL' }]) },
      null,
    ],
    ['with a default in the code', { spec: spec([{ name: 'DATABASE_URL', fallback: true }]) }, null],
    ['of a schema, which may make it optional', { spec: spec([{ name: 'DATABASE_URL', via: 'schema' }]) }, null],
    ['read by code that nothing runs', { spec: spec([{ name: 'DATABASE_URL', live: 'dead' }]) }, null],
    ['baked into a front end', { spec: spec([{ name: 'DATABASE_URL', via: 'import.meta.env' }]) }, null],
    ['commented out in the template', { spec: spec([{ name: 'DATABASE_URL' }], '# DATABASE_URL=\n') }, null],
    ['without a template', { config: { Env: ['DATABASE_URL=x'] }, spec: spec([{ name: 'DATABASE_URL' }], '') }, null],
    [
      'of the image itself',
      { config: { Env: ['APP_HOME=/app'] }, image: { env: ['APP_HOME'] }, spec: spec([{ name: 'APP_HOME' }]) },
      null,
    ],
    [
      'given, read, and in no template',
      { config: { Env: ['STRIPE_KEY=x', 'DATABASE_URL=y'] }, spec: spec([{ name: 'STRIPE_KEY' }]) },
      ['partial', 'STRIPE_KEY is set here and read at src/app.js:7; no template names it'],
    ],
  ])('%s', (_, given, expected) => {
    expect(judged(envTemplate, given)).toEqual(expected);
  });
});

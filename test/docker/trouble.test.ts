import { expect, it } from 'vitest';
import { connect, type VerifyOptions, verify } from '../../src/live/index.ts';
import { exitCodes, UserError } from '../../src/model/errors.ts';
import { target } from '../unit/live/target.ts';
import { type Fate, trouble } from './trouble.ts';
import { describeDocker, docker, host, listening, world } from './world.ts';

const compose = 'services:\n  api: { build: ./services/api }\n';
const rules = { 'infrastructure/orchestration': 'ready', 'resilience/container-limits': 'ready' } as const;
const nothing: VerifyOptions = { project: null, containers: [], probe: false, drill: null, build: false };
const patience = 400;

describeDocker('an engine in trouble', () => {
  const { run, folder } = world();
  const through = async (fate: (method: string, path: string) => Fate | Promise<Fate>): Promise<string> =>
    `tcp://127.0.0.1:${await listening(trouble(host.replace('unix://', ''), fate))}`;
  const shop = (root: string) =>
    target({ root, files: { 'compose.yaml': compose }, components: { 'services/api': {} }, rules });
  const failure = async (work: Promise<unknown>): Promise<UserError> => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  };

  const greetings: [string, Fate, RegExp][] = [
    ['hangs', 'hang', /does not answer: no answer to "version" within 0\.4 s\.$/],
    ['stops in the middle of its answer', 'half', /does not answer: no answer to "version" within 0\.4 s\.$/],
    [
      'answers 500',
      { status: 500, message: 'disk full' },
      /is in trouble: it answered 500 to "version" \(disk full\)\.$/,
    ],
    ['hangs up', 'drop', /cannot be used: version: /],
    ['is something else', 'garbage', /is no Docker Engine: its answer to "version" is not one\.$/],
    ['wants a login', { status: 403, message: 'authorization denied by plugin' }, /refuses this user: it answered 403/],
    ['is not there', { status: 404, message: 'page not found' }, /is no Docker Engine/],
  ];
  it.each(greetings)('that %s at the first call is one clear sentence and exit 3', async (_, fate, sentence) => {
    const url = await through(() => fate);
    const error = await failure(connect({ host: url }, patience));
    expect(error.message).toMatch(sentence);
    expect(error.message).toContain(`${url} (--host)`);
    expect(error.message.split('\n')).toHaveLength(1);
    expect(error.exitCode).toBe(exitCodes.nothingJudged);
  });

  it.each([
    ['hangs', 'hang'],
    ['answers 500', { status: 500 }],
    ['stops', 'drop'],
  ] as [string, Fate][])('that %s when containers are listed is exit 3', async (_, fate) => {
    const url = await through((__, path) => (path.startsWith('/containers') ? fate : 'pass'));
    const engine = await connect({ host: url }, patience);
    const error = await failure(verify(shop('/srv/shop'), engine, nothing));
    expect(error.exitCode).toBe(exitCodes.nothingJudged);
  });

  it('that goes away after the list is exit 3 too', async () => {
    const root = folder({ 'compose.yaml': compose });
    const id = await run({ project: 'away', service: 'api', folder: root });
    const url = await through((_, path) =>
      path.endsWith('/json') || /\/json\?/.test(path)
        ? path.startsWith('/containers/json')
          ? 'pass'
          : 'drop'
        : 'pass',
    );
    const engine = await connect({ host: url }, patience);
    const error = await failure(verify(shop(root), engine, { ...nothing, containers: [id] }));
    expect(error.exitCode).toBe(exitCodes.nothingJudged);
  });

  it.each([
    ['hangs', 'hang', 'no answer to "inspect sick-hangs" within 0.4 s'],
    [
      'answers 500',
      { status: 500, message: 'no such layer' },
      'it answered 500 to "inspect sick-answers-500" (no such layer)',
    ],
  ] as [string, Fate, string][])(
    'that %s over one container names it and judges the others',
    async (what, fate, reason) => {
      const root = folder({ 'compose.yaml': compose });
      const name = `sick-${what.replace(' ', '-')}`;
      const well = await run({ name: `well-${what.replace(' ', '-')}`, project: name, service: 'api', folder: root });
      const sick = await run({ name, project: name, service: 'api', folder: root });
      const url = await through((_, path) => (path.startsWith(`/containers/${sick}/`) ? fate : 'pass'));
      const { live } = await verify(shop(root), await connect({ host: url }, patience), {
        ...nothing,
        containers: [well, sick],
      });
      expect(live.containers.map((container) => container.name)).toEqual([`well-${what.replace(' ', '-')}`]);
      expect(live.unmatched).toEqual([{ name, image: '', reason }]);
    },
  );

  it('says of a container that it vanished while it was read', async () => {
    const root = folder({ 'compose.yaml': compose });
    const stays = await run({ name: 'stays', project: 'vanish', service: 'api', folder: root });
    const goes = await run({ name: 'goes', project: 'vanish', service: 'api', folder: root });
    const url = await through(async (_, path): Promise<Fate> => {
      if (path.startsWith(`/containers/${goes}/`)) await docker.getContainer(goes).remove({ force: true });
      return 'pass';
    });
    const { live, sightings } = await verify(shop(root), await connect({ host: url }, 5000), {
      ...nothing,
      containers: [stays, goes],
    });
    expect(live.unmatched).toEqual([{ name: 'goes', image: '', reason: 'it vanished while it was read' }]);
    expect(sightings.map(({ rule }) => rule)).toContain('infrastructure/orchestration');
  });

  it('loses what needs the image, the clock or the changes of a container, and no more', async () => {
    const root = folder({ 'compose.yaml': compose });
    const id = await run({ project: 'imageless', service: 'api', folder: root });
    const url = await through((_, path) => (/^\/(images|info)|\/changes/.test(path) ? { status: 500 } : 'pass'));
    const audited = target({
      root,
      files: { 'compose.yaml': compose },
      components: { 'services/api': {} },
      rules: { ...rules, 'data/file-storage': 'ready', 'infrastructure/container-image': 'ready' },
    });
    const { sightings } = await verify(audited, await connect({ host: url }, patience), {
      ...nothing,
      containers: [id],
    });
    expect(sightings.map(({ rule }) => rule)).toEqual([
      'infrastructure/container-image',
      'infrastructure/orchestration',
      'resilience/container-limits',
    ]);
  });
});

describeDocker('many containers', () => {
  const { run, folder } = world();

  it('reads 200 of them, folds what they say, and gives the same report twice', { timeout: 120_000 }, async () => {
    const root = folder({ 'compose.yaml': compose });
    const names = Array.from({ length: 200 }, (_, i) => `crowd-api-${i + 1}`);
    for (let i = 0; i < names.length; i += 10) {
      await Promise.all(
        names
          .slice(i, i + 10)
          .map((name) => run({ name, project: 'crowd', service: 'api', folder: root, start: false })),
      );
    }
    const engine = await connect({ host });
    const shop = target({ root, files: { 'compose.yaml': compose }, components: { 'services/api': {} }, rules });
    const started = Date.now();
    const first = await verify(shop, engine, { ...nothing, project: 'crowd' });
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(first.live.containers).toHaveLength(200);
    const limits = first.sightings.find(({ rule }) => rule === 'resilience/container-limits')!;
    expect(limits.evidence.length).toBeLessThan(10);
    expect(limits.evidence.map(({ container }) => container)).toContain('crowd-api-100 and 197 more');
    const second = await verify(shop, engine, { ...nothing, project: 'crowd' });
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });
});

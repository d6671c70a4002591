import { beforeAll, expect, it } from 'vitest';
import { connect, verify } from '../../src/live/index.ts';
import { target } from '../unit/live/target.ts';
import { trouble } from './trouble.ts';
import { describeDocker, docker, host, listening, world } from './world.ts';

const base = 'readiness-test/busy:1.0';
const rule = 'infrastructure/container-image';

describeDocker('building', () => {
  const { folder } = world();
  let before: unknown;
  beforeAll(async () => {
    before = await left();
  });

  async function built(
    files: Record<string, string>,
    url = host,
  ): Promise<{ status?: string | undefined; notes: string[] }> {
    const root = folder(files);
    const audited = target({
      root,
      files,
      components: { 'services/api': { routes: ['/health'] } },
      rules: { [rule]: 'ready' },
    });
    const engine = await connect({ host: url }, 15_000);
    const { sightings, live } = await verify(audited, engine, {
      project: null,
      containers: ['nobody'],
      probe: false,
      drill: null,
      build: true,
    });
    const seen = sightings.find((sighting) => sighting.rule === rule);
    return { status: seen?.status, notes: [...(seen?.evidence ?? []).map(({ note }) => note), ...live.notes.slice(1)] };
  }
  const left = async (): Promise<unknown> => ({
    images: (await docker.listImages({ all: true })).map(({ Id }) => Id).sort(),
    containers: (await docker.listContainers({ all: true, filters: { label: ['readiness.verify'] } })).map(
      ({ Id }) => Id,
    ),
  });
  const api = (text: string, more: Record<string, string> = {}): Record<string, string> => ({
    'services/api/Dockerfile': text,
    ...more,
  });

  it.concurrent('an image that builds and passes its health check', async () => {
    const text = `ARG RELEASE=1\nFROM ${base} AS made\nRUN echo ok > /tmp/health\nFROM ${base}\nCOPY --from=made /tmp/health /www/health\nEXPOSE 8080\nUSER 1000\nHEALTHCHECK --interval=1s CMD cat /www/health\nCMD ["httpd", "-f", "-p", "8080", "-h", "/www"]\n`;
    expect(await built(api(text))).toEqual({
      status: 'ready',
      notes: [
        expect.stringMatching(/^builds: an image of [\d.]+ MB that runs as 1000$/),
        'run alone, it passes its health check',
      ],
    });
  });

  it.concurrent('an image without a health check is asked at the path that the code answers', async () => {
    const text = `FROM ${base}\nRUN mkdir /www && echo ok > /www/health\nEXPOSE 8080\nCMD ["httpd", "-f", "-p", "8080", "-h", "/www"]\n`;
    expect(await built(api(text))).toEqual({
      status: 'partial',
      notes: [expect.stringMatching(/that runs as root$/), 'run alone, it answers GET /health'],
    });
  });

  it.concurrent('an image that ends at once', async () => {
    const text = `FROM ${base}\nUSER app\nCMD ["sh", "-c", "exit 5"]\n`;
    const { notes } = await built(api(text));
    expect(notes[1]).toBe('run alone, without its variables and its stack, it ended with 5');
  });

  it.concurrent('an image whose command is not in it', async () => {
    const { status, notes } = await built(api(`FROM ${base}\nUSER app\nCMD ["node", "dist/main.js"]\n`));
    expect(status).toBe('partial');
    expect(notes[1]).toMatch(
      /^its container could not be started: .*"node": executable file not found.*everything was put back$/,
    );
  });

  it.concurrent('names the line and the instruction of a step that fails', async () => {
    const text = `# syntax of old\nARG V=1\nFROM ${base} AS one\nRUN true\n\nFROM ${base}\nRUN echo first && \\\n    echo second && \\\n    exit 7\nUSER app\n`;
    expect(await built(api(text))).toEqual({
      status: 'partial',
      notes: [
        expect.stringMatching(
          /^the build fails at services\/api\/Dockerfile:7 \(RUN echo first && echo second && exit 7\): The command .* returned a non-zero code: 7$/,
        ),
      ],
    });
  });

  it.concurrent('hands a Dockerfile that needs BuildKit to BuildKit, and finds the line there too', async () => {
    const text = `FROM ${base}\nRUN --mount=type=cache,target=/c echo hi\nRUN exit 9\n`;
    const { status, notes } = await built(api(text));
    expect(status).toBe('partial');
    expect(notes[0]).toMatch(/^the build fails at services\/api\/Dockerfile:3 \(RUN exit 9\): .*exit code: 9$/);
  });

  it.concurrent('does not blame the repository for a base image that cannot be had', async () => {
    expect(await built(api('FROM registry.invalid/none:1\n'))).toMatchObject({ status: 'unknown' });
  });

  it.concurrent('sends the context that compose names, with its arguments, without what .dockerignore names', async () => {
    const files = {
      'compose.yaml':
        'services:\n  api:\n    build: { context: ., dockerfile: services/api/Dockerfile, target: last, args: { WHO: me } }\n',
      'services/api/Dockerfile': `FROM ${base} AS last\nARG WHO\nCOPY . /src\nRUN test "$WHO" = me && test -f /src/kept/deep/x && test ! -e /src/secret && test ! -e /src/kept/y\nUSER app\nCMD ["sleep", "60"]\nFROM ${base}\nRUN exit 1\n`,
      '.dockerignore': 'secret\nservices\nkept/*\n!kept/deep\n',
      secret: 's',
      'kept/y': 'y',
      'kept/deep/x': 'x',
    };
    const { notes } = await built(files);
    expect(notes[0]).toMatch(/^builds: /);
  });

  it.concurrent('tells that the engine broke off', async () => {
    const proxy = trouble(host.replace('unix://', ''), (_, path) => (path.startsWith('/build') ? 'half' : 'pass'));
    const url = `tcp://127.0.0.1:${await listening(proxy)}`;
    setTimeout(() => proxy.closeAllConnections(), 1500);
    const { notes, status } = await built(api(`FROM ${base}\n`), url);
    expect(status).toBeUndefined();
    expect(notes[0]).toMatch(/^services\/api was not built: build services\/api\/Dockerfile: /);
  });

  it('and leaves nothing behind', async () => {
    expect(await left()).toEqual(before);
  });
});

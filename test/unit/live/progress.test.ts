import { describe, expect, it } from 'vitest';
import { follower } from '../../../src/live/build/progress.ts';

const dockerfile = `# a comment
ARG BASE=node:20
FROM \${BASE} AS build
RUN --mount=type=cache,target=/root/.npm \\
    npm ci

RUN npm run build
FROM node:20
COPY --from=build /app/dist /app
USER node
`;

describe("a builder's account", () => {
  const cases: [string, object[], { line: number | null; instruction: string | null }][] = [
    [
      "the engine's own, which counts every step",
      [
        { stream: 'Step 1/7 : ARG BASE' },
        { stream: ' ---> 0123456789ab\n' },
        { stream: 'Step 4/7 : RUN npm run build' },
        { error: 'The command returned a non-zero code: 2' },
      ],
      { line: 7, instruction: 'RUN npm run build' },
    ],
    [
      'BuildKit, which quotes the command',
      [
        { id: 'moby.buildkit.trace', aux: 'AAAA' },
        { error: 'process "/bin/sh -c npm ci" did not complete successfully: exit code: 1' },
      ],
      { line: 4, instruction: 'RUN --mount=type=cache,target=/root/.npm npm ci' },
    ],
    [
      'Podman, which counts anew in each stage',
      [
        { stream: '[2/2] STEP 2/3: COPY --from=build /app/dist /app\n' },
        { error: 'building at STEP "COPY --from=build /app/dist /app": no such file or directory\n' },
      ],
      { line: 9, instruction: 'COPY --from=build /app/dist /app' },
    ],
    ['one that says nothing of where', [{ error: 'no space left on device' }], { line: null, instruction: null }],
    [
      'one that breaks off',
      [{ stream: 'Step 3/7 : FROM node:20' }],
      { line: 4, instruction: expect.any(String) as never },
    ],
  ];
  it.each(cases)('%s', (_, messages, expected) => {
    const follow = follower(dockerfile);
    for (const message of messages) follow.read(message);
    expect(follow.end()).toMatchObject({ built: false, ...expected });
  });

  it('remembers the image, and what was made on the way', () => {
    const follow = follower(dockerfile);
    for (const stream of [' ---> 0123456789ab\n', '--> 22e84140b51\n', 'layer ---> 999999999999\n'])
      follow.read({ stream });
    follow.read({ aux: { ID: 'sha256:c89a' } });
    expect(follow.end()).toEqual({ built: true, image: 'sha256:c89a' });
    expect(follow.layers).toEqual(['0123456789ab', '22e84140b51']);
  });
});

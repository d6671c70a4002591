import { describe, expect, it } from 'vitest';
import pipelines from '../../../src/analyzers/pipelines.ts';
import type { PipelineFact } from '../../../src/model/facts/index.ts';
import { openMemory } from '../../../src/repository/index.ts';

function read(files: Record<string, string>) {
  const failures: unknown[] = [];
  const facts = pipelines.analyze(openMemory(files), (failure) => failures.push(failure));
  return { facts, failures };
}
const one = (files: Record<string, string>): PipelineFact => read(files).facts[0]!;
const events = (fact: PipelineFact) => fact.triggers.map((each) => each.event);
/** `job line folder command` of every step. */
const steps = (fact: PipelineFact) =>
  fact.jobs.flatMap((job) =>
    job.steps.map((step) => `${job.id} ${step.line} ${step.workingDirectory} ${step.run ?? step.uses}`),
  );

describe('GitHub workflows', () => {
  const path = '.github/workflows/ci.yml';
  const body = 'jobs:\n  a:\n    runs-on: x\n    steps:\n      - run: npm test\n';
  const forms: [string, string[]][] = [
    ['on: push\n', ['push']],
    ['on: [push, pull_request]\n', ['push', 'pull_request']],
    ['"on":\n  workflow_dispatch:\n  schedule: []\n', ['manual', 'schedule']],
    ['true: push\n', ['push']],
    ['on:\n  push:\n    tags: ["v*"]\n', ['tag']],
    ['on:\n  pull_request_target:\n', ['pull_request']],
    ['', []],
  ];
  it.each(forms)('reads %j', (on, expected) => expect(events(one({ [path]: on + body }))).toEqual(expected));

  it('keeps branch and path filters', () => {
    const fact = one({ [path]: `on:\n  push:\n    branches: [main]\n    paths-ignore: ["docs/**"]\n${body}` });
    expect(fact.triggers).toEqual([{ event: 'push', branches: ['main'], paths: ['!docs/**'], line: 2 }]);
  });

  it('follows reusable workflows and composite actions, and goes on where they turn in circles', () => {
    const { facts } = read({
      [path]:
        'on: push\njobs:\n  call:\n    if: "false"\n    uses: ./.github/workflows/test.yml\n    with: { dir: apps/api }\n',
      '.github/workflows/test.yml':
        'on:\n  workflow_call:\n    inputs:\n      dir: { type: string }\njobs:\n  t:\n    steps:\n      - uses: ./.github/actions/go\n      - run: npm test -w ${{ inputs.dir }}\n',
      '.github/actions/go/action.yml':
        'runs:\n  using: composite\n  steps:\n    - run: npm ci\n    - uses: ./.github/actions/go\n',
    });
    const fact = facts.find((each) => each.path === path)!;
    expect(steps(fact)).toEqual([
      'call / t 8 . ./.github/actions/go',
      'call / t 4 . npm ci',
      'call / t 5 . ./.github/actions/go',
      'call / t 9 . npm test -w apps/api',
    ]);
    expect(fact.jobs[1]).toMatchObject({ disabled: true, file: '.github/workflows/test.yml' });
    expect(fact.jobs[1]!.steps[1]!.file).toBe('.github/actions/go/action.yml');
  });

  it.each([
    [
      'its own by the name of the repository',
      'acme/shop/.github/workflows/test.yml@main',
      'on: workflow_call',
      ['call / t 4 . npm test'],
    ],
    ['its own by name, which is not to be called', 'acme/shop/.github/workflows/test.yml@main', 'on: push', []],
    ["another repository's", 'acme/pipelines/.github/workflows/other.yml@v1', 'on: workflow_call', []],
  ])('follows a reusable workflow: %s', (_, uses, on, expected) => {
    const { facts } = read({
      [path]: `on: push\njobs:\n  call:\n    uses: ${uses}\n`,
      '.github/workflows/test.yml': `${on.replace(': ', ':\n  ')}:\njobs: { t: { steps: [\n  { run: npm test }] } }\n`,
    });
    expect(steps(facts.find((each) => each.path === path)!)).toEqual(expected);
  });

  it('reads steps that run side by side', () => {
    const fact = one({
      [path]:
        'on: push\njobs:\n  a:\n    steps:\n      - run: npm ci\n      - parallel:\n          - run: npm test\n            working-directory: api\n          - run: npm run lint\n',
    });
    expect(steps(fact)).toEqual(['a 5 . npm ci', 'a 7 api npm test', 'a 9 . npm run lint']);
  });

  it('reads what a step hands to a shell in the place of an action’s own program', () => {
    const body = (entrypoint: string) =>
      `on: push\njobs:\n  a:\n    steps:\n      - uses: acme/ship@v1\n        with: { entrypoint: ${entrypoint}, args: -c "npx ship" }\n`;
    expect(steps(one({ [path]: body('/bin/bash') }))).toEqual(['a 5 . /bin/bash -c "npx ship"']);
    expect(steps(one({ [path]: body('/ship') }))).toEqual(['a 5 . acme/ship@v1']);
  });

  it('puts a step in the folder it says, of each matrix value too', () => {
    const fact = one({
      [path]:
        'on: push\ndefaults:\n  run:\n    working-directory: web\njobs:\n  a:\n    strategy:\n      matrix:\n        app: [api, auth]\n        node: [18, 20]\n    steps:\n      - run: npm ci\n      - run: npm test\n        working-directory: ./services/${{ matrix.app }}\n      - run: |\n          x\n          y\n        working-directory: ${{ env.DIR }}\n        continue-on-error: true\n',
    });
    expect(steps(fact)).toEqual([
      'a 12 web npm ci',
      'a 13 services/api npm test',
      'a 13 services/auth npm test',
      'a 15 null x\ny\n',
    ]);
    expect(fact.jobs[0]!.matrix).toEqual({ app: ['api', 'auth'], node: ['18', '20'] });
    expect(fact.jobs[0]!.steps[3]).toMatchObject({ continueOnError: true, runLine: 16 });
  });

  it('reads the same syntax in other hosts’ folders, and not in nested ones', () => {
    const { facts } = read({
      '.gitea/workflows/x.yml': `on: push\n${body}`,
      'packages/a/.github/workflows/x.yml': `on: push\n${body}`,
    });
    expect(facts.map((each) => [each.path, each.host])).toEqual([['.gitea/workflows/x.yml', 'other']]);
  });

  it('tells of a file that is no YAML and reads the others', () => {
    const { facts, failures } = read({
      [path]: 'on: push\njobs: {a: [',
      '.github/workflows/ok.yml': `on: push\n${body}`,
    });
    expect(facts.map((each) => each.path)).toContain('.github/workflows/ok.yml');
    expect(failures).toContainEqual(expect.objectContaining({ file: path }));
  });
});

describe('other hosts', () => {
  const cases: [string, Record<string, string>, string[], string[]][] = [
    [
      'GitLab with a local include, extends and a default',
      {
        '.gitlab-ci.yml':
          'include: [{ local: /ci/test.yml }]\ndefault:\n  before_script: [cd api]\nbuild:\n  script: [make]\n  when: manual\n',
        'ci/test.yml':
          '.base:\n  script: [npm ci, npm test]\ntest:\n  extends: .base\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n',
      },
      ['push', 'pull_request'],
      ['test 3 . cd api', 'test 2 api npm ci', 'test 2 api npm test', 'build 3 . cd api', 'build 5 api make'],
    ],
    [
      'CircleCI with a command and parameters',
      {
        '.circleci/config.yml':
          'commands:\n  go:\n    parameters: { s: { default: test } }\n    steps:\n      - run: npm run << parameters.s >>\njobs:\n  t:\n    docker: [{ image: node }, { image: postgres }]\n    steps: [checkout, go, { run: { command: yarn lint, working_directory: ~/project/web } }]\nworkflows:\n  main:\n    jobs: [t, node/test]\n',
      },
      ['push'],
      ['t 9 . checkout', 't 5 . npm run test', 't 9 web yarn lint', 'node/test 12 . npm run test'],
    ],
    [
      'Azure with a template and a task',
      {
        'azure-pipelines.yml':
          'trigger: [main]\npr: none\nstages:\n  - stage: S\n    jobs:\n      - job: J\n        steps:\n          - template: ci/steps.yml\n          - task: Npm@1\n            inputs: { command: custom, customCommand: run test, workingDir: web }\n',
        'ci/steps.yml': 'parameters: []\nsteps:\n  - script: npm ci\n',
      },
      ['push'],
      ['S / J 3 . npm ci', 'S / J 9 web npm run test'],
    ],
    [
      'Jenkins, read as text',
      {
        Jenkinsfile:
          "pipeline {\n  stages {\n    stage('T') {\n      steps {\n        dir('api') {\n          sh 'npm test'\n        }\n        sh '''\n          make\n        '''\n      }\n    }\n  }\n}\n",
      },
      ['push'],
      ['T 6 api npm test', 'T 8 . make'],
    ],
    [
      'Bitbucket',
      {
        'bitbucket-pipelines.yml':
          'pipelines:\n  pull-requests:\n    "**":\n      - parallel:\n          - step:\n              script: [npm test]\n',
      },
      ['pull_request'],
      ['pull-requests ** 1 6 . npm test'],
    ],
    [
      'Travis, with what it runs for Node by itself',
      { '.travis.yml': 'language: node_js\nnode_js: [20]\n', 'package-lock.json': '{}' },
      ['push', 'pull_request'],
      ['build 1 . npm ci', 'build 1 . npm test'],
    ],
    [
      "Travis, with Yarn's lockfile",
      { '.travis.yml': 'language: node_js\nnode_js: [20]\n', 'yarn.lock': '' },
      ['push', 'pull_request'],
      ['build 1 . yarn --frozen-lockfile', 'build 1 . yarn test'],
    ],
    [
      'Buildkite',
      { '.buildkite/pipeline.yml': 'steps:\n  - label: t\n    command: npm test\n' },
      ['push'],
      ['t 3 . npm test'],
    ],
    [
      'Drone',
      {
        '.drone.yml':
          'kind: pipeline\nname: d\ntrigger: { event: [tag] }\nsteps:\n  - name: t\n    commands: [cd web, npm test]\n',
      },
      ['tag'],
      ['d 6 . cd web', 'd 6 web npm test'],
    ],
    [
      'AppVeyor',
      { 'appveyor.yml': 'test_script:\n  - ps: npm test\n' },
      ['push', 'pull_request'],
      ['build 2 . npm test'],
    ],
    [
      'Cloud Build',
      { 'cloudbuild.yaml': "steps:\n  - name: gcr.io/cloud-builders/npm\n    args: ['run', 'test']\n    dir: api\n" },
      ['external'],
      ['build 2 api npm run test'],
    ],
    [
      'CodeBuild',
      { 'buildspec.yml': 'phases:\n  build:\n    commands: [npm ci, npm test]\n' },
      ['external'],
      ['build 3 . npm ci', 'build 3 . npm test'],
    ],
  ];
  it.each(cases)('%s', (_, files, expectedEvents, expectedSteps) => {
    const { facts } = read(files);
    expect(facts).toHaveLength(1);
    expect(events(facts[0]!)).toEqual(expectedEvents);
    expect(steps(facts[0]!)).toEqual(expectedSteps);
  });
  it.each([
    ['.d:\n  script: [x]\n', [['.d', true]]],
    ['.d:\n  script: [x]\n.n:\n  image: y\n', [['.d', true]]],
    ['.d:\n  script: [x]\nn:\n  extends: .d\n', [['n', false]]],
  ])('takes a pipeline of hidden jobs alone as switched off: %j', (text, jobs) => {
    const fact = one({ '.gitlab-ci.yml': text });
    expect(fact.jobs.map(({ id, disabled }) => [id, disabled])).toEqual(jobs);
  });
  it('says that a job waits for a person', () => {
    const fact = one({ '.gitlab-ci.yml': 'd:\n  script: [x]\n  when: manual\nn:\n  script: [y]\n  when: never\n' });
    expect(fact.jobs.map((job) => [job.condition, job.disabled])).toEqual([
      ['manual', false],
      [null, true],
    ]);
  });
});

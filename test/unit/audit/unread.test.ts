import { describe, expect, it } from 'vitest';
import { guarded, unlessUnread } from '../../../src/audit/guard.ts';
import { touchedFacts } from '../../../src/detectors/shared/scope.ts';
import type { AuditModel } from '../../../src/model/audit-model.ts';
import type { FactFailure, FactName } from '../../../src/model/facts/index.ts';
import type { Signal } from '../../../src/model/signal.ts';
import { aComponent, fakeModel } from '../../support/fake-model.ts';

const [api, web, inner] = ['apps/api', 'apps/web', 'apps/api/jobs'].map((path) => aComponent({ path }));
const failure = (fact: FactName, file: string | null, line: number | null = 3): FactFailure => ({
  fact,
  file,
  line,
  message: 'odd',
});
const modelWith = (failures: FactFailure[], files: Record<string, string> = {}): AuditModel => {
  const model = fakeModel({ files, components: [api!, web!, inner!] });
  return { ...model, facts: { ...model.facts, failures } };
};
const no: Signal = { answer: 'no', evidence: [{ file: 'a.js', line: 1, note: 'nearly' }], searched: ['it'] };

describe('an absence over a file that could not be read', () => {
  /** Whether it is still one, for a component, by where the file lies and what it would have told. */
  const rows: [string, FactName, string | null, boolean][] = [
    ['its own image', 'dockerfiles', 'apps/api/Dockerfile', false],
    ['the image of another', 'dockerfiles', 'apps/web/Dockerfile', true],
    ['the image of all', 'dockerfiles', 'Dockerfile', true],
    ['the image of a component in it', 'dockerfiles', 'apps/api/jobs/Dockerfile', true],
    ['a schema of another', 'dataSchemas', 'apps/web/schema.prisma', true],
    ['its own schema', 'dataSchemas', 'apps/api/schema.prisma', false],
    ['a page of another', 'pages', 'apps/web/index.html', true],
    ['its own page', 'pages', 'apps/api/index.html', false],
    ['a web manifest of another', 'webManifests', 'apps/web/app.webmanifest', true],
    ['its own web manifest', 'webManifests', 'apps/api/app.webmanifest', false],
    ['a template of another', 'envFiles', 'apps/web/.env.example', true],
    ['its own template', 'envFiles', 'apps/api/.env.example', false],
    ['a definition beside another', 'compose', 'apps/web/compose.yaml', false],
    ['a pipeline', 'pipelines', '.github/workflows/ci.yml', false],
    ['an example', 'compose', 'examples/compose.yaml', true],
    ['code', 'sources', 'apps/api/server.js', false],
    ['an analyzer, not a file', 'compose', null, true],
  ];
  it.each(rows)('%s (%s)', (_, fact, file, stays) => {
    const model = modelWith([failure(fact, file)]);
    touchedFacts(model).add(fact);
    expect(unlessUnread(no, model, api!).answer).toBe(stays ? 'no' : 'unknown');
  });

  it('is that of the component in its folder too, where the folder above is its owner', () => {
    const model = modelWith([failure('dockerfiles', 'apps/api/Dockerfile')]);
    touchedFacts(model).add('dockerfiles');
    expect([inner!, web!, null].map((one) => unlessUnread(no, model, one).answer)).toEqual([
      'unknown',
      'no',
      'unknown',
    ]);
  });

  it.each<[number | null, string]>([
    [3, 'apps/api/compose.yaml:3 could not be read: odd'],
    [null, 'apps/api/compose.yaml could not be read: odd'],
  ])('says which and why (line %s)', (line, reason) => {
    const model = modelWith([failure('compose', 'apps/api/compose.yaml', line)]);
    touchedFacts(model).add('compose');
    expect(unlessUnread(no, model, api!)).toMatchObject({
      answer: 'unknown',
      cause: 'failed',
      reason,
      evidence: no.evidence,
    });
  });

  it('stays one where nobody looked at such files, and a yes stays a yes', () => {
    const model = modelWith([failure('compose', 'compose.yaml')]);
    expect(unlessUnread(no, model, api!)).toBe(no);
    touchedFacts(model).add('pages');
    expect(unlessUnread(no, model, api!)).toBe(no);
    touchedFacts(model).add('compose');
    const yes: Signal = { ...no, answer: 'yes' };
    expect(unlessUnread(yes, model, api!)).toBe(yes);
  });

  it('is none of code that nothing runs', () => {
    const model = modelWith([failure('sources', 'apps/api/server.js')]);
    touchedFacts(model).add('sources');
    const of = model.wiring.of;
    model.wiring.of = (root) => ({ ...of(root), fileLiveness: () => (root.path === 'apps/web' ? 'unknown' : 'dead') });
    expect([api!, web!, null].map((one) => unlessUnread(no, model, one).answer)).toEqual(['no', 'unknown', 'unknown']);
  });
});

describe('a fact that could not be read at all', () => {
  const asked: [string, (model: AuditModel) => unknown][] = [
    ['sources', (model) => model.facts.sources],
    ['sources', (model) => model.wiring],
    ['compose', (model) => model.facts.compose],
    ['compose', (model) => model.deployment],
  ];
  it.each(asked)('ends whoever asks for it: %s, %s', (fact, ask) => {
    const model = guarded(modelWith([failure(fact as FactName, null)]));
    expect(() => ask(model)).toThrow(`${fact} could not be read: odd`);
    expect(ask(guarded(modelWith([failure('pages', null)])))).toBeTruthy();
    expect(ask(guarded(modelWith([failure(fact as FactName, 'a.yaml')])))).toBeTruthy();
  });

  const bearing: [string, FactName, string, boolean][] = [
    ['dockerfiles', 'dockerfiles', '', true],
    ['kubernetes', 'kubernetes', '', true],
    ['helm', 'helm', '', true],
    ['kustomizations', 'kustomizations', '', true],
    ['proxies', 'proxies', '', true],
    ['platforms', 'platforms', '', true],
    ['iac', 'iac', '', true],
    ['pipelines that deploy', 'pipelines', 'script: kubectl apply -f x', true],
    ['pipelines that only test', 'pipelines', 'script: npm test', false],
    ['schemas', 'dataSchemas', '', false],
  ];
  it.each(bearing)('bears on what is deployed: %s', (_, fact, text, expected) => {
    const model = guarded(modelWith([failure(fact, 'some/file.yml')], { 'some/file.yml': text }));
    expect(model.deployment).toBeTruthy();
    expect(touchedFacts(model).has(fact)).toBe(expected);
  });

  it.each(
    'deploy.sh,docker push,podman build,kubectl,helm upgrade,kustomize,terraform,tofu,pulumi,cdk synth,serverless,sls deploy,sst,fly,vercel,netlify,wrangler,railway,heroku,firebase,gcloud,aws s3 sync,az webapp,ansible,ssh host,rsync -a,scp a b'
      .split(',')
      .map((line) => [line]),
  )('a pipeline with %s says so', (line) => {
    const model = guarded(modelWith([failure('pipelines', 'ci.yml')], { 'ci.yml': `script: ${line}` }));
    expect(model.deployment).toBeTruthy();
    expect(touchedFacts(model).has('pipelines')).toBe(true);
  });
  it.each(['slsa', 'assets', 'scpi', 'blaze', 'laws', 'sshd-less', 'acdkey', 'butterfly'].map((word) => [word]))(
    'a pipeline with %s does not',
    (word) => {
      const model = guarded(modelWith([failure('pipelines', 'ci.yml')], { 'ci.yml': `script: run ${word}x` }));
      expect(model.deployment).toBeTruthy();
      expect(touchedFacts(model).has('pipelines')).toBe(false);
    },
  );

  it('is looked at by whoever asks for the list of facts with the rest', () => {
    const model = guarded(modelWith([]));
    expect(Object.keys(model.facts)).toContain('sources');
    expect(touchedFacts(model).size).toBe(0);
    expect(model.facts.pages).toEqual([]);
    expect([...touchedFacts(model)]).toEqual(['pages']);
    expect(model.facts.failures).toEqual([]);
    expect([...touchedFacts(model)]).toEqual(['pages']);
  });
});

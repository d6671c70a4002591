import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import { type Component, hasTrait } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { declaredIn } from './shared/manifests.ts';
import { wantedPackages } from './shared/packages.ts';
import { isAside, noteOf, once, ownerOf, placeOf, subjects } from './shared/scope.ts';
import { drives } from './shared/testing/drives.ts';
import type { TestFile } from './shared/testing/files.ts';
import { browserSubjects, runOf, testRuns, testsOf } from './shared/testing/suites.ts';

const kinds = ['unit', 'integration', 'e2e'] as const;
type Kind = (typeof kinds)[number];

export default defineDetector({
  name: 'runs-tests',
  asks: '`exist`: there are tests of the kind (or, but for unit tests, a tool for them); `run`: real ones, that a script or a pipeline runs',
  options: z.strictObject({ kind: z.enum(kinds), ask: z.enum(['exist', 'run']) }),
  judge(model, component, { kind, ask }) {
    return allOf(
      subjects(model, component).map((subject) =>
        ask === 'exist' ? existing(model, subject, kind) : running(model, subject, kind),
      ),
    );
  },
});

/** More than this many files show nothing more. */
const shown = 4;
const words: Record<Kind, string> = {
  unit: 'test files',
  integration: 'tests that send requests to the API or work on a real database',
  e2e: 'specs for a browser or a device',
};

interface Sighted {
  file: TestFile;
  evidence: Evidence;
}

const sightings = once((model, component: Component, kind: Kind): readonly Sighted[] =>
  testsOf(model, component).flatMap((file): Sighted[] => {
    if (kind === 'unit')
      return file.tool === 'unit' ? [{ file, evidence: noteOf({ file: file.path, line: file.line }, 'tests') }] : [];
    if (kind === 'e2e')
      return file.tool !== 'unit'
        ? [{ file, evidence: noteOf({ file: file.path, line: file.line }, 'drives the app') }]
        : [];
    const evidence = drives(model, file);
    return evidence ? [{ file, evidence }] : [];
  }),
);

function existing(model: AuditModel, component: Component, kind: Kind): Signal {
  const found = sightings(model, component, kind).map((one) => one.evidence);
  const others = kind === 'unit' ? [] : [...collections(model, component, kind), ...toolsFor(model, component, kind)];
  const shell = found.length === 0 ? shellTests(model, component, kind) : [];
  if (found.length + others.length + shell.length === 0) return no(`${placeOf(component)}: ${words[kind]}`);
  return yes(...found.slice(0, shown), ...others.slice(0, shown), ...shell.slice(0, shown));
}

function running(model: AuditModel, component: Component, kind: Kind): Signal {
  const found = sightings(model, component, kind);
  const real = found.filter((one) => !one.file.sample);
  const run = real.flatMap((one) => {
    const started = runOf(model, one.file);
    return started ? [{ evidence: one.evidence, at: started.at }] : [];
  });
  if (run.length > 0) return yes(...run.slice(0, shown).map((one) => one.evidence), run[0]!.at);
  const collected = collections(model, component, kind);
  if (collected.length > 0) return yes(...collected);
  if (real.length > 0)
    return no(
      `package scripts and pipelines: a run of ${real[0]!.file.path}`,
      real
        .slice(0, shown)
        .map((one) => ({ ...one.evidence, note: `${one.evidence.note}; no script and no pipeline runs it` })),
    );
  if (found.length > 0)
    return no(
      `${placeOf(component)}: ${words[kind]} of one's own`,
      found.slice(0, shown).map((one) => ({ ...one.evidence, note: 'is as a generator left it, or cannot fail' })),
    );
  return no(`${placeOf(component)}: ${words[kind]}`);
}

/** Collections of requests that a script or pipeline plays. */
const collections = (model: AuditModel, component: Component, kind: Kind): Evidence[] =>
  kind !== 'integration' || !hasTrait(component, 'http')
    ? []
    : testRuns(model)
        .filter(({ runs, run }) => {
          if (runs !== 'http') return false;
          const owner = ownerOf(model, run.cwd === '.' ? 'package.json' : `${run.cwd}/package.json`);
          return (
            owner === component.path || !model.components.some((one) => one.path === owner && hasTrait(one, 'http'))
          );
        })
        .map(({ at }) => at);

/** Shell scripts that call the API, among the tests or named for them (`tests/smoke.sh`), and those that play a collection of requests. */
function shellTests(model: AuditModel, component: Component, kind: Kind): Evidence[] {
  if (kind !== 'integration') return [];
  return model.view.glob('**/*.sh').flatMap((file) => {
    const amongTests = /(^|\/)(test|tests|e2e|integration)\//.test(file);
    if (ownerOf(model, file) !== component.path || (!amongTests && isAside(file))) return [];
    const lines = model.view.text(file).split('\n');
    const at = lines.findIndex(
      (line) =>
        /^[^#]*\b(newman|bru) run\b/.test(line) ||
        (amongTests && /^[^#]*\b(curl|wget|http)\b.*\bhttps?:\/\//.test(line)),
    );
    return at === -1 ? [] : [noteOf({ file, line: at + 1 }, 'sends requests to the API')];
  });
}

/** A tool for such tests, declared or configured. */
function toolsFor(model: AuditModel, component: Component, kind: Kind): Evidence[] {
  if (kind === 'integration')
    return declaredIn(model, component, wantedPackages(model.knowledge, { capability: 'http-testing' }));
  const wanted = wantedPackages(model.knowledge, { capability: 'e2e-testing' });
  const speaks = (path: string): boolean => {
    const owner = model.components.find((one) => one.path === ownerOf(model, path)) ?? null;
    // A service that drives a browser for its own work says nothing of the apps beside it.
    if (owner && owner.path !== '.' && owner.kind !== 'tool' && owner.path !== component.path) return false;
    const onDevice = /detox|appium|maestro/.test(path);
    return browserSubjects(model, owner, path, '', onDevice).includes(component.path);
  };
  const configs = model.view
    .glob([
      '**/{playwright,cypress}.config.*',
      '**/wdio*.conf.*',
      '**/.detoxrc*',
      '**/cypress.json',
      '**/nightwatch.conf.*',
      '**/protractor.conf.*',
      '**/codecept.conf.*',
    ])
    .filter((path) => !/(^|\/)(examples?|templates?|fixtures?|docs?)\//.test(path) && speaks(path))
    .map((file) => noteOf({ file, line: 1 }, 'configures a browser or device test tool'));
  const declared = declaredIn(model, null, wanted).filter(({ file }) => speaks(file));
  return [...configs, ...declared];
}

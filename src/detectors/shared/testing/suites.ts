import type { CommandRun } from '../../../commands/index.ts';
import type { AuditModel } from '../../../model/audit-model.ts';
import { type Component, hasTrait } from '../../../model/component.ts';
import type { Evidence } from '../../../model/evidence.ts';
import { baseOf, dirOf, isWithin } from '../../../model/paths.ts';
import { pipelineSteps, runsOfScript } from '../programs.ts';
import { noteOf, once, ownerOf, sourcesByPath } from '../scope.ts';
import { covers } from './covers.ts';
import { drives } from './drives.ts';
import { type TestFile, testFiles } from './files.ts';
import { handedOver } from './pipeline-runs.ts';
import { type Runs, runnerOf } from './runners.ts';

/** A run of tests, with the script or step that starts it. */
export interface TestRun {
  run: CommandRun;
  runs: Runs;
  at: Evidence;
}

/** Every run of tests that a package script or a step of a pipeline starts. */
export const testRuns = once((model): readonly TestRun[] => {
  const found: TestRun[] = [];
  const add = (run: CommandRun, at: Evidence): void => {
    const runs = runnerOf(run);
    if (runs) found.push({ run, runs, at });
  };
  for (const manifest of model.facts.manifests)
    for (const name of Object.keys(manifest.scripts)) {
      const at = noteOf({ file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 }, `script "${name}"`);
      // A single script is the script itself for `runnerOf`, whatever it starts.
      for (const run of runsOfScript(model, manifest, name))
        add(run.script ? run : { ...run, script: { manifest: manifest.path, name } }, at);
    }
  for (const { pipeline, step, runs } of pipelineSteps(model))
    for (const run of [...runs, ...handedOver(model, step)])
      add(run, noteOf({ file: step.file ?? pipeline.path, line: step.line }, step.name ?? 'step'));
  return found;
});

/** The first run that reaches the file, or null. */
export const runOf = once(
  (model, file: TestFile): TestRun | null =>
    testRuns(model).find(({ run, runs }) => covers(model, run, runs, file)) ?? null,
);

/** Components that the file tests: its own, or for a suite that stands apart those it imports, names or is named for. */
export const testedBy = once((model, file: TestFile): readonly string[] => {
  const owner = model.components.find((one) => one.path === file.owner) ?? null;
  if (file.tool === 'unit') return unitSubjects(model, file, owner);
  return browserSubjects(
    model,
    owner,
    file.path,
    file.text,
    file.tool === 'maestro' || /\bdetox\b|\bdevice\.launchApp/.test(file.text),
  );
});

const isProduct = (component: Component): boolean => !component.stub && component.kind !== 'tool';

/** A package that holds tests of others, or the root of them all. */
const isSuite = (owner: Component): boolean =>
  owner.path === '.' ||
  /(^|[-_./])(e2e|tests?|integration|acceptance|cypress|playwright|specs?|smoke|qa|maestro|detox)([-_./]|$)/i.test(
    owner.path,
  );

const readsFiles = /['"](?:node:)?fs(?:-extra|\/promises)?['"]/;

function unitSubjects(model: AuditModel, file: TestFile, owner: Component | null): string[] {
  const imported = importedOwners(model, file.path);
  if (owner && isProduct(owner)) return [...new Set([owner.path, ...imported])];
  if (imported.length > 0) return imported;
  if (owner && !isSuite(owner)) return [];
  // What looks at files and asks no program for anything tests what else lies in the root.
  if (readsFiles.test(file.text) && !drives(model, file)) return [];
  const http = model.components.filter((one) => isProduct(one) && hasTrait(one, 'http'));
  return narrowed(http, owner, file.path, file.text);
}

/** Components whose own files the test imports by path. */
function importedOwners(model: AuditModel, path: string): string[] {
  const sources = sourcesByPath(model);
  const owners = (sources.get(path)?.module.imports ?? [])
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => model.wiring.resolve(path, specifier))
    .map((target) => (target ? ownerOf(model, target) : null));
  const product = new Set(model.components.filter(isProduct).map((one) => one.path));
  return [...new Set(owners.filter((one): one is string => one !== null && product.has(one)))];
}

/** Apps that a browser suite drives. */
export function browserSubjects(
  model: AuditModel,
  owner: Component | null,
  path: string,
  text: string,
  onDevice = false,
): string[] {
  if (owner && isProduct(owner) && hasTrait(owner, 'ui')) return [owner.path];
  if (owner?.kind === 'tool' && !isSuite(owner)) return [];
  const all = model.components.filter((one) => isProduct(one) && hasTrait(one, 'ui'));
  const fitting = all.filter((one) => (one.kind === 'mobile') === onDevice);
  const apps = fitting.length > 0 ? fitting : all;
  return narrowed(apps, owner, path, text);
}

/** Of the candidates those that the suite is named for or names; where nothing tells, all that lie beside it. */
function narrowed(candidates: readonly Component[], owner: Component | null, path: string, text: string): string[] {
  if (candidates.length <= 1) return candidates.map((one) => one.path);
  const stem = baseOf(owner?.path ?? dirOf(path)).replace(
    /[-_.]?(e2e|tests?|integration|cypress|playwright|spec)([-_.]|$)/gi,
    '',
  );
  const named = candidates.filter((one) => stem !== '' && (baseOf(one.path) === stem || one.name === stem));
  if (named.length > 0) return named.map((one) => one.path);
  const told = candidates.filter((one) => one.path !== '.' && (isNamedIn(path, one) || text.includes(`${one.path}/`)));
  if (told.length > 0) return told.map((one) => one.path);
  const beside = candidates.filter(
    (one) => isWithin(one.path, owner?.path ?? '.') || isWithin(one.path, dirOf(owner?.path ?? '.')),
  );
  return (beside.length > 0 ? beside : candidates).map((one) => one.path);
}

/** `e2e/dashboard/login.spec.ts` speaks of the component in `apps/dashboard`. */
const isNamedIn = (path: string, component: Component): boolean =>
  path.split('/').slice(0, -1).includes(baseOf(component.path)) ||
  baseOf(path).replace(/\.(test|spec|e2e|cy|e2e-spec)?\.?[cm]?[jt]sx?$/, '') === baseOf(component.path);

/** Test files of the component, real ones first. */
export const testsOf = once((model, component: Component): readonly TestFile[] =>
  testFiles(model)
    .filter((file) => testedBy(model, file).includes(component.path))
    .sort((a, b) => Number(a.sample) - Number(b.sample)),
);

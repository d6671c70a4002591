import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { baseOf, isWithin, joinPath, relativeTo } from '../model/paths.ts';
import { no, type Signal, unknown, yes } from '../model/signal.ts';
import { isSamplePath } from '../model/source-paths.ts';
import { noteOf, once, placeOf } from './shared/scope.ts';
import { covers, memberOf } from './shared/testing/covers.ts';
import { foreignTests } from './shared/testing/files.ts';
import { changeRuns, type PipelineRun, runsOnChange } from './shared/testing/pipeline-runs.ts';
import { type Runs, runnerOf } from './shared/testing/runners.ts';
import { testsOf } from './shared/testing/suites.ts';

export default defineDetector({
  name: 'pipeline-runs-tests',
  asks: '`some`: a pipeline started by a change runs tests whose failure fails it; `each`: those of every component that has tests, and it leaves no component out',
  reads: 'config',
  options: z.strictObject({ by: z.enum(['some', 'each']).default('some') }),
  judge(model, _, { by }) {
    const tested = testedRuns(model);
    if (tested.length === 0) return nothingTested(model);
    if (by === 'some') return yes(...distinctSteps(tested).slice(0, 6));
    const left = judgedComponents(model).flatMap((component) => shortfall(model, component, tested));
    return left.length === 0 ? yes() : no('pipelines: tests of every component that has some', left);
  },
});

interface Tested extends PipelineRun {
  runs: Runs;
}

const testedRuns = once((model): readonly Tested[] =>
  changeRuns(model).flatMap((one) => {
    const runs = runnerOf(one.run);
    return runs ? [{ ...one, runs }] : [];
  }),
);

/** A pipeline of another repository, or a step whose command is put together elsewhere, may run them. */
function nothingTested(model: AuditModel): Signal {
  const called = model.facts.pipelines
    .filter(runsOnChange)
    .flatMap((pipeline) => pipeline.jobs.filter((job) => !job.disabled).map((job) => ({ pipeline, job })))
    .find(
      ({ job }) =>
        job.uses !== null &&
        !job.uses.startsWith('./') &&
        /test|\bci\b|check|node|quality|verify/i.test(job.uses) &&
        !/docker|deploy|release|publish|lint|codeql|stale/i.test(job.uses.split('/').at(-1)!),
    );
  if (called) {
    const at = noteOf(
      { file: called.job.file ?? called.pipeline.path, line: called.job.line },
      `calls ${called.job.uses}`,
    );
    return unknown('blind', `what ${called.job.uses} runs is kept in another repository`, [at]);
  }
  return no(
    'pipelines: a step that runs tests and fails with them',
    model.facts.pipelines
      .filter(runsOnChange)
      .slice(0, 6)
      .map((one) => noteOf({ file: one.path, line: one.triggers[0]?.line ?? 1 }, 'runs no tests')),
  );
}

const distinctSteps = (runs: readonly PipelineRun[]): Evidence[] => [
  ...new Map(
    runs.map(({ pipeline, step, run }) => {
      const file = step.file ?? pipeline.path;
      return [
        `${file}:${step.line}`,
        noteOf({ file, line: step.line }, `runs ${run.argv.slice(0, 3).join(' ')}`),
      ] as const;
    }),
  ).values(),
];

/** Not what a generator copies: it is tested by what is made of it. */
const judgedComponents = (model: AuditModel): Component[] =>
  model.components.filter((one) => !one.stub && one.kind !== 'tool' && !isSamplePath(`${one.path}/`));

/** What a component lacks in the pipelines: its tests, or any notice of it at all. */
function shortfall(model: AuditModel, component: Component, tested: readonly Tested[]): Evidence[] {
  const files = testsOf(model, component).filter((file) => !file.sample);
  const foreign = foreignTests(model, component);
  if (files.length > 0) {
    const run = tested.some((one) => files.some((file) => covers(model, one.run, one.runs, file)));
    if (run) return [];
    return [
      noteOf(
        { file: files[0]!.path, line: files[0]!.line },
        `tests ${placeOf(component)}; no pipeline runs it on a change`,
      ),
    ];
  }
  if (foreign.length > 0) {
    const run = tested.some(
      ({ runs, run }) =>
        (runs === component.language ||
          runs === 'any' ||
          (runs === 'java' && component.language === 'kotlin') ||
          runs === 'other') &&
        (isWithin(component.path, run.cwd) || isWithin(run.cwd, component.path)),
    );
    return run
      ? []
      : [noteOf({ file: foreign[0]!, line: 1 }, `tests ${placeOf(component)}; no pipeline runs it on a change`)];
  }
  if (isNoticed(model, component)) return [];
  const at = component.evidence[0] ?? { file: component.manifest ?? component.path, line: 1, note: '' };
  return [noteOf(at, `${placeOf(component)}: no pipeline builds, checks or tests it on a change`)];
}

/** Some step works in its folder, names it, or checks the workspace it belongs to. */
function isNoticed(model: AuditModel, component: Component): boolean {
  if (component.path === '.') return true;
  const root = workspaceOf(model, component);
  return changeRuns(model).some(({ pipeline, step, run, contained }) => {
    if (isDelivery(run.argv)) return false;
    if ((contained || builds(run.argv)) && deploys(model, pipeline.path)) return false;
    if (buildsAll(run.argv) || isWithin(run.cwd, component.path)) return true;
    if (root !== null && run.cwd === root) return true;
    if (checksBelow(run.argv) && isWithin(component.path, run.cwd)) return true;
    return [...run.argv, ...Object.values(step.with)].some((word) => names(word, run.cwd, component));
  });
}

const names = (word: string, cwd: string, component: Component): boolean => {
  if (
    word.includes(component.path) ||
    (component.path.includes('/') && word.split(/[/:=@,\s]/).includes(baseOf(component.path)))
  )
    return true;
  const joined = /^[\w./-]+$/.test(word) ? joinPath(cwd, word) : null;
  return joined !== null && joined !== '.' && isWithin(component.path, joined);
};

/** The folder whose workspace, or whose solution, holds the component. */
function workspaceOf(model: AuditModel, component: Component): string | null {
  const above = model.facts.manifests
    .filter((one) => one.dir !== component.path && isWithin(component.path, one.dir))
    .find((one) => memberOf(one.workspaces, relativeTo(component.path, one.dir)));
  if (above) return above.dir;
  // A component without a manifest of its own is part of what lies above it.
  const own =
    model.facts.manifests.some((one) => one.dir === component.path) ||
    model.facts.foreignManifests.some((one) => one.dir === component.path);
  return own && component.language === 'js' ? null : '.';
}

const isDelivery = (argv: readonly string[]): boolean =>
  /^(kubectl|helm|gcloud|aws|az|flyctl|doctl|ssh|scp|rsync|git|cd|echo)$/.test(argv[0] ?? '') ||
  /^docker (login|push|tag|pull)/.test(argv.slice(0, 2).join(' '));
/** A linter or compiler that is given no narrower place takes everything below. */
const checksBelow = (argv: readonly string[]): boolean =>
  /^(eslint|biome|oxlint|tsc|nx|turbo)$/.test(argv[0]!) &&
  !argv.slice(1).some((word) => /^[\w@.-]+\/[\w*]|^src$|^app$|^server$/.test(word));

/** It builds every image of the repository. */
const buildsAll = (argv: readonly string[]): boolean =>
  /^(skaffold (build|run|test)|tilt ci|docker buildx bake|docker bake|earthly|dagger|bazel (build|test))/.test(
    argv.join(' '),
  );
const builds = (argv: readonly string[]): boolean =>
  /^(docker|podman) (build|buildx)|^docker compose build/.test(argv.join(' '));

/** The pipeline pushes or rolls out what it builds: its image build is the delivery, not a check. */
const deploys = once((model, path: string): boolean =>
  changeRuns(model).some(
    ({ pipeline, step, run }) =>
      pipeline.path === path &&
      (/^docker push|^(kubectl|helm) (apply|rollout|set|upgrade)|^skaffold run/.test(run.argv.slice(0, 2).join(' ')) ||
        step.with.push === 'true' ||
        /(^|\s)--push(\s|$)/.test(run.argv.join(' '))),
  ),
);

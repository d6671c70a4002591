import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { dig } from '../model/data.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { memo } from '../model/memo.ts';
import { dirOf, isWithin, joinPath } from '../model/paths.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { contradict, type Majors, majorsOf } from './shared/node-range.ts';
import { pipelineSteps, type StepRuns } from './shared/programs.ts';
import { noteOf, once, ownerOf, placeOf, subjects } from './shared/scope.ts';
import { handedOver } from './shared/testing/pipeline-runs.ts';

export default defineDetector({
  name: 'names-node-version',
  asks: '`pinned`: a manifest, a version file, an image or the runtime of a function fixes the Node version; `agreed`: and no such place or pipeline asks for another major',
  reads: 'config',
  options: z.strictObject({ ask: z.enum(['pinned', 'agreed']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

interface Source {
  evidence: Evidence;
  majors: Majors;
}

function judgeOne(model: AuditModel, component: Component, ask: 'pinned' | 'agreed'): Signal {
  const pins = pinsOf(model, component);
  if (ask === 'pinned')
    return pins.length > 0
      ? yes(...pins.map((pin) => pin.evidence))
      : no(
          `${placeOf(component)}: engines.node, volta, .nvmrc, .node-version, .tool-versions or a numbered image tag`,
          floating(model, component),
        );
  const others = [...pins, ...pipelineVersions(model, component)];
  for (const pin of pins)
    for (const other of others)
      if (pin !== other && contradict(pin.majors, other.majors))
        return no(`${placeOf(component)}: one major that every place admits`, [pin.evidence, other.evidence]);
  return yes();
}

/** Places that fix the version for the component: its own, then those of the folders above it. */
const pinsOf = once((model, component: Component): readonly Source[] => [
  ...nearest(component, (dir) => manifestPins(model, dir)),
  ...nearest(component, (dir) => filePins(model, dir)),
  ...imagePins(model, component),
  ...platformPins(model, component),
  ...functionPins(model, component),
]);

/** What the nearest folder at or above the component says: an outer one only speaks where no inner one does. */
function nearest(component: Component, read: (dir: string) => Source[]): Source[] {
  for (let dir = component.path; ; dir = dirOf(dir)) {
    const found = read(dir);
    if (found.length > 0 || dir === '.') return found;
  }
}

const source = (text: unknown, file: string, line: number, note: string): Source[] => {
  const majors = typeof text === 'string' || typeof text === 'number' ? majorsOf(String(text)) : null;
  return majors ? [{ evidence: noteOf({ file, line }, note), majors }] : [];
};

/** A runtime that stands in for Node, or a version that is fixed and not told: it contradicts no other. */
const otherRuntime = (at: { file: string; line: number }, note: string): Source => ({
  evidence: noteOf(at, note),
  majors: { has: () => true, exact: null },
});

function manifestPins(model: AuditModel, dir: string): Source[] {
  const manifest = model.facts.manifests.find((one) => one.dir === dir);
  if (!manifest) return [];
  const { engines, raw, path, lines } = manifest;
  const volta = dig(raw, 'volta', 'node');
  const runtime = dig(raw, 'devEngines', 'runtime', 'version');
  const at = (key: string): number => lines[key] ?? lines[key.split('.')[0]!] ?? 1;
  return [
    ...source(engines.node, path, at('engines.node'), `engines.node ${engines.node}`),
    ...source(volta, path, at('volta.node'), `volta ${String(volta)}`),
    ...source(runtime, path, at('devEngines.runtime'), `devEngines ${String(runtime)}`),
    ...['bun', 'deno']
      .filter((name) => engines[name] !== undefined)
      .map((name) => otherRuntime({ file: path, line: at(`engines.${name}`) }, `engines.${name} ${engines[name]}`)),
  ];
}

const versionFiles: readonly { name: string; shape: RegExp }[] = [
  { name: '.nvmrc', shape: /^\s*([^\s#]+)/ },
  { name: '.node-version', shape: /^\s*([^\s#]+)/ },
  { name: '.tool-versions', shape: /^\s*node(?:js)?\s+(\S+)/ },
  { name: 'mise.toml', shape: /^\s*"?node"?\s*=\s*["']([^"']+)["']/ },
  { name: '.mise.toml', shape: /^\s*"?node"?\s*=\s*["']([^"']+)["']/ },
  { name: '.npmrc', shape: /^\s*use-node-version\s*=\s*(\S+)/ },
  { name: 'devbox.json', shape: /"nodejs@(\d[^"]*)"/ },
  { name: '.prototools', shape: /^\s*node\s*=\s*["']([^"']+)["']/ },
];

function filePins(model: AuditModel, dir: string): Source[] {
  const bun = joinPath(dir, '.bun-version')!;
  const others = model.view.has(bun) ? [otherRuntime({ file: bun, line: 1 }, 'fixes the Bun version')] : [];
  return [
    ...others,
    ...versionFiles.flatMap(({ name, shape }) => {
      const path = joinPath(dir, name)!;
      const lines = model.view.read(path)?.split('\n') ?? [];
      const at = lines.findIndex((line) => shape.test(line));
      if (at === -1) return [];
      const version = shape.exec(lines[at]!)![1]!;
      return source(version, path, at + 1, version);
    }),
  ];
}

interface NodeImage {
  image: string;
  tag: string;
  digest: string | null;
  file: string;
  line: number;
}

/** Node images that the component's own Dockerfile builds or runs on. */
const imagesOf = (model: AuditModel, component: Component): NodeImage[] =>
  model.deployment
    .dockerfilesOf(component.path)
    .slice(0, 1)
    .flatMap((path) => model.facts.dockerfiles.filter((one) => one.path === path))
    .flatMap(({ path, stages }) =>
      stages
        .filter(({ base }) => base.stage === null && /(^|\/)(node|bun|deno)$/.test(base.image))
        .map(({ base }) => ({
          image: base.image.replace(/^.*\//, ''),
          tag: base.tag ?? '',
          digest: base.digest,
          file: path,
          line: base.line,
        })),
    );

const imagePins = (model: AuditModel, component: Component): Source[] =>
  imagesOf(model, component).flatMap(({ image, tag, digest, file, line }) => {
    const version = /^\d+/.exec(tag)?.[0];
    if (!version && digest !== null) return [otherRuntime({ file, line }, `${image} by its digest`)];
    if (image !== 'node') return version ? [otherRuntime({ file, line }, `${image}:${tag}`)] : [];
    return source(version ?? `lts/${tag.split('-')[0]}`, file, line, `node:${tag}`);
  });

const floating = (model: AuditModel, component: Component): Evidence[] =>
  imagesOf(model, component).map(({ image, tag, file, line }) =>
    noteOf({ file, line }, `${image}${tag ? `:${tag}` : ''} names no version`),
  );

/** `NODE_VERSION` of a host's own build. */
function platformPins(model: AuditModel, component: Component): Source[] {
  for (let dir = component.path; ; dir = dirOf(dir)) {
    const path = joinPath(dir, 'netlify.toml')!;
    const lines = model.view.read(path)?.split('\n') ?? [];
    const at = lines.findIndex((line) => /^\s*NODE_VERSION\s*=/.test(line));
    if (at !== -1 && builtBy(model, component, path)) {
      const version = /=\s*["']?([^"'\s]+)/.exec(lines[at]!)?.[1];
      return source(version, path, at + 1, `NODE_VERSION ${version}`);
    }
    if (dir === '.') return [];
  }
}

/** The runtime that a platform is told to run the component's functions on. */
const functionPins = (model: AuditModel, component: Component): Source[] =>
  [...model.facts.platforms, ...model.facts.iac]
    .flatMap(({ functions }) => functions ?? [])
    .filter(({ modules }) => modules.some((module) => ownerOf(model, module) === component.path))
    .flatMap(({ runtime }) => {
      const version = /^nodejs(\d+)/.exec(runtime?.name ?? '')?.[1];
      return version ? source(version, runtime!.file, runtime!.line, runtime!.name) : [];
    });

const builtBy = (model: AuditModel, component: Component, path: string): boolean =>
  component.traits.includes('ui') || ownerOf(model, path) === component.path;

/** Versions that pipelines set where they work on the component. A matrix that holds the pinned major agrees with it. */
function pipelineVersions(model: AuditModel, component: Component): Source[] {
  return jobsOf(model).flatMap(({ folders, works, inNone, versions }) => {
    if (versions.length === 0) return [];
    const inside = folders.some((cwd) => isWithin(cwd, component.path));
    const elsewhere = model.components.some(
      (one) => one.path !== '.' && one.path !== component.path && folders.some((cwd) => isWithin(cwd, one.path)),
    );
    const concerned =
      inside ||
      (!elsewhere && works.some((cwd) => isWithin(component.path, cwd) && sharesInstall(model, component, cwd)));
    return concerned || inNone ? versions : [];
  });
}

/** A job with the folders that its programs run in, those of them where something besides an installation does, and the versions it sets. */
interface Job {
  folders: readonly string[];
  works: readonly string[];
  inNone: boolean;
  versions: readonly Source[];
}

const jobsOf = once((model): readonly Job[] => {
  const jobs = new Map<unknown, StepRuns[]>();
  for (const one of pipelineSteps(model))
    memo(jobs, one.job, (): StepRuns[] => []).push({ ...one, runs: [...one.runs, ...handedOver(model, one.step)] });
  return [...jobs.values()].map((steps) => {
    const all = steps.flatMap(({ runs }) => runs);
    return {
      folders: [...new Set(all.map(({ cwd }) => cwd))],
      works: [...new Set(all.filter(({ argv }) => !installs(argv)).map(({ cwd }) => cwd))],
      inNone: worksNowhere(model, steps),
      versions: [...versionsIn(steps), ...travisVersions(model, steps)],
    };
  });
});

const installs = (argv: readonly string[]): boolean =>
  /^(npm|yarn|pnpm|bun|corepack|git|echo|node)( (ci|i|install|add|enable|-v|--version))?$/.test(
    argv.slice(0, 2).join(' '),
  );

/** A job that starts in no package, where none lies at the root, works on whatever the repository holds. */
const worksNowhere = (model: AuditModel, steps: readonly StepRuns[]): boolean =>
  !model.facts.manifests.some((one) => one.dir === '.') &&
  steps.every(({ runs }) => runs.every((run) => run.cwd === '.'));

/** A run in a folder above works on the component only where they are installed together. */
const sharesInstall = (model: AuditModel, component: Component, cwd: string): boolean =>
  cwd === component.path || model.facts.manifests.some((one) => one.dir === cwd && one.workspaces.length > 0);

/** `node_js` of Travis: a list is a matrix. */
function travisVersions(model: AuditModel, steps: readonly StepRuns[]): Source[] {
  const first = steps[0];
  const versions = first?.pipeline.host === 'travis' ? (first.job.matrix.node_js ?? []) : [];
  const known = versions.map(majorsOf);
  if (!first || known.length === 0 || known.some((one) => one === null)) return [];
  const all = known as Majors[];
  const { path } = first.pipeline;
  const line =
    model.view
      .text(path)
      .split('\n')
      .findIndex((text) => /^\s*-?\s*node_js\s*:/.test(text)) + 1;
  const evidence = noteOf({ file: path, line: Math.max(line, 1) }, `node_js ${versions.join(', ')}`);
  return [{ evidence, majors: { has: (major) => all.some((one) => one.has(major)), exact: null } }];
}

function versionsIn(steps: readonly StepRuns[]): Source[] {
  return steps.flatMap(({ pipeline, job, step }): Source[] => {
    // Actions that test or build take the version as setup-node does.
    const [, written] = Object.entries(step.with).find(([key]) => /^node[-_]?version$/i.test(key)) ?? [];
    if (!step.uses || !written || /\/setup-(?!node)[\w-]+@/.test(step.uses)) return [];
    const key = /^\$\{\{\s*matrix\.([\w.-]+)\s*\}\}$/.exec(written.trim())?.[1];
    const versions = key ? (job.matrix[key] ?? []) : [written];
    const known = versions.map(majorsOf);
    if (known.length === 0 || known.some((one) => one === null)) return [];
    const all = known as Majors[];
    const evidence = noteOf(
      { file: step.file ?? pipeline.path, line: step.line },
      `node-version ${versions.join(', ')}`,
    );
    return [{ evidence, majors: { has: (major) => all.some((one) => one.has(major)), exact: null } }];
  });
}

import { runsOf } from '../../commands/index.ts';
import type { Evidence } from '../../model/evidence.ts';
import { joinPath } from '../../model/paths.ts';
import { type Decide, home } from '../decision.ts';
import type { Signals } from '../signals.ts';
import { workspaceProject } from './workspace-project.ts';

/** Offered to others rather than run: another package here depends on it, or it is published with an interface. */
export function isOffered(signals: Signals): boolean {
  const { manifest } = signals;
  if (!manifest) return workspaceProject(signals).type === 'library';
  if (signals.imported) return true;
  const { raw } = manifest;
  const interfaced = [raw.exports, moduleOf(raw), raw.types, raw.typings].some((value) => value !== undefined);
  return !manifest.private && interfaced;
}

/** `"module": "index.ts"` is what `bun init` writes for a program: nothing that is published is imported from its TypeScript. */
const moduleOf = ({ module }: Record<string, unknown>): unknown =>
  typeof module === 'string' && /\.[cm]?tsx?$/.test(module) ? undefined : module;

/** It has a place where it runs: an image, a platform, a service of a deployed definition. */
export const isPlaced = ({ images, deployed, managed, carried }: Signals): boolean =>
  managed !== null ||
  (images.length > 0 && !carried) ||
  deployed.some(({ dockerfile }) => !carried || dockerfile === null || !images.includes(dockerfile));

/** What nothing else claimed: code or configuration for others to take in, or scripts that nobody imports. */
export const libraryOrTool: Decide = (signals) => {
  const { manifest } = signals;
  const peers = Object.keys(manifest?.peerDependencies ?? {}).find((name) => name !== 'typescript');
  if (!manifest && signals.work.length === 0)
    return { kind: 'tool', evidence: [home(signals, 'holds no program, only what is run on others')] };
  if (isOffered(signals))
    return {
      kind: 'library',
      evidence: [home(signals, signals.imported ? 'other packages depend on it' : 'offered to others')],
    };
  const program = Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }).find((name) =>
    infrastructure.includes(name),
  );
  if (program) return { kind: 'tool', evidence: [home(signals, `infrastructure as code by ${program}`)] };
  if (peers) return { kind: 'library', evidence: [home(signals, `made to stand beside ${peers}`)] };
  if (manifest && (hasMain(signals) || manifest.exports || moduleOf(manifest.raw)))
    return { kind: 'library', evidence: [home(signals, 'has an entry for importers, and nothing that runs')] };
  if (manifest?.private && manifest.name === null)
    return { kind: 'tool', evidence: [home(signals, 'private and without a name: nothing can take it in')] };
  const script = ownScript(signals);
  const onlyTests = signals.work.length === 0 && manifest?.scripts.test !== undefined;
  if (manifest && !script && !onlyTests)
    return { kind: 'library', evidence: [home(signals, 'nothing in it runs by itself')] };
  return { kind: 'tool', evidence: [script ?? home(signals, 'scripts that nothing deploys')] };
};

/** What a program of infrastructure is written with: it is run by their commands, and imported by nobody. */
const infrastructure = ['aws-cdk-lib', '@aws-cdk/core', 'cdktf', '@pulumi/pulumi', 'cdk8s'];

/** A script, other than building and checking, that runs a file of the component. */
function ownScript({ manifest, facts, view, own }: Signals): Evidence | null {
  for (const [name, text] of Object.entries(manifest?.scripts ?? {})) {
    if (/^(pre|post)?(build|test|lint|clean|format|type-?check|prepare|check|generate|codegen|install|pack)/.test(name))
      continue;
    const isOwn = runsOf(text, { cwd: manifest!.dir, facts, view }).some(({ file, argv, cwd }) =>
      [file, ...argv.map((word) => joinPath(cwd, word))].some((path) => path !== null && own.includes(path)),
    );
    if (isOwn)
      return { file: manifest!.path, line: manifest!.lines[`scripts.${name}`] ?? 1, note: `"${name}" runs ${text}` };
  }
  return null;
}

/** `main` as `npm init` writes it says nothing: the file has to be there, or be build output of sources that are. */
export function hasMain({ manifest, view, work }: Signals): boolean {
  if (!manifest?.main) return false;
  const file = joinPath(manifest.dir, manifest.main) ?? '';
  const isOutput = /(^|\/)(dist|build|lib|out|cjs|esm)\//.test(manifest.main);
  return (
    ['', '.js', '.ts', '/index.js', '/index.ts'].some((ending) => view.has(file + ending)) ||
    (isOutput && work.length > 0)
  );
}

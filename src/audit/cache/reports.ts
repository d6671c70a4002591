import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { JudgmentPolicy } from '../../model/policy.ts';
import type { ReportV1 } from '../../model/report.ts';
import type { RepoView } from '../../model/repository.ts';
import type { Rule } from '../../model/rule.ts';
import { type Pack, readPack, writePack } from './pack.ts';
import { type Environment, placeFor } from './place.ts';
import { programVersion } from './version.ts';

/** Answers remembered for one target: those of the branches that someone goes to and fro between. */
const remembered = 4;

/** What an audit answers by: nothing else may have a say in its report. */
export interface Asked {
  view: RepoView;
  rules: readonly Rule[];
  policy: JudgmentPolicy;
}

/**
 * The report of `asked` as an earlier run gave it, or as `audit` gives it now. It is kept under a name made of everything that the
 * audit reads: this program with all that it is made of, the rules, the user's settings, and every file by its content. So
 * whatever changes, an old answer is found no more. Kept are only reports without a failure of our own.
 */
export async function reportOf(asked: Asked, env: Environment, audit: () => Promise<ReportV1>): Promise<ReportV1> {
  const file = placeFor(asked.view.root, 'reports', env);
  const version = file && programVersion();
  if (!file || !version) return audit();
  const files = filesOf(asked.view);
  const key = keyOf(asked, files);
  const before = readPack(file, version);
  const kept = before.get(key);
  if (kept) return JSON.parse(Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength).toString()) as ReportV1;
  const report = await audit();
  // A file that changed while it was read has another digest by now.
  if (isWhole(report) && filesOf(asked.view) === files) writePack(file, version, withReport(before, key, report));
  return report;
}

const withReport = (before: Pack, key: string, report: ReportV1): Map<string, Uint8Array | string> =>
  new Map<string, Uint8Array | string>([[key, JSON.stringify(report)], ...[...before].slice(0, remembered - 1)]);

function keyOf({ view, rules, policy }: Asked, files: string): string {
  const { root, commit, gitPrefix, diagnostics } = view;
  const around = view.enclosing();
  return createHash('sha256')
    .update(serialize([root, commit, gitPrefix, diagnostics, rules, policy, files, around && filesOf(around)]))
    .digest('hex');
}

function filesOf(view: RepoView): string {
  const hash = createHash('sha256');
  for (const path of view.list()) hash.update(`${path}\0${view.isTracked(path)}\0${view.digest(path)}\0`);
  return hash.digest('hex');
}

/** A rule that took too long or broke down may fare better next time. */
const isWhole = ({ diagnostics }: ReportV1): boolean =>
  diagnostics.every(({ unit, file }) => unit === 'repository' || (unit.startsWith('facts: ') && file !== null));

// Whole-process time of an audit, beside another command on the same tree when one is given:
//   npm run bench -- <folder> [--runs 5] [-- <command> …]     the command runs in <folder>
// Runs alternate, so that a busy machine slows all alike: `cold` reads every file anew, `warm` has the facts of an earlier run.
// Prints medians, their ratios to the command's, and the share of source files that got a syntax tree.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sources from '../dist/analyzers/sources.js';
import { openDirectory } from '../dist/repository/index.js';

const launcher = fileURLToPath(new URL('../bin/readiness.js', import.meta.url));
const [own, other] = splitAtDashes(process.argv.slice(2));
const { values, positionals } = parseArgs({
  args: own,
  options: { runs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const runs = Number(values.runs);
if (positionals.length !== 1 || !(runs >= 1)) {
  console.error('usage: npm run bench -- <folder> [--runs 5] [-- <command> …]');
  process.exit(2);
}
const folder = resolve(positionals[0]);

const cache = mkdtempSync(join(tmpdir(), 'readiness-bench-'));
const env = { ...process.env, XDG_CACHE_HOME: cache };
const audit = [process.execPath, launcher, 'audit', folder, '--format', 'json'];
const times = { cold: [], warm: [], command: [] };
try {
  timeOf(audit); // fills the cache, and warms the system's own
  for (let run = 0; run < runs; run++) {
    times.cold.push(timeOf([...audit, '--no-cache']));
    times.warm.push(timeOf(audit));
    if (other.length > 0) times.command.push(timeOf(other));
  }
} finally {
  rmSync(cache, { recursive: true, force: true });
}
for (const [name, taken] of Object.entries(times)) {
  if (taken.length === 0) continue;
  const ratio = times.command.length > 0 && name !== 'command' ? `   ratio ${ratioOf(taken, times.command)}` : '';
  console.log(
    `${name.padEnd(8)} ${seconds(median(taken))}${ratio}   median of ${runs}: ${taken.map(seconds).join(', ')}`,
  );
}

const facts = sources.analyze(openDirectory(folder), () => {});
const parsed = facts.filter(({ code }) => code !== null).length;
const share = facts.length === 0 ? 0 : (100 * parsed) / facts.length;
console.log(`trees    ${parsed} of ${facts.length} source files got a syntax tree (${share.toFixed(0)} %)`);

/** Seconds from start to end, whatever the exit code: a linter that finds something has done its work too. */
function timeOf([command, ...args]) {
  const start = process.hrtime.bigint();
  const { error, signal } = spawnSync(command, args, { cwd: folder, env, stdio: 'ignore' });
  if (error || signal) throw error ?? new Error(`${command} was ended by ${signal}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function ratioOf(ours, theirs) {
  return (median(ours) / median(theirs)).toFixed(2);
}

function splitAtDashes(args) {
  const at = args.indexOf('--');
  return at === -1 ? [args, []] : [args.slice(0, at), args.slice(at + 1)];
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function seconds(value) {
  return `${value.toFixed(2)} s`;
}

// Whole-process time of an audit, beside another command on the same tree when one is given:
//   npm run bench -- <folder> [--runs 5] [-- <command> …]     the command runs in the folder
// All of them work on a copy of the folder without `node_modules`, in turn, so that a busy machine slows all alike:
//   cold       no cache: every file is read anew
//   changed    one source file differs from the run before
//   unchanged  nothing does
// Prints medians, their ratios to the command's, and the share of source files that got a syntax tree.
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
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
const world = mkdtempSync(join(tmpdir(), 'readiness-bench-'));
const folder = join(world, basename(resolve(positionals[0])));
const env = { ...process.env, XDG_CACHE_HOME: join(world, 'cache') };
const audit = [process.execPath, launcher, 'audit', folder, '--format', 'json'];
const kinds = {
  cold: () => timeOf([...audit, '--no-cache']),
  changed: () => {
    change();
    return timeOf(audit);
  },
  unchanged: () => timeOf(audit),
  ...(other.length > 0 && { command: () => timeOf(other) }),
};
try {
  cpSync(resolve(positionals[0]), folder, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  timeOf(audit); // fills the cache, and warms the system's own
  const taken = Object.keys(kinds).map((name) => [name, []]);
  for (let run = 0; run < runs; run++) for (const [name, times] of taken) times.push(kinds[name]());
  const theirs = other.length > 0 ? median(taken.at(-1)[1]) : null;
  for (const [name, times] of taken) {
    const ratio = theirs !== null && name !== 'command' ? `   ratio ${(median(times) / theirs).toFixed(2)}` : '';
    const each = times.map(seconds).join(', ');
    console.log(`${name.padEnd(10)} ${seconds(median(times))}${ratio}   median of ${runs}: ${each}`);
  }
  tellTrees();
} finally {
  rmSync(world, { recursive: true, force: true });
}

/** A comment at the end of a file in the middle of the list: its facts stay what they are, and yet have to be read anew. */
function change() {
  const files = openDirectory(folder)
    .list()
    .filter((path) => /\.[jt]sx?$/.test(path));
  if (files.length > 0) appendFileSync(join(folder, files[files.length >> 1]), '\n// changed\n');
}

function tellTrees() {
  const facts = sources.analyze(openDirectory(folder), () => {});
  const parsed = facts.filter(({ code }) => code !== null).length;
  const share = facts.length === 0 ? 0 : (100 * parsed) / facts.length;
  console.log(`trees      ${parsed} of ${facts.length} source files got a syntax tree (${share.toFixed(0)} %)`);
}

/** Seconds from start to end, whatever the exit code: a linter that finds something has done its work too. */
function timeOf([command, ...args]) {
  const start = process.hrtime.bigint();
  const { error, signal } = spawnSync(command, args, { cwd: folder, env, stdio: 'ignore' });
  if (error || signal) throw error ?? new Error(`${command} was ended by ${signal}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
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

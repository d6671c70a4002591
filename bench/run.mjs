// Whole-process time of an audit, beside another command on the same tree when one is given:
//   npm run bench -- <folder> [--runs 5] [-- <command> …]     the command runs in <folder>
// Runs alternate, so that a busy machine slows both alike. Prints medians, their ratio, and the share of source files that got a syntax tree.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
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

const ours = [];
const theirs = [];
for (let run = 0; run < runs; run++) {
  ours.push(timeOf([process.execPath, launcher, 'audit', folder, '--format', 'json']));
  if (other.length > 0) theirs.push(timeOf(other));
}
console.log(`audit    ${seconds(median(ours))}   median of ${runs}: ${ours.map(seconds).join(', ')}`);
if (theirs.length > 0) {
  console.log(`command  ${seconds(median(theirs))}   median of ${runs}: ${theirs.map(seconds).join(', ')}`);
  console.log(`ratio    ${(median(ours) / median(theirs)).toFixed(2)}   audit / command`);
}

const facts = sources.analyze(openDirectory(folder), () => {});
const parsed = facts.filter(({ code }) => code !== null).length;
const share = facts.length === 0 ? 0 : (100 * parsed) / facts.length;
console.log(`trees    ${parsed} of ${facts.length} source files got a syntax tree (${share.toFixed(0)} %)`);

/** Seconds from start to end, whatever the exit code: a linter that finds something has done its work too. */
function timeOf([command, ...args]) {
  const start = process.hrtime.bigint();
  const { error, signal } = spawnSync(command, args, { cwd: folder, stdio: 'ignore' });
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

#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  process.stderr.write(`readiness needs Node 20 or newer; this is Node ${process.versions.node}.\n`);
  process.exit(2);
}
// V8 stops optimising patterns once a process holds 1 MB of their code and 16 MB of code in all, and an audit lives by its patterns.
// Flags are no contract: they are set for the versions that are known to have them.
if (major <= 24) {
  setFlagsFromString('--no-sparkplug');
  setFlagsFromString('--regexp-tier-up-ticks=20');
}
const { main } = await import('../dist/cli/main.js');
process.exitCode = await main(process.argv);

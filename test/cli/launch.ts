/** Runs the command line from source, as bin/readiness.js runs the built one: for tests that need a process of its own. */
import { main } from '../../src/cli/main.ts';

process.exitCode = await main(process.argv);

import { resolve } from 'node:path';
import { annotate, connect, type Engine, verify } from '../live/index.ts';
import { lowered } from '../model/as-running.ts';
import { type ExitCode, exitCodes, UserError } from '../model/errors.ts';
import type { Rescore } from '../model/policy.ts';
import type { ReportV1 } from '../model/report.ts';
import { conclude } from './conclude.ts';
import type { DisplayOptions } from './display-options.ts';
import type { PolicyOptions } from './gate-options.ts';
import type { Io } from './io.ts';
import { judge, type Witness } from './judge.ts';
import { publish } from './publish.ts';
import { withSpinner } from './spinner.ts';

export interface VerifyCommandOptions extends DisplayOptions, PolicyOptions {
  host?: string;
  context?: string;
  project?: string;
  container: string[];
  timeout: number;
  probe?: boolean;
  drill?: boolean;
  yes?: boolean;
  allowProduction?: boolean;
  build?: boolean;
}

/** Everything `readiness verify` does. The engine is greeted first: without one there is no need to read a repository. */
export async function runVerify(path: string, options: VerifyCommandOptions, io: Io): Promise<ExitCode> {
  const { host, context, timeout } = options;
  const asks = options.drill === true && options.yes !== true;
  if (asks && !canAsk(io))
    throw new UserError('--drill asks before it touches a container, and there is no terminal to ask on: add --yes.');
  const engine = await connect({ host, context, env: io.env }, timeout * 1000);
  const work = (say: (text: string) => void) =>
    judge(resolve(io.cwd, path), options, io, say, witness(engine, options, io, say));
  // A spinner would draw over the question.
  const { report, policy, view } = await (asks ? work(() => {}) : withSpinner(io, 'Auditing', work));
  // Images can be built of a stack that does not run.
  const nothing = report.live?.containers.length === 0 && !options.build;
  if (!nothing || options.format !== 'terminal') {
    await publish(report, options, view.gitPrefix ? `${view.gitPrefix}/` : '', io);
  }
  if (nothing) {
    await io.err(nothingRuns(report, engine));
    return exitCodes.nothingJudged;
  }
  return conclude(report, options, policy.config.advisory, io);
}

const witness =
  (engine: Engine, options: VerifyCommandOptions, io: Io, say: (text: string) => void): Witness =>
  async (model, report, rescore) => {
    say('Asking the engine');
    const seen = await verify({ model, report }, engine, {
      project: options.project ?? null,
      containers: options.container,
      probe: options.probe ?? false,
      drill: options.drill
        ? { confirm: (deeds) => confirm(deeds, options, io), allowProduction: options.allowProduction ?? false }
        : null,
      build: options.build ?? false,
      say,
    });
    const told = annotate(report, seen.sightings, seen.live, rescore);
    return { report: told, gated: asRunning(told, rescore) };
  };

const canAsk = (io: Io): boolean => io.errIsTerminal && process.stdin.isTTY === true;

/** Says what is about to be done, and goes on only after a yes. */
async function confirm(deeds: string[], { yes }: VerifyCommandOptions, io: Io): Promise<boolean> {
  await io.err(`The drill will\n${deeds.map((deed) => `  - ${deed}\n`).join('')}and put everything back.\n`);
  if (yes) return true;
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Go on? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** The report that the gate judges: what runs worse than it is written counts as it runs. */
function asRunning(report: ReportV1, rescore: Rescore): ReportV1 {
  const low = lowered(report);
  const { components, ...figures } = rescore(low);
  const own = low.components.map((component) => ({ ...component, score: components[component.path] ?? null }));
  return { ...low, ...figures, components: own };
}

function nothingRuns({ live, target }: ReportV1, { address }: Engine): string {
  const others = live!.unmatched.map(({ name, reason }) => `  ${name}: ${reason}\n`);
  const shown = others.slice(0, 10);
  const rest = others.length > shown.length ? `  and ${others.length - shown.length} more\n` : '';
  const notes = live!.notes.map((note) => `  ${note}\n`).join('');
  return `No container of ${target.name} was found at ${address.url} (${address.from}).\n${notes}${shown.join('')}${rest}`;
}

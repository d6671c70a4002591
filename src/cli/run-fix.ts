import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { execa } from 'execa';
import {
  checkWorkTree,
  type FixPlan,
  loadTemplates,
  loadVersions,
  loadWorkshop,
  ownFolder,
  planFixes,
  unifiedDiff,
  writeAll,
} from '../fix/index.ts';
import { type ExitCode, exitCodes, UserError } from '../model/errors.ts';
import type { RepoView } from '../model/repository.ts';
import { levels } from '../model/status.ts';
import { count } from '../report/shared/text.ts';
import { auditUnder } from './audit-under.ts';
import type { FixOptions } from './fix-options.ts';
import { fixText } from './fix-text.ts';
import { installCommands } from './install-commands.ts';
import { type Io, wantsColor } from './io.ts';
import { type Policy, readPolicy } from './policy-run.ts';
import { withSpinner } from './spinner.ts';

/** Everything `readiness fix` does. */
export async function runFix(path: string, options: FixOptions, io: Io): Promise<ExitCode> {
  const folder = resolve(io.cwd, path);
  const policy = await readPolicy(folder, options);
  const view = policy.view;
  const willWrite = Boolean(options.yes) && !options.diff;
  if (willWrite && !options.allowDirty) checkWorkTree(view.root ?? folder);
  const plan = await withSpinner(io, 'Planning', (say) => planFor(policy, options, say));
  const diff = unifiedDiff(view, plan.changes);
  const commands = installCommands(plan);
  if (options.diff) {
    await io.out(diff);
    return exitCodes.pass;
  }
  const asks = !options.yes && !options.json && io.outIsTerminal && io.errIsTerminal && plan.fixes.length > 0;
  const text = options.json
    ? `${JSON.stringify(asJson(plan, diff), null, 2)}\n`
    : fixText(plan, {
        width: io.columns || 80,
        color: wantsColor(io, options.color),
        diff: options.yes ? null : diff,
        verbose: options.verbose ?? false,
        installs: commands.map(({ shown }) => shown),
        exists: (file) => view.has(file),
      });
  await io.out(text);
  if (plan.fixes.length === 0) return exitCodes.pass;
  if (asks && (await confirmed(plan))) {
    if (!options.allowDirty) checkWorkTree(view.root ?? folder);
  } else if (!options.yes) {
    if (!options.json) await io.err('Nothing was written: --yes writes it, --diff prints it as a patch.\n');
    return exitCodes.pass;
  }
  await write(view, plan, options, commands, io);
  return exitCodes.pass;
}

async function planFor(policy: Policy, options: FixOptions, say: (text: string) => void): Promise<FixPlan> {
  const loaded = loadTemplates(policy.target);
  const templates = loaded.filter(({ rule }) => policy.rules.some(({ id }) => id === rule));
  const stray = loaded.filter((one) => one.own && !templates.includes(one));
  if (stray.length > 0)
    throw new UserError(
      stray
        .map(({ id, rule }) => `${ownFolder}/${id}/fix.yaml: there is no rule ${rule}; readiness rules lists them.`)
        .join('\n'),
    );
  const unknown = options.rule.filter((id) => !policy.rules.some((rule) => rule.id === id));
  if (unknown.length > 0) throw new UserError(`There is no rule ${unknown.join(', ')}.`);
  const workshop = await loadWorkshop(loadVersions(), settingsOf(options.set));
  const reached = options.level ? levels.indexOf(options.level as (typeof levels)[number]) : levels.length;
  const rules = new Map(policy.rules.map((rule) => [rule.id, rule]));
  const accepted = new Set(policy.config.acceptances.map(({ rule, component }) => `${rule}\0${component ?? ''}`));
  // Each proof audits again; only files that a fix changed are read again.
  const kept = new Map<string, unknown>();
  const cache = {
    get: (key: string) => kept.get(key),
    keep: (key: string, fact: unknown) => kept.set(key, fact),
    save: () => {},
  };
  return planFixes(policy.view, (view) => auditUnder(policy, view, { cache }), {
    templates,
    workshop,
    say,
    wanted(id, component) {
      const rule = rules.get(id);
      if (!rule || (options.rule.length > 0 && !options.rule.includes(id))) return false;
      if (options.component.length > 0 && component !== null && !options.component.includes(component)) return false;
      if (accepted.has(`${id}\0${component ?? ''}`)) return false;
      return levels.indexOf(rule.level) <= reached && (!options.quick || (rule.hours.missing ?? 0) <= 2);
    },
  });
}

function settingsOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const found = /^([\w-]+\.\w+)=(.*)$/.exec(one);
      if (!found) throw new UserError(`--set takes fix.name=value, such as rate-limiting.limit=200, and not ${one}.`);
      return [found[1]!, found[2]!];
    }),
  );
}

async function confirmed(plan: FixPlan): Promise<boolean> {
  const asker = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asker.question(`Write ${count(plan.changes.size, 'file')}? [y/N] `);
  asker.close();
  return /^y(es)?$/i.test(answer.trim());
}

async function write(
  view: RepoView,
  plan: FixPlan,
  options: FixOptions,
  commands: ReturnType<typeof installCommands>,
  io: Io,
): Promise<void> {
  writeAll(view, plan.changes);
  await io.err(`Wrote ${count(plan.changes.size, 'file')}.\n`);
  if (!options.install) return;
  for (const { folder, words } of commands) {
    const { exitCode } = await execa(words[0]!, words.slice(1), {
      cwd: join(view.root!, folder),
      stdio: ['ignore', 'ignore', 'inherit'],
      reject: false,
    });
    if (exitCode !== 0)
      throw new UserError(
        `"${words.join(' ')}" failed in ${folder}: the files are written, the packages are not installed.`,
      );
  }
}

const asJson = (plan: FixPlan, diff: string) => ({
  schemaVersion: 1,
  score: { before: plan.before.score, after: plan.after.score },
  level: { before: plan.before.level, after: plan.after.level },
  fixes: plan.fixes,
  notOffered: plan.notOffered,
  install: installCommands(plan).map(({ folder, words }) => ({ folder, command: words.join(' ') })),
  diff,
});

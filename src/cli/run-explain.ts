import { resolve } from 'node:path';
import { loadRules } from '../catalogue/index.ts';
import { type ExitCode, exitCodes, UserError } from '../model/errors.ts';
import type { Rule } from '../model/rule.ts';
import { acceptedIn } from '../policy/acceptances.ts';
import { didYouMean } from '../policy/suggest.ts';
import { defaultOptions } from '../report/shared/format.ts';
import { pageOf } from '../report/terminal/layout.ts';
import { auditUnder } from './audit-under.ts';
import { herePage } from './explain/here-page.ts';
import { rulePage } from './explain/rule-page.ts';
import type { PolicyOptions } from './gate-options.ts';
import { type Io, wantsColor } from './io.ts';
import { readPolicy } from './policy-run.ts';
import { withSpinner } from './spinner.ts';

export interface ExplainOptions extends Partial<PolicyOptions> {
  color?: boolean;
}

/** Everything `readiness explain` does. */
export async function runExplain(
  id: string,
  path: string | undefined,
  options: ExplainOptions,
  io: Io,
): Promise<ExitCode> {
  const width = io.columns || defaultOptions.width;
  const page = pageOf({ ...defaultOptions, width, color: wantsColor(io, options.color) });
  const policy = path === undefined ? null : await readPolicy(resolve(io.cwd, path), options);
  const rule = find(id, policy?.rules ?? loadRules());
  const lines = rulePage(page, rule);
  if (policy) {
    const { model, report } = await withSpinner(io, 'Auditing', () => auditUnder(policy, policy.view));
    const accepted = acceptedIn(report, policy.config.acceptances, policy.day);
    const result = report.rules.find((one) => one.id === rule.id)!;
    lines.push(...herePage(page, result, { ...report, accepted }, model));
  }
  await io.out(`${lines.join('\n').trimEnd()}\n`);
  return exitCodes.pass;
}

function find(id: string, rules: readonly Rule[]): Rule {
  const found = rules.filter((rule) => rule.id === id || rule.id.endsWith(`/${id}`));
  if (found.length === 1) return found[0]!;
  const names = rules.flatMap((rule) => [rule.id, rule.id.slice(rule.id.indexOf('/') + 1)]);
  throw new UserError(`There is no rule ${id}${didYouMean(id, names)}. "readiness rules" lists them.`);
}

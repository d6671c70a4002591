import { evaluate } from '../catalogue/index.ts';
import { touchedFacts } from '../detectors/shared/scope.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Diagnostic, Finding } from '../model/finding.ts';
import type { Condition, Rule } from '../model/rule.ts';
import type { Signal } from '../model/signal.ts';
import type { Status } from '../model/status.ts';
import { messageOf, PartFailed } from './contain.ts';
import { unlessUnread } from './guard.ts';

/** More lines than this show nothing more. */
const evidenceBound = 12;

export interface JudgeOptions {
  /** One rule on one component may take so long; it is asked between conditions. */
  unitMilliseconds: number;
  now: () => number;
}

/** One rule on one component, or on the repository. Never throws: what fails is a finding and a diagnostic. */
export function judge(
  rule: Rule,
  model: AuditModel,
  component: Component | null,
  options: JudgeOptions,
  report: (diagnostic: Diagnostic) => void,
): Finding {
  const deadline = options.now() + options.unitMilliseconds;
  const ask = (condition: Condition, lazy = false): Signal => {
    touchedFacts(model).clear();
    const tick = () => {
      if (options.now() > deadline) throw new Error(`took longer than ${options.unitMilliseconds / 1000} s`);
    };
    return unlessUnread(evaluate(condition, model, component, { tick, lazy }), model, component);
  };
  const found = (status: Status, given: Partial<Finding>): Finding => ({
    rule: rule.id,
    component: component?.path ?? null,
    status,
    evidence: [],
    searched: [],
    ...given,
  });
  try {
    return judgeSignals(rule, component, ask, found);
  } catch (error) {
    const reason = messageOf(error);
    if (!(error instanceof PartFailed)) {
      const where = component ? ` on ${component.path}` : '';
      report({ unit: `rule ${rule.id}${where}`, file: null, line: null, message: reason });
    }
    return found('unknown', { cause: 'failed', reason });
  }
}

type Ask = (condition: Condition, lazy?: boolean) => Signal;
type Found = (status: Status, given: Partial<Finding>) => Finding;

/** The formula: the first of `present`, `wired`, `complete` that is not a yes decides. */
function judgeSignals(rule: Rule, component: Component | null, ask: Ask, found: Found): Finding {
  if (component?.stub && !rule.stubs) return found('not-applicable', { reason: 'nothing here could run yet' });
  const applies = ask(rule.appliesTo, true);
  if (applies.answer === 'no')
    return found('not-applicable', { reason: applies.searched[0] ?? 'its condition does not hold here' });
  if (applies.answer === 'unknown') return open(applies, [], found);
  const shown: Evidence[] = [];
  const steps: [Condition | null, Status][] = [
    [rule.signals.present, 'missing'],
    [rule.signals.wired, 'unwired'],
    [rule.signals.complete, 'partial'],
  ];
  for (const [condition, otherwise] of steps) {
    if (!condition) continue;
    const signal = ask(condition);
    if (signal.answer === 'unknown') return open(signal, shown, found);
    if (signal.answer === 'no') {
      // What is there comes first where it counts for something, the shortfall first where it is what is left to do.
      const evidence = otherwise === 'partial' ? [...signal.evidence, ...shown] : [...shown, ...signal.evidence];
      return found(otherwise, { evidence: distinct(evidence), searched: [...new Set(signal.searched)] });
    }
    // What puts it to work says more than that it is there.
    if (condition === rule.signals.wired) shown.unshift(...signal.evidence);
    else shown.push(...signal.evidence);
  }
  return found('ready', { evidence: distinct(shown) });
}

function open(signal: Signal, shown: Evidence[], found: Found): Finding {
  return found('unknown', {
    cause: signal.cause ?? 'blind',
    reason: signal.reason ?? 'could not be decided',
    evidence: distinct([...signal.evidence, ...shown]),
  });
}

function distinct(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Map(evidence.map((one) => [`${one.file}\0${one.line}\0${one.note}`, one]));
  return [...seen.values()].slice(0, evidenceBound);
}

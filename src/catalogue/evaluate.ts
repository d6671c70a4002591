import { noAnalyser } from '../detectors/shared/scope.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { Condition } from '../model/rule.ts';
import { allOf, anyOf, no, notOf, type Signal, unknown, yes } from '../model/signal.ts';
import { domains } from './domains.ts';
import type { Focus } from './leaf.ts';
import { leaves } from './registry.ts';

type Quantified = Extract<Condition, { over: string }>;

/** How an evaluation is run; all of it may be left out. */
export interface Run {
  focus?: Focus;
  /** Called before each leaf; may throw to end a unit that takes too long. */
  tick?: () => void;
  /** Stop an `all` at its first no. Without it every shortfall is collected, as a report wants them. */
  lazy?: boolean;
}

/** What a condition answers for a component, or for the repository (`component: null`), by Kleene's logic. */
export function evaluate(condition: Condition, model: AuditModel, component: Component | null, run: Run = {}): Signal {
  const ask = (c: Condition, at = component, focus = run.focus) => evaluate(c, model, at, { ...run, focus });
  switch (condition.op) {
    case 'all':
      return run.lazy ? firstNo(condition.of, ask) : allOf(condition.of.map((c) => ask(c)));
    case 'any':
      return anyOf(condition.of.map((c) => ask(c)));
    case 'not':
      return notOf(ask(condition.of));
    case 'leaf':
      run.tick?.();
      return askLeaf(condition, model, component, run.focus ?? {});
    default:
      return quantify(condition, model, component, run.focus ?? {}, ask);
  }
}

function firstNo(conditions: readonly Condition[], ask: (c: Condition) => Signal): Signal {
  const signals: Signal[] = [];
  for (const condition of conditions) {
    const signal = ask(condition);
    if (signal.answer === 'no') return signal;
    signals.push(signal);
  }
  return allOf(signals);
}

function askLeaf(
  condition: Extract<Condition, { op: 'leaf' }>,
  model: AuditModel,
  component: Component | null,
  focus: Focus,
): Signal {
  const leaf = leaves.get(condition.leaf)!;
  if (leaf.reads === 'code' && component && component.language !== 'js') return noAnalyser(component);
  return leaf.judge(model, component, condition.options, focus);
}

/** Over nothing the answer is no: an empty set proves nothing good. */
function quantify(
  condition: Quantified,
  model: AuditModel,
  component: Component | null,
  focus: Focus,
  ask: (c: Condition, at: Component | null, f: Focus) => Signal,
): Signal {
  const domain = domains.get(condition.over)!;
  const elements = domain.of(model, component, focus).filter((element) => {
    return !condition.where || ask(condition.where, element.component, element.focus).answer === 'yes';
  });
  if (elements.length === 0) return no(`${domain.plural}: none`);
  const signals = elements.map((element) => {
    const signal = ask(condition.of, element.component, element.focus);
    // A bare no says nothing of where: the element itself is the near miss.
    const bare = signal.answer !== 'unknown' && signal.evidence.length === 0 && element.evidence;
    return bare ? { ...signal, evidence: [element.evidence!] } : signal;
  });
  if (condition.op === 'some') return anyOf(signals);
  if (condition.op === 'each') return allOf(signals);
  return mostOf(signals, domain.plural);
}

/** More than half; unknown where the open ones could tip it. */
function mostOf(signals: readonly Signal[], plural: string): Signal {
  const of = (answer: Signal['answer']) => signals.filter((signal) => signal.answer === answer);
  const [held, open, failed] = [of('yes'), of('unknown'), of('no')];
  const enough = (n: number) => n * 2 > signals.length;
  const share = `${held.length} of ${signals.length} ${plural}`;
  if (enough(held.length)) return yes(...held.flatMap((signal) => signal.evidence));
  if (enough(held.length + open.length))
    return unknown(open[0]!.cause ?? 'blind', open[0]!.reason ?? share, open[0]!.evidence);
  return no(
    [share, ...failed.flatMap((signal) => signal.searched)],
    failed.flatMap((signal) => signal.evidence),
  );
}

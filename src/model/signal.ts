import type { Evidence } from './evidence.ts';
import type { UnknownCause } from './status.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/**
 * A three-valued answer with what shows it.
 * `yes`: `evidence` shows it. `no`: `searched` says what was looked for and where, `evidence` holds the near misses that were rejected.
 * `unknown`: `cause` and `reason` say what would have to be known.
 */
export interface Signal {
  answer: Answer;
  evidence: Evidence[];
  searched: string[];
  cause?: UnknownCause;
  reason?: string;
}

export const yes = (...evidence: Evidence[]): Signal => ({ answer: 'yes', evidence, searched: [] });
export const no = (searched: string | string[] = [], nearMisses: Evidence[] = []): Signal => ({
  answer: 'no',
  evidence: nearMisses,
  searched: typeof searched === 'string' ? [searched] : searched,
});
export const unknown = (cause: UnknownCause, reason: string, evidence: Evidence[] = []): Signal => ({
  answer: 'unknown',
  evidence,
  searched: [],
  cause,
  reason,
});

/** Kleene's `or`: one yes is enough; an unknown beside only noes stays unknown. */
export function anyOf(signals: readonly Signal[]): Signal {
  const positive = signals.filter((s) => s.answer === 'yes');
  if (positive.length > 0) return yes(...positive.flatMap((s) => s.evidence));
  const open = signals.find((s) => s.answer === 'unknown');
  if (open) return open;
  return no(
    signals.flatMap((s) => s.searched),
    signals.flatMap((s) => s.evidence),
  );
}

/** Kleene's `and`: one no decides; an unknown beside only yeses stays unknown. */
export function allOf(signals: readonly Signal[]): Signal {
  const negative = signals.filter((s) => s.answer === 'no');
  if (negative.length > 0) {
    return no(
      negative.flatMap((s) => s.searched),
      negative.flatMap((s) => s.evidence),
    );
  }
  const open = signals.find((s) => s.answer === 'unknown');
  if (open) return open;
  return yes(...signals.flatMap((s) => s.evidence));
}

export function notOf(signal: Signal): Signal {
  if (signal.answer === 'unknown') return signal;
  return { ...signal, answer: signal.answer === 'yes' ? 'no' : 'yes' };
}

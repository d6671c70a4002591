import type { ComponentKind } from '../model/component.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Signals } from './signals.ts';

/** What a component is, and what shows it. */
export interface Decision {
  kind: ComponentKind;
  evidence: Evidence[];
  /** Framework that decided, when one did. */
  framework?: string;
  stub?: boolean;
}

/** One way to tell a kind; null when it has nothing to say. The first that speaks decides. */
export type Decide = (signals: Signals) => Decision | null;

/** The place that stands for the component when nothing narrower does. */
export const home = (signals: Signals, note: string): Evidence => ({ ...signals.root.evidence[0]!, note });

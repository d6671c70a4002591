import type { Evidence } from './evidence.ts';
import type { Status, UnknownCause } from './status.ts';

/** One rule's answer for one component, or for the whole repository (`component: null`). */
export interface Finding {
  rule: string;
  component: string | null;
  status: Status;
  evidence: Evidence[];
  /** For an absence: what was looked for, and where. */
  searched: string[];
  cause?: UnknownCause;
  reason?: string;
}

/** Something that went wrong in us, or a bound that was met. Never a judgment of the target. */
export interface Diagnostic {
  unit: string;
  file: string | null;
  line: number | null;
  message: string;
}

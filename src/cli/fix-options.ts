import type { PolicyOptions } from './gate-options.ts';

/** What `readiness fix` is asked for. */
export interface FixOptions extends PolicyOptions {
  rule: string[];
  component: string[];
  level?: string;
  quick?: boolean;
  yes?: boolean;
  diff?: boolean;
  json?: boolean;
  allowDirty?: boolean;
  install?: boolean;
  set: string[];
  verbose?: boolean;
  color?: boolean;
}

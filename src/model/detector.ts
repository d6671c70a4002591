import type { z } from 'zod';
import type { AuditModel } from './audit-model.ts';
import type { Component } from './component.ts';
import type { Signal } from './signal.ts';

/** A named predicate that YAML may ask. `component` is null for a rule of the whole repository. */
export interface Detector<O extends z.ZodType = z.ZodType> {
  /** kebab-case, the file's name in src/detectors. */
  name: string;
  /** One sentence: what a yes means. */
  asks: string;
  /** `config`: judged for every language. `code`, the default: on a component in a language without a code analyser the answer is `unknown`. */
  reads?: 'code' | 'config';
  options: O;
  judge(model: AuditModel, component: Component | null, options: z.infer<O>): Signal;
}

export const defineDetector = <O extends z.ZodType>(detector: Detector<O>): Detector<O> => detector;

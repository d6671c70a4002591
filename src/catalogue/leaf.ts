import type { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { DeployedService, Environment } from '../model/deployment.ts';
import type { Signal } from '../model/signal.ts';
import type { Route } from '../model/wiring.ts';

/** What a quantifier is looking at just now. Leaves that know such things judge this one alone. */
export interface Focus {
  route?: Route;
  service?: { environment: Environment; service: DeployedService };
  environment?: Environment;
}

/** `code`: needs the component's code to be read, which only JavaScript and TypeScript are. `config`: works for every language. */
export type Reads = 'code' | 'config';

/** One question that YAML may ask, found by its file name in `leaves/`. */
export interface Leaf<O extends z.ZodType = z.ZodType> {
  /** One sentence: what a yes means. */
  asks: string;
  /** A condition in YAML that uses it; shown in the documentation, and checked. */
  example: string;
  reads: Reads;
  options: O;
  /** Turns the short form (`trait: http`) into options. Without it, only the long form is allowed. */
  short?: (value: string | number | boolean | string[]) => unknown;
  /** Completes the options with what only the rule knows, once, at load. */
  bind?: (options: z.infer<O>, rule: { id: string }) => z.infer<O>;
  /** Problems that zod cannot see, each with the path inside the options. */
  check?: (options: z.infer<O>) => { path: (string | number)[]; message: string }[];
  /** `component` is null for a rule of the whole repository. */
  judge(model: AuditModel, component: Component | null, options: z.infer<O>, focus: Focus): Signal;
}

export const defineLeaf = <O extends z.ZodType>(leaf: Leaf<O>): Leaf<O> => leaf;

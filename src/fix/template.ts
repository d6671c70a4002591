import { z } from 'zod';
import { componentKinds, traits } from '../model/component.ts';
import { statuses } from '../model/status.ts';

/** `templates/<fix>/fix.yaml`: what a fix closes, where it fits, and what it writes. Strings hold `<% parameter %>`. */

const names = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());

/** Where a variant fits; every condition given must hold. */
const when = z.strictObject({
  frameworks: names.optional(),
  kinds: z
    .union([z.enum(componentKinds), z.array(z.enum(componentKinds))])
    .transform((value) => [value].flat())
    .optional(),
  traits: z
    .union([z.enum(traits), z.array(z.enum(traits))])
    .transform((value) => [value].flat())
    .optional(),
  statuses: z.array(z.enum(statuses)).optional(),
  /** Parameters that must be there: `ts`, `database`, … A leading `!` asks for the contrary. */
  has: names.optional(),
});

const imported = z.strictObject({
  /** A package, or with `file` a file that the fix creates. */
  from: z.string().optional(),
  file: z.string().optional(),
  default: z.string().optional(),
  named: names.optional(),
});
export type ImportSpec = z.infer<typeof imported>;

/** More values for one text, by name: they may hold parameters themselves. */
const values = z.record(z.string(), z.string()).default({});

const scalar = z.union([z.string(), z.number(), z.boolean()]);
export const operation = z.union([
  z.strictObject({
    create: z.strictObject({
      file: z.string(),
      from: z.string(),
      imports: z.array(imported).default([]),
      /** Imports the connections that `<% pings %>` ask. */
      connections: z.boolean().default(false),
      with: values,
    }),
  }),
  z.strictObject({
    icon: z.strictObject({ file: z.string(), size: z.int().min(16).max(1024), ground: z.string(), ink: z.string() }),
  }),
  z.strictObject({ append: z.strictObject({ file: z.string(), from: z.string() }) }),
  z.strictObject({
    setJson: z.strictObject({ file: z.string(), path: z.array(z.string()).min(1), value: z.unknown() }),
  }),
  z.strictObject({
    setYaml: z.strictObject({ file: z.string(), path: z.array(z.string()).min(1), value: z.unknown() }),
  }),
  z.strictObject({
    dependency: z.strictObject({
      name: z.string(),
      dev: z.boolean().default(false),
      /** The oldest major version that the template works with, where one is declared already. */
      least: z.int().default(0),
    }),
  }),
  z.strictObject({
    env: z.strictObject({
      name: z.string(),
      example: z.string().default(''),
      comment: z.string(),
      shared: z.boolean().default(false),
    }),
  }),
  z.strictObject({
    insert: z.strictObject({
      slot: z.string(),
      code: z.string(),
      imports: z.array(imported).default([]),
      connections: z.boolean().default(false),
      with: values,
    }),
  }),
  z.strictObject({
    /** What the repository exports already and nothing registers: made by a package of the capability, or a function by its shape. */
    register: z.strictObject({
      slot: z.string(),
      madeBy: z.string().optional(),
      function: z.strictObject({ parameters: z.int().min(1), words: z.array(z.string()).min(1) }).optional(),
    }),
  }),
  z.strictObject({
    argument: z.strictObject({
      package: z.string().optional(),
      member: z.string(),
      after: z.int().min(0).default(0),
      code: z.string(),
    }),
  }),
  z.strictObject({
    start: z.strictObject({
      page: z.boolean().default(false),
      first: z.boolean().default(false),
      code: z.string().default(''),
      imports: z.array(imported).default([]),
    }),
  }),
  z.strictObject({
    shutdown: z.strictObject({
      code: z.string(),
      imports: z.array(imported).default([]),
      named: z.boolean().default(true),
      /** What is made and then closed, in place of the call that listens. */
      makes: z.strictObject({ package: z.string(), member: z.string() }).optional(),
      /** Imports the connections that the component's modules export, for `<% closing %>`. */
      connections: z.boolean().default(false),
    }),
  }),
  z.strictObject({
    decorate: z.strictObject({ key: z.string(), code: z.string(), imports: z.array(imported).default([]) }),
  }),
  z.strictObject({
    wrapRoot: z.strictObject({
      open: z.string(),
      close: z.string(),
      /** The one element of this name in a file, in place of what the entry renders. */
      element: z.string().optional(),
      file: z.string().optional(),
      /** An element of this name stays inside. */
      outside: z.string().optional(),
      /** An empty element of this name beside what is rendered is none of it. */
      aside: z.string().optional(),
      imports: z.array(imported).default([]),
    }),
  }),
  z.strictObject({
    lastChild: z.strictObject({
      element: z.string(),
      /** The file that writes it; the only one that does, without this. */
      file: z.string().optional(),
      code: z.string(),
      imports: z.array(imported).default([]),
    }),
  }),
  z.strictObject({
    chain: z.strictObject({
      package: z.string(),
      member: z.string(),
      code: z.string(),
      imports: z.array(imported).default([]),
    }),
  }),
  z.strictObject({
    lastTag: z.strictObject({ file: z.string(), code: z.string(), imports: z.array(imported).default([]) }),
  }),
  z.strictObject({ head: z.strictObject({ file: z.string(), line: z.string() }) }),
  z.strictObject({
    listed: z.strictObject({
      files: z.array(z.string()).min(1),
      key: z.string(),
      code: z.string(),
      imports: z.array(imported).default([]),
    }),
  }),
  z.strictObject({
    wrapExport: z.strictObject({
      file: z.string(),
      call: z.string(),
      code: z.string(),
      imports: z.array(imported).default([]),
    }),
  }),
  z.strictObject({
    property: z.strictObject({ files: z.array(z.string()).min(1), key: z.string(), code: z.string() }),
  }),
  z.strictObject({
    wrapTag: z.strictObject({
      file: z.string(),
      /** Names the tag goes by: `RouterView|router-view`. */
      tag: z.string().regex(/^[\w-]+(\|[\w-]+)*$/),
      with: z.string(),
      imports: z.array(imported).default([]),
    }),
  }),
  z.strictObject({
    eachService: z.strictObject({
      keys: z.record(z.string(), z.unknown()),
      unless: z.array(z.string()).default([]),
    }),
  }),
  z.strictObject({
    eachWorkload: z.strictObject({ at: z.enum(['container', 'spec']), keys: z.record(z.string(), z.unknown()) }),
  }),
  z.strictObject({
    tell: z.strictObject({ run: z.array(z.string()).default([]), decide: z.array(z.string()).default([]) }),
  }),
  z.strictObject({ untrack: z.strictObject({}) }),
  z.strictObject({ imageFolder: z.strictObject({ folder: z.string() }) }),
  z.strictObject({
    checkBodies: z.strictObject({
      schemas: z.string(),
      place: z.enum(['before', 'first', 'after']),
      body: z.string().optional(),
      code: z.string(),
      middleware: z.strictObject({ file: z.string(), named: z.string() }).optional(),
    }),
  }),
  z.strictObject({ healthcheck: z.strictObject({}) }),
  z.strictObject({ freezeInstalls: z.strictObject({}) }),
]);
export type Operation = z.infer<typeof operation>;

/** An operation, or some that are left out unless the parameters are there. */
const step = z.union([operation, z.strictObject({ if: names, do: z.array(operation).min(1) })]);

const variant = z.strictObject({
  when: when.default({}),
  /** Steps in order; a list in the list is what several variants share. */
  operations: z
    .array(z.union([step, z.array(step)]))
    .min(1)
    .transform((steps) => steps.flat()),
  decide: z.array(z.string()).default([]),
});

export const fixHeader = z.strictObject({
  title: z.string(),
  rule: z.string(),
  /** Fixes of the same plan come in this order, then by name. */
  order: z.int().default(50),
  /** Named values that a user may set with `--set <fix>.<name>=<value>`. */
  parameters: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), z.strictObject({ default: scalar, describe: z.string() }))
    .default({}),
  /** What a person must still decide. */
  decide: z.array(z.string()).default([]),
  variants: z.array(variant).min(1),
});
export type FixHeader = z.infer<typeof fixHeader>;
export type Variant = FixHeader['variants'][number];

export interface FixTemplate extends FixHeader {
  /** The folder's name. */
  id: string;
  /** Text of a file under `files/`, as written. */
  file(name: string): string | null;
  /** The target's own, from `.readiness/templates`. */
  own: boolean;
}

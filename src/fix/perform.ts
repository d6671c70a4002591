import { loadFolder } from '../model/discover.ts';
import { UserError } from '../model/errors.ts';
import { createDraft } from './draft.ts';
import { ownFolder } from './load.ts';
import type { Operate, VersionEntry } from './operations/_operation.ts';
import type { Parameters } from './parameters/_parameter.ts';
import type { Operation, Variant } from './template.ts';
import { type FileContent, type Install, type Subject, Unfit } from './types.ts';

/** What carries templates out, loaded once. */
export interface Workshop {
  operations: ReadonlyMap<string, Operate<never>>;
  parameters: readonly Parameters[];
  versions: Readonly<Record<string, VersionEntry>>;
  /** Values that the user set: `rate-limiting.limit`. */
  settings: Readonly<Record<string, string>>;
}

export async function loadWorkshop(
  versions: Workshop['versions'],
  settings: Workshop['settings'] = {},
): Promise<Workshop> {
  const operations = await loadFolder<Operate<never>>(new URL('./operations/', import.meta.url));
  const parameters = await loadFolder<Parameters>(new URL('./parameters/', import.meta.url));
  return { operations, parameters: [...parameters.values()], versions, settings };
}

export interface Performed {
  changes: Map<string, FileContent>;
  created: Set<string>;
  untracked: Set<string>;
  commands: string[];
  installs: Install[];
  notes: string[];
}

/**
 * Carries a template out on a view.
 * @throws Unfit with the reason, where none of its variants fits, and UserError for a mistake in a template of the target's own.
 */
export function perform(subject: Subject, status: string, workshop: Workshop): Performed {
  try {
    return firstThatFits(subject, status, workshop);
  } catch (error) {
    const { own, id } = subject.template;
    if (!own || error instanceof Unfit || error instanceof UserError) throw error;
    throw new UserError(`${ownFolder}/${id}: ${(error as Error).message}`);
  }
}

function firstThatFits(subject: Subject, status: string, workshop: Workshop): Performed {
  const parameters = parametersOf(subject, workshop);
  const { template } = subject;
  const variants = template.variants.filter((variant) => fits(variant, subject, status, parameters));
  if (variants.length === 0) throw new Unfit(`nothing in "${template.id}" fits it`);
  const reasons: string[] = [];
  for (const variant of variants) {
    try {
      return carryOut(variant, subject, parameters, workshop);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      reasons.push(error.message);
    }
  }
  throw new Unfit([...new Set(reasons)].join('; '));
}

function carryOut(
  variant: Variant,
  subject: Subject,
  parameters: Record<string, unknown>,
  workshop: Workshop,
): Performed {
  const draft = createDraft(subject.view);
  draft.notes.push(...subject.template.decide, ...variant.decide);
  const steps = variant.operations.flatMap((step) =>
    'if' in step ? (step.if.every((name) => holds(name, parameters)) ? step.do : []) : [step],
  );
  for (const step of steps) {
    const [[name, options]] = Object.entries(step) as [[keyof Operation & string, never]];
    const operate = workshop.operations.get(name);
    if (!operate) throw new Error(`there is no operation "${name}"`);
    operate(options, { ...subject, draft, parameters, versions: workshop.versions });
  }
  for (const [path, text] of draft.changes) if (subject.view.read(path) === text) draft.changes.delete(path);
  if (draft.changes.size === 0) throw new Unfit('it would change nothing');
  return draft;
}

function parametersOf(subject: Subject, { parameters, settings }: Workshop): Record<string, unknown> {
  const found: Record<string, unknown> = { app: 'app' };
  for (const give of parameters) Object.assign(found, give(subject));
  for (const [name, { default: fallback }] of Object.entries(subject.template.parameters)) {
    const set = settings[`${subject.template.id}.${name}`];
    found[name] =
      set === undefined
        ? fallback
        : typeof fallback === 'number'
          ? Number(set)
          : typeof fallback === 'boolean'
            ? set === 'true'
            : set;
  }
  return found;
}

function fits({ when }: Variant, { component }: Subject, status: string, parameters: Record<string, unknown>): boolean {
  const { frameworks, kinds, traits, statuses, has } = when;
  if (frameworks && !frameworks.some((name) => component?.frameworks.includes(name))) return false;
  if (kinds && !(component && kinds.includes(component.kind))) return false;
  if (traits && !traits.every((trait) => component?.traits.includes(trait))) return false;
  if (statuses && !(statuses as string[]).includes(status)) return false;
  return (has ?? []).every((name) => holds(name, parameters));
}

function holds(name: string, parameters: Record<string, unknown>): boolean {
  const key = name.replace(/^!/, '');
  if (!(key in parameters)) throw new Error(`a template asks for "${key}", which is no parameter`);
  const value = parameters[key];
  const there = Array.isArray(value) ? value.length > 0 : Boolean(value);
  return name.startsWith('!') ? !there : there;
}

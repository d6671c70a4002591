import type { CapabilityPackage } from '../../model/knowledge.ts';
import { type Subject, Unfit } from '../types.ts';

/** What a template looks for among the exports of modules: what packages of a capability make, or a function by its parameters and name. */
export interface Wanted {
  /** Capability of rules/knowledge: `rate-limiter`. */
  madeBy?: string;
  /** A function of exactly so many parameters whose name holds one of the words. */
  function?: { parameters: number; words: readonly string[] };
}

/** What does the work and is not registered yet: an export, or a binding of the application's own file. */
export interface Existing {
  name: string;
  file: string;
  line: number;
  /** Folder of the workspace package that it has to be imported from; null where it is the component's own. */
  library: string | null;
}

/** Made for a few routes only: no choice for all of them. */
const forFew = /login|log_?in|sign_?(in|up)|auth|password|register|reset|upload|otp|token|strict|admin|webhook/i;

/**
 * The one binding of the component, or else of a library of the repository, that does what is wanted and that `app`, a file, can reach.
 *
 * @throws Unfit where there is none, or several of which any could be meant.
 */
export function findExisting(subject: Subject, app: string, wanted: Wanted): Existing {
  const { model, component } = subject;
  const libraries = model.components.filter(({ kind, language }) => kind === 'library' && language === 'js');
  const places = [
    { files: component ? model.wiring.of(component).own : [], library: null },
    ...libraries.map((library) => ({ files: model.wiring.of(library).own, library: library.path })),
  ];
  const groups = [places.slice(0, 1), places.slice(1)].map((group) =>
    group.flatMap(({ files, library }) =>
      files.flatMap((file) =>
        bindingsOf(subject, file, wanted, file === app).map((one) => ({ ...one, file, library })),
      ),
    ),
  );
  const found = groups.find((group) => group.length > 0) ?? [];
  const general = found.length > 1 ? found.filter(({ name }) => !forFew.test(name)) : found;
  if (general.length === 1) return general[0]!;
  if (found.length === 0) throw new Unfit('nothing that does it was found to register');
  throw new Unfit(
    `several could be meant: ${found.map(({ name, file, line }) => `${name} (${file}:${line})`).join(', ')}`,
  );
}

function bindingsOf(
  { model }: Subject,
  file: string,
  wanted: Wanted,
  isHere: boolean,
): Pick<Existing, 'name' | 'line'>[] {
  const code = model.wiring.code(file);
  if (!code || model.wiring.isTest(file)) return [];
  const packages = model.knowledge.capabilities.get(wanted.madeBy ?? '') ?? [];
  const made = code.calls.filter(
    ({ origin, assignedTo, within }) =>
      assignedTo && within === -1 && origin?.from === 'package' && packages.some((one) => isOf(one, origin)),
  );
  const shape = wanted.function;
  const written = code.functions.filter(
    ({ name, owner, params, within }) =>
      shape &&
      owner === null &&
      within === -1 &&
      params.length === shape.parameters &&
      shape.words.some((word) => name.toLowerCase().includes(word)),
  );
  const named = [
    ...made.map(({ assignedTo, line, unit }) => ({ name: assignedTo!, line, unit })),
    ...written.map(({ name, line, unit }) => ({ name, line, unit })),
  ];
  return named
    .filter(({ name, unit }) => (isHere ? code.units[unit]?.declares : code.units[unit]?.exported)?.includes(name))
    .map(({ name, line }) => ({ name, line }));
}

const isOf = ({ package: name, members }: CapabilityPackage, origin: { package: string; member: string }): boolean =>
  (name.endsWith('*') ? origin.package.startsWith(name.slice(0, -1)) : origin.package === name) &&
  (members.length === 0 || members.includes(origin.member));

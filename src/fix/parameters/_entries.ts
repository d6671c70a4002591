import type { Entry } from '../../model/wiring.ts';
import { isMaking } from '../code/application.ts';
import type { Subject } from '../types.ts';

/** Loaded by a page, or by what bundles for browsers: no process of ours. */
const isPage = ({ evidence, reason }: Entry): boolean => /\.html?$/.test(evidence.file) || / starts here$/.test(reason);

/** The file that a page loads. */
export function pageEntry({ model, component, view }: Subject): string | null {
  if (component?.language !== 'js') return null;
  const entries = model.wiring
    .of(component)
    .entries.filter((one) => one.phase === 'runtime' && isPage(one) && view.has(one.file));
  // The page that is served lies highest; others are samples and themes.
  return [...entries].sort((a, b) => depthOf(a) - depthOf(b))[0]?.file ?? null;
}

const depthOf = ({ evidence }: Entry): number => evidence.file.replace(/(^|\/)public\//, '$1').split('/').length;

/**
 * The file that the component's process starts with: where it serves, the one that leads to its application or to what listens;
 * a command line in the same package is another process. null where a full-stack framework starts it: what that loads by
 * convention is no place to begin.
 */
export function processEntry(subject: Subject): string | null {
  const { model, component, view } = subject;
  if (component?.language !== 'js' || !startsItself(subject)) return null;
  const wiring = model.wiring.of(component);
  const entries = wiring.entries.filter((one) => one.phase === 'runtime' && !isPage(one) && view.has(one.file));
  const serving = servingFile(subject);
  const first = serving === null ? undefined : wiring.pathTo(serving)[0];
  if (entries.some(({ file }) => file === first)) return first!;
  if (component.kind === 'web' && serving === null) return null;
  return (entries.find(({ reason }) => !/"bin"/.test(reason)) ?? entries[0])?.file ?? null;
}

/** Where the application is made, or where something listens. */
export function servingFile({ model, component }: Subject): string | null {
  if (component?.language !== 'js') return null;
  const found = model.wiring
    .of(component)
    .calls((call, file) => !model.wiring.isTest(file) && (isMaking(call) || /(^|\.)listen$/.test(call.callee)))
    .filter(({ live }) => live === 'live');
  return (found.find(({ fact }) => isMaking(fact)) ?? found[0])?.file ?? null;
}

const startsItself = ({ model, component }: Subject): boolean =>
  !component?.frameworks.some((name) => /full-stack|cms/.test(model.knowledge.frameworks.get(name)?.kind ?? ''));

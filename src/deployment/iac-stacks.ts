import type { IacFact } from '../model/facts/index.ts';
import { baseOf, dirOf, isWithin, relativeTo } from '../model/paths.ts';
import type { Context } from './context.ts';
import { callsOf, unitPath } from './iac-modules.ts';
import { isTemplate, saysDevelopment } from './places.ts';

/** The facts that are stacks of their own, by the folder of each stack. Modules that a stack calls belong to it; one that none calls is not deployed. */
export function stacksOf(context: Context): Map<string, IacFact[]> {
  const all = context.facts.iac.filter(({ path }) => !/(?:^|\/)docs?\//.test(path));
  const calls = callsOf(all);
  const uncalled = all.filter((fact) => !calls.has(unitPath(fact)));
  const roots = uncalled.filter((fact) => !isIdle(context, fact, uncalled));
  const stacks = new Map<string, IacFact[]>();
  for (const fact of roots) {
    const folder = stackFolder(fact, roots);
    stacks.set(folder, [...(stacks.get(folder) ?? []), fact]);
  }
  for (const [folder, facts] of stacks)
    if (facts.every(({ resources }) => resources.length === 0)) stacks.delete(folder);
  return stacks;
}

/** A module that nothing calls: it lies below a stack's main file, or among the modules, and no pipeline names it. */
function isIdle(context: Context, fact: IacFact, uncalled: readonly IacFact[]): boolean {
  const dir = dirOf(fact.path);
  const others = uncalled.filter(({ tool, resources }) => tool === fact.tool && resources.length > 0);
  if (fact.tool === 'bicep') {
    const below = others.some(
      ({ path }) =>
        baseOf(path) === 'main.bicep' && path !== fact.path && dirOf(path) !== dir && isWithin(dir, dirOf(path)),
    );
    return below && baseOf(fact.path) !== 'main.bicep' && !isNamed(context, baseOf(fact.path));
  }
  if (fact.tool !== 'terraform' || !isForCopy(dir)) return false;
  return others.some(({ path }) => !isForCopy(dirOf(path))) && !isNamed(context, dir);
}

/** Modules are there to be called, templates to be copied. */
const isForCopy = (dir: string): boolean => dir.split('/').includes('modules') || isTemplate(dir);

const isNamed = (context: Context, name: string): boolean =>
  context.facts.pipelines.some(({ jobs }) =>
    jobs.some(({ steps }) =>
      steps.some(({ run, with: inputs, workingDirectory }) =>
        [run ?? '', workingDirectory ?? '', ...Object.values(inputs)].some((text) => text.includes(name)),
      ),
    ),
  );

/** Bicep and Terraform split a stack over folders: the topmost that holds files is the stack. One for development stands by itself. */
function stackFolder(fact: IacFact, roots: readonly IacFact[]): string {
  const own = dirOf(fact.path);
  if (fact.tool !== 'bicep' && fact.tool !== 'terraform') return own;
  const holders = roots
    .filter(({ tool, path }) => tool === fact.tool && isWithin(own, dirOf(path)))
    .map(({ path }) => dirOf(path));
  const top = holders.sort((a, b) => a.length - b.length)[0] ?? own;
  return top !== own && saysDevelopment(relativeTo(own, top)) ? own : top;
}

import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { byCodeUnit, dirOf, isWithin } from '../../model/paths.ts';
import { type Part, perComponent } from '../judge.ts';
import type { Member } from '../stack.ts';

/** Names that a runtime or a platform sets, or a build bakes in. */
const supplied =
  /^(NODE_ENV|PORT|CI|HOME|HOSTNAME|PATH|PWD|TZ|LANG|TERM|npm_.*|VERCEL.*|NEXT_PUBLIC_.*|VITE_.*|REACT_APP_.*|npm_config_.*)$/;

/** What the container was given, what the code reads and what the template names: by name only. */
export default perComponent('security/env-template', false, (member, component, { model }): Part | null => {
  const reads = readsOf(model, component);
  const templates = model.facts.envFiles.filter(({ role, path }) => role !== 'real' && isNear(path, component));
  if (reads.size === 0) return null;
  const named = new Map(
    templates.flatMap(({ path, variables }) =>
      variables.map((variable) => [variable.name, { path, ...variable }] as const),
    ),
  );
  const lacking = ownFile(member) ? [] : lackingOf(member, reads, named);
  const given = member.container.env.filter(
    ({ name }) => !(member.image?.env ?? []).includes(name) && !supplied.test(name),
  );
  // Without any template there is nothing to compare with: that gap is the repository's own, and told by the audit.
  const unnamed = (templates.length === 0 ? [] : given)
    .filter(({ name }) => reads.has(name) && !named.has(name))
    .map(({ name }) => `${name} is set here and read at ${reads.get(name)!.place}; no template names it`);
  const notes = [...lacking, ...unnamed];
  if (notes.length > 0) return { status: 'partial', notes };
  const count = given.filter(({ name }) => named.has(name)).length;
  return count > 0 ? { status: 'ready', notes: [`${count} of the template's variables are set`] } : null;
});

interface Read {
  place: string;
  needed: boolean;
}

/** Live reads by name; `needed` where no default stands beside one. A schema may make a name optional, so what it says decides nothing. */
function readsOf(model: AuditModel, component: Component): Map<string, Read> {
  const reads = new Map<string, Read>();
  for (const { file, fact, live } of model.wiring.of(component).env()) {
    if (live === 'dead' || fact.via === 'import.meta.env' || supplied.test(fact.name)) continue;
    const needed = fact.fallback === null && fact.via !== 'schema' && fact.via !== 'text';
    const before = reads.get(fact.name);
    if (!before || (needed && !before.needed)) reads.set(fact.name, { place: `${file}:${fact.line}`, needed });
  }
  return reads;
}

function lackingOf(
  { container }: Member,
  reads: ReadonlyMap<string, Read>,
  named: ReadonlyMap<string, { path: string; line: number; commented: boolean }>,
): string[] {
  const state = new Map(container.env.map(({ name, empty }) => [name, empty]));
  return [...reads]
    .filter(([name, { needed }]) => needed && named.get(name)?.commented === false && !state.has(`${name}_FILE`))
    .filter(([name]) => state.get(name) !== false)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, { place }]) => {
      const { path, line } = named.get(name)!;
      return `${name} is ${state.has(name) ? 'empty' : 'not set'} here, though read at ${place} and named in ${path}:${line}`;
    });
}

/** The program may read a file of variables that was mounted into it; what is set there is not seen from outside. */
const ownFile = ({ container }: Member): boolean =>
  container.mounts.some(({ target }) => /(^|\/)\.env[^/]*$|^\/run\/secrets(\/|$)/.test(target));

/** A template beside a component, above it or inside it. */
const isNear = (path: string, component: Component): boolean =>
  isWithin(component.path, dirOf(path)) || isWithin(path, component.path);

import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { EnvRead } from '../../model/facts/index.ts';
import { byCodeUnit, dirOf, isWithin } from '../../model/paths.ts';
import { type Part, perComponent } from '../judge.ts';
import type { Member } from '../stack.ts';

/** Names that a runtime or a platform sets, or a build bakes in. */
const supplied = /^(NODE_ENV|PORT|CI|HOME|HOSTNAME|PATH|PWD|TZ|LANG|TERM|(npm|VERCEL|NEXT_PUBLIC|VITE|REACT_APP)_.*)$/;

/** What the container was given, what the code reads and what the template names: by name only. */
export default perComponent('security/env-template', false, (member, component, { model }): Part | null => {
  const reads = readsOf(model, component);
  if (reads.size === 0) return null;
  const templates = model.facts.envFiles.filter(({ role, path }) => role !== 'real' && isNear(path, component));
  const named = new Map(
    templates.flatMap(({ path, variables }) => variables.map((variable) => [variable.name, { path, ...variable }])),
  );
  const given = member.container.env
    .map(({ name }) => name)
    .filter((name) => !(member.image?.env ?? []).includes(name) && !supplied.test(name));
  // Without any template there is nothing to compare with: that gap is the repository's own, and told by the audit.
  const unnamed = templates.length === 0 ? [] : given.filter((name) => reads.has(name) && !named.has(name));
  const lacking = ownFile(member) ? [] : lackingOf(member, reads, named);
  const notes = [
    ...few(lacking, ({ name, empty, read, place }) => {
      return `${name} is ${empty ? 'empty' : 'not set'} here, though read at ${read} and named in ${place}`;
    }),
    ...few(
      unnamed.map((name) => ({ name })),
      ({ name }) => `${name} is set here and read at ${reads.get(name)!.place}; no template names it`,
    ),
  ];
  if (unnamed.length > 0 || lacking.some(({ needed }) => needed)) return { status: 'partial', notes };
  if (lacking.length > 0) return { status: 'unknown', reason: 'the code may do without what is not set', notes };
  const known = given.filter((name) => named.has(name)).length;
  return known > 0 ? { status: 'ready', notes: [`variables set here that the template names: ${known}`] } : null;
});

/** The first few are told in full, the rest by name. */
function few<T extends { name: string }>(items: readonly T[], tell: (item: T) => string): string[] {
  const most = 5;
  const rest = items.slice(most).map(({ name }) => name);
  return [...items.slice(0, most).map(tell), ...(rest.length > 0 ? [`and likewise ${rest.join(', ')}`] : [])];
}

interface Read {
  place: string;
  /** No default stands beside it, and no schema that could make it optional. */
  bare: boolean;
  checked: boolean;
}

/** Live reads by name. */
function readsOf(model: AuditModel, component: Component): Map<string, Read> {
  const reads = new Map<string, Read>();
  const validated = new Set<string>();
  const living = model.wiring
    .of(component)
    .env()
    .filter(({ live }) => live !== 'dead');
  for (const { file, fact } of living) {
    if (fact.via === 'schema') validated.add(fact.name);
    if (fact.via === 'import.meta.env' || supplied.test(fact.name)) continue;
    const before = reads.get(fact.name);
    const read = { place: `${file}:${fact.line}`, bare: isBare(fact), checked: fact.checked };
    if (!before || (read.bare && !before.bare)) reads.set(fact.name, read);
  }
  for (const name of validated) {
    const read = reads.get(name);
    if (read) read.bare = false;
  }
  return reads;
}

const isBare = ({ fallback, via }: EnvRead): boolean => fallback === null && via !== 'schema';

interface Lacking {
  name: string;
  empty: boolean;
  read: string;
  place: string;
  /** The code stops without it, or the template fills it in. */
  needed: boolean;
}

function lackingOf(
  { container }: Member,
  reads: ReadonlyMap<string, Read>,
  named: ReadonlyMap<string, { path: string; line: number; commented: boolean; value: string }>,
): Lacking[] {
  const state = new Map(container.env.map(({ name, empty }) => [name, empty]));
  return [...reads]
    .filter(([name, { bare }]) => bare && named.get(name)?.commented === false && !state.has(`${name}_FILE`))
    .filter(([name]) => state.get(name) !== false)
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, { place: read, checked }]) => {
      const { path, line, value } = named.get(name)!;
      return { name, empty: state.has(name), read, place: `${path}:${line}`, needed: checked || value !== '' };
    });
}

/** The program may read a file of variables that was mounted into it; what is set there is not seen from outside. */
const ownFile = ({ container }: Member): boolean =>
  container.mounts.some(({ target }) => /(^|\/)\.env[^/]*$|^\/run\/secrets(\/|$)/.test(target));

/** A template beside a component, above it or inside it. */
const isNear = (path: string, component: Component): boolean =>
  isWithin(component.path, dirOf(path)) || isWithin(path, component.path);

import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { DataSchemaFact } from '../../model/facts/index.ts';
import { isAside, once, ownerOf } from './scope.ts';

/**
 * Schemas, set-ups and migrations that speak for a component, all of them for the repository: what lies in its folder, and what lies
 * in no component at all (the root of a workspace) where its code keeps data so. `reached` adds those of shared packages that its code reaches.
 */
export function schemasOf(model: AuditModel, component: Component | null, reached = false): DataSchemaFact[] {
  const facts = model.facts.dataSchemas.filter(({ path }) => !isAside(path, component?.path));
  if (!component) return facts;
  const reach = new Set(reached ? model.wiring.of(component).reached : []);
  return facts.filter(({ path, orm }) => {
    const owner = ownerOf(model, path);
    return owner === component.path || (owner === null && keepsWith(model, orm).includes(component)) || reach.has(path);
  });
}

/** Components that keep data and are run: those whose code imports what the schema is written for, or all where none does. */
const keepsWith = once((model, orm: DataSchemaFact['orm']): readonly Component[] => {
  const keeping = model.components.filter(({ traits, kind }) => traits.includes('state') && kind !== 'library');
  const importing = keeping.filter((one) =>
    [...model.wiring.of(one).packages().keys()].some((name) => name.replace('@', '').startsWith(orm)),
  );
  return importing.length > 0 ? importing : keeping;
});

/** It only opens the database: a package of the workspace that it depends on has the migrations, or it is a worker beside the service that has them. */
export function leavesSchemaTo(model: AuditModel, component: Component): Component | null {
  const own = schemasOf(model, component);
  if (own.length === 0 || own.some(({ role }) => role !== 'config')) return null;
  const manifest = model.facts.manifests.find((one) => one.path === component.manifest);
  const names = new Set(Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }));
  const owner = model.components.find(
    (other) =>
      (names.has(other.name) || (component.kind === 'worker' && other.kind === 'service')) &&
      schemasOf(model, other).some(({ role, orm }) => role === 'migrations' && own.some((one) => one.orm === orm)),
  );
  return owner ?? null;
}

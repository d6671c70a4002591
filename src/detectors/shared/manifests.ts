import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { ManifestFact } from '../../model/facts/index.ts';
import type { CapabilityPackage } from '../../model/knowledge.ts';
import { matchesPackage } from './packages.ts';
import { isAside, manifestsOf, noteOf, ownerOf } from './scope.ts';

const sections = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'] as const;

/** Lines of the manifests that declare one of the packages for the component; packages of general use show nothing by that. */
export function declaredIn(
  model: AuditModel,
  component: Component | null,
  asked: readonly CapabilityPackage[],
  dev = true,
): Evidence[] {
  const wanted = asked.filter((one) => !one.general);
  const found: Evidence[] = [];
  for (const { manifest, own } of manifestsOf(model, component)) {
    for (const { name, line, section } of declarations(manifest)) {
      if (!dev && section === 'devDependencies') continue;
      if (!wanted.some((one) => matchesPackage(name, one.package))) continue;
      if (!own && component && !imports(model, component, name)) continue;
      found.push(noteOf({ file: manifest.path, line }, `declares ${name}`));
    }
  }
  return [...found, ...declaredElsewhere(model, component, wanted)];
}

function declarations(manifest: ManifestFact): { name: string; line: number; section: string }[] {
  return sections.flatMap((section) =>
    Object.keys(manifest[section]).map((name) => ({ name, line: manifest.lines[`${section}.${name}`] ?? 1, section })),
  );
}

const imports = (model: AuditModel, component: Component, name: string): boolean =>
  [...model.wiring.of(component).packages().keys()].some((specifier) => matchesPackage(specifier, name));

/** Manifests of other languages name their packages too. */
function declaredElsewhere(
  model: AuditModel,
  component: Component | null,
  wanted: readonly CapabilityPackage[],
): Evidence[] {
  return model.facts.foreignManifests
    .filter((m) => (component ? ownerOf(model, m.path) === component.path : !isAside(m.path)))
    .flatMap((m) =>
      m.dependencies
        .filter((dependency) => wanted.some((one) => matchesPackage(dependency.name, one.package)))
        .map((dependency) => noteOf({ file: m.path, line: dependency.line }, `declares ${dependency.name}`)),
    );
}

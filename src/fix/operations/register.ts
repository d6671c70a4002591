import { findApplication } from '../code/application.ts';
import { type Existing, findExisting, type Wanted } from '../code/existing.ts';
import { withJsonKey } from '../edit/json.ts';
import { installingOf, manifestOf } from '../parameters/_packages.ts';
import { Unfit } from '../types.ts';
import type { Operate, Surroundings } from './_operation.ts';
import { insertInto } from './insert.ts';

/** Hands to the application what the repository has already and nothing registers. */
const register: Operate<Wanted & { slot: string }> = ({ slot, ...wanted }, surroundings) => {
  const app = findApplication(surroundings, surroundings.draft);
  const existing = findExisting(surroundings, app.file, wanted);
  const from = existing.library === null ? { file: existing.file } : { from: packageOf(existing, surroundings) };
  const imports = existing.file === app.file ? [] : [{ ...from, named: [existing.name] }];
  const code = `<% app %>.use(${existing.name});`;
  insertInto(app, { slot, code, imports, connections: false, with: {} }, surroundings);
  surroundings.draft.notes.push(
    `Whether ${existing.name} (${existing.file}:${existing.line}) is meant for every route`,
  );
};
export default register;

/** The library's name, declared by the component as the workspace declares its own packages. */
function packageOf({ library }: Existing, { model, component, draft }: Surroundings): string {
  const name = manifestOf(model, library!)?.name;
  const manifest = component ? manifestOf(model, component.path) : null;
  if (!name || !manifest?.path.endsWith('package.json')) throw new Unfit(`${library} has no name to import it by`);
  if (manifest.dependencies[name] !== undefined) return name;
  const { manager, root, berry } = installingOf(model, manifest.dir);
  const ours = new Set(model.facts.manifests.flatMap((one) => (one.name ? [one.name] : [])));
  const habit = model.facts.manifests
    .flatMap((one) => Object.entries(one.dependencies))
    .find(([dependency]) => ours.has(dependency))?.[1];
  const range = habit ?? (manager === 'npm' || (manager === 'yarn' && !berry) ? '*' : 'workspace:*');
  draft.edit(manifest.path, withJsonKey(draft.text(manifest.path), ['dependencies', name], range));
  draft.installs.push({ manifest: manifest.path, package: name, range, dev: false, manager, root });
  return name;
}

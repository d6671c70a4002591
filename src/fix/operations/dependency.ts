import { withJsonKey } from '../edit/json.ts';
import { installingOf } from '../parameters/_packages.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** Declares a package in the component's own manifest; one that is declared, here or for the whole workspace, stays as it is. */
const dependency: Operate<{ name: string; dev: boolean }> = ({ name, dev }, { model, component, draft, versions }) => {
  const manifest = model.facts.manifests.find(({ dir }) => dir === (component?.path ?? '.'));
  if (!manifest) throw new Unfit('there is no package.json to declare a package in');
  const text = draft.read(manifest.path) ?? '';
  const raw = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
  const declared = (section: string): boolean => raw[section]?.[name] !== undefined;
  if (declared('dependencies') || (dev && declared('devDependencies'))) return;
  if (!dev && declared('devDependencies')) throw new Unfit(`${name} is declared for development only`);
  const range = versions[name];
  if (range === undefined) throw new Error(`templates/versions.yaml has no range for ${name}`);
  const { manager, root } = installingOf(model, manifest.dir);
  draft.edit(manifest.path, withJsonKey(text, [dev ? 'devDependencies' : 'dependencies', name], range));
  draft.installs.push({ manifest: manifest.path, package: name, range, dev, manager, root });
};
export default dependency;

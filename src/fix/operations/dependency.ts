import { withJsonKey } from '../edit/json.ts';
import { installingOf } from '../parameters/_packages.ts';
import { within } from '../parameters/_parameter.ts';
import { render } from '../render.ts';
import { type Draft, Unfit } from '../types.ts';
import type { Operate, VersionEntry } from './_operation.ts';

/** Declares a package in the component's own manifest; one that is declared, here or for the whole workspace, stays as it is. */
const dependency: Operate<{ name: string; dev: boolean; least: number }> = (
  { name: asked, dev, least },
  { model, component, draft, versions, parameters },
) => {
  const name = render(asked, parameters);
  const manifest = model.facts.manifests.find(({ dir }) => dir === (component?.path ?? '.'));
  if (!manifest?.path.endsWith('package.json')) throw new Unfit('there is no package.json to declare a package in');
  const text = draft.text(manifest.path);
  const raw = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
  const there = raw.dependencies?.[name] ?? (dev ? raw.devDependencies?.[name] : undefined);
  if (there !== undefined) {
    const major = Number(/\d+/.exec(there)?.[0] ?? Number.NaN);
    if (major < least)
      throw new Unfit(`${manifest.path} declares ${name} ${there}; this is written for ${least} and later`);
    return;
  }
  if (raw.devDependencies?.[name] !== undefined) throw new Unfit(`${name} is declared for development only`);
  const range = rangeOf(name, versions[name], { ...raw.devDependencies, ...raw.dependencies });
  const { manager, root } = installingOf(model, manifest.dir);
  if (!dev) refuseOtherRuntimes(name, parameters, draft, manifest.dir);
  const above = model.facts.manifests.find(({ dir }) => dir === root);
  refuseOldCompiler(name, { ...above?.devDependencies, ...raw.dependencies, ...raw.devDependencies }.typescript);
  draft.edit(manifest.path, withJsonKey(text, [dev ? 'devDependencies' : 'dependencies', name], range));
  draft.installs.push({ manifest: manifest.path, package: name, range, dev, manager, root });
};
export default dependency;

/** One range, or one for each major version of another package that it goes with. */
function rangeOf(name: string, entry: VersionEntry | undefined, declared: Record<string, string>): string {
  if (entry === undefined) throw new Error(`templates/versions.yaml has no range for ${name}`);
  if (typeof entry === 'string') return entry;
  const paired = entry.filter((one) => typeof one !== 'string');
  const alone = entry.find((one) => typeof one === 'string');
  if (alone !== undefined && paired.every(({ with: other }) => declared[other] === undefined)) return alone;
  for (const { with: other, majors } of paired) {
    const major = /\d+/.exec(declared[other] ?? '')?.[0];
    const range = major === undefined ? undefined : majors[major];
    if (range !== undefined) return range;
  }
  throw new Unfit(
    `no version of ${name} is known to go with ${paired.map((one) => `${one.with} ${declared[one.with] ?? ''}`.trim()).join(' or ')}`,
  );
}

/** Packages of today are written for Node 18 and later, and for Node: workers at the edge lack half of it. */
function refuseOtherRuntimes(name: string, { node }: Record<string, unknown>, draft: Draft, folder: string): void {
  if (Number(node) < 18) throw new Unfit(`Node ${node} is too old for ${name}`);
  const settings = ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'].map((file) => within(folder, file));
  const worker = settings.find((file) => draft.read(file) !== null);
  if (worker) throw new Unfit(`${worker}: it runs on Cloudflare, and ${name} is written for Node`);
}

/** Types of today's packages use syntax that TypeScript reads since 4.5; an older one would not build any more. */
function refuseOldCompiler(name: string, typescript: string | undefined): void {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(typescript ?? '') ?? [];
  if (major !== undefined && Number(major) * 100 + Number(minor) < 405)
    throw new Unfit(`TypeScript ${typescript} cannot read the types of ${name}`);
}

import manifests from '../../../src/analyzers/manifests.ts';
import sources from '../../../src/analyzers/sources.ts';
import type { ComponentRoot } from '../../../src/model/component.ts';
import type { Facts } from '../../../src/model/facts/index.ts';
import type { ComponentWiring } from '../../../src/model/wiring.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { wire } from '../../../src/wiring/index.ts';

/** Wires a repository given as files; a package.json is added where none is given. */
export async function wired(files: Record<string, string>, path = '.'): Promise<ComponentWiring> {
  const whole =
    files['package.json'] === undefined
      ? { 'package.json': '{"name":"app","scripts":{"start":"node src/index.js"}}', ...files }
      : files;
  const view = openMemory(whole);
  const fail = (failure: { message: string }) => {
    throw new Error(failure.message);
  };
  const facts = {
    manifests: manifests.analyze(view, fail),
    sources: sources.analyze(view, fail),
    pages: [],
    platforms: [],
    dockerfiles: [],
    compose: [],
    pipelines: [],
    failures: [],
  } as unknown as Facts;
  const roots: ComponentRoot[] = facts.manifests.map((manifest) => ({
    path: manifest.dir,
    name: manifest.name ?? manifest.dir,
    language: 'js',
    manifest: manifest.path,
    evidence: [],
  }));
  return (await wire(view, facts, roots)).of({ path });
}

/** Liveness of the calls of a callee, in file order. */
export const liveness = (wiring: ComponentWiring, callee: string): string[] =>
  wiring.calls((call) => call.callee === callee).map(({ live }) => live);

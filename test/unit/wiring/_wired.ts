import { collect, loadAnalyzers } from '../../../src/audit/collect.ts';
import type { ComponentRoot } from '../../../src/model/component.ts';
import type { ComponentWiring, Wiring } from '../../../src/model/wiring.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { wire } from '../../../src/wiring/index.ts';

const analyzers = await loadAnalyzers();

/** Wires a repository given as files; a package.json is added where none is given. */
export async function wiringOf(files: Record<string, string>): Promise<Wiring> {
  const whole =
    files['package.json'] === undefined
      ? { 'package.json': '{"name":"app","scripts":{"start":"node src/index.js"}}', ...files }
      : files;
  const view = openMemory(whole);
  const facts = await collect(view, analyzers.values(), async (_, run) => run());
  for (const { message } of facts.failures) throw new Error(message);
  const roots: ComponentRoot[] = facts.manifests.map((manifest) => ({
    path: manifest.dir,
    name: manifest.name ?? manifest.dir,
    language: 'js',
    manifest: manifest.path,
    evidence: [],
  }));
  return wire(view, facts, roots);
}

/** The wiring of one component of it. */
export const wired = async (files: Record<string, string>, path = '.'): Promise<ComponentWiring> =>
  (await wiringOf(files)).of({ path });

/** A manifest that depends on packages and starts `src/index.js`. */
export const pkg = (...dependencies: string[]): string =>
  JSON.stringify({
    name: 'app',
    scripts: { start: 'node src/index.js' },
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])),
  });

/** Liveness of the calls of a callee, in file order. */
export const liveness = (wiring: ComponentWiring, callee: string): string[] =>
  wiring.calls((call) => call.callee === callee).map(({ live }) => live);

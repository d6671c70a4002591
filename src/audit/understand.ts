import { classify, findRoots } from '../components/index.ts';
import { deploy } from '../deployment/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Deployment } from '../model/deployment.ts';
import type { FactStore } from '../model/facts/index.ts';
import type { Diagnostic } from '../model/finding.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { RepoView } from '../model/repository.ts';
import type { Wiring } from '../model/wiring.ts';
import { withGeneratedClients } from '../wiring/generated-clients.ts';
import { wire } from '../wiring/index.ts';
import { collect, loadAnalyzers, type Timed } from './collect.ts';
import { failedPart, messageOf } from './contain.ts';

/** What a part before the rules gives; replaced in tests by parts that fail. */
export interface Parts {
  loadAnalyzers: typeof loadAnalyzers;
  findRoots: typeof findRoots;
  wire: typeof wire;
  deploy: typeof deploy;
  classify: typeof classify;
}
export const realParts: Parts = { loadAnalyzers, findRoots, wire, deploy, classify };

/**
 * From files to the model that rules are asked of. A part that throws is put in as one that tells so to whoever asks, and the
 * run goes on with what does not rest on it.
 */
export async function understand(
  view: RepoView,
  knowledge: Knowledge,
  parts: Parts,
  timed: Timed,
  kept: FactStore | null = null,
): Promise<{ model: AuditModel; diagnostics: Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const part = async <T extends object>(unit: string, run: () => T | Promise<T>, fallback?: T): Promise<T> => {
    try {
      return await timed(unit, run);
    } catch (error) {
      const message = messageOf(error);
      diagnostics.push({ unit, file: null, line: null, message });
      return fallback ?? failedPart<T>(`${unit} failed: ${message}`);
    }
  };
  const analyzers = await parts.loadAnalyzers();
  const found = await collect(view, analyzers.values(), timed, kept);
  const sources = await part('generated clients', () => withGeneratedClients(view, found), found.sources);
  const facts = { ...found, sources };
  const roots = await part('component roots', () => parts.findRoots(view, facts), []);
  const wiring = await part<Wiring>('wiring', () => parts.wire(view, facts, roots, knowledge));
  const deployment = await part<Deployment>('deployment', () => parts.deploy(view, facts, roots));
  const components = await part(
    'components',
    () => parts.classify(view, facts, roots, wiring, deployment, knowledge),
    [],
  );
  return { model: { view, facts, components, wiring, deployment, knowledge }, diagnostics };
}

import type { Component, ComponentRoot } from '../model/component.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Facts } from '../model/facts/index.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { RepoView } from '../model/repository.ts';
import type { Wiring } from '../model/wiring.ts';
import type { Decide, Decision } from './decision.ts';
import { foreign } from './kinds/foreign.ts';
import { libraryOrTool } from './kinds/library.ts';
import { mobile, mobileStub } from './kinds/mobile.ts';
import { service, serviceStub, worker } from './kinds/service.ts';
import { toolByCommand, toolByNature } from './kinds/tool.ts';
import { pagesAlone, web } from './kinds/web.ts';
import { ownFiles } from './own-files.ts';
import { type Signals, signalsOf } from './signals.ts';
import { traitsOf } from './traits.ts';

/** In order: what a thing is for people before what its server does, and both before what is left when nothing runs. */
const decisions: Decide[] = [
  mobileStub,
  toolByNature,
  foreign,
  serviceStub,
  mobile,
  web,
  service,
  worker,
  toolByCommand,
  pagesAlone,
  libraryOrTool,
];

/** Says of each root what it is, with the evidence that decided it, in the order of the roots. */
export function classify(
  view: RepoView,
  facts: Facts,
  roots: readonly ComponentRoot[],
  wiring: Wiring,
  deployment: Deployment,
  knowledge: Knowledge,
): Component[] {
  const own = ownFiles(
    view.list(),
    roots.map((root) => root.path),
  );
  return roots.map((root) => componentOf(signalsOf(root, { view, facts, roots, wiring, deployment, knowledge, own })));
}

function componentOf(signals: Signals): Component {
  const decision = decide(signals);
  const { traits, evidence } = traitsOf(signals, decision);
  const used = signals.frameworks.filter(({ how }) => how === 'runtime').map(({ fact }) => fact.name);
  return {
    ...signals.root,
    kind: decision.kind,
    traits,
    frameworks: [...new Set([...(decision.framework ? [decision.framework] : []), ...used])],
    stub: decision.stub ?? false,
    evidence: distinct([...signals.root.evidence, ...decision.evidence, ...evidence]),
  };
}

function decide(signals: Signals): Decision {
  for (const decision of decisions) {
    const answer = decision(signals);
    if (answer) return answer;
  }
  return { kind: 'library', evidence: [] };
}

function distinct(evidence: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return evidence.filter(({ file, line, note }) => {
    const key = `${file}\n${line}\n${note}`;
    return !seen.has(key) && seen.add(key);
  });
}

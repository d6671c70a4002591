import { isAside, ownerOf, touchedFacts } from '../detectors/shared/scope.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { FactFailure, FactName, Facts } from '../model/facts/index.ts';
import { isWithin } from '../model/paths.ts';
import { type Signal, unknown } from '../model/signal.ts';
import { PartFailed } from './contain.ts';

/** What the deployment model is made of. */
const deploymentFacts: readonly FactName[] = [
  'dockerfiles',
  'compose',
  'kubernetes',
  'helm',
  'kustomizations',
  'pipelines',
  'proxies',
  'platforms',
  'iac',
];
/** Facts of which a broken file concerns only the component it lies in. */
const localFacts: readonly FactName[] = ['dockerfiles', 'dataSchemas', 'pages', 'webManifests', 'envFiles'];

/**
 * The model as rules see it: it notes which facts are looked at, and a fact whose analyzer failed ends the unit that asks for
 * it. The parts before the rules read the plain facts.
 */
export function guarded(model: AuditModel): AuditModel {
  const failed = new Map(model.facts.failures.filter((f) => f.file === null).map((f) => [f.fact, f.message]));
  const touch = (fact: FactName) => {
    touchedFacts(result).add(fact);
    const message = failed.get(fact);
    if (message !== undefined) throw new PartFailed(`${fact} could not be read: ${message}`);
  };
  const deployed = factsOfDeployment(model);
  const names = Object.keys(model.facts).filter((name): name is FactName => name !== 'failures');
  const facts = { failures: model.facts.failures } as Facts;
  for (const name of names) {
    Object.defineProperty(facts, name, {
      enumerable: true,
      get() {
        touch(name);
        return model.facts[name];
      },
    });
  }
  const result: AuditModel = {
    ...model,
    facts,
    get wiring() {
      touch('sources');
      return model.wiring;
    },
    get deployment() {
      for (const fact of deployed) touch(fact);
      return model.deployment;
    },
  };
  return result;
}

/** What bears on what is deployed: of pipelines that cannot be read only those that say something to that effect. */
function factsOfDeployment({ facts, view }: AuditModel): readonly FactName[] {
  const unread = facts.failures.filter(({ fact }) => fact === 'pipelines');
  const bears = unread.some(({ file }) => file === null || deploying.test(view.text(file)));
  return unread.length === 0 || bears ? deploymentFacts : deploymentFacts.filter((fact) => fact !== 'pipelines');
}
const deploying =
  /deploy|docker|podman|kubectl|helm|kustom|terraform|tofu|pulumi|\bcdk\b|serverless|\bsls\b|\bsst\b|\bfly|vercel|netlify|wrangler|railway|heroku|firebase|gcloud|\baws\b|\baz\b|ansible|\bssh\b|rsync|\bscp\b/i;

/** An absence that rests on a file nobody could read proves nothing. */
export function unlessUnread(signal: Signal, model: AuditModel, component: Component | null): Signal {
  if (signal.answer !== 'no') return signal;
  const touched = touchedFacts(model);
  const failure = model.facts.failures.find((f) => touched.has(f.fact) && concerns(f, model, component));
  if (!failure) return signal;
  const at = failure.line === null ? failure.file : `${failure.file}:${failure.line}`;
  return unknown('failed', `${at} could not be read: ${failure.message}`, signal.evidence);
}

function concerns(failure: FactFailure, model: AuditModel, component: Component | null): boolean {
  if (failure.file === null || isAside(failure.file)) return false;
  if (failure.fact === 'sources') return mayRun(failure.file, model, component);
  if (!component || !localFacts.includes(failure.fact)) return true;
  const owner = ownerOf(model, failure.file);
  return owner === component.path || (owner !== null && isWithin(component.path, owner));
}

/** A file of code matters to whom it may run for: a generator's template, say, is read by nobody. */
const mayRun = (file: string, model: AuditModel, component: Component | null): boolean =>
  (component ? [component] : model.components).some((one) => model.wiring.of(one).fileLiveness(file) !== 'dead');

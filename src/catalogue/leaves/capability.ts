import { z } from 'zod';
import { declaredIn } from '../../detectors/shared/manifests.ts';
import { describePackages, wantedPackages } from '../../detectors/shared/packages.ts';
import { importsOf, judgeSightings, type Sighting, usesOf } from '../../detectors/shared/reach.ts';
import { noAnalyser, placeOf, subjects } from '../../detectors/shared/scope.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { anyOf, no, type Signal, unknown, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

const rungs = ['declared', 'imported', 'reached', 'live'] as const;
const names = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const options = z.strictObject({
  /** Of `rules/knowledge/capabilities/`; several: any of them. */
  name: names,
  /** How far up the ladder: in a manifest, imported, imported by what runs, put to work there. */
  at: z.enum(rungs).default('live'),
  /** Only packages that carry each of these tags. */
  tags: z.array(z.string()).optional(),
});

export default defineLeaf({
  asks: 'the component has the capability, up to the rung: declared < imported < reached < live',
  example: 'capability: { name: rate-limiter, at: declared, tags: [express] }',
  reads: 'config',
  options,
  short: (value) => ({ name: value }),
  judge(model, component, asked) {
    if (asked.at === 'declared' || !component) return judgeDeclaredOrAll(model, component, asked);
    return component.language === 'js' ? judgeOne(model, component, asked) : noAnalyser(component);
  },
});

function judgeDeclaredOrAll(model: AuditModel, component: Component | null, asked: z.infer<typeof options>): Signal {
  if (asked.at !== 'declared') {
    const judged = subjects(model, null).map((c) => (c.language === 'js' ? judgeOne(model, c, asked) : noAnalyser(c)));
    return anyOf(judged);
  }
  const query = { capability: asked.name, tags: asked.tags };
  const wanted = wantedPackages(model.knowledge, query);
  const declared = declaredIn(model, component, wanted);
  if (declared.length > 0) return yes(...declared);
  // An import that no manifest declares is still there: a shared package brings it.
  const own = wanted.filter((one) => !one.general);
  const imported = component?.language === 'js' ? importsOf(model.wiring.of(component), own) : [];
  if (imported.length > 0) return yes(...imported.map((one) => one.evidence));
  // What a package of general use is taken for, its members in use say.
  const general = wanted.filter((one) => one.general);
  const used = component?.language === 'js' && general.length > 0 ? usesOf(model, component, general) : [];
  if (used.length > 0) return yes(...used.map((one) => one.evidence));
  const absent = no(`${placeOf(component)}: ${describePackages(query, wanted)}`);
  return component && component.language !== 'js' ? noAnalyser(component) : absent;
}

function judgeOne(model: AuditModel, component: Component, asked: z.infer<typeof options>): Signal {
  const query = { capability: asked.name, tags: asked.tags };
  const wanted = wantedPackages(model.knowledge, query);
  const wiring = model.wiring.of(component);
  const searched = `${placeOf(component)}: ${asked.at === 'live' ? 'use' : 'import'} of ${describePackages(query, wanted)}`;
  const general = wanted.filter((one) => one.general);
  // Of a package of general use only a member in use says that it was taken for this.
  const imported = [
    ...importsOf(
      wiring,
      wanted.filter((one) => !one.general),
    ),
    ...(general.length > 0 ? usesOf(model, component, general) : []),
  ];
  const declared = () => declaredIn(model, component, wanted);
  if (imported.length === 0) return no(searched, declared());
  if (asked.at === 'imported') return yes(...imported.map((one) => one.evidence));
  if (asked.at === 'reached') return judgeSightings(imported, wiring, searched);
  // Some packages are put to work by their import alone.
  const bySideEffect = importsOf(
    wiring,
    wanted.filter((one) => one.sideEffect),
  );
  const uses = [...usesOf(model, component, wanted), ...bySideEffect];
  const judged = judgeSightings(uses, wiring, searched);
  if (judged.answer !== 'no') return judged;
  return unread(model, imported) ?? no(searched, [...judged.evidence, ...imported.map((one) => one.evidence)]);
}

/** An import in a file whose code could not be read proves neither use nor disuse. */
function unread(model: AuditModel, imported: readonly Sighting[]): Signal | null {
  const open = imported.find((one) => one.live !== 'dead' && model.wiring.code(one.evidence.file) === null);
  return open ? unknown('blind', `the code of ${open.evidence.file} was not read`, [open.evidence]) : null;
}

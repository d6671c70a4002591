import { z } from 'zod';
import { declaredIn } from '../../detectors/shared/manifests.ts';
import { type Majors, majorsOf } from '../../detectors/shared/node-range.ts';
import { manifestsOf, noteOf, ownerOf, placeOf, subjects } from '../../detectors/shared/scope.ts';
import { type Accept, startedFor } from '../../detectors/shared/started.ts';
import type { Component } from '../../model/component.ts';
import type { FrameworkDefault } from '../../model/knowledge.ts';
import { memo } from '../../model/memo.ts';
import { anyOf, no, type Signal, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

const hasBetween = ({ has }: Majors, since: number, until: number): boolean =>
  Array.from({ length: 60 }, (_, i) => since + i).some((major) => major <= until && has(major));

const programs = new Map<string, Accept>();
const isProgram = (name: string): Accept => memo(programs, name, () => (run) => run.program === name);

export default defineLeaf({
  asks: "a framework of the component supplies this rule's signal by default, as its documentation says",
  example: 'frameworkDefault: present',
  reads: 'config',
  options: z.strictObject({
    signal: z.enum(['present', 'wired', 'complete']),
    /** Another rule's defaults; the rule itself where left out. */
    rule: z.string().optional(),
  }),
  short: (value) => ({ signal: value }),
  bind: (options, rule) => ({ ...options, rule: options.rule ?? rule.id }),
  judge(model, component, { signal, rule }) {
    const judge = (subject: Component): Signal => {
      const supplied = model.knowledge.defaults.filter(
        (d) =>
          d.rule === rule &&
          d.signals.includes(signal) &&
          subject.frameworks.includes(d.framework) &&
          !isOfOtherVersions(subject, d) &&
          !servesItself(subject, d) &&
          (d.program === undefined || startedFor(model, subject, isProgram(d.program)).length > 0),
      );
      if (supplied.length === 0)
        return no(
          `${placeOf(subject)}: a framework that supplies it (${subject.frameworks.join(', ') || 'none known'})`,
        );
      return yes(
        ...supplied.map((d) => noteOf(declarationOf(subject, d.framework), `${d.supplies} (${d.documentation})`)),
      );
    };
    const servesItself = (subject: Component, { handler }: FrameworkDefault): boolean =>
      handler !== undefined &&
      model.facts.sources.some(
        ({ path, module }) =>
          ownerOf(model, path) === subject.path && module.imports.some(({ specifier }) => specifier.endsWith(handler)),
      );
    /** The manifest admits no version that supplies it. */
    const isOfOtherVersions = (subject: Component, { framework, since, until }: FrameworkDefault): boolean => {
      const packages = model.knowledge.frameworks.get(framework)?.packages ?? [];
      const ranges = manifestsOf(model, subject).flatMap(({ manifest }) =>
        packages.flatMap((name) => manifest.dependencies[name] ?? []),
      );
      const majors = since === undefined && until === undefined ? [] : ranges.map(majorsOf);
      return (
        majors.length > 0 && majors.every((one) => one !== null && !hasBetween(one, since ?? 0, until ?? Infinity))
      );
    };
    const declarationOf = (subject: Component, framework: string) => {
      const packages = model.knowledge.frameworks.get(framework)?.packages ?? [];
      const wanted = packages.map((name) => ({ package: name, members: [], sideEffect: false, tags: [] }));
      return declaredIn(model, subject, wanted)[0] ?? subject.evidence[0] ?? { file: subject.manifest ?? '.', line: 1 };
    };
    return anyOf(subjects(model, component).map(judge));
  },
});

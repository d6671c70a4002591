import { z } from 'zod';
import { declaredIn } from '../../detectors/shared/manifests.ts';
import { noteOf, placeOf, subjects } from '../../detectors/shared/scope.ts';
import type { Component } from '../../model/component.ts';
import { anyOf, no, type Signal, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

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
        (d) => d.rule === rule && d.signals.includes(signal) && subject.frameworks.includes(d.framework),
      );
      if (supplied.length === 0)
        return no(
          `${placeOf(subject)}: a framework that supplies it (${subject.frameworks.join(', ') || 'none known'})`,
        );
      return yes(
        ...supplied.map((d) => noteOf(declarationOf(subject, d.framework), `${d.supplies} (${d.documentation})`)),
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

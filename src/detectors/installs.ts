import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import { placeOf, subjects } from './shared/scope.ts';
import { appManifestsOf } from './shared/ui/app-manifests.ts';

export default defineDetector({
  name: 'installs',
  asks: '`manifest`: a web app manifest is there, as a file or in the settings of a plugin; `linked`: and pages link it; `complete`: and it has a name, a start URL and icons of 192 and 512 pixels',
  options: z.strictObject({ ask: z.enum(['manifest', 'linked', 'complete']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

function judgeOne(model: AuditModel, component: Component, ask: 'manifest' | 'linked' | 'complete'): Signal {
  const manifests = appManifestsOf(model, component);
  const searched = `${placeOf(component)}: web app manifests, links to one and plugins that make one`;
  if (ask === 'manifest') return manifests.length > 0 ? yes(...manifests.map((one) => one.at)) : no(searched);
  const linked = manifests.filter((one) => one.link !== null);
  const shown = linked.flatMap((one) => (one.link === one.at ? [one.at] : [one.at, one.link!]));
  if (ask === 'linked') {
    return linked.length > 0
      ? yes(...shown)
      : no(
          `${placeOf(component)}: a link to the manifest`,
          manifests.map((one) => one.at),
        );
  }
  if (linked.some((one) => one.lacks !== null && one.lacks.length === 0)) return yes(...shown);
  const unread = linked.find((one) => one.lacks === null);
  if (unread)
    return unknown('blind', `what the manifest says is made by code (${unread.at.file}:${unread.at.line})`, shown);
  return no(
    `${placeOf(component)}: name, start URL, icons of 192 and 512 pixels`,
    linked.flatMap((one) => [
      { ...one.at, note: `${one.at.note}, lacks ${one.lacks!.join(', ')}` },
      ...(one.link === one.at ? [] : [one.link!]),
    ]),
  );
}

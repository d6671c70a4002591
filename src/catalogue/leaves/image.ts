import { z } from 'zod';
import {
  devServerIn,
  type ImageOf,
  imageOf,
  isForDevelopment,
  isPinned,
  isRoot,
  unprivileged,
} from '../../detectors/shared/images.ts';
import { noteOf, placeOf, subjects } from '../../detectors/shared/scope.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { containerKinds } from '../../model/deployment.ts';
import { anyOf, no, type Signal, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

const does = ['exist', 'shipped', 'pinBase', 'dropRoot', 'serveForReal', 'hold', 'checkHealth'] as const;

export default defineLeaf({
  asks: 'the image of the component exists, is no mere work place (shipped), pins its base, drops root, starts no dev server (serveForReal), can be built (hold), or checks health',
  example: 'image: dropRoot',
  reads: 'config',
  options: z.strictObject({ does: z.enum(does) }),
  short: (value) => ({ does: value }),
  judge: (model, component, { does: asked }) =>
    anyOf(subjects(model, component).map((subject) => judgeImage(model, subject, asked))),
});

function judgeImage(model: AuditModel, component: Component, asked: (typeof does)[number]): Signal {
  const image = imageOf(model, component);
  if (!image) return no(`${placeOf(component)}: a Dockerfile`);
  const { path } = image.dockerfile;
  const [last, base] = [image.stages[0]!, image.stages.at(-1)!.base];
  const at = (line: number, note: string) => noteOf({ file: path, line }, note);
  switch (asked) {
    case 'exist':
      return yes(at(last.line, 'builds the image'));
    case 'shipped':
      if (!isForDevelopment(path)) return yes(at(last.line, 'builds the image'));
      return no(`${placeOf(component)}: a Dockerfile for production`, [at(last.line, 'an image for development')]);
    case 'pinBase': {
      const shown = `FROM ${base.image}${base.tag ? `:${base.tag}` : ''}`;
      return isPinned(base)
        ? yes(at(base.line, shown))
        : no('a base image with a version', [at(base.line, `${shown}: no version`)]);
    }
    case 'dropRoot':
      return dropsRoot(model, component, image);
    case 'serveForReal': {
      const dev = devServerIn(model, component, image);
      return dev ? no(`${path}: a start for production`, [at(dev.line, `starts a dev server: ${dev.text}`)]) : yes();
    }
    case 'hold': {
      const proofs = model.deployment.brokenDockerfiles?.get(path) ?? [];
      return proofs.length > 0 ? no(`${path}: everything it copies and starts`, [...proofs]) : yes();
    }
    case 'checkHealth': {
      const check = image.stages.find((stage) => stage.healthcheck)?.healthcheck;
      if (check && !check.none) return yes(at(check.line, 'HEALTHCHECK'));
      return no(`${path}: HEALTHCHECK`, [at(check?.line ?? last.line, 'no health check')]);
    }
  }
}

function dropsRoot(model: AuditModel, component: Component, image: ImageOf): Signal {
  const { path } = image.dockerfile;
  const own = unprivileged(model, image);
  if (own) return yes(noteOf({ file: path, line: own.line }, own.note));
  // What runs the image may say who it runs as.
  const users = model.deployment
    .servicesOf(component.path, containerKinds)
    .filter(({ service }) => !service.oneShot)
    .map(({ service }) => service.user);
  if (users.length > 0 && users.every((user) => user && !isRoot(user.value)))
    return yes(...users.map((user) => noteOf(user!, `runs as ${user!.value}`)));
  const user = image.stages.find((stage) => stage.user)?.user;
  return no(`${path}: USER other than root`, [
    noteOf(
      { file: path, line: user?.line ?? image.stages[0]!.line },
      user ? 'runs as root' : 'no USER in the final stage',
    ),
  ]);
}

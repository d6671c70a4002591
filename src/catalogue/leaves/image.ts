import { z } from 'zod';
import { noteOf, placeOf, subjects } from '../../detectors/shared/scope.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { DockerfileFact, DockerStage } from '../../model/facts/index.ts';
import { anyOf, no, type Signal, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

const does = ['exist', 'pinBase', 'dropRoot', 'checkHealth'] as const;

export default defineLeaf({
  asks: 'the Dockerfile that builds the component exists, pins its base, drops root, or checks health',
  example: 'image: dropRoot',
  reads: 'config',
  options: z.strictObject({ does: z.enum(does) }),
  short: (value) => ({ does: value }),
  judge: (model, component, { does: asked }) =>
    anyOf(subjects(model, component).map((subject) => judgeImage(model, subject, asked))),
});

function judgeImage(model: AuditModel, component: Component, asked: (typeof does)[number]): Signal {
  const path = model.deployment.dockerfilesOf(component.path)[0];
  const dockerfile = path && model.facts.dockerfiles.find((fact) => fact.path === path);
  if (!dockerfile) return no(`${placeOf(component)}: a Dockerfile`);
  const stages = lineage(dockerfile);
  const last = stages[0];
  if (!last) return no(`${dockerfile.path}: a stage`, [noteOf({ file: dockerfile.path, line: 1 }, 'has no stage')]);
  const at = (line: number, note: string) => noteOf({ file: dockerfile.path, line }, note);
  switch (asked) {
    case 'exist':
      return yes(at(last.line, 'builds the image'));
    case 'pinBase':
      return pinned(stages.at(-1)!, at);
    case 'dropRoot': {
      // The nearest USER of the final stage or of what it is built from is the one the process runs as.
      const user = stages.find((stage) => stage.user)?.user;
      if (user && !/^(root|0)(:|$)/.test(user.value)) return yes(at(user.line, `runs as ${user.value}`));
      return no(`${dockerfile.path}: USER other than root`, [
        at(user?.line ?? last.line, user ? 'runs as root' : 'no USER in the final stage'),
      ]);
    }
    case 'checkHealth': {
      const check = stages.find((stage) => stage.healthcheck)?.healthcheck;
      if (check && !check.none) return yes(at(check.line, 'HEALTHCHECK'));
      return no(`${dockerfile.path}: HEALTHCHECK`, [at(check?.line ?? last.line, 'no health check')]);
    }
  }
}

/** The final stage, then the stages it is built from. */
function lineage(dockerfile: DockerfileFact): DockerStage[] {
  const stages: DockerStage[] = [];
  let index: number | null = dockerfile.final;
  while (index !== null && stages.length < dockerfile.stages.length) {
    const stage: DockerStage | undefined = dockerfile.stages[index];
    if (!stage) break;
    stages.push(stage);
    index = stage.base.stage;
  }
  return stages;
}

/** A tag that names a number, or a digest. `scratch` and images that only a build argument names have nothing to pin. */
function pinned(stage: DockerStage, at: (line: number, note: string) => ReturnType<typeof noteOf>): Signal {
  const { image, tag, digest, line } = stage.base;
  const shown = `FROM ${image}${tag ? `:${tag}` : ''}`;
  const fixed =
    digest !== null ||
    image === 'scratch' ||
    image.includes('$') ||
    (tag !== null && (/\d/.test(tag) || tag.includes('$')));
  return fixed ? yes(at(line, shown)) : no(`a base image with a version`, [at(line, `${shown}: no version`)]);
}

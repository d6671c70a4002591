import { z } from 'zod';
import { type CommandRun, runsOf, runsOfArgv } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { allOf, no, yes } from '../model/signal.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'served-by',
  asks: "the component's image or start script starts one of the programs, such as a production server that does the work itself",
  reads: 'config',
  options: z.strictObject({ programs: z.array(z.string()).min(1) }),
  judge(model, component, { programs }) {
    return allOf(
      subjects(model, component).map((subject) => {
        const byImages = startedByImages(model, subject);
        // A program that the image starts by its file is what runs, whatever the scripts beside it start.
        const isSaid = byImages.some(({ run }) => runtimes.has(run.program) && run.file !== null);
        const found = [...byImages, ...(isSaid ? [] : startedByScripts(model, subject))]
          .filter(({ run }) => programs.includes(run.program))
          .map(({ run, at }) => noteOf(at, `starts ${run.argv.slice(0, 3).join(' ')}`));
        return found.length > 0
          ? yes(...found)
          : no(`${placeOf(subject)}: ${programs.slice(0, 4).join(', ')} … started by an image or a script`);
      }),
    );
  },
});

const runtimes = new Set(['node', 'bun', 'deno', 'tsx']);

interface Started {
  run: CommandRun;
  at: Pick<Evidence, 'file' | 'line'>;
}

function startedByImages(model: AuditModel, component: Component): Started[] {
  return model.deployment.dockerfilesOf(component.path).flatMap((path) => {
    const dockerfile = model.facts.dockerfiles.find((one) => one.path === path);
    const stage = dockerfile?.stages[dockerfile.final];
    const command = stage?.cmd ?? stage?.entrypoint;
    if (!command) return [];
    const runs = runsOfArgv(command.argv, { cwd: component.path, facts: model.facts, view: model.view });
    return runs.map((run) => ({ run, at: { file: path, line: command.line } }));
  });
}

function startedByScripts(model: AuditModel, component: Component): Started[] {
  const manifest = model.facts.manifests.find((one) => one.dir === component.path);
  return Object.entries(manifest?.scripts ?? {})
    .filter(([name]) => /^(start|serve)(:prod\w*)?$/.test(name))
    .flatMap(([name, text]) =>
      runsOf(text, { cwd: component.path, facts: model.facts, view: model.view }).map((run) => ({
        run,
        at: { file: manifest!.path, line: manifest!.lines[`scripts.${name}`] ?? 1 },
      })),
    );
}

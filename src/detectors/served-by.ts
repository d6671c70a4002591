import { z } from 'zod';
import { runsOfArgv } from '../commands/index.ts';
import { defineDetector } from '../model/detector.ts';
import { allOf, no, yes } from '../model/signal.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'served-by',
  asks: "the component's image starts one of the programs, such as a production server that does the work itself",
  reads: 'config',
  options: z.strictObject({ programs: z.array(z.string()).min(1), argument: z.string().optional() }),
  judge(model, component, { programs, argument }) {
    return allOf(
      subjects(model, component).map((subject) => {
        const found = model.deployment.dockerfilesOf(subject.path).flatMap((path) => {
          const dockerfile = model.facts.dockerfiles.find((one) => one.path === path);
          const stage = dockerfile?.stages[dockerfile.final];
          const command = stage?.cmd ?? stage?.entrypoint;
          if (!command) return [];
          const runs = runsOfArgv(command.argv, { cwd: subject.path, facts: model.facts, view: model.view });
          const hit = runs.find(
            (run) =>
              programs.includes(run.program) &&
              (argument === undefined || run.argv.some((word) => word.startsWith(argument))),
          );
          return hit ? [noteOf({ file: path, line: command.line }, `starts ${hit.argv.slice(0, 3).join(' ')}`)] : [];
        });
        return found.length > 0
          ? yes(...found)
          : no(`${placeOf(subject)}: an image that starts ${programs.join(' or ')}`);
      }),
    );
  },
});

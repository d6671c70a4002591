import picomatch from 'picomatch';
import { z } from 'zod';
import { matchesProgram, runsOfScript } from '../../detectors/shared/programs.ts';
import { manifestsOf, noteOf, placeOf } from '../../detectors/shared/scope.ts';
import { no, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

export default defineLeaf({
  asks: 'a package script of such a name exists and runs one of the programs (scripts that call scripts are followed)',
  example: "script: { names: ['db:*'], runs: [prisma migrate deploy] }",
  reads: 'config',
  options: z.strictObject({
    /** Globs over script names. */
    names: z.array(z.string().min(1)).default(['**']),
    /** `prisma migrate deploy`: a program, then words that follow it; without it, a script of the name suffices. */
    runs: z.array(z.string().min(1)).optional(),
    /** Scripts of a workspace root above the component count too. */
    shared: z.boolean().default(true),
  }),
  short: (value) => ({ names: [value].flat() }),
  judge(model, component, { names, runs, shared }) {
    const matches = picomatch(names, { dot: true });
    const found = manifestsOf(model, component)
      .filter(({ own }) => own || shared)
      .flatMap(({ manifest }) =>
        Object.keys(manifest.scripts)
          // A colon or a slash in a script's name is no folder.
          .filter((name) => matches(name.replaceAll('/', ':')))
          .filter((name) => {
            const started = runsOfScript(model, manifest, name).filter((run) => !run.echoOnly);
            return runs
              ? started.some((run) => runs.some((pattern) => matchesProgram(run, pattern)))
              : started.length > 0;
          })
          .map((name) =>
            noteOf({ file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 }, `script "${name}"`),
          ),
      );
    if (found.length > 0) return yes(...found);
    const what = [names.join(', '), ...(runs ? [`running ${runs.join(' or ')}`] : [])].join(' ');
    return no(`${placeOf(component)}: package script ${what}`);
  },
});

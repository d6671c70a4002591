import { runsOfArgv } from '../../commands/index.ts';
import { dirOf, isWithin, joinPath } from '../../model/paths.ts';
import type { Entry } from '../../model/wiring.ts';
import { type EntryContext, type EntryProvider, entry } from './_provider.ts';

/** What images and compose services start. */
const docker: EntryProvider = {
  name: 'docker',
  entries(context) {
    const made: Entry[] = [];
    const add = (argv: readonly string[], cwd: string, at: { file: string; line: number }, reason: string): void => {
      for (const run of runsOfArgv(argv, { cwd, facts: context.facts, view: context.view })) {
        const file =
          run.file &&
          [run.file, joinPath(context.root.path, run.file), dropImageRoot(run.file)]
            .map((path) => path && context.resolver.sourceOf(path))
            .find(Boolean);
        if (file && /\.[cm]?[jt]sx?$/.test(file) && context.own.includes(file))
          made.push(entry(file, 'runtime', reason, at));
      }
    };
    for (const dockerfile of context.facts.dockerfiles) {
      const near =
        dockerfile.dir === context.root.path ||
        (isWithin(dockerfile.dir, context.root.path) && !/dev|test/i.test(dockerfile.path));
      const final = dockerfile.stages[dockerfile.final];
      const command = final?.cmd ?? final?.entrypoint;
      if (!command || !(near || mentions(dockerfile.path, context))) continue;
      const argv =
        final?.entrypoint && final.cmd && !/\.sh$/.test(final.entrypoint.argv[0] ?? '')
          ? [...final.entrypoint.argv, ...final.cmd.argv]
          : command.argv;
      add(
        argv,
        context.root.path,
        { file: dockerfile.path, line: command.line },
        `${dockerfile.path} starts ${argv.slice(0, 4).join(' ')}`,
      );
    }
    for (const compose of context.facts.compose) {
      for (const service of compose.services) {
        const context_ = service.build?.context ?? null;
        if (
          !service.command ||
          context_ === null ||
          !(context_ === context.root.path || context_ === dirOf(context.root.path) || context_ === '.')
        )
          continue;
        add(
          service.command.argv,
          context.root.path,
          { file: compose.path, line: service.command.line },
          `${compose.path} runs ${service.name} with ${service.command.argv.slice(0, 4).join(' ')}`,
        );
      }
    }
    return made;
  },
};
export default docker;

const mentions = (path: string, context: EntryContext): boolean =>
  context.root.path !== '.' && (context.view.read(path) ?? '').includes(context.root.path);

/** `/app/dist/index.js`, `/usr/src/app/server.js`: what stands behind the image's work folder. */
const dropImageRoot = (file: string): string | null =>
  file.replace(/^\/?(usr\/src\/app|usr\/src|app|srv|opt\/app|home\/node\/app|workspace|code)\//, '') || null;

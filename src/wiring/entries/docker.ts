import { runsOfArgv } from '../../commands/index.ts';
import { indexOf, isPlace } from '../../model/docker-stages.ts';
import type { DockerfileFact } from '../../model/facts/index.ts';
import { dirOf, isWithin, joinPath } from '../../model/paths.ts';
import { isScript } from '../../model/source-paths.ts';
import type { Entry } from '../../model/wiring.ts';
import { askedFor, type EntryContext, type EntryProvider, entry, ownAmong } from './_provider.ts';

/** What images and compose services start. */
const docker: EntryProvider = {
  name: 'docker',
  entries(context) {
    const made: Entry[] = [];
    const add = (
      argv: readonly string[],
      at: { file: string; line: number },
      reason: string,
      laid: readonly string[] = [],
    ): void => {
      const home = context.root.path;
      for (const run of runsOfArgv(argv, { cwd: home, facts: context.facts, view: context.view })) {
        const { file: named } = run;
        const file =
          named && ownAmong(context, [named, ...['', ...laid].map((folder) => joinPath(home, folder, named))]);
        if (file && isScript(file)) made.push(entry(file, 'runtime', reason, at, askedFor(run)));
      }
    };
    for (const dockerfile of context.facts.dockerfiles) {
      const near =
        dockerfile.dir === context.root.path ||
        (isWithin(dockerfile.dir, context.root.path) && !/dev|test/i.test(dockerfile.path));
      const { cmd, entrypoint, workdir } = dockerfile.stages[dockerfile.final] ?? {};
      const command = cmd ?? entrypoint;
      if (!command || !(near || mentions(dockerfile.path, context))) continue;
      const argv =
        entrypoint && cmd && !/\.sh$/.test(entrypoint.argv[0] ?? '') ? [...entrypoint.argv, ...cmd.argv] : command.argv;
      add(
        argv.map((word) => withoutWorkFolder(word, workdir?.value ?? null)),
        { file: dockerfile.path, line: command.line },
        `${dockerfile.path} starts ${argv.slice(0, 4).join(' ')}`,
        laidOpen(dockerfile),
      );
    }
    for (const compose of context.facts.compose) {
      for (const { name, build, command } of compose.services) {
        const folder = build?.context ?? null;
        if (!command || folder === null || ![context.root.path, dirOf(context.root.path), '.'].includes(folder))
          continue;
        add(
          command.argv.map((word) => withoutWorkFolder(word, null)),
          { file: compose.path, line: command.line },
          `${compose.path} runs ${name} with ${command.argv.slice(0, 4).join(' ')}`,
        );
      }
    }
    return made;
  },
};
export default docker;

/** `COPY --from=build /app/dist ./`: folders of another stage whose files lie where the image works. */
function laidOpen(fact: DockerfileFact): string[] {
  const last = fact.stages[fact.final];
  return (last?.copies ?? []).flatMap(({ from, sources, dest }) => {
    const built = fact.stages[indexOf(fact, from)];
    const base = `${built?.workdir?.value ?? ''}/`;
    return built && isPlace(last!, dest)
      ? sources.filter((source) => source.startsWith(base)).map((source) => source.slice(base.length))
      : [];
  });
}

const mentions = (path: string, context: EntryContext): boolean =>
  context.root.path !== '.' && context.view.text(path).includes(context.root.path);

/** `/app/dist/index.js`, `/usr/src/app/server.js`: what stands behind the image's work folder. */
const withoutWorkFolder = (word: string, folder: string | null): string =>
  folder !== null && word.startsWith(`${folder}/`)
    ? word.slice(folder.length + 1)
    : word.replace(/^\/(usr\/src\/app|usr\/src|app|srv|opt\/app|home\/node\/app|workspace|code)\//, '');

import { exitCodes } from '../../model/errors.ts';
import type { RegisterCommand } from '../command.ts';
import { addDisplayOptions, checkDisplay, type DisplayOptions } from '../display-options.ts';

/** Renders any format from a saved result: what was judged and gated then is shown, and nothing is judged anew. */
const register: RegisterCommand = (program, { io, run }) => {
  const command = program
    .command('report')
    .argument('<file>', 'a result saved with --format json; - reads the standard input')
    .summary('show a saved result in any format')
    .description(
      'Shows a result saved by "readiness audit --format json" in any format. Nothing is judged or gated anew.',
    );
  addDisplayOptions(command)
    .option(
      '--path-prefix <folder>',
      "the audited folder inside its repository, for formats that link to the repository's files",
    )
    .action(
      run(async (file: string, options: DisplayOptions & { pathPrefix?: string }) => {
        checkDisplay(options);
        const { publish } = await import('../publish.ts');
        const { readReport } = await import('../read-report.ts');
        const report = await readReport(file, io.cwd);
        const pathPrefix = options.pathPrefix ? `${options.pathPrefix.replace(/\/+$/, '')}/` : '';
        await publish(report, options, pathPrefix, io);
        return exitCodes.pass;
      }),
    );
};
export default register;

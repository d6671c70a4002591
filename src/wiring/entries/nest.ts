import { conventional, type EntryProvider } from './_provider.ts';

/** NestJS: the file that `nest start` compiles and runs, by nest-cli.json or by habit. */
const nest: EntryProvider = {
  name: 'nest',
  entries(context) {
    if (!context.depends('@nestjs/core')) return [];
    const config = context.view.read(context.inside('nest-cli.json'));
    const sourceRoot = /"sourceRoot"\s*:\s*"([^"]+)"/.exec(config ?? '')?.[1] ?? 'src';
    const entryFile = /"entryFile"\s*:\s*"([^"]+)"/.exec(config ?? '')?.[1] ?? 'main';
    const files = [`${sourceRoot}/${entryFile}.ts`, `src/${entryFile}.ts`, 'src/main.ts', 'main.ts', 'src/main.js']
      .map((file) => context.inside(file))
      .filter((file) => context.own.includes(file));
    return conventional([...new Set(files)], 'nest start runs it');
  },
};
export default nest;

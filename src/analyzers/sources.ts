import type { Analyzer } from '../model/facts/index.ts';
import type { SourceFact } from '../model/facts/source.ts';
import { scanSource } from './source/scan.ts';

const extensions = /\.([cm]?[jt]sx?|vue|svelte|astro)$/;

/** Every JavaScript and TypeScript file of the repository, single-file components included. */
const sources: Analyzer<'sources'> = {
  gives: 'sources',
  sees: 'imports and exports of every file; calls, routes, variables and rendered elements of the files that a text filter marks',
  blindTo: 'types, values computed at run time, code made by generators',
  analyze(view, fail) {
    const facts: SourceFact[] = [];
    for (const path of view.list()) {
      if (!extensions.test(path) || path.endsWith('.d.ts')) continue;
      const text = view.read(path);
      if (text === null) continue;
      try {
        facts.push(scanSource(path, text));
      } catch (error) {
        fail({
          file: path,
          line: null,
          message: `could not be read: ${error instanceof Error ? error.message : String(error)}`,
        });
      }
    }
    return facts;
  },
};
export default sources;

import { createHash } from 'node:crypto';
import type { Analyzer, FactStore } from '../model/facts/index.ts';
import type { SourceFact } from '../model/facts/source.ts';
import { isNodeProgram, isProgramPath } from '../model/source-paths.ts';
import { scanSource } from './source/scan.ts';

const extensions = /\.([cm]?[jt]sx?|vue|svelte|astro)$/;

/** Every JavaScript and TypeScript file of the repository, single-file components included. */
const sources: Analyzer<'sources'> = {
  gives: 'sources',
  sees: 'imports and exports of every file; calls, routes, variables and rendered elements of the files that a text filter marks',
  blindTo: 'types, values computed at run time, code made by generators',
  analyze(view, fail, kept) {
    const facts: SourceFact[] = [];
    for (const path of view.list()) {
      if (!isProgramPath(path) && (!extensions.test(path) || path.endsWith('.d.ts'))) continue;
      const text = view.read(path);
      if (text === null || (!extensions.test(path) && !isNodeProgram(path, text))) continue;
      const fact = kept ? known(path, view.digest(path), text, kept) : scan(path, text);
      facts.push(fact);
      if (fact.parseError) fail({ file: path, ...fact.parseError });
    }
    return facts;
  },
};

/** The facts of a file follow from its path and what it holds, and from nothing else. */
function known(path: string, digest: string, text: string, kept: FactStore): SourceFact {
  const key = createHash('sha256').update(`${path}\0${digest}`).digest('hex');
  const before = kept.get(key);
  if (before) return before as SourceFact;
  const fact = scan(path, text);
  kept.keep(key, fact);
  return fact;
}

/** A file that cannot be read stays in the graph, so that what leads to it is known to end in the dark. */
function scan(path: string, text: string): SourceFact {
  try {
    return scanSource(path, text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      path,
      parseError: { line: 1, message },
      module: { imports: [], exports: [], dynamicLoads: [] },
      code: null,
    };
  }
}

export default sources;

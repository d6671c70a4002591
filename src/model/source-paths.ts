/** What a path alone says of a source file. */

const testFile =
  /(^|\/)(__tests__|__mocks__|__fixtures__|__snapshots__|tests?|e2e|cypress|playwright|specs?|testing|test-?(?:utils|helpers)|fixtures|mocks|(?:acceptance|api|browser|cypress|e2e|end-to-end|functional|integration|load|performance|playwright|regression|smoke|stress|system|ui|unit|visual)[-_]tests?)(\/|$)|(\.|-|_)(test|spec|tests|e2e|e2e-spec|cy|stories|story|bench|mock)\.[cm]?[jt]sx?$|(^|\/)(jest|vitest|playwright|cypress|karma|wdio)(\.[\w-]+)*\.(config|setup|conf|workspace|preset)\.[cm]?[jt]s$|(^|\/)(mock[-_.]?(server|api)|(server|api)[-_.]mock)\.[cm]?[jt]s$|(^|\/)(setup[-_.]?(?:tests?|jest|vitest)|jest\.setup|vitest\.setup|test-setup)\.[cm]?[jt]sx?$/i;

/** Tests, mocks, stories and their set-up: never evidence, except for the testing rules. */
export const isTestPath = remembered((path) => testFile.test(path));

const sampleFolder =
  /(^|\/)(examples?|samples?|demos?|docs?|documentation|templates?|boilerplates?|playground|sandbox|storybook|\.storybook|benchmarks?|scaffolds?|generators?)(\/|$)/i;

/** Examples, docs and templates: code for readers, not code that runs here. */
export const isSamplePath = remembered((path) => sampleFolder.test(path));

/** A program without an ending, by where such lie: `bin/www`. What it is written in stands in its first line. */
const program = /(^|\/)bin\/[\w-]+$/;
export const isProgramPath = (path: string): boolean => program.test(path);
/** A file that a program of scripts can be started with. */
export const isScript = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path) || isProgramPath(path);
/** `#!/usr/bin/env node`, or nothing of the kind where Node is started with the file. */
export const isNodeProgram = (path: string, text: string): boolean =>
  isProgramPath(path) && (/^#!.*\b(node|tsx|ts-node|bun)\b/.test(text) || /^(?!#!)[\s\S]*\brequire\(/.test(text));

const underWay = /(queue|cache|session|socket|connection|limiter)s?\.[cm]?[jt]s$/i;

/** Modules of what is under way for a moment (a queue of messages, the sockets that are open), by their name. */
export const isUnderWay = (path: string): boolean => underWay.test(path);

/** The same paths are asked about for every rule and component. */
function remembered(answer: (path: string) => boolean): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    let found = known.get(path);
    if (found === undefined) {
      found = answer(path);
      if (known.size > 200_000) known.clear();
      known.set(path, found);
    }
    return found;
  };
}

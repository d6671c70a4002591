import { parseDocument } from 'yaml';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Files, RuleFixture } from './fixtures.ts';
import { filesOf } from './fixtures.ts';

/** Changes to a fixture that must, or must not, change its rule's answer. */

const code = /\.[cm]?[jt]sx?$/;

/**
 * The fixture without what its evidence rests on: files that it adds or changes go back to what the base has; of a manifest
 * the entry in the evidence's line goes, with the imports of that package; any other file of the base goes altogether.
 */
export function withoutEvidence(fixture: RuleFixture, evidence: readonly Evidence[]): Record<string, string> {
  const files = filesOf(fixture.base, fixture.changes);
  for (const { file, line } of evidence) {
    const changed = fixture.changes.has(file);
    if (changed && fixture.base[file] !== undefined) files[file] = fixture.base[file]!;
    else if (changed) delete files[file];
    else if (file.endsWith('package.json')) takeEntry(files, file, fixture.base[file]!, line);
    else delete files[file];
  }
  return files;
}

function takeEntry(files: Record<string, string>, manifest: string, original: string, line: number): void {
  const entry = original.split('\n')[line - 1]?.match(/^\s*"([^"]+)":/)?.[1];
  if (entry === undefined) return;
  const document = parseDocument(files[manifest]!);
  for (const section of ['dependencies', 'devDependencies', 'scripts']) {
    if (document.hasIn([section, entry])) document.deleteIn([section, entry]);
  }
  files[manifest] = JSON.stringify(document.toJS(), null, 2);
  for (const [path, text] of Object.entries(files)) {
    if (code.test(path))
      files[path] = text
        .split('\n')
        .filter((one) => !one.includes(` from '${entry}'`))
        .join('\n');
  }
}

/** `into` with all code of `from` mentioned in a comment and in a string, in a file that runs. */
export function withMentions(into: RuleFixture, from: RuleFixture, at: string): Record<string, string> {
  const files = filesOf(into.base, into.changes);
  const text = [...addedCode(from)].map(([, content]) => content).join('\n');
  const comment = text
    .split('\n')
    .map((line) => `// ${line}`)
    .join('\n');
  files[at] = `${files[at]}\n${comment}\nexport const mention = ${JSON.stringify(text)};\n`;
  return files;
}

/** `into` with the code of `from` standing in test files. */
export function withTestCopies(into: RuleFixture, from: RuleFixture): Record<string, string> {
  const files = filesOf(into.base, into.changes);
  const root = into.component === null || into.component === '.' ? '' : `${into.component}/`;
  for (const [path, content] of addedCode(from)) {
    const name = path.slice(path.lastIndexOf('/') + 1).replace(code, '');
    files[`${root}test/${name}.test.${path.slice(path.lastIndexOf('.') + 1)}`] = content;
  }
  return files;
}

export const addedCode = (fixture: RuleFixture): Map<string, string> =>
  new Map([...fixture.changes].filter((entry): entry is [string, string] => entry[1] !== null && code.test(entry[0])));

/** A plain code file that `files` has, for mentions: the first by name among those the component runs. */
export const firstCodeFile = (reached: readonly string[], files: Files): string | undefined =>
  reached.find((file) => code.test(file) && files[file] !== undefined);

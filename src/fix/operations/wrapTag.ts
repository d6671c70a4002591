import { importInsertions } from '../code/requests.ts';
import { indentAt, inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import { pathOf } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** An element around the one tag of a Vue component's template, which its `<script setup>` imports; one is made where there is none. */
const wrapTag: Operate<{ file: string; tag: string; with: string; imports: ImportSpec[] }> = (
  { file, tag, with: wrapper, imports },
  surroundings,
) => {
  const { draft, parameters } = surroundings;
  const path = pathOf(file, parameters);
  const text = draft.read(path);
  if (text === null) throw new Unfit(`there is no ${path}`);
  const found = [...text.matchAll(new RegExp(`<(${tag})\\b[^>]*?(/>|>\\s*</\\1>)`, 'g'))];
  if (found.length !== 1) throw new Unfit(`${path} does not write <${tag.split('|')[0]}> once, and empty`);
  const [{ index: start, 0: words }] = found as [RegExpExecArray];
  const { eol, indent } = styleOf(text);
  const outer = indentAt(text, start);
  const around = [
    { at: start, text: `<${wrapper}>${eol}${outer}${indent}` },
    { at: start + words.length, text: `${eol}${outer}</${wrapper}>` },
  ];
  draft.edit(path, inserted(text, [...around, ...scriptWith(path, text, imports, surroundings, eol)]));
};
export default wrapTag;

function scriptWith(
  path: string,
  text: string,
  imports: readonly ImportSpec[],
  surroundings: Parameters<typeof wrapTag>[1],
  eol: string,
) {
  const setup = /<script\b([^>]*\bsetup\b[^>]*)>\r?\n?([\s\S]*?)<\/script>/.exec(text);
  const as = path.replace(/\.vue$/, setup && !/ts/.test(setup[1]!) ? '.js' : '.ts');
  if (setup) {
    const from = setup.index + setup[0].indexOf('>') + 1;
    const body = text.slice(from, setup.index + setup[0].length - '</script>'.length);
    const lead = /^\r?\n/.exec(body)?.[0].length ?? 0;
    return importInsertions(as, body.slice(lead), imports, surroundings).map(({ at, text: line }) => ({
      at: from + lead + at,
      text: line,
    }));
  }
  if (/<script\b/.test(text)) throw new Unfit(`${path} has a script that is no <script setup>`);
  const lang = surroundings.parameters.ts ? ' lang="ts"' : '';
  const lines = importInsertions(as, '', imports, surroundings).map(({ text: line }) => line.trim());
  return [{ at: 0, text: `<script setup${lang}>${eol}${lines.join(eol)}${eol}</script>${eol}${eol}` }];
}

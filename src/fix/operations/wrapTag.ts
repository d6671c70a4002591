import { scriptImports, vueFile } from '../code/vue.ts';
import { indentAt, inserted } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** An element around the one tag of a Vue component's template, which its `<script setup>` imports; one is made where there is none. */
const wrapTag: Operate<{ file: string; tag: string; with: string; imports: ImportSpec[] }> = (
  { file, tag, with: wrapper, imports },
  surroundings,
) => {
  const { path, text } = vueFile(file, surroundings);
  const found = [...text.matchAll(new RegExp(`<(${tag})\\b[^>]*?(/>|>\\s*</\\1>)`, 'g'))];
  if (found.length !== 1) throw new Unfit(`${path} does not write <${tag.split('|')[0]}> once, and empty`);
  const [{ index: start, 0: words }] = found as [RegExpExecArray];
  const { eol, indent } = styleOf(text);
  const outer = indentAt(text, start);
  const around = [
    { at: start, text: `<${wrapper}>${eol}${outer}${indent}` },
    { at: start + words.length, text: `${eol}${outer}</${wrapper}>` },
  ];
  surroundings.draft.edit(path, inserted(text, [...around, ...scriptImports(path, text, imports, surroundings)]));
};
export default wrapTag;

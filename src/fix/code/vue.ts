import type { Insertion } from '../edit/insert.ts';
import { styleOf } from '../edit/style.ts';
import type { Surroundings } from '../operations/_operation.ts';
import { pathOf } from '../render.ts';
import type { ImportSpec } from '../template.ts';
import { Unfit } from '../types.ts';
import { importInsertions } from './requests.ts';

/** A component that a template names, with its text. */
export function vueFile(named: string, { draft, parameters }: Surroundings): { path: string; text: string } {
  const path = pathOf(named, parameters);
  const text = draft.read(path);
  if (text === null) throw new Unfit(`there is no ${path}`);
  return { path, text };
}

/** Imports of the `<script setup>` of a Vue component, as insertions; one is made where it has no script. */
export function scriptImports(
  path: string,
  text: string,
  imports: readonly ImportSpec[],
  surroundings: Surroundings,
): Insertion[] {
  const { eol } = styleOf(text);
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

import { expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

/** A program that answers with some text, written in a module of its own. */
const answering = (text: string, route = "app.get('/metrics', (req, res) => res.send(write()));") =>
  at(app(route, "import { write } from './numbers.js';"), {
    'src/numbers.js': `export const write = () => ${text};\n`,
  });

it.each<[string, Record<string, string>, string[]]>([
  [
    'a series with its type',
    answering("'# TYPE notes_total counter\\nnotes_total 1'"),
    ['yes', 'src/numbers.js:1 writes metrics'],
  ],
  ['its content type', answering("['text/plain; version=0.0.4', 1]"), ['yes', 'src/numbers.js:1 writes metrics']],
  ['numbers of another form', answering('JSON.stringify({ notes: 1 })'), ['no']],
  [
    'a module that nothing reaches',
    at(app(''), { 'src/numbers.js': "export const write = () => '# TYPE notes_total counter';\n" }),
    ['no'],
  ],
])('%s', async (_, files, expected) => {
  expect(await asked('writes-metrics', {}, files)).toEqual(expected);
});

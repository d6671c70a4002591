import { expect, it } from 'vitest';
import { plainText } from '../../../src/detectors/shared/ui/plain.ts';

it.each([
  ['a; // b c\nd;', 'a;       \nd;'],
  ['a; //\nd;', 'a;   \nd;'],
  ['a /* b */ c', 'a         c'],
  ['a /* b\n * c\n */ d', 'a     \n    \n    d'],
  ['a /* b */ c /* d */ e', 'a         c         e'],
  ['a /**/ b', 'a      b'],
  ['a <!-- b --> c', 'a            c'],
  ['a <!-- b\nc --> d <!-- e --> f', 'a       \n      d            f'],
  ['a <!---->b', 'a        b'],
  // A string that speaks of no code stays as it is.
  ["a('b', 'c // d')", "a('b', 'c // d')"],
  ['a("b /* c", "d */")', 'a("b /* c", "d */")'],
  ['a(`b // c`)', 'a(`b // c`)'],
  ["a('it\\'s // b')", "a('it\\'s // b')"],
  ['a("say \\"// b\\"")', 'a("say \\"// b\\"")'],
  ['a(`b \\` // c`)', 'a(`b \\` // c`)'],
  ["a('')", "a('')"],
  ['a("")', 'a("")'],
  ['a(``)', 'a(``)'],
  // One that quotes code is emptied.
  ["a('<Note />', b)", 'a(""        , b)'],
  ['a("<p></p>", b)', 'a(""       , b)'],
  ["a('line\\nline', b)", 'a(""          , b)'],
  ["a('<Note>', b)", 'a(""      , b)'],
  ["a('<note>', b)", "a('<note>', b)"],
  ["a('a < b', b)", "a('a < b', b)"],
  ['a(`<Note />`, b)', 'a(`<Note />`, b)'],
  ['a(`<Note />\n// b`, c)', 'a(`<Note />\n// b`, c)'],
  ["it's\n// it isn't", "it's\n           "],
  ['say "this\n// and "that', 'say "this\n            '],
  ["'a\\\nb' // c", "'a\\\nb'     "],
  ['`${a}` // b', '`${a}`     '],
  ['a / b / c', 'a / b / c'],
  ['<p>a</p>', '<p>a</p>'],
])('%s', (text, expected) => {
  expect(plainText(text)).toEqual(expected);
  expect(plainText(text).length).toBe(text.length);
});

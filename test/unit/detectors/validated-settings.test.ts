import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const thrower = 'if (!rules.validate(all)) throw new Error("settings"); return all;';
const files = (settings: string, body = thrower) =>
  at(app("app.set('a', settings);", "import { settings } from './settings.js';"), {
    'src/settings.js': `import * as own from './own.js';\nimport Defaults, { validate, Rules } from './own.js';\n${settings}\n`,
    'src/own.js': `import { rules } from './rules.js';\nexport const validate = (all) => { ${body} };\nexport const parseAll = validate, checkAll = validate, assertAll = validate, verifyAll = validate, ensureAll = validate, build = validate;\nexport function takeValid(all) { ${body} }\nexport function build2(all) { ${body} }\nexport function checkIt(all) { ${body} }\nexport function parseIt(all) { ${body} }\nexport function assertIt(all) { ${body} }\nexport function verifyIt(all) { ${body} }\nexport function ensureIt(all) { ${body} }\nexport class Rules {\n  static validate(all) { ${body} }\n  static other(all) { return all; }\n  static check(all) { return all; }\n}\nexport default class Defaults {\n  static validate(all) { ${body} }\n}\n`,
    'src/rules.js': 'export const rules = {};\n',
  });
const covers = async (settings: string, body?: string, ask = 'covers') =>
  (await asked('checks-variables', { ask }, files(settings, body))).join(' ');

describe('settings that a function of the program checks', () => {
  it.each<[settings: string, expected: string]>([
    [
      'export const settings = validate({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 validate(…) over 1 variables',
    ],
    [
      'export const settings = validate({ a: process.env.STRIPE_KEY, b: process.env.MAIL_KEY });',
      'yes src/settings.js:3 validate(…) over 2 variables',
    ],
    [
      'export const settings = own.validate({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.validate(…) over 1 variables',
    ],
    [
      'export const settings = own.takeValid({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.takeValid(…) over 1 variables',
    ],
    [
      'export const settings = own.checkIt({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.checkIt(…) over 1 variables src/settings.js:3 stops without STRIPE_KEY',
    ],
    [
      'export const settings = own.parseIt({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.parseIt(…) over 1 variables',
    ],
    [
      'export const settings = own.assertIt({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.assertIt(…) over 1 variables src/settings.js:3 stops without STRIPE_KEY',
    ],
    [
      'export const settings = own.verifyIt({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.verifyIt(…) over 1 variables',
    ],
    [
      'export const settings = own.ensureIt({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.ensureIt(…) over 1 variables src/settings.js:3 stops without STRIPE_KEY',
    ],
    [
      'export const settings = own.build2({ key: process.env.STRIPE_KEY });',
      'no src/settings.js:3 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'export const settings = own.absentCheck({ key: process.env.STRIPE_KEY });',
      'no src/settings.js:3 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'export const settings = new validate({ key: process.env.STRIPE_KEY });',
      'no src/settings.js:3 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'export const settings = Rules.validate({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 Rules.validate(…) over 1 variables',
    ],
    [
      'export const settings = Rules.check({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 stops without STRIPE_KEY',
    ],
    [
      'export const settings = Rules.validateAll({ key: process.env.STRIPE_KEY });',
      'no src/settings.js:3 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'const raw = { key: process.env.STRIPE_KEY };\nexport const settings = validate(raw);',
      'yes src/settings.js:4 validate(…) over 1 variables',
    ],
    [
      'const raw = { key: process.env.STRIPE_KEY };\nexport const settings = validate(raw.key);',
      'yes src/settings.js:4 validate(…) over 1 variables',
    ],
    [
      'const raw: Raw = { key: process.env.STRIPE_KEY };\nexport const settings = validate(raw);',
      'yes src/settings.js:4 validate(…) over 1 variables',
    ],
    [
      'let raw={ key: process.env.STRIPE_KEY };\nexport const settings = validate(raw);',
      'yes src/settings.js:4 validate(…) over 1 variables',
    ],
    [
      'const $raw = { key: process.env.STRIPE_KEY };\nexport const settings = validate($raw);',
      'yes src/settings.js:4 validate(…) over 1 variables',
    ],
  ])('%s: %s', async (settings, expected) => {
    expect(await covers(settings)).toEqual(expected);
  });

  it.each<[statements: string, expected: string]>([
    ['validate(key);', 'yes src/settings.js:5 validate(…) over 1 variables'],
    ['validate({ key });', 'yes src/settings.js:5 validate(…) over 1 variables'],
    ['const other = 1; validate(other);', 'yes src/settings.js:5 validate(…) over 1 variables'],
    ['const other=1; validate(other);', 'yes src/settings.js:5 validate(…) over 1 variables'],
    [
      'const other: Record<string, string> = {}; validate(other);',
      'yes src/settings.js:5 validate(…) over 1 variables',
    ],
    ['let other; other = 1; validate(other.all);', 'yes src/settings.js:5 validate(…) over 1 variables'],
    ['const $other = 1; validate($other);', 'yes src/settings.js:5 validate(…) over 1 variables'],
    ['validate(other, key);', 'yes src/settings.js:5 validate(…) over 1 variables'],
    [
      'validate(process.env);',
      'yes src/settings.js:5 validate(…) over the environment src/settings.js:5 validate(…) over 1 variables',
    ],
    [
      'validate(process.env.MAIL_KEY);',
      'no src/settings.js:5 reads MAIL_KEY, which nothing checks src/settings.js:4 reads STRIPE_KEY, which nothing checks',
    ],
    ['validate(this);', 'yes src/settings.js:5 validate(…) over 1 variables'],
    ['validate(make(key));', 'yes src/settings.js:5 validate(…) over 1 variables'],
    ['validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['if (other == 1) validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['const f = (other) => 1; validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['const f = other => 1; validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['const another = 1; validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['const others = 1; validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['a.other = 1; validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['const $other = 1; validate(other);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ["validate('key');", 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['validate(`key`);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['validate();', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['validate([key]);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
    ['validate(1);', 'no src/settings.js:4 reads STRIPE_KEY, which nothing checks'],
  ])('beside one that is read: %s: %s', async (statements, expected) => {
    const load = `function load() {\n  const key = process.env.STRIPE_KEY;\n  ${statements}\n  return key;\n}\nexport const settings = load();`;
    expect(await covers(load)).toEqual(expected);
  });

  it.each<[body: string, expected: string]>([
    ['if (!rules.validate(all)) throw 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['if (!rules.validate (all)) throw 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['if (!rules.safeParse(all).success) throw 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['if (!rules.decode(all)) throw 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['if (validateSync(all).length) throw 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['if (validateSync (all).length) throw 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['if (!rules.validateSync(all)) throw 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['if (!rules.validate(all)) process.exit(1);', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['return rules.parse(all);', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['return rules.parse (all);', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['return rules.attempt(all);', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['return rules.attempt (all);', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['return validateOrReject(all);', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['return validateOrReject (all);', 'yes src/settings.js:3 validate(…) over 1 variables'],
    ['return rules.validate(all);', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['return rules.safeParse(all);', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['return rules.decode(all);', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!rules.invalidate(all)) throw 1;', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!rules.validates(all)) throw 1;', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!validate(all)) throw 1;', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!revalidateSync(all)) throw 1;', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['return parse(all);', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!all) throw 1;', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!rules.decode(all)) overthrow(1);', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!rules.decode(all)) throws(1);', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!rules.decode(all)) reattempt(1);', 'no src/settings.js:3 reads STRIPE_KEY, which nothing checks'],
    ['if (!rules.decode(all)) process.exitCode = 1;', 'yes src/settings.js:3 validate(…) over 1 variables'],
  ])('in a function that does %s: %s', async (body, expected) => {
    expect(await covers('export const settings = validate({ key: process.env.STRIPE_KEY });', body)).toEqual(expected);
  });

  it.each<[settings: string, expected: string]>([
    [
      'function load() {\n  const key = process.env.STRIPE_KEY;\n  return validate({ key });\n}\nexport const settings = load();',
      'yes src/settings.js:5 validate(…) over 1 variables',
    ],
    [
      'const load = () => validate({ key: process.env.STRIPE_KEY });\nexport const settings = load();',
      'yes src/settings.js:3 validate(…) over 1 variables',
    ],
    [
      'const key = process.env.STRIPE_KEY;\nfunction load() {\n  const mail = process.env.MAIL_KEY;\n  return validate({ mail });\n}\nexport const settings = [load(), key];',
      'no src/settings.js:3 reads STRIPE_KEY, which nothing checks src/settings.js:6 validate(…) over 1 variables',
    ],
    [
      'function other() {\n  return process.env.STRIPE_KEY;\n}\nfunction load() {\n  return validate({ key: other() });\n}\nexport const settings = load();',
      'no src/settings.js:4 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'function load() {\n  const make = () => { return validate({ key: process.env.STRIPE_KEY }); };\n  return make();\n}\nexport const settings = load();',
      'yes src/settings.js:4 validate(…) over 1 variables',
    ],
    [
      'class Settings {\n  key = process.env.STRIPE_KEY;\n  constructor() {\n    validate(this.key);\n  }\n}\nexport const settings = new Settings();',
      'yes src/settings.js:6 validate(…) over 1 variables',
    ],
    [
      'class Settings {\n  key = process.env.STRIPE_KEY;\n  constructor() {\n    validate(thiskey);\n  }\n}\nexport const settings = new Settings();',
      'no src/settings.js:4 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'class Settings {\n  key = process.env.STRIPE_KEY;\n  constructor() {\n    validate({ a: 1 });\n  }\n}\nexport const settings = new Settings();',
      'no src/settings.js:4 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'function idle() {\n  const key = process.env.STRIPE_KEY;\n  return validate({ key });\n}\nexport const settings = process.env.MAIL_KEY;',
      'no src/settings.js:7 reads MAIL_KEY, which nothing checks',
    ],
  ])('%s: %s', async (settings, expected) => {
    expect(await covers(settings)).toEqual(expected);
  });

  it.each<[title: string, settings: string, expected: string]>([
    [
      'methods of a class, of which one reads and another checks',
      'class Settings {\n  load() {\n    return process.env.STRIPE_KEY;\n  }\n  check() {\n    validate({ a: 1 });\n  }\n}\nexport const settings = new Settings();',
      'no src/settings.js:5 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'methods of a class, of which one reads what another checks',
      'class Settings {\n  load() {\n    this.key = process.env.STRIPE_KEY;\n  }\n  check() {\n    validate(1, this.key);\n  }\n}\nconst made = new Settings();\nmade.load();\nexport const settings = made.check();',
      'yes src/settings.js:8 validate(…) over 1 variables',
    ],
    [
      'a class that a module exports as its default',
      'export const settings = Defaults.validate({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 Defaults.validate(…) over 1 variables',
    ],
    [
      'a class of a namespace',
      'export const settings = own.Rules.validate({ key: process.env.STRIPE_KEY });',
      'yes src/settings.js:3 own.Rules.validate(…) over 1 variables',
    ],
    [
      'a function that its own method calls inside another',
      'function outer() {\n  const first = process.env.MAIL_KEY;\n  const inner = () => validate({ key: process.env.STRIPE_KEY });\n  return [inner(), first];\n}\nexport const settings = outer();',
      'no src/settings.js:4 reads MAIL_KEY, which nothing checks src/settings.js:5 validate(…) over 1 variables',
    ],
    [
      'statements beside one another',
      'const key = process.env.STRIPE_KEY;\nexport const settings = [validate({ a: 1 }), key];',
      'no src/settings.js:3 reads STRIPE_KEY, which nothing checks',
    ],
    [
      'a setting that a service is asked for',
      "export const settings = validate({ key: process.env.STRIPE_KEY, mail: config.get('MAIL_KEY') });",
      'no src/settings.js:3 reads MAIL_KEY, which nothing checks src/settings.js:3 validate(…) over 1 variables',
    ],
    [
      'the first line of a method of several lines',
      'class Settings {\n  check() { const key = process.env.STRIPE_KEY;\n    validate({ key });\n    return process.env.MAIL_KEY; }\n}\nexport const settings = new Settings().check();',
      'yes src/settings.js:5 validate(…) over 2 variables',
    ],
    [
      'lines around the method',
      'class Settings {\n  a = process.env.STRIPE_KEY;\n  check() {\n    validate({ key });\n  }\n  b = process.env.MAIL_KEY;\n}\nexport const settings = new Settings();',
      'no src/settings.js:8 reads MAIL_KEY, which nothing checks src/settings.js:4 reads STRIPE_KEY, which nothing checks',
    ],
  ])('%s', async (_, settings, expected) => {
    expect(await covers(settings)).toBe(expected);
  });

  it('says that they are written where nothing runs them', async () => {
    const settings =
      'export const idle = () => validate({ key: process.env.STRIPE_KEY });\nexport const settings = process.env.STRIPE_KEY;';
    expect(await covers(settings, thrower, 'exists')).toBe('yes src/settings.js:3 validate(…) over 1 variables');
    expect(await covers(settings, thrower, 'runs')).toBe('no src/settings.js:3 validate(…) over 1 variables');
  });

  it('takes no sample for them', async () => {
    const sample =
      "import { validate } from '../own.js';\nexport const settings = validate({ key: process.env.STRIPE_KEY });\n";
    const all = { ...files("export { settings } from './examples/a.js';"), 'src/examples/a.js': sample };
    expect(await asked('checks-variables', { ask: 'exists' }, all)).toEqual(['no']);
  });
});

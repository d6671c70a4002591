import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const read = async (files: Record<string, string>): Promise<string> =>
  (await asked('names-variables', { ask: 'reads' }, files))
    .slice(1)
    .map((one) => one.replace(/.* reads /, ''))
    .join(' ');
const asking = (settings: string, path = 'src/settings.js') =>
  at(app("import './settings.js';\napp.set('a', config.get('SHOP_USER'));"), {
    'src/settings.js': '',
    [path]: settings,
  });

describe('a setting that is filled from a variable of another name', () => {
  it.each<[settings: string, names: string]>([
    ['export default { SHOP_USER: process.env.shopUser };', 'shopUser'],
    ['export default { SHOP_USER : process.env.shopUser };', 'shopUser'],
    ['export default {SHOP_USER:process.env.shopUser};', 'shopUser'],
    ['export default {\n  SHOP_USER: process.env.shopUser,\n};', 'shopUser'],
    ['export default {\n  a: 1, SHOP_USER: process.env.shopUser,\n};', 'shopUser'],
    ['export default {\n  a: 1,SHOP_USER: process.env.shopUser,\n};', 'shopUser'],
    ["export default { SHOP_USER: process.env['shopUser'] };", 'shopUser'],
    ['export default { SHOP_USER: process.env["shopUser"] };', 'shopUser'],
    ['export default { SHOP_USER: String(process.env.shopUser) };', 'shopUser'],
    ["export default { SHOP_USER: process.env.shopUser || 'none' };", 'shopUser'],
    ['export default { SHOP_USER: process.env.SHOP_USER };', 'SHOP_USER'],
    ["export default { SHOP_USER: process.env['SHOP_USER'] };", 'SHOP_USER'],
    ['export default { SHOP_USER: 1, b: process.env.shopUser };', 'SHOP_USER shopUser'],
    ['export default {\n  SHOP_USER: 1\n  + process.env.shopUser,\n};', 'SHOP_USER shopUser'],
    ['export default { SHOP_USERS: process.env.shopUser };', 'SHOP_USER shopUser'],
    ['export default { MY_SHOP_USER: process.env.shopUser };', 'SHOP_USER shopUser'],
    ['export default { a: x ? SHOP_USER: process.env.shopUser };', 'SHOP_USER shopUser'],
    ['export default { SHOP_USER: process.env.shopUser };\nlog(process.env.SHOP_USER);', 'SHOP_USER shopUser'],
    ['export default { SHOP_USER: process.env[name] };', 'SHOP_USER'],
    ['export default { SHOP_USER: envs.shopUser };', 'SHOP_USER'],
  ])('%s: %s', async (settings, names) => {
    expect(await read(asking(settings))).toBe(names);
  });

  it.each<[path: string, names: string]>([
    ['src/other.js', 'shopUser'],
    ['src/examples/other.js', 'SHOP_USER'],
  ])('in %s: %s', async (path, names) => {
    expect(await read(asking('export default { SHOP_USER: process.env.shopUser };', path))).toBe(names);
  });
});

describe('a group of settings', () => {
  it.each<[settings: string, names: string]>([
    ["export default registerAs('SHOP_USER', () => ({}));", ''],
    ['export default registerAs("SHOP_USER", () => ({}));', ''],
    ["export default registerAs(\n  'SHOP_USER', () => ({}));", ''],
    ["export default registerAs('SHOP_USERS', () => ({}));", 'SHOP_USER'],
    ["export default registerAs('MY_SHOP_USER', () => ({}));", 'SHOP_USER'],
    ["export default unregisterAs('SHOP_USER', () => ({}));", 'SHOP_USER'],
    ["export default registerAll('SHOP_USER', () => ({}));", 'SHOP_USER'],
    ["export default registerAs(name, 'SHOP_USER');", 'SHOP_USER'],
  ])('%s: %s', async (settings, names) => {
    expect(await read(asking(settings))).toBe(names);
  });
});

describe("node-config's list of variables", () => {
  const listed = (path: string, text: string) => at(app(''), { [path]: text });
  it.each<[path: string, text: string, names: string]>([
    ['config/custom-environment-variables.json', '{ "a": "A_KEY" }', 'A_KEY'],
    ['config/custom-environment-variables.json', '{ "a": "A_KEY", "b": { "c": "B_KEY" } }', 'A_KEY B_KEY'],
    ['config/custom-environment-variables.json', '{"a":"A_KEY","b":"B_KEY"}', 'A_KEY B_KEY'],
    ['config/custom-environment-variables.json', '{\n  "a": "A_KEY"\n}', 'A_KEY'],
    ['config/custom-environment-variables.yaml', 'a: A_KEY\nb:\n  - B_KEY\n', 'A_KEY B_KEY'],
    ['config/custom-environment-variables.yml', 'a: \'A_KEY\'\nb: "B_KEY"\n', 'A_KEY B_KEY'],
    ['config/custom-environment-variables.js', "module.exports = { a: 'A_KEY' };", 'A_KEY'],
    ['config/custom-environment-variables.js', "module.exports.a = { b: 'A_KEY' ,\n c: 'B_KEY' ; };", 'A_KEY B_KEY'],
    ['config/custom-environment-variables.ts', "export default { a: 'A_KEY' };", 'A_KEY'],
    ['config/custom-environment-variables.cjs', "module.exports = { a: 'A_KEY' };", 'A_KEY'],
    ['config/custom-environment-variables.mjs', "export default { a: 'A_KEY' };", 'A_KEY'],
    ['src/config/custom-environment-variables.json', '{ "a": "A_KEY" }', 'A_KEY'],
    ['custom-environment-variables.json', '{ "a": "A_KEY" }', ''],
    ['config/default.json', '{ "a": "A_KEY" }', ''],
    ['config/custom-environment-variables.json', '{ "a": "a_key" }', ''],
    ['config/custom-environment-variables.json', '{ "a": "A" }', ''],
    ['config/custom-environment-variables.json', '{ "A_KEY": 1 }', ''],
    ['config/custom-environment-variables.yml', 'a: A_KEY of the shop\n', ''],
    ['config/custom-environment-variables.yml', 'a: the A_KEY\n', ''],
  ])('%s: %s: %s', async (path, text, names) => {
    expect(await read(listed(path, text))).toBe(names);
  });

  it('says in which line, and is no list of another part', async () => {
    const files = listed('config/custom-environment-variables.json', '{\n  "a": 1,\n  "b": "B_KEY"\n}');
    expect(await asked('names-variables', { ask: 'reads' }, files)).toEqual([
      'yes',
      'config/custom-environment-variables.json:3 reads B_KEY',
    ]);
    const beside = {
      'package.json': '{"private":true,"workspaces":["*"]}',
      'jobs/package.json': files['package.json']!.replace('"api"', '"jobs"'),
      'jobs/src/index.js': app(''),
      'jobs/config/custom-environment-variables.json': '{ "b": "B_KEY" }',
      'api/package.json': files['package.json']!,
      'api/src/index.js': app(''),
    };
    expect(await asked('names-variables', { ask: 'reads' }, beside, 'api')).toEqual(['no']);
    expect(await asked('checks-variables', { ask: 'reads' }, beside, 'api')).toEqual(['no']);
    expect(await asked('checks-variables', { ask: 'reads' }, beside, 'jobs')).toEqual([
      'yes',
      'jobs/config/custom-environment-variables.json:1 reads B_KEY',
    ]);
  });
});

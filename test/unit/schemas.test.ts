import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { schemas } from '../../scripts/schemas.ts';

// `npm run schemas` writes them anew.
it.each([...schemas()])('schema/%s is what the code says', async (file, text) => {
  await expect(text).toMatchFileSnapshot(`../../schema/${file}`);
});

it.each([
  [
    'gate: { minScore: 70, failOn: critical }\naccepted: [{ rule: a/b, reason: r, owner: o, expires: 2027-01-01 }]',
    true,
  ],
  ['gate: { minScore: 700 }', false],
  ['gates: {}', false],
  ['rules: { a/b: { of: why } }', false],
])('editors judge a config by it: %j', (text, valid) => {
  const ajv = new Ajv({ strict: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } });
  const validate = ajv.compile(JSON.parse(schemas().get('config.schema.json')!));
  expect(validate(parse(text))).toBe(valid);
});

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { rulePages } from './rule-pages.ts';

const pages = rulePages();

// `npm run docs` writes them anew.
it.each([...pages])('docs/%s is what the rules say', async (file, text) => {
  await expect(text).toMatchFileSnapshot(`../../docs/${file}`);
});

it('leaves no page of a rule that is gone', () => {
  const folder = fileURLToPath(new URL('../../docs/rules/', import.meta.url));
  const found = readdirSync(folder).map((name) => `rules/${name}`);
  expect(found.filter((name) => !pages.has(name))).toEqual([]);
});

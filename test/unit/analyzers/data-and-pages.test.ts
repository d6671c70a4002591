import { describe, expect, it } from 'vitest';
import dataSchemas from '../../../src/analyzers/data-schemas.ts';
import envFiles from '../../../src/analyzers/env-files.ts';
import pages from '../../../src/analyzers/pages.ts';
import webManifests from '../../../src/analyzers/web-manifests.ts';
import { openMemory } from '../../../src/repository/index.ts';

const none = () => {};

describe('environment files', () => {
  const roles: [string, string | null][] = [
    ['.env.example', 'template'],
    ['.env.sample', 'template'],
    ['.env.template', 'template'],
    ['.env.dist', 'template'],
    ['.env.base', 'template'],
    ['.env.local.example', 'template'],
    ['.env.example-e2e', 'template'],
    ['deploy/example.env', 'template'],
    ['config/env.example', 'template'],
    ['.env.defaults', 'template'],
    ['.env.development', 'default'],
    ['.env.test', 'default'],
    ['apps/api/.env', 'real'],
    ['.env.production', 'real'],
    ['prod.env', 'real'],
    ['src/env.ts', null],
    ['.envrc', null],
    ['environment.json', null],
    ['bin/env', null],
  ];
  it.each(roles)('%s is %s', (path, role) => {
    const facts = envFiles.analyze(openMemory({ [path]: 'API_SECRET=x9Kd0aPq2LmN\n' }), none);
    expect(facts[0]?.role ?? null).toBe(role);
  });

  it('takes a committed .env that hides nothing for a default', () => {
    const text =
      'NEXT_PUBLIC_KEY=abc123\nDATABASE_URL=postgres://postgres:postgres@localhost:5432/app\nSECRET=change-me\n';
    expect(envFiles.analyze(openMemory({ '.env': text }), none)[0]!.role).toBe('default');
    const open = 'PORT=3000\nJWT_SECRET=\n';
    expect(envFiles.analyze(openMemory({ 'config/config.env.env': open }), none)[0]!.role).toBe('default');
    const half = `${open}API_KEY=x9Kd0aPq2LmN\n`;
    expect(envFiles.analyze(openMemory({ 'config/config.env': half }), none)[0]!.role).toBe('real');
    const live = 'DATABASE_URL=postgres://app:hunter2@db.acme.io/app\n';
    expect(envFiles.analyze(openMemory({ '.env': live }), none)[0]!.role).toBe('real');
  });

  it('reads values, quotes, several lines and what is commented out', () => {
    const text = 'export A="x # y" # z\n# B=1\n# prose with a = sign\nC=\'m\nn\'\nD=\nE=1 # note\n';
    expect(envFiles.analyze(openMemory({ '.env.example': text }), none)[0]!.variables).toEqual([
      { name: 'A', value: 'x # y', line: 1, commented: false },
      { name: 'B', value: '1', line: 2, commented: true },
      { name: 'C', value: 'm\nn', line: 4, commented: false },
      { name: 'D', value: '', line: 6, commented: false },
      { name: 'E', value: '1', line: 7, commented: false },
    ]);
  });
});

describe('data schemas', () => {
  const shown = (files: Record<string, string>) =>
    dataSchemas
      .analyze(openMemory(files), none)
      .map((fact) =>
        [
          fact.path,
          fact.orm,
          fact.role,
          fact.provider ?? '-',
          ...fact.models.map((model) => `${model.name}:${model.line}`),
          ...(fact.role === 'migrations' ? [fact.count] : []),
        ].join(' '),
      );
  const cases: [string, Record<string, string>, string[]][] = [
    [
      'Prisma in several files, and its migrations',
      {
        'db/schema/base.prisma': 'datasource db {\n  provider = "mysql"\n  url = env("URL")\n}\n',
        'db/schema/user.prisma': '// model Old {\nmodel User {\n}\n',
        'db/migrations/20240101_a/migration.sql': '',
        'db/migrations/migration_lock.toml': 'provider = "mysql"',
      },
      [
        'db/migrations prisma migrations mysql 1',
        'db/schema/base.prisma prisma schema mysql',
        'db/schema/user.prisma prisma schema mysql User:2',
      ],
    ],
    [
      'Drizzle',
      {
        'drizzle.config.ts': "export default { dialect: 'postgresql', dbCredentials: { url: process.env.URL } }",
        'src/schema.ts':
          "import { pgTable } from 'drizzle-orm/pg-core';\n/* const old = pgTable('x', {}) */\nexport const users = pgTable('users', {});\n",
        'drizzle/0000_a.sql': '',
        'drizzle/meta/_journal.json': '{"dialect": "postgresql"}',
      },
      [
        'drizzle drizzle migrations postgresql 1',
        'drizzle.config.ts drizzle config postgresql',
        'src/schema.ts drizzle schema postgresql users:3',
      ],
    ],
    [
      'Drizzle without a journal: a folder for each migration, with what the schema then was',
      {
        'migrations/20260114_peaceful/migration.sql': '',
        'migrations/20260114_peaceful/snapshot.json': '{ "dialect": "mysql" }',
        'migrations/20260115_nervous/migration.sql': '',
        'migrations/20260115_nervous/snapshot.json': '{ "dialect": "mysql" }',
      },
      ['migrations drizzle migrations mysql 2'],
    ],
    ['a journal without a migration', { 'drizzle/meta/_journal.json': '{"dialect": "mysql", "entries": []}' }, []],
    [
      'steps in one file, each under its number',
      {
        'src/db/migrations.ts':
          "import type { Kysely } from 'kysely';\nexport const steps = {\n  '001': { async up(db: Kysely<unknown>) {} },\n  '002-notes': {\n    async up(db: Kysely<unknown>) {},\n  },\n};\n",
      },
      ['src/db/migrations.ts kysely migrations - 2'],
    ],
    [
      'steps over a document store',
      { 'src/migrations/0001-titles.ts': "import type { Db } from 'mongodb';\nexport const up = (db: Db) => null;\n" },
      ['src/migrations other migrations mongodb 1'],
    ],
    [
      'steps over a document store, of which the first needs a model alone',
      {
        'src/migrations/0001-titles.ts':
          "import { Note } from '../note.js';\nexport const up = () => Note.updateMany({}, { title: '' });\n",
        'src/migrations/0002-split.ts':
          "import mongoose from 'mongoose';\nexport const up = () => mongoose.connection.db.collection('notes');\n",
      },
      ['src/migrations mongoose migrations mongodb 2'],
    ],
    [
      'TypeORM',
      {
        'src/user.ts': "import { Entity } from 'typeorm';\n@Entity({ name: 'u' })\nexport class User {}\n",
        'src/data-source.ts':
          "import { DataSource } from 'typeorm';\nexport default new DataSource({ type: 'postgres' });\n",
        'src/migrations/1700000000000-Init.ts': "import { MigrationInterface } from 'typeorm';",
        'src/migrations/index.ts': '',
      },
      [
        'src/data-source.ts typeorm config postgresql',
        'src/migrations typeorm migrations - 1',
        'src/user.ts typeorm schema - User:2',
      ],
    ],
    [
      'Mongoose: a model, not a look-up of one',
      {
        'a.js':
          "const mongoose = require('mongoose');\nconst s = new mongoose.Schema({});\nmodule.exports = mongoose.model('User', s);\n",
        'b.js': "const mongoose = require('mongoose');\nconst User = mongoose.model('User');\n",
      },
      ['a.js mongoose schema mongodb User:3'],
    ],
    [
      'Sequelize',
      { 'm.js': "const S = require('sequelize');\nsequelize.define('post', {});\n" },
      ['m.js sequelize schema - post:2'],
    ],
    [
      'plain SQL and Supabase',
      {
        'init.sql': 'CREATE TABLE IF NOT EXISTS "users" (id bigserial);\n',
        'supabase/migrations/20240101_a.sql': 'create table x();',
      },
      ['init.sql sql schema postgresql users:1', 'supabase/migrations supabase migrations postgresql 1'],
    ],
    [
      'up and down files as one',
      { 'migrations/0001_a.up.sql': '', 'migrations/0001_a.down.sql': '' },
      ['migrations sql migrations - 1'],
    ],
    ['nothing in tests', { 'src/user.test.ts': "import { Entity } from 'typeorm';\n@Entity()\nclass A {}" }, []],
  ];
  it.each(cases)('%s', (_, files, expected) => expect(shown(files)).toEqual(expected));

  it('names the variables a schema reads', () => {
    const [fact] = dataSchemas.analyze(openMemory({ 'a.prisma': 'datasource db {\n  url = env("DB_URL")\n}\n' }), none);
    expect(fact!.env).toEqual([{ name: 'DB_URL', line: 2 }]);
  });
});

describe('pages and web app manifests', () => {
  it('reads scripts and links, and nothing that is commented out', () => {
    const html =
      '<!doctype html>\n<!-- <link rel="manifest" href="/old.json"> -->\n<link href="/m.json"\n  rel=manifest>\n<script type="module" src="/src/main.tsx"></script>\n<script>\nnavigator.serviceWorker.register("/sw.js")</script>\n';
    const pug = 'doctype html\nhtml\n  head\n    link(rel="icon", href="/i.png")\n';
    const [page, template] = pages.analyze(
      openMemory({ 'index.html': html, 'views/l.pug': pug, 'a.component.html': '<div/>' }),
      none,
    );
    expect(page).toMatchObject({
      scripts: [{ src: '/src/main.tsx', line: 5 }],
      links: [{ rel: 'manifest', href: '/m.json', line: 3 }],
      inline: [{ line: 6, module: false }],
    });
    expect(template!.links).toEqual([{ rel: 'icon', href: '/i.png', line: 4 }]);
  });

  it('says which icons are there', () => {
    const manifest = JSON.stringify({
      name: '',
      short_name: 'S',
      start_url: '/',
      icons: [
        { src: '/a.png', sizes: '192x192' },
        { src: 'b.png', sizes: '512x512' },
      ],
    });
    const [fact] = webManifests.analyze(
      openMemory({ 'web/public/manifest.json': manifest, 'web/public/a.png': 'x' }),
      none,
    );
    expect(fact).toMatchObject({ name: 'S', startUrl: '/', icons: [{ exists: true }, { exists: false }] });
  });

  it('leaves the manifests of extensions and build tools alone', () => {
    const files = {
      'public/manifest.json': '{"manifest_version": 3, "icons": {}}',
      '.next/static/manifest.json': '{"pages": {}}',
    };
    expect(webManifests.analyze(openMemory(files), none)).toEqual([]);
  });

  it('reads the manifest route of Next.js', () => {
    const code =
      "export default function manifest(): MetadataRoute.Manifest {\n  return {\n    name: 'N', start_url: '/',\n    icons: [{ src: '/icon.png', sizes: '192x192' }],\n  };\n}\n";
    const [fact] = webManifests.analyze(
      openMemory({ 'apps/w/src/app/manifest.ts': code, 'apps/w/public/icon.png': 'x' }),
      none,
    );
    expect(fact).toEqual({
      path: 'apps/w/src/app/manifest.ts',
      name: 'N',
      startUrl: '/',
      icons: [{ src: '/icon.png', sizes: '192x192', exists: true }],
      line: 3,
    });
  });
});

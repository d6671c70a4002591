import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatNames } from '../../src/cli/formats.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { shop, type World, world } from './policy-world.ts';

const files = (): Record<string, string> => ({
  ...shop({ alpha: {}, beta: {} }),
  '.env.example': 'PORT=3000\n',
  'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
});

describe('an answer that was kept', () => {
  let at: World;
  beforeAll(async () => {
    at = world(files(), { XDG_CACHE_HOME: temporaryFolder('cache') });
    at.git('init', '-q');
    at.commit('first');
    await at.run('audit', '.');
  });
  /** What a run says with the cache; it has to be what one without it says. */
  async function said(...args: string[]): Promise<string> {
    const told = (await at.run('audit', '.', ...args)).out;
    expect(told).toBe((await at.run('audit', '.', ...args, '--no-cache')).out);
    return told;
  }
  const json = (...args: string[]) => said('--format', 'json', ...args);

  it.each([...formatNames])('is the same to the byte as %s', async (format) => {
    await said('--format', format);
  });

  // Each changes the answer, so that one kept from before it would be seen.
  const changes: [string, Record<string, string | null>][] = [
    [
      'a source file',
      { 'apps/api/index.js': "import express from 'express';\nexpress().listen(3000)\n\n;console.log(1)\n" },
    ],
    ['a file that no manifest names', { 'apps/api/Dockerfile': 'FROM node:22\n' }],
    ['what is ignored', { 'apps/web/.gitignore': 'index.js\n', 'apps/web/index.js': null }],
    ['a variable', { '.env': 'STRIPE_SECRET_KEY=sk_live_51Hq8ZKLmNoPqRsTuVwXyZ012345\n' }],
    [
      'a rule of the repository',
      { '.readiness/rules/alpha.yaml': shop({ alpha: { severity: 'minor' } })['.readiness/rules/alpha.yaml']! },
    ],
    ['a setting', { 'readiness.config.yaml': 'rules: { own/beta: { off: not here } }\n' }],
    ['the owners', { CODEOWNERS: '* @shop\n' }],
    ['the baseline', { '.readiness/baseline.yaml': 'own/alpha apps/api: missing\n' }],
    ['a lockfile', { 'package-lock.json': null }],
  ];
  it.each(changes)('does not outlive %s', async (_, changed) => {
    const before = await json();
    at.write(changed);
    expect(await json()).not.toBe(before);
  });

  it('does not outlive a commit, nor what git tracks', async () => {
    const before = await json();
    at.git('add', '-f', '.env');
    const tracked = await json();
    expect(tracked).not.toBe(before);
    at.commit('second', '2027-03-01T00:00:00Z');
    expect(await json()).not.toBe(tracked);
  });

  it.each([
    [['--ignore', 'apps/web/**']],
    [['--scoring-version', '1', '--min-score', '100']],
    [['--config', 'other.yaml']],
    [['--policy-from', 'HEAD~1']],
    [['--as-of', '2031-01-01']],
  ])('is not taken for an answer to %s', async (args) => {
    at.write({
      'other.yaml': 'accepted: [{ rule: own/alpha, reason: so be it, owner: a, expires: 2030-01-01 }]\n',
      'readiness.config.yaml':
        'accepted: [{ rule: own/alpha, component: apps/api, reason: so be it, owner: a, expires: 2030-01-01 }]\n',
    });
    expect(await json(...args)).not.toBe(await json());
  });

  it('knows of the files of its own folder only', async () => {
    const inner = join(at.root, 'apps/api');
    const run = async (...args: string[]) => (await at.run('audit', inner, '--format', 'json', ...args)).out;
    const before = await run();
    writeFileSync(join(at.root, 'package-lock.json'), '{ "lockfileVersion": 2 }');
    expect(await run()).toBe(await run('--no-cache'));
    expect(await run()).toBe(before);
  });
});

describe('a process that finds its answer kept', () => {
  it('starts without the analyzers', () => {
    const root = temporaryFolder('kept');
    const cache = temporaryFolder('cache');
    mkdirSync(join(root, 'src'));
    writeFileSync(join(root, 'package.json'), '{ "name": "a", "dependencies": { "express": "5" } }');
    writeFileSync(join(root, 'src/index.js'), "require('express')().listen(1)");
    const record = join(cache, 'loads.txt');
    const run = () =>
      execFileSync(
        process.execPath,
        ['--import', 'tsx', '--import', './test/cli/record-loads.mjs', 'test/cli/launch.ts', 'audit', root],
        { env: { PATH: process.env.PATH, XDG_CACHE_HOME: cache, RECORD_LOADS: record }, encoding: 'utf8' },
      );
    const first = run();
    const heavy = /node_modules\/(?:ts-morph|oxc-parser)\/|src\/(?:analyzers|wiring)\//;
    expect(readFileSync(record, 'utf8')).toMatch(heavy);
    writeFileSync(record, '');
    expect(run()).toBe(first);
    expect(readFileSync(record, 'utf8')).not.toMatch(heavy);
  });
});

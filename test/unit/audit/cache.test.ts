import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import sources from '../../../src/analyzers/sources.ts';
import { openFactCache } from '../../../src/audit/cache/facts.ts';
import { audit } from '../../../src/audit/index.ts';
import { openDirectory } from '../../../src/repository/index.ts';

let world: string;
let root: string;
let env: Record<string, string>;
beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), 'facts-'));
  root = join(world, 'target');
  env = { XDG_CACHE_HOME: join(world, 'cache') };
  write(
    'package.json',
    '{ "name": "api", "scripts": { "start": "node server.js" }, "dependencies": { "express": "5" } }',
  );
  write(
    'server.js',
    "const express = require('express');\nconst app = express();\napp.listen(process.env.PORT ?? 3000);\n",
  );
  write('broken.ts', 'export const x = {{{\n');
  write('odd.ts', "process.on('x', () => {});\nexport const far = [1e999, 'Zürich \\u2028 \\ud800', '__proto__'];\n");
});
afterEach(() => rmSync(world, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, path), text);
}
const open = () => openFactCache(root, env)!;
const folder = () => join(world, 'cache', 'readiness-audit', 'facts');
const packs = () => readdirSync(folder());

/** The facts with what was counted as read anew. */
function read(cache = open()) {
  const failures: unknown[] = [];
  let anew = 0;
  const kept = {
    get: cache.get,
    keep(key: string, value: unknown) {
      anew++;
      cache.keep(key, value);
    },
  };
  const facts = sources.analyze(openDirectory(root), (failure) => failures.push(failure), kept);
  cache.save();
  return { facts: JSON.stringify([facts, failures]), anew };
}
const plain = () => {
  const failures: unknown[] = [];
  const facts = sources.analyze(openDirectory(root), (failure) => failures.push(failure));
  return JSON.stringify([facts, failures]);
};

describe('facts that were kept', () => {
  it('are the facts that would be read', () => {
    expect(read()).toEqual({ facts: plain(), anew: 3 });
    expect(read()).toEqual({ facts: plain(), anew: 0 });
  });

  it('give the same report', async () => {
    const report = async (cache = open()) =>
      JSON.stringify((await audit(openDirectory(root), { cache, ownRules: null })).report);
    const without = JSON.stringify((await audit(openDirectory(root), { ownRules: null })).report);
    expect(await report()).toBe(without);
    expect(await report()).toBe(without);
  });

  it('count for the same text at the same path only', () => {
    read();
    write('server.js', 'module.exports = 1;\n');
    write('copy.ts', readFileSync(join(root, 'odd.ts'), 'utf8'));
    expect(read()).toEqual({ facts: plain(), anew: 2 });
  });

  it('are written to a folder of the user, one file a target, nothing left beside it', () => {
    read();
    write('new.ts', 'export const a = 1;\n');
    read();
    expect(packs()).toHaveLength(1);
    expect(readdirSync(root).sort()).toEqual(['broken.ts', 'new.ts', 'odd.ts', 'package.json', 'server.js']);
  });

  it('are written anew only where the next run would find others', () => {
    const state = () => statSync(join(folder(), packs()[0]!));
    read();
    const first = state();
    read();
    expect(state().ino).toBe(first.ino);
    rmSync(join(root, 'odd.ts'));
    read();
    expect(state().size).toBeLessThan(first.size);
  });

  it('are those of this target, by whatever way it is named', () => {
    read();
    symlinkSync(root, join(world, 'link'));
    const anew = (cache: ReturnType<typeof open>) => {
      sources.analyze(openDirectory(root), () => {}, cache);
      cache.save();
      return packs().length;
    };
    expect(anew(openFactCache(join(world, 'link'), env)!)).toBe(1);
    mkdirSync(join(world, 'other'));
    writeFileSync(join(world, 'other', 'a.js'), 'f();');
    expect(anew(openFactCache(join(world, 'other'), env)!)).toBe(2);
  });
});

describe('a cache that cannot be trusted is as good as none', () => {
  const damages: [string, (bytes: Buffer) => Buffer | string][] = [
    ['cut short', (bytes) => bytes.subarray(0, bytes.length - 20)],
    ['empty', () => ''],
    ['something else', () => 'readiness pack\n{}\n'],
    ['changed in one place', (bytes) => bytes.toString('latin1').replace('express', 'koa-koa')],
    ['of other analyzers', (bytes) => bytes.toString('latin1').replace(/pack \w{64}/, `pack ${'0'.repeat(64)}`)],
  ];
  it.each(damages)('%s', (_, damage) => {
    read();
    const pack = join(folder(), packs()[0]!);
    writeFileSync(pack, damage(readFileSync(pack)));
    expect(read()).toEqual({ facts: plain(), anew: 3 });
    expect(read().anew).toBe(0);
  });

  it('a folder that cannot be written', () => {
    writeFileSync(join(world, 'cache'), 'a file stands here');
    expect(read()).toEqual({ facts: plain(), anew: 3 });
  });
});

describe('the folder that the platform wants', () => {
  const places: [string, () => Record<string, string>, string][] = [
    ['the one that is named', () => ({ XDG_CACHE_HOME: join(world, 'x'), HOME: join(world, 'home') }), 'x'],
    ['that of Windows', () => ({ LOCALAPPDATA: join(world, 'local'), HOME: join(world, 'home') }), 'local'],
    ['below the home', () => ({ HOME: join(world, 'home') }), 'home/.cache'],
    ['below the home where an empty one is named', () => ({ XDG_CACHE_HOME: '', HOME: join(world, 'h') }), 'h/.cache'],
    ['beside the target', () => ({ XDG_CACHE_HOME: `${root}-cache` }), 'target-cache'],
    ['above the target', () => ({ XDG_CACHE_HOME: world }), ''],
  ];
  it.each(places)('%s', (_, named, place) => {
    read(openFactCache(root, named())!);
    expect(readdirSync(join(world, place, 'readiness-audit', 'facts'))).toHaveLength(1);
  });
});

describe('no cache is opened', () => {
  const throughLink = () => {
    mkdirSync(join(root, 'inner'));
    symlinkSync(join(root, 'inner'), join(world, 'way'));
    return openFactCache(root, { XDG_CACHE_HOME: join(world, 'way') });
  };
  it.each([
    ['inside the target', () => openFactCache(root, { XDG_CACHE_HOME: join(root, 'cache') })],
    ['in the target itself', () => openFactCache(root, { XDG_CACHE_HOME: root })],
    ['inside the target by a link', throughLink],
    ['where the user has no folder', () => openFactCache(root, {})],
    ['in a relative folder', () => openFactCache(root, { XDG_CACHE_HOME: 'cache' })],
    ['for a tree that lies nowhere on disk', () => openFactCache(null, env)],
  ])('%s', (_, opened) => expect(opened()).toBeNull());
});

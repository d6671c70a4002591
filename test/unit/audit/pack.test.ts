import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readPack, writePack } from '../../../src/audit/cache/pack.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = join(temporaryFolder('pack'), 'kept');
  file = join(folder, 'target.pack');
});

const write = (values: Record<string, string | Uint8Array>, version = 'v1', to = file) =>
  writePack(to, version, new Map(Object.entries(values)));
const read = (version = 'v1', from = file) =>
  Object.fromEntries([...readPack(from, version)].map(([key, value]) => [key, Buffer.from(value).toString()]));

describe('a pack gives back what was put into it', () => {
  it.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['one value', { a1: '{"x":1}' }],
    ['several, in their order', { b2: '[1]', a1: '{"x":[true,null]}', c3: '"last"' }],
    ['an empty value', { a1: '', b2: '""' }],
    ['words apart', { a1: '{"text":"two words, and more"}' }],
    ['letters beyond ASCII', { a1: '"Zürich 東京 \\ud800"', b2: '2' }],
    ['a long value', { a1: JSON.stringify('x'.repeat(200_000)), b2: '2' }],
  ])('%s', (_, values) => {
    write(values);
    expect(read()).toEqual(values);
    expect(Object.keys(read())).toEqual(Object.keys(values));
  });

  it('as text or as the bytes that were read', () => {
    write({ a1: '"ü"', b2: Buffer.from('[2]') });
    writePack(file, 'v1', new Map<string, Uint8Array | string>([...readPack(file, 'v1'), ['c3', '3']]));
    expect(read()).toEqual({ a1: '"ü"', b2: '[2]', c3: '3' });
  });

  it('as it was written last', () => {
    write({ a1: '1', b2: '2' });
    write({ a1: '3' });
    expect(read()).toEqual({ a1: '3' });
  });
});

describe('a pack that is not as it was written is empty', () => {
  const lines = () => readFileSync(file, 'utf8').split('\n');
  it.each<[string, () => void]>([
    ['there is none', () => write({ a1: '1' }, 'v1', join(folder, 'other.pack'))],
    ['a folder stands there', () => mkdirSync(file, { recursive: true })],
    ['nothing is in it', () => writeFileSync(file, '')],
    ['its first line alone', () => writeFileSync(file, lines()[0]!)],
    ['its first line and nothing else', () => writeFileSync(file, `${lines()[0]}\n`)],
    ['without its first line', () => writeFileSync(file, lines().slice(1).join('\n'))],
    ['without its last line', () => writeFileSync(file, `${lines().slice(0, 2).join('\n')}\n`)],
    ['without its last byte', () => writeFileSync(file, readFileSync(file).subarray(0, -1))],
    ['with a line more', () => writeFileSync(file, `${readFileSync(file, 'utf8')}c3 3\n`)],
    ['with one byte changed', () => writeFileSync(file, readFileSync(file, 'utf8').replace('b2 2', 'b2 3'))],
    ['with one byte of a key changed', () => writeFileSync(file, readFileSync(file, 'utf8').replace('b2 2', 'b3 2'))],
    ['with its lines in another order', () => writeFileSync(file, [0, 2, 1, 3].map((i) => lines()[i]).join('\n'))],
    ['under another version', () => write({ a1: '1', b2: '2' }, 'v2')],
    ['under a longer version', () => write({ a1: '1', b2: '2' }, 'v11')],
    ['of another program', () => writeFileSync(file, readFileSync(file, 'utf8').replace('readiness', 'otherness'))],
  ])('%s', (name, damage) => {
    if (!/^(?:there is|a folder)/.test(name)) {
      write({ a1: '1', b2: '2' });
      expect(read()).toEqual({ a1: '1', b2: '2' });
    }
    damage();
    expect(read()).toEqual({});
  });
});

describe('where packs lie', () => {
  it('they are for their user alone, with nothing left beside them', () => {
    write({ a1: '1' });
    write({ a1: '2' });
    expect(readdirSync(folder)).toEqual(['target.pack']);
    expect([statSync(file).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it('nothing is left of one that could not be put there', () => {
    mkdirSync(file, { recursive: true });
    write({ a1: '1' });
    expect(readdirSync(folder)).toEqual(['target.pack']);
  });

  it('one that takes longer to write than it saves is not written, and the old one stays', () => {
    write({ a1: '1' });
    write({ a1: new Uint8Array(256 * 1024 * 1024 - 3), b2: '' });
    expect(read()).toEqual({ a1: '1' });
  });

  /** A pack of an earlier day, `megabytes` large (without taking room on the disk). */
  const older = (name: string, days: number, megabytes: number) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), '');
    truncateSync(join(folder, name), megabytes * 1024 * 1024);
    const time = Date.now() / 1000 - days * 86_400;
    utimesSync(join(folder, name), time, time);
  };
  const left = () => readdirSync(folder).sort();

  it('those of 24 targets are remembered, the last ones', () => {
    for (let day = 1; day <= 26; day++) older(`day-${day}`, day, 0);
    write({ a1: '1' });
    const kept = Array.from({ length: 23 }, (_, i) => `day-${i + 1}`);
    expect(left()).toEqual([...kept, 'target.pack'].sort());
  });

  it.each<[string, [string, number, number][], string[]]>([
    [
      'all that fit',
      [
        ['a', 1, 500],
        ['b', 2, 500],
      ],
      ['a', 'b', 'target.pack'],
    ],
    [
      'the last that fit',
      [
        ['a', 2, 600],
        ['b', 1, 600],
      ],
      ['b', 'target.pack'],
    ],
    [
      'none where the last of them is too large',
      [
        ['a', 1, 1100],
        ['b', 2, 1],
      ],
      ['target.pack'],
    ],
  ])('together they take a gigabyte: %s', (_, packs, expected) => {
    for (const [name, days, megabytes] of packs) older(name, days, megabytes);
    write({ a1: '1' });
    expect(left()).toEqual(expected);
  });

  it('a folder among them is left alone', () => {
    for (let day = 1; day <= 25; day++) older(`day-${day}`, day, 0);
    mkdirSync(join(folder, 'inner'));
    utimesSync(join(folder, 'inner'), 1, 1);
    write({ a1: '1' });
    expect([left().length, left().includes('inner'), read()]).toEqual([25, true, { a1: '1' }]);
  });
});

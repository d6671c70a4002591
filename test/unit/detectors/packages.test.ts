import { describe, expect, it } from 'vitest';
import {
  describePackages,
  matchesMember,
  matchesOrigin,
  matchesPackage,
  mentionsPackage,
  namesPackages,
  packageOf,
  packagesIn,
  wantedOf,
  wantedPackages,
} from '../../../src/detectors/shared/packages.ts';
import type { Origin, ValueFact } from '../../../src/model/facts/index.ts';
import type { CapabilityPackage, Knowledge } from '../../../src/model/knowledge.ts';

const one = (name: string, members: string[] = [], tags: string[] = []): CapabilityPackage => ({
  package: name,
  members,
  sideEffect: false,
  tags,
});
const knowledge: Knowledge = {
  capabilities: new Map([
    [
      'limiter',
      [
        one('express-rate-limit', ['default', 'rateLimit'], ['express']),
        one('@nestjs/throttler', ['ThrottlerGuard'], ['nest', 'guard']),
      ],
    ],
    ['headers', [one('helmet', ['default'], ['express'])]],
  ]),
  frameworks: new Map(),
  defaults: [],
};
const names = (list: readonly CapabilityPackage[]) => list.map((each) => each.package);

it.each<[specifier: string, name: string, boolean]>([
  ['express', 'express', true],
  ['express/lib/router', 'express', true],
  ['express-session', 'express', false],
  ['expres', 'express', false],
  ['my-express', 'express', false],
  ['@sentry/node', '@sentry/*', true],
  ['@sentry', '@sentry/*', false],
  ['@sentryx/node', '@sentry/*', false],
  ['prisma-client', 'prisma*', true],
  ['prisma', 'prisma*', true],
  ['my-prisma', 'prisma*', false],
  ['a*b', 'a*b', true],
])('%s is of %s: %s', (specifier, name, expected) => expect(matchesPackage(specifier, name)).toBe(expected));

describe('what is asked for', () => {
  it.each<[options: object, string[]]>([
    [{ packages: ['a', 'b'] }, ['a', 'b']],
    [{ capability: 'limiter' }, ['express-rate-limit', '@nestjs/throttler']],
    [{ capability: ['limiter', 'headers'] }, ['express-rate-limit', '@nestjs/throttler', 'helmet']],
    [{ capability: 'none' }, []],
    [{ capability: 'limiter', tags: ['express'] }, ['express-rate-limit']],
    [{ capability: 'limiter', tags: ['nest', 'guard'] }, ['@nestjs/throttler']],
    [{ capability: 'limiter', tags: ['express', 'guard'] }, []],
    [{ packages: ['a'], capability: 'headers', tags: ['nest'] }, ['a']],
    [{}, []],
  ])('%j', (options, expected) => {
    expect(names(wantedPackages(knowledge, options))).toEqual(expected);
    expect(wantedPackages(knowledge, options)).toBe(wantedPackages(knowledge, options));
  });
  it('takes any member of a package that is named', () => {
    expect(wantedPackages(knowledge, { packages: ['a'] })).toEqual([one('a')]);
  });
  it('is of one knowledge', () => {
    const other = { ...knowledge, capabilities: new Map([['headers', [one('koa-helmet')]]]) };
    expect(names(wantedPackages(other, { capability: 'headers' }))).toEqual(['koa-helmet']);
    expect(names(wantedPackages(knowledge, { capability: 'headers' }))).toEqual(['helmet']);
  });
  it('asks for a name or a capability', () => {
    expect(namesPackages({ packages: ['a'] })).toEqual([]);
    expect(namesPackages({ capability: 'a' })).toEqual([]);
    expect(namesPackages({ tags: ['a'] })).toEqual([{ path: [], message: 'name "packages" or a "capability"' }]);
  });
  it.each<[options: object, wanted: string[], string]>([
    [{ packages: ['a', 'b'] }, ['a', 'b'], 'a, b'],
    [{}, ['a', 'a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
    [{}, ['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d, e, …'],
    [{ capability: 'limiter' }, ['a'], 'limiter (a)'],
    [{ capability: ['limiter', 'headers'] }, ['a'], 'limiter or headers (a)'],
    [{ capability: 'limiter', tags: [] }, ['a'], 'limiter (a)'],
    [{ capability: 'limiter', tags: ['express', 'nest'] }, ['a'], 'limiter for express, nest (a)'],
  ])('%j of %j in words: %s', (options, wanted, expected) =>
    expect(
      describePackages(
        options,
        wanted.map((name) => one(name)),
      ),
    ).toBe(expected),
  );
  it('is found by the specifier', () => {
    const wanted = [one('express'), one('express', ['Router']), one('@sentry/*'), one('helmet')];
    expect(wantedOf('express/lib', wanted)).toEqual([wanted[0], wanted[1]]);
    expect(wantedOf('@sentry/node', wanted)).toEqual([wanted[2]]);
    expect(wantedOf('koa', wanted)).toEqual([]);
    expect(names(wantedOf('koa', [one('koa')]))).toEqual(['koa']);
    expect(wantedOf('express/lib', wanted)).toBe(wantedOf('express/lib', wanted));
  });
});

it.each<[member: string, members: string[], boolean]>([
  ['default', [], true],
  ['default', ['default'], true],
  ['default', ['rateLimit'], false],
  ['default.rateLimit', ['rateLimit'], true],
  ['Redis.Cluster', ['Redis.Cluster'], true],
  ['Redis.Cluster', ['Redis'], false],
  ['Redis.Cluster', ['other', 'Cluster'], true],
  ['a.b.c', ['b.c'], false],
  ['RedisCluster', ['Cluster'], false],
])('%s is one of %j: %s', (member, members, expected) => expect(matchesMember(member, members)).toBe(expected));

const from = (name: string, member = 'default'): Origin => ({ from: 'package', package: name, member });
const made = (of: Origin, member: string): Origin => ({ from: 'result', of, member });
const own: Origin = { from: 'module', specifier: './a', name: 'a', member: '' };

it.each<[origin: Origin | null, found: object | null]>([
  [null, null],
  [own, null],
  [{ from: 'global', name: 'fetch' }, null],
  [from('express'), { package: 'express', member: 'default', made: false }],
  [made(from('express'), 'get'), { package: 'express', member: 'get', made: true }],
  [made(made(from('express'), 'route'), 'get'), { package: 'express', member: 'get', made: true }],
  [made(own, 'get'), null],
])('%j comes from %j', (origin, found) => expect(packageOf(origin)).toEqual(found));

it.each<[origin: Origin | null, wanted: CapabilityPackage[], members: string[] | undefined, boolean]>([
  [from('helmet'), [one('helmet')], undefined, true],
  [from('helmet'), [one('helmet', ['default'])], undefined, true],
  [from('helmet', 'hsts'), [one('helmet', ['default'])], undefined, false],
  [from('helmet', 'hsts'), [one('helmet', ['default'])], ['hsts'], true],
  [from('helmet', 'hsts'), [one('helmet', ['hsts'])], ['default'], false],
  [from('helmet'), [one('koa-helmet'), one('helmet')], undefined, true],
  [from('helmet', 'hsts'), [one('helmet', ['default']), one('helmet', ['hsts'])], undefined, true],
  [from('koa'), [one('helmet')], undefined, false],
  [own, [one('helmet')], undefined, false],
  [null, [one('helmet')], undefined, false],
])('%j is of %j %j: %s', (origin, wanted, members, expected) =>
  expect(matchesOrigin(origin, wanted, members)).toBe(expected),
);

const ref = (origin: Origin | null): ValueFact => ({ kind: 'ref', path: 'a', origin });
const call = (origin: Origin | null, ...args: ValueFact[]): ValueFact => ({
  kind: 'call',
  callee: 'a',
  origin,
  args,
  start: 0,
});
const text: ValueFact = { kind: 'string', value: 'helmet' };
const object = (...items: ValueFact[]): ValueFact => ({
  kind: 'object',
  props: Object.fromEntries(items.map((item, i) => [`p${i}`, item])),
  spread: false,
});
const list = (...items: ValueFact[]): ValueFact => ({ kind: 'array', items });
const choice = (...of: ValueFact[]): ValueFact => ({ kind: 'choice', of });
const env = (fallback: ValueFact | null): ValueFact => ({ kind: 'env', name: 'A', fallback });

it.each<[what: string, value: ValueFact, packages: string[]]>([
  ['a text', text, []],
  ['a name', ref(from('helmet')), ['helmet']],
  ['a name of ours', ref(own), []],
  ['a name of nothing', ref(null), []],
  ['a call', call(from('helmet')), ['helmet']],
  ['a call with another inside', call(from('helmet'), call(from('csp'))), ['helmet', 'csp']],
  ['a call of ours with another inside', call(own, text, ref(from('csp'))), ['csp']],
  ['an object', object(text, ref(from('a')), call(from('b'))), ['a', 'b']],
  ['a list', list(ref(from('a')), object(ref(from('b')))), ['a', 'b']],
  ['a choice', choice(ref(from('a')), ref(from('b'))), ['a', 'b']],
  ['a variable', env(null), []],
  ['a variable with a stand-in', env(call(from('a'))), ['a']],
  ['a template', { kind: 'template', parts: ['a'] }, []],
  ['a function', { kind: 'function', index: 0 }, []],
  ['nothing inside', object(list(), choice()), []],
])('%s', (_, value, packages) => {
  expect(packagesIn(value).map((found) => found.package)).toEqual(packages);
  for (const name of packages) expect(mentionsPackage(value, [one(name)])).toBe(true);
  expect(mentionsPackage(value, [one('none')])).toBe(false);
});

it('mentions a package by the members that are asked', () => {
  const value = object(ref(from('helmet', 'hsts')), text);
  expect(mentionsPackage(value, [one('helmet', ['default'])])).toBe(false);
  expect(mentionsPackage(value, [one('helmet', ['hsts'])])).toBe(true);
  expect(mentionsPackage(value, [one('helmet', ['default'])], ['hsts'])).toBe(true);
  expect(mentionsPackage(value, [one('koa'), one('helmet')])).toBe(true);
  expect(mentionsPackage(object(ref(from('koa')), ref(from('helmet'))), [one('helmet')])).toBe(true);
});

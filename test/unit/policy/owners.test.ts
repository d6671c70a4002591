import { describe, expect, it } from 'vitest';
import { parseOwners, readOwners, routeOwners } from '../../../src/policy/owners.ts';
import { openMemory } from '../../../src/repository/index.ts';
import { sketch } from './reports.ts';

describe('CODEOWNERS', () => {
  it.each([
    ['* @all', 'apps/api/x.ts', ['@all']],
    ['* @all\napps/api/ @api', 'apps/api/src/x.ts', ['@api']],
    ['apps/api/ @api\n* @all', 'apps/api/x.ts', ['@all']],
    ['/apps @a @b', 'apps/x/y.ts', ['@a', '@b']],
    ['apps/ @a', 'nested/apps/y.ts', ['@a']],
    ['/apps/ @a', 'nested/apps/y.ts', []],
    ['apps/api @a', 'nested/apps/api/y.ts', []],
    ['*.js @js', 'deep/down/a.js', ['@js']],
    ['docs/* @docs', 'docs/a.md', ['@docs']],
    ['docs/* @docs', 'docs/deep/a.md', []],
    ['**/logs @logs', 'build/logs/a.txt', ['@logs']],
    ['/apps/** @a', 'apps/x/y/z.ts', ['@a']],
    ['* @all\n/vendor/', 'vendor/a.ts', []],
    ['# comment\n\n* @all # trailing', 'a.ts', ['@all']],
    ['a\\ b/ @space', 'a b/c.ts', ['@space']],
    ['* team@example.com', 'a.ts', ['team@example.com']],
    ['[Back end] @be\napi/\n[Docs][2] @docs\n*.md', 'api/a.md', ['@be', '@docs']],
    [`* @all\n${'*a'.repeat(40)}b @slow`, 'a'.repeat(200), ['@all']],
    ['^[Optional]\n* @opt', 'a.ts', ['@opt']],
  ])('%j gives %s to %j', (text, path, owners) => {
    expect(parseOwners(text)(path)).toEqual(owners);
  });

  it('is looked for where hosts look, or where the config says', () => {
    const view = openMemory({ CODEOWNERS: '* @root', '.github/CODEOWNERS': '* @github', 'ops/OWNERS': '* @ops' });
    expect(readOwners(view, null)('a')).toEqual(['@github']);
    expect(readOwners(view, 'ops/OWNERS')('a')).toEqual(['@ops']);
    expect(readOwners(openMemory({}), null)('a')).toEqual([]);
  });

  it('routes gaps to the owners of their component, and what has none to nobody', () => {
    const report = sketch({
      'a/b': { is: { 'apps/api': 'missing', 'apps/web': 'partial', lib: 'missing' } },
      'a/ok': { is: { 'apps/api': 'ready' } },
      'delivery/ci': { is: 'partial', evidence: [{ file: '.github/workflows/ci.yml', note: 'no tests' }] },
      'delivery/cd': { is: 'missing' },
    });
    const owners = parseOwners('*.json @deps\n/apps/api/ @api\n/apps/web/ @web\n/.github/ @ops');
    const routed = routeOwners(report, owners, { 'apps/web': ['@front'] });
    const of = (id: string) => routed.rules.find((rule) => rule.id === id)!;
    expect(of('a/b').owners).toEqual(['@api', '@front']);
    expect(of('a/b').components.map((c) => c.owners)).toEqual([['@api'], ['@front'], undefined]);
    expect(of('a/ok').owners).toEqual([]);
    expect(of('delivery/ci').owners).toEqual(['@ops']);
    expect(of('delivery/cd').owners).toEqual([]);
  });
});

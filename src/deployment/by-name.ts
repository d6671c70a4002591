import type { ComponentRoot } from '../model/component.ts';
import { baseOf } from '../model/paths.ts';
import { endsWithTokens, nameTokens } from './places.ts';

/** Image and service names against component names, word by word; the longest name that fits wins. */
export function byName(roots: readonly ComponentRoot[], names: readonly string[], exactOnly = false): string | null {
  for (const name of names) {
    const tokens = nameTokens(name);
    let found: { roots: ComponentRoot[]; length: number; exact: boolean } | null = null;
    for (const root of roots) {
      for (const own of [nameTokens(root.name), nameTokens(baseOf(root.path))]) {
        if (own.length === 0 || (root.path === '.' && own[0] === '.')) continue;
        // Where one of them is written as a single word, the letters decide: `opensignserver` is `OpenSignServer`.
        const exact =
          (own.length === tokens.length && endsWithTokens(tokens, own)) ||
          ((own.length === 1 || tokens.length === 1) && own.join('') === tokens.join(''));
        if (!exact && (exactOnly || !endsWithTokens(tokens, own))) continue;
        const better =
          found === null || (exact && !found.exact) || (exact === found.exact && own.length > found.length);
        if (better) found = { roots: [root], length: own.length, exact };
        else if (found && !found.roots.includes(root) && exact === found.exact && own.length === found.length)
          found.roots.push(root);
      }
    }
    const only = found ? onlyOne(found.roots, tokens.length) : null;
    if (only !== null) return only;
  }
  return null;
}

/**
 * The one that bears a name; of several the one that has no longer name of its own (`services/api` beside `ctrl-api` in
 * `services/ctrl/api`), or does not stand among shared code (`apps/api` beside `packages/api`).
 */
function onlyOne(roots: readonly ComponentRoot[], words: number): string | null {
  if (roots.length === 1) return roots[0]!.path;
  const plain = roots.filter(({ name }) => nameTokens(name).length <= words);
  if (plain.length === 1) return plain[0]!.path;
  const apart = (plain.length > 0 ? plain : roots).filter(({ path }) => !sharedCode.test(path));
  return apart.length === 1 ? apart[0]!.path : null;
}

const sharedCode = /(^|\/)(packages|libs?|internal|pkg|shared|common|modules)\//;

import type { AuditModel } from '../../../model/audit-model.ts';
import type { Component } from '../../../model/component.ts';
import { joinPath } from '../../../model/paths.ts';
import { filesOf, isAside, once } from '../scope.ts';
import type { UiFile } from './files.ts';
import { plainText } from './plain.ts';

const configs =
  /(^|\/)((vite|next|nuxt|astro|svelte|vue|webpack|rollup|craco|gatsby|quasar|rsbuild|rspack|ember-cli|config-overrides|workbox)[\w.-]*\.([cm]?[jt]s|json)|angular\.json|project\.json|workbox-config\.[cm]?js|config\/(pwa|vite)\.[jt]s|modules\/pwa\/[\w-]+\.ts|next\.config\.[\w.]+)$/;

/** What tells bundlers and frameworks how to build the component, as text without comments and without plugins that are switched off. */
export const buildConfigs = once((model, component: Component): UiFile[] =>
  [...new Set([...filesOf(model, component), ...model.wiring.of(component).reached])]
    .map((path) => ({ path, inside: model.wiring.of(component).placeOf(path) }))
    .filter(({ path, inside }) => inside !== null && configs.test(path) && !isAside(inside))
    .map(({ path, inside }) => ({
      path,
      inside: inside!,
      text: withoutSwitchedOff(plainText(model.view.text(path)), (name) => committedValue(model, component, name)),
      live: 'live' as const,
    })),
);

/** What the environment files that are committed for the build say; null where they say nothing. */
const committedValue = (model: AuditModel, component: Component, name: string): string | null =>
  ['.env.production', '.env']
    .map((file) => model.facts.envFiles.find(({ path }) => path === joinPath(component.path, file)))
    .flatMap((file) => file?.variables ?? [])
    .find((variable) => variable.name === name && !variable.commented)?.value ?? null;

/** `env.WITH_PWA === 'true' && VitePWA({ … })` where the variable is committed as something else, blanked line by line. */
const withoutSwitchedOff = (text: string, committed: (name: string) => string | null): string =>
  [...text.matchAll(/\b([A-Z][A-Z0-9_]+)(?:['"]\])?\s*={2,3}\s*(['"])(\w+)\2\s*&&\s*[\w.]+\(/g)].reduce(
    (left, match) => {
      const value = committed(match[1]!);
      if (value === null || value.replace(/^['"]|['"]$/g, '') === match[3]) return left;
      const block = blockAt(left, match.index);
      const end =
        match.index + (block === '' ? match[0].length : left.indexOf(block, match.index) - match.index + block.length);
      return left.slice(0, match.index) + left.slice(match.index, end).replace(/\S/g, ' ') + left.slice(end);
    },
    text,
  );

/** The braces that open at or after the offset, with what is in them; '' where they do not close. */
export function blockAt(text: string, from: number): string {
  const open = text.indexOf('{', from);
  if (open === -1) return '';
  let depth = 0;
  for (let at = open; at < Math.min(text.length, open + 20_000); at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return text.slice(open, at + 1);
  }
  return '';
}

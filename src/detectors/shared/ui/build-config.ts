import type { AuditModel } from '../../../model/audit-model.ts';
import type { Component } from '../../../model/component.ts';
import { relativeTo } from '../../../model/paths.ts';
import { filesOf, isAside, once } from '../scope.ts';
import type { UiFile } from './files.ts';
import { plainText } from './plain.ts';

const configs =
  /(^|\/)((vite|next|nuxt|astro|svelte|vue|webpack|rollup|craco|gatsby|quasar|rsbuild|rspack|ember-cli|config-overrides|workbox)[\w.-]*\.([cm]?[jt]s|json)|angular\.json|project\.json|workbox-config\.[cm]?js|config\/(pwa|vite)\.[jt]s|modules\/pwa\/[\w-]+\.ts|next\.config\.[\w.]+)$/;

/** What tells bundlers and frameworks how to build the component, as text without comments. */
export const buildConfigs = (model: AuditModel, component: Component): UiFile[] =>
  once(model, `build configs ${component.path}`, () =>
    filesOf(model, component)
      .filter((path) => configs.test(path) && !isAside(path, component.path))
      .map((path) => ({
        path,
        inside: relativeTo(path, component.path),
        text: plainText(model.view.read(path) ?? ''),
        live: 'live' as const,
      })),
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

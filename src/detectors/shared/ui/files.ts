import type { AuditModel } from '../../../model/audit-model.ts';
import type { Component } from '../../../model/component.ts';
import { type Evidence, lineAt, lineStartsOf } from '../../../model/evidence.ts';
import { relativeTo } from '../../../model/paths.ts';
import type { Liveness } from '../../../model/wiring.ts';
import { declaredIn } from '../manifests.ts';
import { livenessIn } from '../reach.ts';
import { filesOf, isAside, noteOf, once, ownerOf } from '../scope.ts';
import { plainText } from './plain.ts';

/** A file that renders something or stands behind what does, as text without comments. */
export interface UiFile {
  path: string;
  /** Relative to the component, or layer of Nuxt, that it belongs to. */
  inside: string;
  text: string;
  live: Liveness;
}

const readable = /\.([cm]?[jt]sx?|vue|svelte|astro|html|wasp)$/;
const templates = /\.(vue|svelte|astro|html|wasp)$|\.(component|page|view)\.[jt]s$/;
const longest = 400_000;

const elements = /<\/[\w.]*>|<[\w.]+(?:\s[^<>]*)?\/>|\bcreateElement\(/;
/** It renders something itself: a template, or code with elements in it. */
export const isView = (file: UiFile): boolean =>
  templates.test(file.path) ||
  (/\.ts$/.test(file.path) && /@Component\s*\(/.test(file.text)) ||
  (/\.([jt]sx|js)$/.test(file.path) && elements.test(file.text));

/** Own files of the component and those that it reaches in shared packages; tests, examples and declarations left out. */
export const uiFiles = once((model, component: Component): UiFile[] => {
  const wiring = model.wiring.of(component);
  const paths = new Set([...filesOf(model, component), ...wiring.reached, ...templatesOf(model, wiring.reached)]);
  const found: UiFile[] = [];
  for (const path of [...paths].sort()) {
    const inside = wiring.placeOf(path) ?? relativeTo(path, ownerOf(model, path) ?? '.');
    if (!readable.test(path) || path.endsWith('.d.ts') || isAside(inside)) continue;
    const text = model.view.read(path);
    if (text === null || text.length > longest || isMinified(text)) continue;
    found.push({
      path,
      inside,
      text: plainText(text),
      live: liveness(model, component, path),
    });
  }
  return found;
});

/** Templates of Angular components beside the classes that are reached in other projects of the workspace. */
const templatesOf = (model: AuditModel, reached: readonly string[]): string[] =>
  reached
    .filter((path) => path.endsWith('.component.ts'))
    .map((path) => path.replace(/\.ts$/, '.html'))
    .filter((path) => model.view.has(path));

/** Made by a bundler: it says nothing of how the code here is written. */
const isMinified = (text: string): boolean => text.length > 5000 && text.length / text.split('\n').length > 400;

/** Plugins that put components in scope by their name, without an import. */
const autoImporting = ['unplugin-vue-components', 'unplugin-auto-import', '@nuxt/components'].map((name) => ({
  package: name,
  members: [],
  sideEffect: false,
  tags: [],
}));

function liveness(model: AuditModel, component: Component, path: string): Liveness {
  const wiring = model.wiring.of(component);
  if (path.endsWith('.wasp')) return 'live';
  if (path.endsWith('.html')) {
    // An Angular template lives as its class does; a page by itself is served.
    const code = path.replace(/\.html$/, '.ts');
    return model.view.has(code) ? livenessIn(wiring, wiring.fileLiveness(code)) : 'live';
  }
  const live = livenessIn(wiring, wiring.fileLiveness(path));
  return live === 'dead' && path.endsWith('.vue') && autoImports(model, component) ? 'unknown' : live;
}

const autoImports = once(
  (model, component: Component): boolean => declaredIn(model, component, autoImporting).length > 0,
);

/** The first place in the file that the pattern matches, as evidence. */
export function sighted(file: UiFile, pattern: RegExp, note: string | ((match: string) => string)): Evidence | null {
  const match = pattern.exec(file.text);
  if (!match) return null;
  const line = lineAt(lineStartsOf(file.text), match.index + match[0].search(/\S|$/));
  return noteOf(
    { file: file.path, line },
    typeof note === 'string' ? note : note(match[0].trim().replace(/\s+/g, ' ')),
  );
}

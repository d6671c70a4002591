import type { AuditModel } from '../../../model/audit-model.ts';
import type { Component } from '../../../model/component.ts';
import { type Evidence, lineAt, lineStartsOf } from '../../../model/evidence.ts';
import { baseOf, dirOf } from '../../../model/paths.ts';
import { declaredIn } from '../manifests.ts';
import { wantedPackages } from '../packages.ts';
import { filesOf, isAside, noteOf, once, ownerOf } from '../scope.ts';
import { blockAt, buildConfigs } from './build-config.ts';
import { sighted, type UiFile, uiFiles } from './files.ts';

export interface AppManifest {
  at: Evidence;
  /** What leads a browser to it, or null. */
  link: Evidence | null;
  /** Which of name, start URL and icons it lacks; null where that cannot be read. */
  lacks: string[] | null;
}
interface Icon {
  src: string;
  sizes: string;
  exists: boolean;
}

/** It adds the link to the page that it builds. */
const linkers = [{ package: '@vue/cli-plugin-pwa', members: [], sideEffect: false, tags: [] }];

export const appManifestsOf = once((model, component: Component): AppManifest[] => {
  const links = linksOf(model, component);
  const files = model.facts.webManifests.filter(
    ({ path }) => ownerOf(model, path) === component.path && !isAside(path, component.path),
  );
  const linking = declaredIn(model, component, linkers)[0];
  const found = files.map((file): AppManifest => {
    const at = noteOf({ file: file.path, line: file.line }, 'web app manifest');
    const isRoute =
      /(^|\/)app\/(.*\/)?manifest\.([cm]?[jt]s|json|webmanifest)$/.test(file.path) &&
      component.frameworks.includes('next');
    const byName = links.find((link) => link.href !== null && baseOf(link.href) === baseOf(file.path));
    const any = links.find((link) => link.href === null) ?? (files.length === 1 ? links[0] : undefined);
    return {
      at,
      link: isRoute ? at : ((byName ?? any)?.at ?? linking ?? null),
      lacks: lacking(file.name, file.startUrl, file.icons),
    };
  });
  const made = fromPlugins(model, component);
  if (found.length > 0 || made.some((one) => one.link !== null)) return [...found, ...made];
  return [...made, ...links.map((link) => unfound(model, component, link)), ...declared(model, component)];
});

/** Linked, and no file of that name was read as a manifest: made by code, or not there. */
function unfound(model: AuditModel, component: Component, { at, href }: Link): AppManifest {
  const name = href === null ? null : baseOf(href);
  const served =
    name === null || filesOf(model, component).some((path) => path.includes(name)) || /\/api\/|[${]/.test(href!);
  return { at, link: at, lacks: served ? null : ['the file that is linked'] };
}

const declared = (model: AuditModel, component: Component): AppManifest[] =>
  declaredIn(model, component, wantedPackages(model.knowledge, { capability: 'web-manifest' })).map((at) => ({
    at,
    link: null,
    lacks: [],
  }));

function lacking(name: string | null, startUrl: string | null, icons: readonly Icon[]): string[] {
  const there = icons.filter((icon) => icon.exists);
  const sizes = there.flatMap(sizesOf);
  const lacks: string[] = [];
  if (!name) lacks.push('a name');
  if (!startUrl) lacks.push('a start URL');
  if (!sizes.some((size) => size >= 192 && size < 512) && !sizes.includes(Infinity))
    lacks.push('an icon of 192 pixels');
  if (!sizes.some((size) => size >= 512)) lacks.push('an icon of 512 pixels');
  if (there.length < icons.length) {
    const gone = icons.find((icon) => !icon.exists)!;
    if (lacks.some((one) => one.startsWith('an icon'))) lacks.push(`the file ${gone.src}`);
  }
  return lacks;
}

/** A drawing fits any size. */
function sizesOf({ sizes, src }: Icon): number[] {
  if (/\bany\b/i.test(sizes) || (sizes === '' && src.endsWith('.svg'))) return [Infinity];
  const stated = [...`${sizes || src}`.matchAll(/(\d{2,4})x\d{2,4}/gi)].map((match) => Number(match[1]));
  if (stated.length > 0) return stated;
  return [...src.matchAll(/(?<!\d)(192|512)(?!\d)/g)].map((match) => Number(match[1]));
}

interface Link {
  at: Evidence;
  href: string | null;
}

const inCode =
  /<link\b[^>]*\brel\s*=\s*\{?["']manifest["'][^>]*>|\brel\s*:\s*["']manifest["'][^}]*\}|<(?:VitePwaManifest|NuxtPwaManifest|PwaManifest)[\s/>]/;

function linksOf(model: AuditModel, component: Component): Link[] {
  const isOwn = (path: string) => ownerOf(model, path) === component.path && !isAside(path, component.path);
  const pages = model.facts.pages
    .filter((page) => isOwn(page.path))
    .flatMap((page) =>
      page.links
        .filter((link) => /(^|\s)manifest(\s|$)/i.test(link.rel))
        .map(
          (link): Link => ({
            at: noteOf({ file: page.path, line: link.line }, 'links the manifest'),
            href: plainHref(link.href),
          }),
        ),
    );
  const code = uiFiles(model, component)
    .filter((file) => file.live !== 'dead' && !file.path.endsWith('.html'))
    .flatMap((file) => linkIn(file, inCode) ?? nextMetadata(component, file) ?? []);
  const config = buildConfigs(model, component).flatMap((file) => linkIn(file, inCode) ?? []);
  return [...pages, ...code, ...config];
}

const plainHref = (href: string): string => href.replace(/[?#].*$/, '').replace(/^%[A-Z_]+%|^<%.*?%>/, '');

function linkIn(file: UiFile, pattern: RegExp): Link | null {
  const at = sighted(file, pattern, 'links the manifest');
  if (!at) return null;
  const match = pattern.exec(file.text)!;
  const before = file.text.slice(Math.max(0, match.index - 200), match.index);
  const href =
    /\bhref\s*[=:]\s*\{?\s*["'`]([^"'`]*)["'`]/.exec(match[0])?.[1] ??
    /\bhref\s*:\s*["'`]([^"'`]*)["'`][^{}]*$/.exec(before)?.[1] ??
    null;
  return { at, href: href === null ? null : plainHref(href) };
}

/** `export const metadata = { manifest: '/site.webmanifest' }` of a Next.js layout or page. */
function nextMetadata(component: Component, file: UiFile): Link | null {
  if (!component.frameworks.includes('next') || !/\b(?:metadata|Metadata|generateMetadata)\b/.test(file.text))
    return null;
  const pattern = /\bmanifest\s*:\s*(?:["'`]([^"'`]*)["'`]|[\w.]+\(|`)/;
  const at = sighted(file, pattern, 'links the manifest');
  return at && { at, href: pattern.exec(file.text)![1] ?? null };
}

const makers =
  /\b(?:VitePWA|SvelteKitPWA|AstroPWA|WebpackPwaManifest|PwaManifest|FaviconsWebpackPlugin)\s*\(|['"](?:@vite-pwa\/nuxt|@nuxtjs\/pwa|gatsby-plugin-manifest|astro-favicons)['"]/;

/** Manifests that a plugin writes and links, from its settings. */
function fromPlugins(model: AuditModel, component: Component): AppManifest[] {
  return buildConfigs(model, component).flatMap((config): AppManifest[] => {
    const at = sighted(config, makers, 'the plugin writes and links the manifest');
    if (!at || /\bmanifest\s*:\s*false/.test(config.text)) return [];
    const stated = /\b(?:manifest|manifestOptions)\s*:\s*\{/.exec(config.text);
    const gatsby = /gatsby-plugin-manifest/.exec(config.text);
    const from = stated ?? gatsby ?? /\b(?:WebpackPwaManifest|PwaManifest)\s*\(/.exec(config.text);
    if (!from) {
      // Settings made elsewhere cannot be read; without any, the plugin knows a name and a start URL, and no icons.
      const elsewhere = /\bmanifest\b\s*[,:}]|\w(?:PWA|Manifest)\s*\(\s*[^\s{)]/.test(config.text);
      return [
        {
          at,
          link: at,
          lacks:
            elsewhere || /\bpwaAssets\b|FaviconsWebpackPlugin/.test(config.text)
              ? elsewhere
                ? null
                : []
              : ['an icon of 192 pixels', 'an icon of 512 pixels'],
        },
      ];
    }
    const block = blockAt(config.text, from.index);
    const line = lineAt(lineStartsOf(config.text), from.index);
    const place = noteOf({ file: config.path, line }, 'manifest in the settings of the plugin, which links it');
    return [{ at: place, link: place, lacks: lackingInSettings(model, component, config, block, gatsby !== null) }];
  });
}

function lackingInSettings(
  model: AuditModel,
  component: Component,
  config: UiFile,
  block: string,
  gatsby: boolean,
): string[] | null {
  // One picture from which the plugin makes every size.
  const generates =
    /\bpwaAssets\b/.test(config.text) ||
    (gatsby && /\bicon\s*:/.test(block)) ||
    /@nuxtjs\/pwa/.test(config.text) ||
    /\bsizes\s*:\s*\[/.test(block);
  if (generates) return [];
  if (/\bicons\s*(?:,|:(?!\s*\[))/.test(block) || /\.\.\./.test(block)) return null;
  const icons = [...block.matchAll(/\bsrc\s*:\s*["'`]([^"'`\n]*)["'`]([^}]*)/g)].map(([, src, rest]) => ({
    src: src!,
    sizes: /\bsizes\s*:\s*["'`]([^"'`\n]*)["'`]/.exec(rest!)?.[1] ?? '',
    exists: exists(model, component, config.path, src!),
  }));
  // The plugins take name and start URL from the package and the base where they are not stated.
  return lacking('name', '/', icons);
}

function exists(model: AuditModel, component: Component, config: string, src: string): boolean {
  if (/^https?:|[${]/.test(src)) return true;
  const plain = src.replace(/^\.?\//, '').replace(/[?#].*$/, '');
  const bases = [component.path, dirOf(config)].map((path) => (path === '.' ? '' : `${path}/`));
  if (
    bases.some((base) =>
      ['public/', 'static/', '', 'src/', 'src/assets/'].some((folder) => model.view.has(base + folder + plain)),
    )
  )
    return true;
  // Served from a folder of another package.
  return model.view.list().some((path) => path.endsWith(`public/${plain}`));
}

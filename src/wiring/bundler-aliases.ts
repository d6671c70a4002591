import { dirOf, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';

/** Candidates, as repository paths, for a specifier that a bundler or Babel is told where to find. */
export type BundlerAliases = (specifier: string) => string[];

const configs = [
  '{babel,vite,vue,craco,svelte,nuxt,astro,next,rsbuild,rspack,rollup,app,electron.vite,config-overrides}{.config,}.{js,cjs,mjs,ts,mts}',
  '.babelrc{,.js,.cjs,.json}',
  'babel.config.json',
  'webpack*.{js,cjs,mjs,ts}',
  '{config,configs,build,webpack,rspack,rollup,vite,bundler,scripts,tools,internals/webpack}/*{webpack,rspack,rollup,vite}*.{js,cjs,mjs,ts,mts}',
];

interface Alias {
  find: string;
  /** Repository paths it may stand for. */
  places: string[];
}

/**
 * Aliases that the build configuration of a package writes out, read from its text: `alias: { '@ui': path.resolve(__dirname, 'src/ui') }`,
 * `{ find, replacement }`, webpack-chain's `.set('@', …)` and the `root` of Babel's module-resolver. What code computes stays unknown.
 */
export function readBundlerAliases(view: RepoView, home: string): BundlerAliases {
  const aliases: Alias[] = [];
  const roots: string[] = [];
  for (const path of view.glob(home === '.' ? configs : configs.map((glob) => `${home}/${glob}`))) {
    const text = view.text(path).replace(/\/\*[\s\S]{0,4000}?\*\/|(^|\s)\/\/[^\n]*/g, '$1');
    const placed = (written: string[]): string[] => placesOf(written, dirOf(path), home);
    for (const block of blocksOf(text)) aliases.push(...entriesOf(block, placed));
    for (const [, find, value] of text.matchAll(/\.set\(\s*['"`]([^'"`\n]+)['"`]\s*,([^;\n]{1,200})\)/g))
      aliases.push({ find: find!, places: placed(stringsOf(value!)) });
    if (!/module-resolver/.test(text)) continue;
    for (const [, list] of text.matchAll(/\broot['"]?\s*:\s*(\[[^\]]{1,200}\]|[^}\n,]{1,200})/g))
      roots.push(...stringsOf(list!).flatMap((root) => placed([root])));
  }
  return (specifier) => [
    ...aliases.flatMap(({ find, places }) => {
      const bare = find.replace(/\$$/, '').replace(/\/\*?$/, '');
      if (specifier === bare) return places;
      return specifier.startsWith(`${bare}/`)
        ? places.flatMap((place) => joinPath(place, specifier.slice(bare.length + 1)) ?? [])
        : [];
    }),
    ...roots.flatMap((root) => joinPath(root, specifier) ?? []),
  ];
}

/** What stands between the brackets that an `alias` opens. */
function blocksOf(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/\balias['"]?\s*[:=]\s*([{[])/g)) {
    const from = match.index + match[0].length;
    let depth = 1;
    for (let at = from; at < Math.min(text.length, from + 8000); at++) {
      if (/[{[(]/.test(text[at]!)) depth++;
      else if (/[}\])]/.test(text[at]!) && --depth === 0) {
        found.push(text.slice(from, at));
        break;
      }
    }
  }
  return found;
}

function entriesOf(block: string, placed: (written: string[]) => string[]): Alias[] {
  const listed = [
    ...block.matchAll(
      /find\s*:\s*(?:['"`]([^'"`\n]+)['"`]|\/\^?([^\n]{1,60}?)\/[a-z]*)\s*,\s*replacement\s*:([^}\n]{1,200})/g,
    ),
  ];
  if (listed.length > 0)
    return listed.map(([, text, regex, value]) => ({
      find: text ?? regex!.replace(/\\/g, '').replace(/\/?\(?\.\*\)?\$?$/, ''),
      places: placed(stringsOf(value!)),
    }));
  return [...block.matchAll(/(?:^|[,{\n])\s*(?:['"`]([^'"`\n]+)['"`]|([\w$]+))\s*:([^\n]{1,240})/g)].map(
    ([, quoted, name, value]) => ({ find: quoted ?? name!, places: placed(stringsOf(value!)) }),
  );
}

const stringsOf = (text: string): string[] => [...text.matchAll(/['"`]([^'"`\n]*)['"`]/g)].map((match) => match[1]!);

/** The folder written, seen from the file that writes it and from the package's own folder. */
function placesOf(written: string[], folder: string, home: string): string[] {
  const parts = written
    .map((part) => part.replace(/^\$\{[^}]*\}\/?|^<rootDir>\/?|^~\/?|^@\/(?=.)/, './').replace(/^\//, './'))
    .filter((part) => !/[${}*]/.test(part));
  if (parts.length === 0 || parts.length > 4) return [];
  const path = parts.join('/');
  return [...new Set([joinPath(folder, path), joinPath(home, path)])].filter((place) => place !== null);
}

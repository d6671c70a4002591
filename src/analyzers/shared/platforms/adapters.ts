import { lineAt, lineStartsOf } from '../../../model/evidence.ts';
import type { PlatformName } from '../../../model/facts/index.ts';
import { folderName, type PlatformFile, type PlatformReader, platformFact, platformService } from './reader.ts';

/** A framework's build adapter names the platform it builds for, where no file of the platform's own has to exist. */
export const adapterReaders: PlatformReader[] = [
  { path: /(?:^|\/)(?:svelte|astro|nuxt|nitro|vite|react-router)\.config\.[cm]?[jt]s$/, read: adapter },
];

const adapters: [RegExp, PlatformName][] = [
  [/^(?:@sveltejs\/adapter-vercel|@astrojs\/vercel(?:\/.*)?|@vercel\/(?:react-router|remix)(?:\/.*)?)$/, 'vercel'],
  [
    /^(?:@sveltejs\/adapter-netlify|@astrojs\/netlify(?:\/.*)?|@netlify\/(?:remix-adapter|vite-plugin-react-router)(?:\/.*)?)$/,
    'netlify',
  ],
  [/^(?:@sveltejs\/adapter-cloudflare(?:-workers)?|@astrojs\/cloudflare(?:\/.*)?)$/, 'cloudflare'],
];
/** Adapters for a process of one's own: beside them, a platform's is one choice among several. */
const ownProcess = /^(?:@sveltejs\/adapter-(?:node|static|auto)|@astrojs\/node)$/;
const presets: [RegExp, PlatformName][] = [
  [/^vercel/, 'vercel'],
  [/^netlify/, 'netlify'],
  [/^cloudflare/, 'cloudflare'],
];
/** Files by which the platforms themselves are configured; what stands in one is read there. */
const own: Partial<Record<PlatformName, string[]>> = {
  vercel: ['vercel.json'],
  netlify: ['netlify.toml'],
  cloudflare: ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'],
};

function adapter(file: PlatformFile) {
  const named = [...imported(file), ...preset(file)];
  const found = named[0];
  if (!found || named.some(({ platform }) => platform !== found.platform)) return null;
  const inside = (name: string): string => (file.dir === '.' ? name : `${file.dir}/${name}`);
  if (own[found.platform]?.some((name) => file.view.has(inside(name)) || file.view.has(name))) return null;
  return platformFact(file.path, found.platform, {
    services: [platformService(folderName(file.dir), file.dir, { kind: 'web', line: found.line })],
  });
}

interface Named {
  platform: PlatformName;
  line: number;
}

function imported({ text }: PlatformFile): Named[] {
  const starts = lineStartsOf(text);
  const lines = [...text.matchAll(/^[^\n/*]*\b(?:from\s*|require\(\s*|import\s*)["']([^"'\n]+)["']/gm)];
  if (lines.some((match) => ownProcess.test(match[1]!))) return [];
  return lines.flatMap((match) => {
    const platform = adapters.find(([pattern]) => pattern.test(match[1]!))?.[1];
    return platform ? [{ platform, line: lineAt(starts, match.index) }] : [];
  });
}

/** `nitro: { preset: 'vercel' }`. */
function preset({ text, path }: PlatformFile): Named[] {
  if (!/(?:nuxt|nitro)\.config/.test(path)) return [];
  const match = /^[^\n/*]*\bpreset\s*:\s*["']([\w-]+)["']/m.exec(text);
  const platform = match && presets.find(([pattern]) => pattern.test(match[1]!))?.[1];
  return platform ? [{ platform, line: lineAt(lineStartsOf(text), match.index) }] : [];
}

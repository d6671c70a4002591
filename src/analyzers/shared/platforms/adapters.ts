import { lineAt, lineStartsOf } from '../../../model/evidence.ts';
import type { PlatformName } from '../../../model/facts/index.ts';
import { folderName, type PlatformFile, type PlatformReader, platformFact, platformService } from './reader.ts';

/** A framework's build adapter names the platform it builds for, where no file of the platform's own has to exist. */
export const adapterReaders: PlatformReader[] = [
  { path: /(?:^|\/)(?:svelte|astro|nuxt|nitro|vite|app|react-router)\.config\.[cm]?[jt]s$/, read: adapter },
];

const adapters: [RegExp, PlatformName][] = [
  [
    /^(?:@sveltejs\/adapter-vercel|@astrojs\/vercel(?:\/.*)?|@vercel\/(?:react-router|remix)(?:\/.*)?|solid-start-vercel)$/,
    'vercel',
  ],
  [
    /^(?:@sveltejs\/adapter-netlify|@astrojs\/netlify(?:\/.*)?|@netlify\/(?:remix-adapter|vite-plugin-react-router|vite-plugin-tanstack-start)(?:\/.*)?|solid-start-netlify)$/,
    'netlify',
  ],
  [
    /^(?:@sveltejs\/adapter-cloudflare(?:-workers)?|@astrojs\/cloudflare(?:\/.*)?|solid-start-cloudflare-(?:pages|workers))$/,
    'cloudflare',
  ],
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

/** `nitro: { preset: 'vercel' }`, `nitro({ preset: 'vercel' })` among Vite's plugins; TanStack Start called it a target. */
function preset({ text, path }: PlatformFile): Named[] {
  if (!/(?:nuxt|nitro|app|vite)\.config/.test(path)) return [];
  const starts = lineStartsOf(text);
  return [...text.matchAll(/^[^\n/*]*\b(?:preset|target)\s*:\s*["']([\w-]+)["']/gm)].flatMap((match) => {
    const platform = presets.find(([pattern]) => pattern.test(match[1]!))?.[1];
    return platform ? [{ platform, line: lineAt(starts, match.index) }] : [];
  });
}

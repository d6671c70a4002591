import type { Language } from '../model/component.ts';
import { isProgramPath } from '../model/source-paths.ts';

const byExtension: Record<string, Language> = {
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  jsx: 'js',
  ts: 'js',
  mts: 'js',
  cts: 'js',
  tsx: 'js',
  vue: 'js',
  svelte: 'js',
  astro: 'js',
  py: 'python',
  go: 'go',
  java: 'java',
  kt: 'kotlin',
  rs: 'rust',
  php: 'php',
  rb: 'ruby',
  cs: 'dotnet',
  fs: 'dotnet',
  vb: 'dotnet',
  ex: 'elixir',
  exs: 'elixir',
  swift: 'swift',
  dart: 'dart',
};

/** Language of a source file, or null for what is no source. Type declarations alone are none. */
export function languageOf(path: string): Language | null {
  if (/\.d\.[cm]?ts$/.test(path)) return null;
  if (isProgramPath(path)) return 'js';
  return byExtension[path.slice(path.lastIndexOf('.') + 1)] ?? null;
}

/** The language most of the files are written in, or null when none is source. On a tie the first found wins. */
export function mainLanguage(files: readonly string[]): Language | null {
  const counts = new Map<Language, number>();
  for (const file of files) {
    const language = isProgramPath(file) ? null : languageOf(file);
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  let best: Language | null = null;
  for (const [language, count] of counts) if (best === null || count > counts.get(best)!) best = language;
  return best;
}

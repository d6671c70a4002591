import picomatch from 'picomatch';
import { byCodeUnit } from '../model/paths.ts';
import type { ReportV1 } from '../model/report.ts';
import type { RepoView } from '../model/repository.ts';
import { isGap } from '../model/status.ts';
import { isTame } from './globs.ts';

/** Where GitHub looks, in its order, then GitLab. The first found counts. */
export const ownerFiles = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'] as const;

/** Owners of a path, sorted as written; empty when nobody owns it. */
export type OwnersOf = (path: string) => string[];

interface Line {
  matches(path: string): boolean;
  owners: string[];
}

/** The owners of a repository's files by its CODEOWNERS, or by `file` in its place. */
export function readOwners(view: RepoView, file: string | null): OwnersOf {
  for (const path of file === null ? ownerFiles : [file]) {
    const text = view.read(path);
    if (text !== null) return parseOwners(text);
  }
  return () => [];
}

/**
 * CODEOWNERS: the last line that matches a path gives its owners, even when it names none. GitLab's sections are judged one by one
 * and added up.
 */
export function parseOwners(text: string): OwnersOf {
  const sections: Line[][] = [[]];
  let inherited: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?(?<owners>(?:\s+\S+)*)$/.exec(line);
    if (section) {
      sections.push([]);
      inherited = words(section.groups!.owners!);
      continue;
    }
    const [pattern, ...owners] = words(line);
    sections.at(-1)!.push({ matches: matcher(pattern!), owners: owners.length > 0 ? owners : inherited });
  }
  return (path) => [...new Set(sections.flatMap((lines) => lines.findLast((l) => l.matches(path))?.owners ?? []))];
}

const words = (text: string) => (text.match(/(?:\\.|\S)+/g) ?? []).map((word) => word.replace(/\\(.)/g, '$1'));

/** A pattern of CODEOWNERS as globs: a name matches at any depth, a folder all below it, `folder/*` only what lies right in it. */
function matcher(pattern: string): (path: string) => boolean {
  const anchored = pattern.slice(0, -1).includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const base = anchored || body === '' ? body : `**/${body}`;
  const globs = [];
  if (body === '') globs.push('**');
  else {
    if (!pattern.endsWith('/')) globs.push(base);
    if (!/(^|\/)\*$/.test(body) || body === '*') globs.push(`${base}/**`);
  }
  // A pattern that could take for ever owns nothing.
  if (!isTame(pattern)) return () => false;
  return picomatch(globs, { dot: true, nobrace: true, noextglob: true });
}

/**
 * Names the owners of every gap: those of the component it is in; for a rule of the repository, of the file that shows it, else of
 * the repository's root. `configured` (by component path) stands before CODEOWNERS.
 */
export function routeOwners(
  report: ReportV1,
  ownersOf: OwnersOf,
  configured: Readonly<Record<string, string[]>> = {},
): ReportV1 {
  const byComponent = new Map(
    report.components.map(
      (c) => [c.path, configured[c.path] ?? ownersOf(c.path === '.' ? anyFile : `${c.path}/${anyFile}`)] as const,
    ),
  );
  const rules = report.rules.map((rule) => {
    if (rule.scope === 'repository') {
      const shown = rule.evidence[0]?.file;
      return isGap(rule.status) ? { ...rule, owners: sorted(ownersOf(shown ?? anyFile)) } : rule;
    }
    const components = rule.components.map((verdict) => {
      const owners = isGap(verdict.status) ? (byComponent.get(verdict.path) ?? []) : [];
      return owners.length === 0 ? verdict : { ...verdict, owners };
    });
    return { ...rule, components, owners: sorted(components.flatMap((c) => c.owners ?? [])) };
  });
  return { ...report, rules };
}

/**
 * A name that only patterns for whole folders match: a component belongs to who owns its folder, not to who owns every
 * `package.json` or `*.md`.
 */
const anyFile = 'any-file';

const sorted = (owners: readonly string[]) => [...new Set(owners)].sort(byCodeUnit);

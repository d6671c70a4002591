import type { ComponentRoot } from '../../model/component.ts';
import type { RepoView } from '../../model/repository.ts';

/** Where the first page of a site lies that is served as it is. */
export const sitePages = ['index.html', 'public/index.html', 'src/index.html', 'html/index.html'] as const;

/** A repository without any manifest is a site when there is a page and code beside it: a game, a demo, somebody's home page. */
export function pageRoot(view: RepoView): ComponentRoot[] {
  const page = sitePages.find((path) => view.has(path));
  if (!page || view.glob('**/*.js').length === 0) return [];
  const evidence = [{ file: page, line: 1, note: 'page of a site without a build' }];
  return [{ path: '.', name: 'site', language: 'js', manifest: null, evidence }];
}

import { structuredPatch } from 'diff';
import type { RepoView } from '../model/repository.ts';
import { newBinaryFile } from './binary-patch.ts';
import type { FileContent } from './types.ts';

/** The changes as one patch that `git apply` takes. */
export function unifiedDiff(view: RepoView, changes: ReadonlyMap<string, FileContent>): string {
  return [...changes]
    .map(([path, content]) =>
      typeof content === 'string'
        ? fileDiff(path, view.has(path) ? originalOf(view, path) : null, content)
        : newBinaryFile(path, content),
    )
    .join('');
}

/** With its BOM, which a view leaves out. */
export function originalOf(view: RepoView, path: string): string {
  return Buffer.from(view.readBytes(path) ?? []).toString('utf8');
}

function fileDiff(path: string, before: string | null, text: string): string {
  const old = before ?? '';
  const now = old.startsWith('\uFEFF') ? `\uFEFF${text}` : text;
  const { hunks } = structuredPatch(path, path, old, now, undefined, undefined, { context: 3 });
  const head = before === null ? `new file mode 100644\n--- /dev/null\n` : `--- a/${path}\n`;
  const body = hunks.map((hunk) => {
    const range = (start: number, lines: number) => `${lines === 0 ? Math.max(0, start - 1) : start},${lines}`;
    return `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@\n${hunk.lines.join('\n')}\n`;
  });
  return `diff --git a/${path} b/${path}\n${head}+++ b/${path}\n${body.join('')}`;
}

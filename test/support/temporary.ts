import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder, gone when the test file that asked for it is done. Its absolute path. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `readiness-${name}-`));
  made.push(folder);
  return folder;
}

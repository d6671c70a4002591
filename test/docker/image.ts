import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The one image of the tests: a shell and a few tools, nothing else. */
export const image = 'readiness-test/busy:1.0';

/** The image as a tar: busybox under the names of its tools. */
export function busyboxTar(): Buffer {
  const root = mkdtempSync(join(tmpdir(), 'readiness-image-'));
  for (const path of ['bin', 'tmp', 'data', 'etc']) mkdirSync(join(root, path));
  // Made for one user; the image's root folder is for all.
  chmodSync(root, 0o755);
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n');
  execFileSync('cp', ['/bin/busybox', join(root, 'bin/busybox')]);
  for (const tool of 'sh httpd nc sleep cat rm ls echo mkdir kill test true false tail printf chown'.split(' ')) {
    symlinkSync('busybox', join(root, 'bin', tool));
  }
  const tar = execFileSync('tar', ['-C', root, '-c', '.'], { maxBuffer: 64 * 1024 ** 2 });
  rmSync(root, { recursive: true });
  return tar;
}

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { configNames } from '../policy/config-place.ts';
import type { PackageReader } from '../policy/layers.ts';

const largest = 1024 * 1024;

/**
 * Reads presets from the packages installed in a target's own `node_modules`. Only text is read; a link that leads out of the
 * target is not followed.
 */
export function installedPresets(root: string | null): PackageReader {
  return (name, path) => {
    if (root === null) return null;
    const candidates = path === null ? [...configNames] : [path, `${path}.yaml`, `${path}.yml`, `${path}.json`];
    for (const candidate of candidates) {
      const text = readInside(root, join(root, 'node_modules', name, candidate));
      if (text !== null) return { path: candidate, text };
    }
    return null;
  };
}

function readInside(root: string, file: string): string | null {
  try {
    const real = realpathSync(file);
    if (!real.startsWith(realpathSync(root) + sep)) return null;
    const stats = statSync(real);
    return stats.isFile() && stats.size <= largest ? readFileSync(real, 'utf8') : null;
  } catch {
    return null;
  }
}

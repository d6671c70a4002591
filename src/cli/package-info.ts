import { readFileSync } from 'node:fs';

interface PackageInfo {
  name: string;
  version: string;
  description: string;
  bugs?: string | { url?: string };
}

export const packageInfo: PackageInfo = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** Where a bug of ours is reported. */
export const bugsUrl = (): string =>
  (typeof packageInfo.bugs === 'string' ? packageInfo.bugs : packageInfo.bugs?.url) ??
  `the issue tracker of ${packageInfo.name}`;

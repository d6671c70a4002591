import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '../model/errors.ts';
import type { ReportFormat } from '../report/shared/format.ts';

const folder = new URL('../report/', import.meta.url);

/** Every format by name; found by folder and not loaded, for `--help` needs no more than their names. */
const files = new Map(
  readdirSync(fileURLToPath(folder))
    .filter((name) => /\.(js|ts)$/.test(name) && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => [name.replace(/\.\w+$/, ''), name]),
);

export const formatNames: readonly string[] = ['terminal', ...[...files.keys()].filter((name) => name !== 'terminal')];

/** @throws UserError for a name that no format has. */
export function checkFormat(name: string): string {
  if (files.has(name)) return name;
  throw new UserError(`There is no report format ${JSON.stringify(name)}: use one of ${formatNames.join(', ')}.`);
}

export async function loadFormat(name: string): Promise<ReportFormat> {
  const module = (await import(new URL(files.get(checkFormat(name))!, folder).href)) as { default: ReportFormat };
  return module.default;
}

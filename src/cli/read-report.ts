import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { ReportV1 } from '../model/report.ts';

/**
 * A result saved with `--format json`; `-` reads the standard input.
 * @throws UserError for what is no such result.
 */
export async function readReport(file: string, cwd: string): Promise<ReportV1> {
  const name = file === '-' ? 'the standard input' : file;
  const data = parseJson(name, await readText(file, cwd));
  const { reportV1 } = await import('../model/report.ts');
  const { z } = await import('zod');
  const version = (data as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (version !== undefined && version !== 1)
    throw new UserError(`${name} is a result of version ${JSON.stringify(version)}; this readiness reads version 1.`);
  const parsed = reportV1.safeParse(data);
  // The data itself, in its own order: rendered as JSON again it gives the same bytes.
  if (parsed.success) return data as ReportV1;
  const issues = parsed.error.issues;
  const few = issues
    .slice(0, 5)
    .map(({ path, message }) => `  ${path.length > 0 ? z.core.toDotPath(path) : 'the whole'}: ${message}`);
  const rest = issues.length > few.length ? [`  and ${issues.length - few.length} more`] : [];
  throw new UserError([`${name} is not a result of readiness:`, ...few, ...rest].join('\n'));
}

async function readText(file: string, cwd: string): Promise<string> {
  try {
    if (file !== '-') return await readFile(resolve(cwd, file), 'utf8');
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    throw new UserError(`${file} could not be read: ${(error as Error).message}`);
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UserError(`${name} is not JSON: ${(error as Error).message}`);
  }
}

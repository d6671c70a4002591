import { exitCodes, UserError } from '../../model/errors.ts';
import type { EngineAddress } from './address.ts';

/** What became of one call. `gone`: the thing asked for does not exist (any more). */
export type FailureKind = 'absent' | 'denied' | 'tls' | 'timeout' | 'gone' | 'answered' | 'broken';

/** A call to the engine that gave no result; `message` is one clause, without the address. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
  readonly kind: FailureKind;
  /** The HTTP status where the engine answered. */
  readonly status: number | null;
  constructor(kind: FailureKind, message: string, status: number | null = null) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

const absent = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/** Brings whatever dockerode, Node's http and TLS throw to one shape. `asked` names the call: `list containers`. */
export function asFailure(error: unknown, asked: string): EngineFailure {
  if (error instanceof EngineFailure) return error;
  const { code, statusCode, message, json } = error as {
    code?: string;
    statusCode?: number;
    message?: string;
    json?: { message?: string } | string | null;
  };
  if (statusCode !== undefined) return answered(statusCode, asked, typeof json === 'object' ? json?.message : json);
  if (code === 'EACCES' || code === 'EPERM') return new EngineFailure('denied', 'permission denied');
  if (code !== undefined && absent.has(code)) return new EngineFailure('absent', code);
  if (code !== undefined && /CERT|TLS|SSL|SELF_SIGNED/.test(code)) return new EngineFailure('tls', code);
  return new EngineFailure('broken', `${asked}: ${plainLine(message ?? String(error))}`);
}

function answered(status: number, asked: string, said: string | undefined): EngineFailure {
  const words = typeof said === 'string' && said.trim() !== '' ? ` (${plainLine(said)})` : '';
  if (status === 404) return new EngineFailure('gone', `${asked}: not found${words}`, status);
  if (status === 401 || status === 403) return new EngineFailure('denied', `it answered ${status}${words}`, status);
  if (/HTTP request to an HTTPS server/i.test(words)) return new EngineFailure('tls', 'it speaks TLS only', status);
  return new EngineFailure('answered', `it answered ${status} to "${asked}"${words}`, status);
}

/** One line without control characters: what an engine or a program in a container says ends up on somebody's terminal. */
export function plainLine(text: string, longest = 160): string {
  const line = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** The one clear sentence for an engine that cannot be used at all. */
export function unusable(failure: EngineFailure, address: EngineAddress): UserError {
  const where = `${address.url} (${address.from})`;
  const sentence: Record<FailureKind, string> = {
    absent: `No Docker Engine answers at ${where}: ${failure.message}. Start it, or set DOCKER_HOST or a context.`,
    denied: `The Docker Engine at ${where} refuses this user: ${failure.message}.`,
    tls: `The Docker Engine at ${where} could not be trusted or wants TLS: ${failure.message}.`,
    timeout: `The Docker Engine at ${where} does not answer: ${failure.message}.`,
    gone: `What answers at ${where} is no Docker Engine: ${failure.message}.`,
    answered: `The Docker Engine at ${where} is in trouble: ${failure.message}.`,
    broken: `The Docker Engine at ${where} cannot be used: ${failure.message}.`,
  };
  return new UserError(sentence[failure.kind], exitCodes.nothingJudged);
}

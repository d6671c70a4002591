import { request } from 'node:http';
import type { ProbeAddress } from './address.ts';

export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** At most the first 64 KB. */
  body: string;
}
/** Why there was no answer: `timeout`, `ECONNREFUSED`, `ECONNRESET`, … */
export interface NoAnswer {
  failed: string;
}

export interface Question {
  method?: string;
  /** Sent as it is, so that a malformed one arrives malformed. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const longestBody = 64 * 1024;

/** Asks one question of one address; redirects are not followed, nothing is retried, and it never throws. */
export function ask(address: ProbeAddress, question: Question, timeout: number): Promise<Answer | NoAnswer> {
  return new Promise((resolve) => {
    const { method = 'GET', path, body } = question;
    const headers = { 'user-agent': 'readiness-verify', ...question.headers };
    const req = request({ host: address.host, port: address.port, method, path, headers, agent: false });
    const timer = setTimeout(() => done({ failed: 'timeout' }), timeout);
    const done = (answer: Answer | NoAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      req.destroy();
    };
    req.on('error', (error: NodeJS.ErrnoException) => done({ failed: error.code ?? 'error' }));
    req.on('response', (response) => {
      let text = '';
      const answer = (): Answer => ({ status: response.statusCode ?? 0, headers: flat(response.headers), body: text });
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length >= longestBody) done(answer());
      });
      response.on('end', () => done(answer()));
      response.on('error', () => done({ failed: 'ECONNRESET' }));
    });
    req.end(body);
  });
}

const flat = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );

export const hasFailed = (answer: Answer | NoAnswer): answer is NoAnswer => 'failed' in answer;

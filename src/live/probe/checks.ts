import type { Part } from '../judge.ts';
import type { ProbeAddress } from './address.ts';
import { type Answer, ask, hasFailed } from './http.ts';

/** What one component is asked over HTTP. Every check sends few requests, none of which reaches a handler that changes anything. */
export interface Target {
  address: ProbeAddress;
  /** Health paths that the audit found, then `[]`. */
  healthPaths: string[];
  /** A GET route without parameters, for the burst; `/` when none is known. */
  plainPath: string;
  timeout: number;
  burst: number;
}

/** A path that no application has. */
const nowhere = '/.readiness/no-such-page';
const foreignOrigin = 'https://readiness.invalid';

const usualHealthPaths = [
  '/health',
  '/healthz',
  '/api/health',
  '/livez',
  '/readyz',
  '/ping',
  '/status',
  '/_health',
  '/health/live',
];

/** The health endpoint: that of the code, or one of the usual paths when the code shows none. */
export async function health({ address, healthPaths, timeout }: Target): Promise<Part> {
  const beyond = await ask(address, { path: nowhere }, timeout);
  if (hasFailed(beyond) && beyond.failed !== 'timeout')
    return { status: 'partial', notes: [`nothing answers at its port: ${beyond.failed}`] };
  const known = healthPaths.flatMap((path) => (path.startsWith('/api/') ? [path] : [path, `/api${path}`]));
  const seen: string[] = [];
  for (const path of known.length > 0 ? known : usualHealthPaths) {
    const answer = await ask(address, { path }, timeout);
    if (hasFailed(answer))
      return {
        status: 'partial',
        notes: [`GET ${path}: ${answer.failed === 'timeout' ? 'no answer in time' : answer.failed}`],
      };
    if (answer.status === 404 || sameAs(answer, beyond)) {
      seen.push(`GET ${path} answered ${answer.status}${answer.status === 404 ? '' : ', as any path does'}`);
      continue;
    }
    if (answer.status >= 200 && answer.status < 300)
      return { status: 'ready', notes: [`GET ${path} answered ${answer.status}`] };
    if (answer.status < 400 && known.length === 0) continue;
    return { status: 'partial', notes: [`GET ${path} answered ${answer.status}`] };
  }
  if (known.length > 0) return { status: 'unwired', notes: seen };
  return { status: 'missing', notes: [`none of ${usualHealthPaths.join(', ')} answers`] };
}

/** A front end answers every path with its one page: that is no health endpoint. */
function sameAs(answer: Answer, beyond: Answer | { failed: string }): boolean {
  return !hasFailed(beyond) && beyond.status === answer.status && beyond.body === answer.body;
}

/** HSTS or CSP, with nosniff or frame rules: what the catalogue asks of headers. */
export async function headers({ address, plainPath, timeout }: Target): Promise<Part | null> {
  const answer = await ask(address, { path: plainPath }, timeout);
  if (hasFailed(answer)) return null;
  const names = [
    'strict-transport-security',
    'content-security-policy',
    'x-content-type-options',
    'x-frame-options',
    'referrer-policy',
  ];
  const present = names.filter((name) => answer.headers[name] !== undefined);
  const strong = present.includes(names[0]!) || present.includes(names[1]!);
  const beside = present.includes(names[2]!) || present.includes(names[3]!);
  const lacking = names.slice(0, 4).filter((name) => !present.includes(name));
  const tells = answer.headers['x-powered-by'] ? ['X-Powered-By tells what serves it'] : [];
  const notes = [
    present.length > 0
      ? `GET ${plainPath} sends ${present.join(', ')}`
      : `GET ${plainPath} sends none of ${names.slice(0, 4).join(', ')}`,
    ...(present.length > 0 && lacking.length > 0 ? [`not sent: ${lacking.join(', ')}`] : []),
    ...tells,
  ];
  return { status: strong && beside ? 'ready' : present.length > 0 ? 'partial' : 'missing', notes };
}

/** Asks as a page of a foreign origin would, plainly and with a preflight. */
export async function cors({ address, plainPath, timeout }: Target): Promise<Part | null> {
  const origin = { origin: foreignOrigin };
  const preflight = {
    ...origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  };
  const plain = await ask(address, { path: plainPath, headers: origin }, timeout);
  const before = await ask(address, { method: 'OPTIONS', path: plainPath, headers: preflight }, timeout);
  const answers = [plain, before].filter((answer): answer is Answer => !hasFailed(answer));
  if (answers.length === 0) return null;
  const open = answers.find(({ headers: given }) =>
    ['*', foreignOrigin].includes(given['access-control-allow-origin'] ?? ''),
  );
  if (!open) return { status: 'ready', notes: ['a foreign origin is not let in'] };
  const how =
    open.headers['access-control-allow-origin'] === '*' ? 'any origin is let in (*)' : 'whatever origin asks is let in';
  const credentials = open.headers['access-control-allow-credentials'] === 'true' ? ', with credentials' : '';
  return { status: 'partial', notes: [`${how}${credentials}`] };
}

/** Does a body show the frames of a stack, as text, as HTML or within JSON? Line by line, so that no page can make it slow. */
export function showsStack(body: string): boolean {
  if (body.includes('Traceback (most recent call last)')) return true;
  return body
    .split(/\r?\n|<br\s*\/?>|\\n/)
    .map((line) => line.replaceAll('&nbsp;', ' ').trim().slice(0, 400))
    .some((line) => /^(at \S.*(:\d+|:line \d+)\)?["',}\]]*(<|$)|#\d+ \/\S+\(\d+\): |goroutine \d+ \[)/.test(line));
}

/** Requests that no server can understand, sent to a path that no handler has: what does the error answer give away? */
export async function errors({ address, timeout }: Target): Promise<Part | null> {
  const bad: [string, Parameters<typeof ask>[1]][] = [
    ['a malformed path', { path: '/%E0%A4%A' }],
    [
      'malformed JSON',
      { method: 'POST', path: nowhere, headers: { 'content-type': 'application/json' }, body: '{"a":' },
    ],
    ['an unknown path', { path: nowhere }],
  ];
  const notes: string[] = [];
  const leaks: string[] = [];
  for (const [name, question] of bad) {
    const answer = await ask(address, question, timeout);
    if (hasFailed(answer)) continue;
    if (showsStack(answer.body)) leaks.push(`${name} is answered ${answer.status} with a stack`);
    else notes.push(`${name} is answered ${answer.status} without a stack`);
  }
  if (leaks.length > 0) return { status: 'partial', notes: leaks };
  return notes.length > 0 ? { status: 'ready', notes } : null;
}

const atOnce = 10;

/** A bounded burst at one path. Only a refusal or the header of a limiter proves one; its absence proves nothing. */
export async function rateLimit(target: Target): Promise<Part | null> {
  const { address, plainPath, timeout, burst } = target;
  let sent = 0;
  let refused = false;
  let announced = false;
  const until = Date.now() + timeout * 2;
  const lane = async (): Promise<void> => {
    while (!refused && !announced && sent < burst && Date.now() < until) {
      sent++;
      const answer = await ask(address, { path: plainPath }, timeout);
      if (hasFailed(answer)) return;
      refused ||= answer.status === 429;
      announced ||= Object.keys(answer.headers).some((name) => /^(x-)?ratelimit(-limit|-policy)?$/.test(name));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  if (refused) return { status: 'ready', notes: [`a burst at ${plainPath} was refused with 429`] };
  if (announced) return { status: 'ready', notes: [`GET ${plainPath} announces a rate limit in its headers`] };
  if (sent === 0) return null;
  const reason = 'no request of the burst was refused; a higher limit cannot be told from none';
  return { status: 'unknown', reason, notes: [`a burst of up to ${burst} requests at ${plainPath} met no limit`] };
}

import type { AuditModel } from '../../model/audit-model.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact, FunctionFact } from '../../model/facts/index.ts';
import { blockEnd } from './blocks.ts';
import { noteOf } from './scope.ts';

/** Ways in which an error's message goes into an answer, by the text of the handler. */

/** `const message = error instanceof Failure ? error.message : 'Failed'`: the message of a kind that was asked for, else words of one's own. */
export const choosesByKind = (text: string): boolean =>
  /(?:const|let|var) message\b[^=;]*=[^?;]{0,200}(?:instanceof (?!Error\b)|\bis(?!Error\b|NativeError\b|String\b|Array\b)[A-Z]|\.expose\b|(?:[sS]tatus|[cC]ode)\w*\s*[<>=!]=*\s*\d)[^?;]{0,80}\?(?![.?])(?:\s*["'`]|[^?;]{1,200}:\s*["'`])/.test(
    text,
  );

/** Koa's answer is what is assigned: `ctx.body = { message: err.message }`. Where it asks something of the error first, it chooses. */
export function bodiesIn(text: string, error: string): number[] {
  const carried = new RegExp(`\\b${error}\\.(?:message|stack)\\b|\\.\\.\\.${error}\\b|^${error}$`);
  return [
    ...text.matchAll(/\b(?:ctx|context|this|c)\.body\s*=(?!=)\s*(\{[^;]{0,300}?\}|[^;\n]+(?:\n\s*[?:][^;\n]*)*)/g),
  ].flatMap((match) => {
    const value = match[1]!.replace(/\.toJSON\s*\?[^:]*:/, '').trim();
    return !/\?|===|&&|\|\|/.test(value) && carried.test(value) ? [match.index] : [];
  });
}

/** `res.locals.message = err.message`, then a page: only the stack is left to development. */
export function shownByView(
  model: AuditModel,
  file: string,
  text: string,
  fn: FunctionFact,
  error: string,
): Evidence[] {
  const given = new RegExp(`locals\\.\\w+\\s*=\\s*${error}\\.message\\s*;`).exec(text);
  if (!given) return [];
  const page = /\.render\(\s*['"`]([\w/-]+)/.exec(text.slice(given.index))?.[1];
  const view = page && model.view.list().find((path) => new RegExp(`(^|/)views/${page}\\.\\w+$`).test(path));
  if (!view || !/\bmessage\b/.test(model.view.text(view))) return [];
  const line = fn.line + text.slice(0, given.index).split('\n').length - 1;
  return [noteOf({ file, line }, `${view} shows ${error}.message to the caller`)];
}

/** A variable of the handler that is only ever given texts of its own: `let message = 'Internal Server Error'`. */
export function isWrittenOut(text: string, name: string, error: string): boolean {
  const given = [
    ...text.matchAll(
      new RegExp(`(?<![.\\w$])(let |const |var )?${name}\\s*=(?![=>])([^;\\n]*(?:\\n\\s+[?:.+|][^;\\n]*)*)`, 'g'),
    ),
  ];
  return (
    given.some(([, declared]) => declared) &&
    given.every(([, , value]) => /^\s*['"`]/.test(value!) && !new RegExp(`\\b${error}\\b`).test(value!))
  );
}

/**
 * `let message: string; if (err instanceof Failure) { message = err.message } else { message = 'Failed' }`: of the kinds that it
 * knows it takes the message, of any other it says something of its own. So does one that knows none: `message = titleOf(status)`.
 */
export function isGivenByKind(text: string, name: string, error: string): boolean {
  const known = [...text.matchAll(/\bif\s*\([^;{}]*\binstanceof\s+(?!Error\b)\w+[^;{}]*\)\s*\{/g)].map(
    ({ index, 0: head }) => [index, blockEnd(text, index + head.length)] as const,
  );
  const given = [
    ...text.matchAll(new RegExp(`(?<![.\\w$])${name}(?:\\s*:\\s*string[\\w\\s|[\\]]*)?\\s*=(?![=>])[^;]*`, 'g')),
  ];
  const others = given.filter(({ index }) => !known.some(([from, to]) => index > from && index < to));
  return others.length > 0 && others.every(([one]) => !new RegExp(`\\b${error}\\b|\\.(?:message|stack)\\b`).test(one));
}

/** The last thing it does with an error of no kind that it knows is to hand it on. */
export const goesOn = (text: string, error: string): boolean =>
  new RegExp(`\\bnext\\s*\\(\\s*${error}\\s*\\)`).test(text.slice(text.lastIndexOf('.json(') + 1));

/** `const body = toBody(err)`: what a function of ours makes of an error of any kind, with its message in it. */
export function shapedByOurs(model: AuditModel, file: string, calls: readonly CallFact[], error: string): string[] {
  return calls.flatMap((call) => {
    const at = call.args.findIndex((arg) => arg.kind === 'ref' && arg.path === error);
    if (at < 0 || !call.assignedTo) return [];
    const target = model.wiring.functionOf(file, { kind: 'ref', path: call.callee, origin: call.origin });
    const given = target?.fn.params[at];
    if (!target || !given) return [];
    const text = model.view.text(target.file).slice(target.fn.start, target.fn.end);
    return keepsMessage(text, given) ? [call.assignedTo] : [];
  });
}

/** Past the kinds of error that it knows, it puts the message into what it hands back. */
function keepsMessage(text: string, error: string): boolean {
  if (/NODE_ENV|isProd|isDev|production|isOperational|\.expose\b|[<>]=?\s*500[^;]{0,80}message/.test(text))
    return false;
  const left = text
    .replace(/\bif\s*\([^{};]*instanceof[^{};]*\)\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, '')
    .replace(/\b(?:console|\w*log(?:ger)?)[.[][^;\n(]*\((?:[^(){}]|\{[^{}]*\})*\)/gi, '');
  const made = new RegExp(
    `(?:(?:const|let)\\s+(\\w+)\\s*=\\s*)?new\\s+\\w+\\([^()]*\\b${error}\\.message\\b[^()]*\\)`,
  ).exec(left);
  const handedBack = new RegExp(
    `\\breturn\\b[^;]{0,300}?\\b${error}\\.message\\b|=>\\s*\\(\\{[^;]{0,300}?\\b${error}\\.message\\b`,
  );
  return (
    (handedBack.test(left) && !new RegExp(`\\?[^;.?]*\\b${error}\\.message\\b`).test(left)) ||
    (made?.[1] !== undefined && new RegExp(`\\breturn\\b[^;\\n]*\\b${made[1]}\\b`).test(left.slice(made.index)))
  );
}

/** `res.status(500).json({ message: err.message })`. */
export const saysInternal = (answer: string, error: string): boolean =>
  /\b(?:status|code|sendStatus)\(\s*(?:500|[\w.]*INTERNAL_SERVER_ERROR)\s*\)/.test(answer) &&
  new RegExp(`\\b${error}\\.(?:message|stack)\\b`).test(answer);

/** The message within a text: `internalServerError(\`Unknown: ${error.message}\`)`. */
export const spelledOut = (thrown: readonly string[]): RegExp =>
  new RegExp(`\\$\\{(?:${thrown.map((one) => one.replace(/\$/g, '\\$')).join('|')})\\.(?:message|stack)\\}`);

/** What the caught error goes by in its block: another name for it, and texts that hold its message. */
export function namesOf(block: string, caught: string): string[] {
  const alias = new RegExp(`(?:const|let|var)\\s+(\\w+)\\s*=\\s*${caught}\\s*(?:as\\s+[\\w<> ]+)?;`).exec(block)?.[1];
  const known = alias ? [caught, alias] : [caught];
  const holds = new RegExp(
    `(?:const|let|var)\\s+(\\w+)\\s*=\\s*\`[^\`]*\\$\\{(?:${known.join('|')})\\.(?:message|stack)\\}`,
  );
  const kept = new RegExp(
    `(?:const|let|var)\\s+(\\w+)(?:\\s*:\\s*string)?\\s*=\\s*(?:(?:${known.join('|')})\\s+instanceof\\s+Error\\s*\\?\\s*)?(?:${known.join('|')})\\.(?:message|stack)\\b`,
  );
  const texts = [holds.exec(block)?.[1], kept.exec(block)?.[1]].filter((text) => text !== undefined);
  return [...known, ...texts];
}

/** A status that is 500 where the error says no other: `const code = error.status || 500`. */
export const failingNames = (block: string): string[] =>
  [...block.matchAll(/(?:const|let|var)\s+(\w+)\s*=[^;\n]{1,60}(?:\|\||\?\?)\s*500\b/g)].map((match) => match[1]!);

import type { AuditModel } from '../../model/audit-model.ts';
import { type Component, hasTrait } from '../../model/component.ts';
import { type Evidence, lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { FunctionFact } from '../../model/facts/index.ts';
import { blockEnd } from './blocks.ts';
import { httpRoutes } from './http.ts';
import { isAside, noteOf } from './scope.ts';
import { namesOf } from './sent-errors.ts';

/** Functions that a platform calls one by one: no framework of ours stands around them. */
const bare = new Set([
  'lambda',
  'vercel',
  'netlify',
  'cloudflare',
  'cloudflare-worker',
  'azure-functions',
  'firebase-functions',
]);

const documentation: Record<string, string> = {
  lambda: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html',
  cloudflare: 'https://developers.cloudflare.com/workers/observability/errors/',
  'cloudflare-worker': 'https://developers.cloudflare.com/workers/observability/errors/',
  vercel: 'https://vercel.com/docs/errors/FUNCTION_INVOCATION_FAILED',
};

/** Where every request goes to a bare function, the platform answers what one throws, and answers it without its message. */
export function platformAnswers(model: AuditModel, component: Component): Evidence[] {
  if (hasTrait(component, 'longrunning') || component.language !== 'js') return [];
  const routes = httpRoutes(model, component);
  if (!routes.every(({ framework }) => bare.has(framework))) return [];
  return routes.slice(0, 4).map((route) => {
    const page = documentation[route.framework];
    return noteOf(route, `the platform answers what it throws with a plain 5xx${page ? ` (${page})` : ''}`);
  });
}

export interface CaughtAnswer {
  file: string;
  fn: FunctionFact;
  live: boolean;
  evidence: Evidence;
  /** Places where the answer carries the error itself. */
  leaks: Evidence[];
}

const failing = /(?:\b(?:status|sendStatus|statusCode)["']?\s*[:=(]\s*|new Response\([^;]{0,200}\b)5\d\d/;

/** What was caught goes to a function of errors with the response: `catch (error) { this.handleError(res, error); }`. */
const handedOver =
  /\bcatch\s*\(\s*(\w+)[^)]*\)\s*\{[^{}]*?\b[\w.]*(?:error|exception)\w*\(\s*(?:(?:res|response|reply|ctx)\s*,\s*\1|\1\s*,\s*(?:res|response|reply|ctx))\b/i;

const answers = (text: string): boolean => failing.test(text) || handedOver.test(text);

/** A function around handlers: it calls what it was given inside `try`, or with `.catch(…)` behind it, and answers 5xx where that throws. */
export function wrappersOf(model: AuditModel, component: Component): CaughtAnswer[] {
  const wiring = model.wiring.of(component);
  return [...new Set([...wiring.own, ...wiring.reached])].flatMap((file) => {
    const text = isAside(file) ? '' : model.view.text(file);
    if (!/\bcatch\b/.test(text) || !answers(text)) return [];
    const functions = model.wiring.code(file)?.functions ?? [];
    const wraps = (fn: FunctionFact): boolean => {
      const body = text.slice(fn.start, fn.end);
      const given = [...fn.params, ...(functions[fn.within]?.params ?? [])];
      const asked = `(?:${given.join('|')})\\s*\\(`;
      const called = new RegExp(
        `\\btry\\s*\\{[^}]{0,400}\\bawait\\s+${asked}|\\b${asked}[^;{}]{0,120}\\)\\s*\\.catch\\(`,
      );
      return given.length > 0 && called.test(body) && answers(body);
    };
    return functions.flatMap((fn): CaughtAnswer[] => {
      // Of a function and the one it gives back, the outer has the name.
      const outer = fn.name === '' ? functions[fn.within] : undefined;
      if (!wraps(fn) || (outer && wraps(outer))) return [];
      return [
        {
          file,
          fn,
          live: wiring.unitLiveness(file, fn.unit) === 'live',
          evidence: noteOf(
            { file, line: fn.line },
            `${fn.name || 'a function'} catches what the handlers it wraps throw`,
          ),
          leaks: leaksIn(file, text, fn),
        },
      ];
    });
  });
}

/** A function of ours that the handlers hand what they caught: `catch (error) { answerError(res, error); }`, in most of those that catch. */
export function helpersOf(model: AuditModel, component: Component): CaughtAnswer[] {
  const handlers = httpRoutes(model, component).flatMap(({ handler }) => handler ?? []);
  const catching = handlers.map((handler) => handedCaught(model, handler)).filter((to) => to !== null);
  return [...new Map(catching.flatMap((to) => [...to]))].flatMap(([fn, file]) => {
    const times = catching.filter((to) => to.has(fn)).length;
    if (times < 2 || times * 2 <= catching.length || catching.length * 2 <= handlers.length) return [];
    const evidence = noteOf({ file, line: fn.line }, `${fn.name || 'a function'} answers what the handlers catch`);
    return [{ file, fn, live: true, evidence, leaks: [] }];
  });
}

/** The functions that a handler hands what it caught together with the answer; null for one that catches nothing. */
function handedCaught(
  model: AuditModel,
  { file, fn }: { file: string; fn: FunctionFact },
): Map<FunctionFact, string> | null {
  const caught = /\bcatch\s*\((?:\s*async)?[\s(]*(\w+)/.exec(model.view.text(file).slice(fn.start, fn.end));
  if (!caught) return null;
  const from = fn.start + caught.index;
  const targets = (model.wiring.code(file)?.calls ?? [])
    .filter(({ start, end, args }) => {
      const given = args.map((arg) => (arg.kind === 'ref' ? arg.path : ''));
      return start > from && end <= fn.end && given.includes(caught[1]!) && given.some((name) => answer.test(name));
    })
    .flatMap(({ callee, origin }) => model.wiring.functionOf(file, { kind: 'ref', path: callee, origin }) ?? []);
  return new Map(targets.map((target) => [target.fn, target.file]));
}
const answer = /^(res|response|reply|ctx|c)$/;

/** `{ statusCode: 500, body: JSON.stringify(error) }` in a function of a platform: the answer is an object, or a Response. */
export function leaksOfFunctions(model: AuditModel, component: Component): Evidence[] {
  return httpRoutes(model, component)
    .filter(({ framework }) => bare.has(framework))
    .flatMap(({ handler }) => (handler ? [handler, ...handedOn(model, handler)] : []))
    .flatMap(({ file, fn }) => leaksIn(file, model.view.text(file), fn))
    .slice(0, 4);
}

/** `fetch: (request, env) => answer(request, env)`: a handler without a `catch` that hands the whole request to a function of ours. */
function handedOn(
  model: AuditModel,
  { file, fn }: { file: string; fn: FunctionFact },
): { file: string; fn: FunctionFact }[] {
  if (/\bcatch\b/.test(model.view.text(file).slice(fn.start, fn.end))) return [];
  return (model.wiring.code(file)?.calls ?? [])
    .filter(
      ({ start, end, args: [first] }) =>
        start >= fn.start && end <= fn.end && first?.kind === 'ref' && first.path === fn.params[0],
    )
    .flatMap(({ callee, origin }) => model.wiring.functionOf(file, { kind: 'ref', path: callee, origin }) ?? []);
}

/** Lines of a `catch` that put the error, its message or its stack into an answer of 5xx. */
function leaksIn(file: string, text: string, { start, end }: FunctionFact): Evidence[] {
  const body = text.slice(start, end);
  const starts = lineStartsOf(text);
  const found: Evidence[] = [];
  for (const caught of body.matchAll(/\bcatch\s*\((?:\s*async)?[\s(]*(\w+)[^)]*?\)?\s*(?:=>\s*)?\{/g)) {
    const from = caught.index + caught[0].length;
    const whole = body.slice(from, blockEnd(body, from));
    const block = whole.replace(kind, (text) => ' '.repeat(text.length));
    const name = caught[1]!;
    if (!failing.test(block) || /NODE_ENV|isProd|production|instanceof\s+(?!Error\b)|\.name\s*===/.test(block))
      continue;
    const known = namesOf(block, name);
    const given = new RegExp(
      `(?<![.\\w$])(\\w+)\\s*=\\s*(?:String\\()?(?:${known.join('|')})\\.(?:message|stack)\\b`,
    ).exec(block);
    const names = given ? [...known, given[1]!] : known;
    // What a name is given is not sent yet.
    const kept = new RegExp(`(?<![.\\w$])(?:${names.join('|')})\\s*=(?!=)[^;\\n]*`, 'g');
    const carried = new RegExp(
      `(?:\\b(?:body|error|message|details|errors?)["']?\\s*[:=]|JSON\\.stringify\\(|new Response\\()[^;\\n]*\\b(?:${names.join('|')})\\b(?:\\.(?:message|stack|toString)\\b|\\s*[,)}\\n]|\\s*$)`,
      'm',
    ).exec(withoutLogs(block.replace(kept, (text) => ' '.repeat(text.length))));
    if (carried)
      found.push(
        noteOf(
          { file, line: lineAt(starts, start + from + carried.index) },
          `answers 500 with ${name} as it was thrown`,
        ),
      );
  }
  return found;
}

/** What is answered for one kind of error may be its own words. */
const kind =
  /\bif\s*\([^{};]*(?:instanceof\s+(?!Error\b)|\.name\s*===)[^{};]*\)\s*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|[^;{}]*;)/g;

/** The same text with what is written to a log blanked out, so that offsets stay. */
const withoutLogs = (block: string): string =>
  block.replace(/\b(?:console|log|logger|debug|Sentry|tracer|\w*[lL]ogger)\.\w+\([^;\n]*/g, (call) =>
    ' '.repeat(call.length),
  );

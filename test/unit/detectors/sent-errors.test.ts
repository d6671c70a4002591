import { describe, expect, it } from 'vitest';
import { blockEnd } from '../../../src/detectors/shared/blocks.ts';
import {
  bodiesIn,
  choosesByKind,
  failingNames,
  goesOn,
  isGivenByKind,
  isWrittenOut,
  namesOf,
  saysInternal,
  spelledOut,
} from '../../../src/detectors/shared/sent-errors.ts';
import { app, asked, at } from './_asked.ts';

it.each([
  ["const message = err instanceof Refusal ? err.message : 'failed';", true],
  ["let message=err instanceof Refusal?err.message:'failed';", true],
  ["var message: string = err instanceof Refusal ? `no: ${err.message}` : 'failed';", true],
  ['const message =\n  err instanceof Refusal\n    ? err.message\n    : "failed";', true],
  ["const message = err instanceof Error ? err.message : 'failed';", false],
  ["const message = err instanceof ErrorOfOurs ? err.message : 'failed';", true],
  ["const messages = err instanceof Refusal ? err.message : 'failed';", false],
  ["const text = err instanceof Refusal ? err.message : 'failed';", false],
  ["const message = 'a'; const text = err instanceof Refusal ? err.message : 'failed';", false],
  ['const message = err instanceof Refusal ? err.message : err.name;', false],
  ['const message = err instanceof Refusal ? err.message : failed();', false],
  ["const message = err instanceof Refusal; const a = b ? c : 'd';", false],
  ["const message = err instanceof Refusal ?? 'failed';", false],
  ["const message = err instanceof Refusal ?.text : 'failed';", false],
  ["const message = isRefusal(err) ? err.message : 'failed';", true],
  ["const message = isrefusal(err) ? err.message : 'failed';", false],
  ["const message = thisRefusal(err) ? err.message : 'failed';", false],
  ["const message = isError(err) ? err.message : 'failed';", false],
  ["const message = isErrorOfOurs(err) ? err.message : 'failed';", true],
  ["const message = isNativeError(err) ? err.message : 'failed';", false],
  ["const message = isString(err) ? err : 'failed';", false],
  ["const message = isArray(err) ? err[0] : 'failed';", false],
  ["const message = err.expose ? err.message : 'failed';", true],
  ["const message = err.exposed ? err.message : 'failed';", false],
  ["const message = status >= 500 ? 'failed' : err.message;", true],
  ["const message = status>=500?'failed':err.message;", true],
  ["const message = status < 500 ? err.message : 'failed';", true],
  ["const message = statusCode === 500 ? 'failed' : err.message;", true],
  ["const message = err.statusCode !== 500 ? err.message : 'failed';", true],
  ["const message = httpStatus == 500 ? 'failed' : err.message;", true],
  ["const message = err.code  ===  11000 ? 'there already' : err.message;", true],
  ["const message = errorCode > 4 ? 'failed' : err.message;", true],
  ["const message = status ? err.message : 'failed';", false],
  ["const message = status === known ? err.message : 'failed';", false],
  ["const message = status + 500 ? err.message : 'failed';", false],
  ["const message = err.message ? err.message : 'failed';", false],
])('%s chooses by the kind of error', (text, expected) => expect(choosesByKind(text)).toEqual(expected));

it.each([
  ['ctx.body = { message: err.message };', [0]],
  ['ctx.body={message:err.message};', [0]],
  ['ctx.body  =  {\n  error: true,\n  message: err.message,\n};', [0]],
  ['ctx.body = err', [0]],
  ['ctx.body = err\nctx.status = 500', [0]],
  ['ctx.body = errors', []],
  ['ctx.body = { err }', []],
  ['ctx.body = { ...err }', [0]],
  ['ctx.body = { ...errors }', []],
  ['ctx.body = { stack: err.stack }', [0]],
  ['ctx.body = { code: err.code }', []],
  ['ctx.body = { message: err.messages }', []],
  ['ctx.body = { message: myerr.message }', []],
  ['context.body = err.message', [0]],
  ['this.body = err.message', [0]],
  ['c.body = err.message', [0]],
  ['res.body = err.message', []],
  ['xctx.body = err.message', []],
  ['ctx.body == err.message', []],
  ["ctx.body = isProd ? 'failed' : err.message", []],
  ['ctx.body = err.expose && err.message', []],
  ["ctx.body = err.message || 'failed'", []],
  ["ctx.body = err.name === 'a'", []],
  ['ctx.body = err.toJSON ? err.toJSON() : { message: err.message };', [0]],
  ['ctx.body = err.toJSON\n  ? err.toJSON()\n  : { message: err.message };', [0]],
  ["ctx.body = err.expose\n? err.message\n    : 'failed'", []],
  ['ctx.body = err.toJSON?err.toJSON():{ message: err.message };', [0]],
  ['ctx.body = err.asJSON ? err.asJSON() : { message: err.message };', []],
  ["ctx.status = 500;\nctx.body = 'failed';\nctx.body = err.message;", [39]],
  ['ctx.body = {};\nconst text = err.message;', []],
])('%s carries the error at', (text, expected) => expect(bodiesIn(text, 'err')).toEqual(expected));

it.each([
  ["let message = 'failed';", true],
  ["let message='failed'", true],
  ['const message =  `failed`', true],
  ['var message = "failed"', true],
  ["let message = 'failed';\nif (a) message = 'other';", true],
  ["let message = 'failed';\nif (a) message = err.message;", false],
  ["let message = 'failed';\nif (a) message = other.message;", false],
  ['let message = `failed: ${err.message}`;', false],
  ["let message = 'failed' + err.message;", false],
  ["let message = 'failed'\n  + err.message;", false],
  ["let message = 'failed'\n  .concat(err.message)", false],
  ["let message = 'failed'\nres.json({ err })", true],
  ["message = 'failed';", false],
  ["let other = 'a';", false],
  ["let message = a || 'failed';", false],
  ["let message;\nmessage = 'failed';", false],
  ["let message = 'failed';\nbody.message = err.message;", true],
  ["let message = 'failed';\nif (message === err.name) return;", true],
  ["let message = 'failed';\nrun((message => err));", true],
  ["let message = 'failed'; $message = err;", true],
  ["let message = 'the errors were many';", true],
])('%s is written out', (text, expected) => expect(isWrittenOut(text, 'message', 'err')).toEqual(expected));

it.each([
  ["let message;\nif (err instanceof Refusal) {\n  message = err.message;\n} else {\n  message = 'failed';\n}", true],
  ["let message: string;\nif(err instanceof Refusal){\n  message=err.message;\n} else {\n  message='failed';\n}", true],
  [
    "let message: string | string[] = 'failed';\nif  (a && err instanceof Refusal && b)  {\n  message = err.message;\n}",
    true,
  ],
  ["let message;\nif (err instanceof Error) {\n  message = err.message;\n} else {\n  message = 'failed';\n}", false],
  [
    "let message;\nif (err instanceof ErrorOfOurs) {\n  message = err.message;\n} else {\n  message = 'failed';\n}",
    true,
  ],
  ['let message;\nif (err instanceof Refusal) {\n  message = err.message;\n} else {\n  message = err.name;\n}', false],
  ['let message;\nif (err instanceof Refusal) {\n  message = err.message;\n}', false],
  ["let message = 'failed';\nif (err instanceof Refusal) { log(err); }\nmessage = err.message;", false],
  ['message = err.message;\nif (err instanceof Refusal) { log(err); }', false],
  [
    "let message = 'failed';\nif (err instanceof A) { message = err.message; }\nif (err instanceof B) { message = err.message; }",
    true,
  ],
  ["let message = 'failed';\nif (err instanceof A) { if (b) { c(); } message = err.message; }", true],
  ['const message = titleOf(status);', true],
  ['const message = titleOf(\n  err,\n);', false],
  ['const cause = err as Error; const message = cause.message;', false],
  ['const message = cause.stack;', false],
  ['const message = cause.messages;', true],
  ['const { message } = err;', false],
  ["const { message = 'failed' } = err;", false],
  ['res.json({ message: err.message });', false],
  ['body.message = titleOf(status);', false],
  ['if (message == other) return;', false],
  ['run((message) => message);', false],
  ['run(message => message);', false],
])('%s is given by the kind of error', (text, expected) => {
  expect(isGivenByKind(text, 'message', 'err')).toEqual(expected);
});

it.each([
  ['next(err);', true],
  ['next ( err )', true],
  ['next(error);', false],
  ['next();', false],
  ['mynext(err);', false],
  ['if (a) return res.json({});\nnext(err);', true],
  ['if (a) return next(err);\nres.json({});', false],
  ['res.json({});\nif (a) return next(err);\nres.json({});', false],
])('%s hands it on', (text, expected) => expect(goesOn(text, 'err')).toEqual(expected));

it.each([
  ['res.status(500).json({ error: err.message })', true],
  ['res.status( 500 ).json({ error: err.stack })', true],
  ['res.code(500).send(err.message)', true],
  ['res.status(HttpStatus.INTERNAL_SERVER_ERROR).send(err.message)', true],
  ['res.status(INTERNAL_SERVER_ERROR ).send(err.message)', true],
  ['res.status(500 ).send(err.message)', true],
  ['res.status(400).send(err.message)', false],
  ['res.status(5000).send(err.message)', false],
  ["res.status(500).send('failed')", false],
  ['res.status(500).send(err.messages)', false],
  ['res.status(500).send(myerr.message)', false],
])('%s says that it failed, and how', (text, expected) => expect(saysInternal(text, 'err')).toEqual(expected));

it.each<[string[], string, boolean]>([
  [['err'], 'failed(`a: ${err.message}`)', true],
  [['err'], 'failed(`a: ${err.stack}`)', true],
  [['err'], 'failed(`a: ${err.name}`)', false],
  [['err'], 'failed(err.message)', false],
  [['err', 'cause'], 'failed(`${cause.message}`)', true],
  [['err', 'cause'], 'failed(`${err.message}`)', true],
  [['$e'], 'failed(`${$e.message}`)', true],
])('%s is spelled out in %s', (thrown, text, expected) => expect(spelledOut(thrown).test(text)).toEqual(expected));

it.each([
  ['res.end();', ['err']],
  ['const cause = err;\nres.end();', ['err', 'cause']],
  ['let cause=err;', ['err', 'cause']],
  ['var  cause  =  err  ;', ['err', 'cause']],
  ['const cause = err as Error;', ['err', 'cause']],
  ['const cause = err as Failure<string>;', ['err', 'cause']],
  ['const cause = err.cause;', ['err']],
  ['const cause = errors;', ['err']],
  ['const text = `failed: ${err.message}`;', ['err', 'text']],
  ['let text=`${err.stack}`;', ['err', 'text']],
  ['const text = `failed: ${err.code}`;', ['err']],
  ['const cause = err;\nconst text = `failed: ${cause.message}`;', ['err', 'cause', 'text']],
  ['const cause = err;\nconst text = `failed: ${err.message}`;', ['err', 'cause', 'text']],
  ['const text = err.message;', ['err', 'text']],
  ['const text: string = err.message;', ['err', 'text']],
  ['let text:string=err.stack', ['err', 'text']],
  ['const text = err.messages;', ['err']],
  ["const text = err instanceof Error ? err.message : 'failed';", ['err', 'text']],
  ["const text = err  instanceof  Error?err.message:'failed';", ['err', 'text']],
  ["const text = err instanceof Refusal ? err.message : 'failed';", ['err']],
  ["const cause = err;\nconst text = cause instanceof Error ? cause.message : 'failed';", ['err', 'cause', 'text']],
  ['const cause = err;\nconst text = cause.message;', ['err', 'cause', 'text']],
  ['const a = `${err.message}`;\nconst b = err.stack;', ['err', 'a', 'b']],
])('%s gives it the names', (text, expected) => expect(namesOf(text, 'err')).toEqual(expected));

it.each([
  ['const code = err.status || 500;', ['code']],
  ['let  code=err.status??500', ['code']],
  ['var code  = err.status  ||  500;\nconst other = err.code ?? 500;', ['code', 'other']],
  ['const code = err.status || 5000;', []],
  ['const code = err.status && 500;', []],
  ['const code = 500;', []],
  ['const code = err.status;\nconst a = b || 500;', ['a']],
  ['const code = err.status\n  || 500;', []],
])('%s is 500 if nothing else', (text, expected) => expect(failingNames(text)).toEqual(expected));

it.each([
  ['{ a } b', '{ a '],
  ['{ a { b } { c { d } } e } f }', '{ a { b } { c { d } } e '],
  ['{ a { b }', '{ a { b }'],
  ['{}', '{'],
])('%s closes', (text, expected) => expect(text.slice(0, blockEnd(text, 1))).toEqual(expected));

/** An application whose handler of errors stands behind its routes, and what stands beside it. */
const handled = (body: string, more: Record<string, string> = {}, imports = '') =>
  at(
    app(
      `app.get('/notes', list);\napp.use((err, req, res, next) => {\n${body}\n});`,
      `${imports}const list = (req, res) => res.json([]);`,
    ),
    more,
  );
const shown = async (files: Record<string, string>): Promise<string> => {
  const [answer, ...evidence] = await asked('hides-errors', { ask: 'hides' }, files);
  return answer === 'no' ? evidence.join() : 'hidden';
};

describe('a page that shows the message', () => {
  const page = { 'views/pages/failed.ejs': '<h1><%= message %></h1>' };
  const given = "res.locals.message = err.message;\nres.render('pages/failed');";
  it.each<[string, string, Record<string, string>, string]>([
    ['it is rendered', given, page, 'src/index.js:6 views/pages/failed.ejs shows err.message to the caller'],
    [
      'in other words',
      `\n\nres.locals.text=err.message ;\nres.render(\n  "pages/failed", {});`,
      page,
      'src/index.js:8 views/pages/failed.ejs shows err.message to the caller',
    ],
    ['before it is given', "res.render('pages/failed');\nres.locals.message = err.message;", page, 'hidden'],
    [
      'after another',
      `res.render('pages/other');\n${given}`,
      page,
      'src/index.js:7 views/pages/failed.ejs shows err.message to the caller',
    ],
    ['by a name', given.replace("'pages/failed'", 'page'), page, 'hidden'],
    ['which is not there', given, { 'views/failed.ejs': '<%= message %>' }, 'hidden'],
    ['of another folder', given, { 'src/reviews/pages/failed.ejs': '<%= message %>' }, 'hidden'],
    [
      'in a folder of the sources',
      given,
      { 'src/views/pages/failed.pug': 'p= message' },
      'src/index.js:6 src/views/pages/failed.pug shows err.message to the caller',
    ],
    ['with two endings', given, { 'views/pages/failed.html.ejs': '<%= message %>' }, 'hidden'],
    ['which says something of its own', given, { 'views/pages/failed.ejs': '<%= messages %>' }, 'hidden'],
    ['which is given no message', given.replace('err.message', "'failed'"), page, 'hidden'],
    ['which is given another', given.replace('err.message', 'other.message'), page, 'hidden'],
  ])('%s', async (_, body, more, expected) => expect(await shown(handled(body, more))).toEqual(expected));
});

describe('what a function of ours makes of the error', () => {
  const made = (source: string, call = 'const body = toBody(err);') =>
    handled(
      `${call}\nres.status(500).json(body);`,
      { 'src/body.js': `${source}\nexport const stage = process.env.STAGE;\n` },
      "import { toBody } from './body.js';\n",
    );
  const fn = (body: string, params = 'error') => `export function toBody(${params}) {\n${body}\n}`;
  it.each<[string, string]>([
    [fn('  return { message: error.message };'), 'src/index.js:8 sends err.message or the error itself to the caller'],
    [
      fn('  return {\n    code: 500,\n    message: error.message,\n  };'),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [
      'export const toBody = (error) => ({ message: error.message });',
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [
      'export const toBody = (error) => ({\n  message: error.message,\n});',
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [
      'export const toBody = (error)=>({message:error.message});',
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    ['export const toBody = (error) => error.code;', 'hidden'],
    [fn('  return { message: error.messages };'), 'hidden'],
    [fn("  return { message: 'failed' };"), 'hidden'],
    [fn("  const text = error.message;\n  return 'failed';"), 'hidden'],
    [fn("  return { message: process.env.NODE_ENV ? '' : error.message };"), 'hidden'],
    [fn('  if (isProd) log(error);\n  return { message: error.message };'), 'hidden'],
    [fn('  if (isDev) log(error);\n  return { message: error.message };'), 'hidden'],
    [fn('  if (production) log(error);\n  return { message: error.message };'), 'hidden'],
    [fn('  if (error.isOperational) log(error);\n  return { message: error.message };'), 'hidden'],
    [fn('  if (error.expose) log(error);\n  return { message: error.message };'), 'hidden'],
    [
      fn('  if (error.exposed) log(error);\n  return { message: error.message };'),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [fn('  if (error.code >= 500) error.message = "";\n  return { message: error.message };'), 'hidden'],
    [fn('  if (error.code<500) error.message = "";\n  return { message: error.message };'), 'hidden'],
    [fn('  if (error.code <  500) error.message = "";\n  return { message: error.message };'), 'hidden'],
    [
      fn('  if (error.code === 500) error.message = "";\n  return { message: error.message };'),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [
      fn('  if (error.code >= 500) log(error);\n  return { message: error.message };'),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [fn("  return { message: error.known ? error.message : 'failed' };"), 'hidden'],
    // Of a kind that it knows.
    [fn("  if (error instanceof A) { return { message: error.message }; }\n  return 'failed';"), 'hidden'],
    [fn("  if(a && error instanceof A){return{message:error.message};}\n  return 'failed';"), 'hidden'],
    [
      fn(
        "  if  (error instanceof A)  {\n    if (b) { c(); }\n    if (d) { e(); }\n    return { message: error.message };\n  }\n  return 'failed';",
      ),
      'hidden',
    ],
    [
      fn('  if (error instanceof A) { log(error); }\n  return { message: error.message };'),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    // What it says to a log.
    [fn("  console.error({ message: error.message });\n  return 'failed';"), 'hidden'],
    [fn("  return console.error('a', { message: error.message }), 'failed';"), 'hidden'],
    [fn("  return logger.error(error.message), 'failed';"), 'hidden'],
    [fn("  return log.error(error.message), 'failed';"), 'hidden'],
    [fn("  return appLogger['error'](error.message), 'failed';"), 'hidden'],
    [
      fn("  return shown.error(error.message), 'failed';"),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    // What it makes and hands back.
    [
      fn('  const failure = new Failure(500, error.message);\n  return failure;'),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [
      fn('  let failure=new Failure(error.message, 500);\n  return { failure };'),
      'src/index.js:8 sends err.message or the error itself to the caller',
    ],
    [fn('  const failure = new Failure(500);\n  return failure;'), 'hidden'],
    [fn('  const failure = new Failure(error.message);\n  return other;'), 'hidden'],
    [fn('  return failure;\n  const failure = new Failure(error.message);'), 'hidden'],
    [fn('  throw new Failure(error.message);'), 'hidden'],
    [fn('  const failure = made(error.message);\n  return failure;'), 'hidden'],
    // What it is handed.
    [fn('  return { message: error.message };', '{ error }'), 'hidden'],
    [fn('  return { message: error.message };', ''), 'hidden'],
    ['export const other = 1;', 'hidden'],
  ])('%s', async (source, expected) => expect(await shown(made(source))).toEqual(expected));

  it.each<[string, string]>([
    ['const body = toBody(500, err);', 'src/index.js:8 sends err.message or the error itself to the caller'],
    ['const body = toBody(err.message);', 'hidden'],
    ['const body = toBody(other);', 'hidden'],
    ['const body = toBody();', 'hidden'],
    ['toBody(err);', 'hidden'],
    ['const other = toBody(err);', 'hidden'],
    ["const body = toBody('err');", 'hidden'],
  ])('by %s', async (call, expected) => {
    const source = fn('  return { message: error.message };', call.includes('500') ? 'code, error' : 'error');
    expect(await shown(made(source, call))).toEqual(expected);
  });
});

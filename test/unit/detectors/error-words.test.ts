import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

/** Whether what is answered shows the error: `open` or `hidden`. */
const judged = async (files: Record<string, string>): Promise<string> =>
  (await asked('hides-errors', { ask: 'hides' }, files))[0] === 'yes' ? 'hidden' : 'open';
/** An application with one handler of errors behind its routes. */
const handled = (body: string, params = 'err, req, res, next') =>
  at(
    app(`app.get('/notes', list);\napp.use((${params}) => {\n${body}\n});`, 'const list = (req, res) => res.json([]);'),
  );

describe('a handler of errors', () => {
  const sends = 'res.status(500).json({ error: err.message });';
  it.each([
    [sends, 'open'],
    ["res.status(500).json({ error: 'failed' });", 'hidden'],
    // What is logged in development is no answer.
    [`if (process.env.NODE_ENV !== 'production') console.error(err);\n${sends}`, 'open'],
    [`if(isDev)console.error(err)\n${sends}`, 'open'],
    [`if (isDev)  {  log.error(err);  }\n${sends}`, 'open'],
    [`if (isDev) { logger.error(err) }\n${sends}`, 'open'],
    [`if (isDev) { mylog.error(err) ; }\n${sends}`, 'open'],
    [`if (isDev) mylogger.warn(err);\n${sends}`, 'open'],
    [`if (isDev) winston.error(err);\n${sends}`, 'open'],
    [`if (isDev) show.error(err);\n${sends}`, 'hidden'],
    // Whoever asks which environment it is chooses what to show.
    ['const text = debug ? err.message : "failed";\nres.status(500).json({ text, error: err.message });', 'hidden'],
    ['if (debug && a) show();\nres.status(500).json({ error: err.message });', 'hidden'],
    ['const text = debug? 1 : 2;\nres.status(500).json({ error: err.message });', 'hidden'],
    ['debug = a;\nres.status(500).json({ error: err.message });', 'hidden'],
    // The stack alone left out says the message to everybody.
    [
      "res.status(500).json({ message: err.message, stack: process.env.NODE_ENV === 'production' ? null : err.stack });",
      'open',
    ],
    ["const stack = isProd ? '' : err.stack;\nres.status(500).json({ message: err.message, stack });", 'open'],
    [
      "const message = isProd ? 'failed' : err.message;\nres.status(500).json({ message, stack: isProd ? '' : err.stack });",
      'hidden',
    ],
    [
      "const message=isProd ? 'failed' : err.message;\nres.status(500).json({ message, stack: isProd ? '' : err.stack });",
      'hidden',
    ],
    ["res.status(500).json({ message : isProd ? 'failed' : err.message, stack: isDev && err.stack });", 'hidden'],
    [
      "if (production) {\n  err = { stack: '' };\n}\nres.status(500).json({ message: err.message, stack: err.stack });",
      'hidden',
    ],
    ['if (isProduction) { error= a; }\nres.status(500).json({ message: err.message, stack: err.stack });', 'hidden'],
    [
      "if (!err.isOperational && isProd) message = 'failed';\nres.status(500).json({ message: err.message, stack: err.stack });",
      'hidden',
    ],
    // A kind of error that is meant for the caller.
    [`if (err.isOperational) res.end();\n${sends}`, 'hidden'],
    [`if (err.expose) res.end();\n${sends}`, 'hidden'],
    [`if (err.statusCode < 500) res.end();\n${sends}`, 'hidden'],
    [`if (err.statusCode>=500) res.end();\n${sends}`, 'hidden'],
    [`if (err.statusCode===  500) res.end();\n${sends}`, 'hidden'],
    [`if (err.status  <  500) res.end();\n${sends}`, 'hidden'],
    [`if (err.status>=500) res.end();\n${sends}`, 'hidden'],
    [`if (err.status === 400) res.end();\n${sends}`, 'open'],
    [`if (err.isBoom) res.end();\n${sends}`, 'hidden'],
    // What is left at the end is the unexpected one.
    [`if (err instanceof Missing) return res.json({ error: err.message });\nres.json({ error: 'failed' });`, 'hidden'],
    [`if (err.name === 'Missing') return res.json({ error: err.message });\nres.json({ error: 'failed' });`, 'hidden'],
    [`if (err.name==='Missing') return res.json({ error: err.message });\nres.json({ error: 'failed' });`, 'hidden'],
    [`if (err.code==='missing') return res.json({ error: err.message });\nres.json({ error: 'failed' });`, 'hidden'],
    [`if (err.code  === 'missing') return res.json({ error: err.message });\nres.json({ error: 'failed' });`, 'hidden'],
    [`if (err.statusCode===404) return res.json({ error: err.message });\nres.json({ error: 'failed' });`, 'hidden'],
    [
      `if (err.statusCode  ===  404) return res.json({ error: err.message });\nres.json({ error: 'failed' });`,
      'hidden',
    ],
    [`if (err.title === 'a') return res.json({ error: err.message });\nres.json({ error: 'failed' });`, 'open'],
    // The same under another name.
    ['const other = err;\nres.json({ text: other.message });', 'open'],
    ['res.json(err.toString());', 'open'],
    ['res.json({ a: { b: err.message } });', 'open'],
    ['res.json([err.name]);', 'hidden'],
    ['res.send(err.stack);', 'open'],
    ['logger.error(err.stack);\nres.end();', 'hidden'],
    ['reportFailure(err.stack);\nres.end();', 'hidden'],
    ['tracker.trackError(err.stack);\nres.end();', 'hidden'],
    ['captureFailure(err.stack);\nres.end();', 'hidden'],
    ['throw new AppError(err.stack);', 'hidden'],
    ['show(err.stack);\nres.end();', 'open'],
    ['end(err.message);', 'open'],
    ['res.trend(err.message);\nres.end();', 'hidden'],
  ])('%s: %s', async (body, expected) => expect(await judged(handled(body))).toBe(expected));

  it.each([
    ['e, req, res, next', 'res.json(e.message);', 'open'],
    ['exception, req, res, next', 'res.json(exception.message);', 'open'],
    ['problem, req, res, next', 'res.json(problem.message);', 'open'],
    ['_req, problem, _res, done', '_res.json(problem.message);', 'open'],
    ['request, problem, response, next', 'response.json(problem.message);', 'open'],
  ])('(%s) => %s %s', async (params, body, expected) => expect(await judged(handled(body, params))).toBe(expected));
});

describe('packages that send the error on', () => {
  it.each([
    ['errorhandler', "import all from 'errorhandler';", 'all()', 'open'],
    ['koa-json-error', "import all from 'koa-json-error';", 'all()', 'open'],
    ['stoker', "import { onError } from 'stoker/middlewares';", 'onError', 'open'],
    ['stoker', "import onError from 'stoker/middlewares/on-error';", 'onError', 'open'],
    ['my-errorhandler', "import all from 'my-errorhandler';", 'all()', 'hidden'],
    ['errorhandler-of', "import all from 'errorhandler-of';", 'all()', 'hidden'],
    ['koa-json-errors', "import all from 'koa-json-errors';", 'all()', 'hidden'],
    ['stoker', "import all from 'stoker/middlewaresof';", 'all()', 'hidden'],
    ['stoker', "import { notFound } from 'stoker/middlewares';", 'notFound', 'hidden'],
  ])('%s, by %s', async (name, imports, used, expected) => {
    const hides = "app.use((err, req, res, next) => res.status(500).json({ error: 'failed' }));";
    const files = at(app(`app.get('/', (req, res) => res.json([]));\napp.use(${used});\n${hides}`, imports), {}, [
      name,
    ]);
    expect(await judged(files)).toBe(expected);
  });
});

describe("Koa's way", () => {
  const koa = (body: string, params = 'ctx, next', async = 'async ') => ({
    'package.json': service({}, ['koa']),
    'src/index.js': `import Koa from 'koa';\nconst app = new Koa();\napp.use(${async}(${params}) => {\n${body}\n});\napp.listen(3000);\n`,
  });
  const found = async (files: Record<string, string>) =>
    (await asked('hides-errors', { ask: 'registered' }, files))[0] === 'yes';
  it.each([
    ["try {\n  await next();\n} catch (err) {\n  ctx.body = 'failed';\n}", true],
    ["try{await next()}catch(err){ctx.body = 'failed';}", true],
    ["try  {  await  next ( ) } catch  (err) { ctx.body = 'failed'; }", true],
    ["try { start(ctx); await next(); } catch (err) { ctx.body = 'failed'; }", true],
    ['try { await next(); } finally { end(); }', false],
    ["try { await nextOf(); } catch (err) { ctx.body = 'failed'; }", false],
    ['await next();', false],
  ])('%s: %s', async (body, is) => expect(await found(koa(body))).toBe(is));
});

describe('a status that is 500 where the error says no other', () => {
  const caught = (body: string) =>
    at(
      app(`app.get('/notes', async (req, res) => {\n  try { res.json(await all()); } catch (err) {\n${body}\n  }\n});`),
    );
  it.each([
    ['const code = err.status || 500;\nres.status(code).json({ error: err.message });', 'open'],
    ['let  code=err.status ??500;\nres.status(code).json({ error: err.message });', 'open'],
    ['var code  = err.status ||  500;\nres.status(code).json({ error: err.message });', 'open'],
    ['const code = 404;\nres.status(code).json({ error: err.message });', 'hidden'],
    ['const code = err.status || 5000;\nres.status(code).json({ error: err.message });', 'hidden'],
  ])('%s: %s', async (body, expected) => expect(await judged(caught(body))).toBe(expected));
});

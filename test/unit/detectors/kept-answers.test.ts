import { describe, expect, it } from 'vitest';
import { keptByConfiguration } from '../../../src/detectors/shared/http-caching.ts';
import { bodiesIn, choosesByKind } from '../../../src/detectors/shared/sent-errors.ts';
import { asked, framework, understood } from './_asked.ts';

describe('what Next.js keeps', () => {
  const page = (line: string, path = 'app/notes/page.tsx') =>
    framework(
      'next',
      {
        'app/page.tsx': 'export default () => <main />;\n',
        [path]: `import 'a';\n${line}\nexport default () => <main />;\n`,
      },
      ['react'],
    );
  const kept = async (files: Record<string, string>) =>
    (await asked('caches-answers', { ask: 'exists' }, files)).some((one) => one.includes('revalidated'));
  it.each([
    'export const revalidate = 60;',
    'export const revalidate=3600;',
    'export const revalidate  =  10;',
    'export const revalidate = false;',
    '  revalidate: 60,',
    'revalidate:60,',
    'revalidate:  100,',
    'const a = fetch(url, { next: { revalidate: 60 } });',
    'const a = fetch(url, { next:{revalidate:100} });',
    'const a = fetch(url, { next:  {  revalidate:  9 } });',
    "const a = fetch(url, { next: { tags: ['a'] } });",
    "'use cache';",
    '"use cache: remote";',
  ])('%s', async (line) => expect(await kept(page(line))).toBe(true));
  it.each([
    'export const revalidate = 0;',
    'export const revalidate = true;',
    '// export const revalidate = 60;',
    '  revalidate: 0,',
    '  // revalidate: 60',
    '  revalidate: every60,',
    'const a = fetch(url, { next: { revalidate: 0 } });',
    'const a = fetch(url, { next: { revalidate: x6 } });',
    "const says = 'use cache';",
    "  'use cache' in says;",
    'use cache;',
  ])('not %s', async (line) => expect(await kept(page(line))).toBe(false));
});

describe('what configuration keeps', () => {
  const kept = async (line: string) => {
    const files = {
      'app.vue': '<template><main /></template>\n',
      'nuxt.config.ts': `export default defineNuxtConfig({\n${line}\n});\n`,
    };
    const model = await understood(framework('nuxt', files));
    return keptByConfiguration(model, model.components[0]!).length > 0;
  };
  it.each([
    'isr: 60,',
    '  swr: true,',
    '\tisr : 60,',
    '  routeRules.of.swr: true,',
    'routeRules[0].cache : 1,',
    "headers: { 'cache-control': 'max-age=60' },",
    "headers: { 'cache-control':\n'max-age=60' },",
  ])('%s', async (line) => expect(await kept(line)).toBe(true));
  it.each([
    "'/a': { isr: 60 },",
    '// isr: 60',
    'isrOf: 60,',
    'routeRules: {},',
    "headers: { 'cache-control': 'no-store' },",
    "headers: { 'cache-control': 'max-age=0' },",
  ])('not %s', async (line) => expect(await kept(line)).toBe(false));
});

describe('a message that is chosen by the kind of error', () => {
  it.each([
    "const message = err instanceof AppError ? err.message : 'Failed';",
    "let message: string = err instanceof AppError ? err.message : 'Failed';",
    'const message = isHttpError(err) ? err.message : "Failed";',
    "var message = err.expose ? err.message : 'Failed';",
    "const message = err.status < 500 ? err.message : 'Failed';",
    "const message = err.statusCode>=500 ? 'Failed' : err.message;",
    "const message = code === 404 ?'Gone' : err.message;",
    "const message = code  !==  404 ?  'Gone' : err.message;",
    'const message = codeOf== 44 ? `Gone` : err.message;',
    "const message = err.status != 500 ? err.message :'Failed';",
    'const message = err.status < 500 ? err.message :   `Failed`;',
  ])('%s', (text) => expect(choosesByKind(text)).toBe(true));
  it.each([
    "const message = err instanceof Error ? err.message : 'Failed';",
    "const message = isError(err) ? err.message : 'Failed';",
    "const message = isNativeError(err) ? err.message : 'Failed';",
    "const message = err.message ?? 'Failed';",
    "const message = err.code?.of ? err.message : 'Failed';",
    "const message = err.status < limit ? err.message : 'Failed';",
    'const message = err.status < 500 ? err.message : err.name;',
    "const text = err.status < 500 ? err.message : 'Failed';",
    "const message = err.message; const a = err.status < 500 ? b : 'c';",
  ])('not %s', (text) => expect(choosesByKind(text)).toBe(false));
});

describe('bodies of Koa that carry the error', () => {
  it.each([
    ['ctx.body = err.message;', [0]],
    ['ctx.body=err.stack', [0]],
    ['context.body  =  { error: err.message };', [0]],
    ['this.body = { ...err }', [0]],
    ['c.body = err', [0]],
    ['ctx.status = 500; ctx.body = {\n  text: err.message,\n};', [18]],
    ['ctx.body = { ...(err.toJSON?err.toJSON():err), text: err.message };', [0]],
    ['ctx.body = {...(failure.toJSON  ?  failure.toJSON()  : 0), text: err.message };', [0]],
    ['ctx.body == err.message;', []],
    ["ctx.body = 'failed'; log(err.message);", []],
    ["ctx.body = 'failed'\nlog(err.message)", []],
    ["ctx.body = prod ? 'failed' : err.message;", []],
    ['ctx.body = show && err.message;', []],
    ['ctx.body = err.messages;', []],
    ['ctx.body = errors;', []],
    ['request.body = err.message;', []],
  ])('%s', (text, expected) => expect(bodiesIn(text, 'err')).toEqual(expected));
});

import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

type Row = [code: string, expected: string];
const answer = async (files: Record<string, string>, ask: 'any' | 'strong' | 'defined' = 'any'): Promise<string> =>
  (await asked('sends-headers', { ask }, files))[0]!.replace(/:.*/, '');
const list = "app.get('/notes', (req, res) => res.json([]));";
const helmet = (statements: string, name = 'helmet', as = name.replace(/[^a-z]/g, '')) =>
  at(app(`${statements}\n${list}`, `import ${as} from '${name}';`), {}, [name]);
const sent = async (files: Record<string, string>) =>
  (await asked('sends-headers', { ask: 'any' }, files)).slice(1).map((one) => one.replace(/^[^ ]* /, ''));

describe('what one part of Helmet sends', () => {
  it.each<Row>([
    ['hsts', 'strict-transport-security'],
    ['strictTransportSecurity', 'strict-transport-security'],
    ['contentSecurityPolicy', 'content-security-policy'],
    ['noSniff', 'x-content-type-options'],
    ['xContentTypeOptions', 'x-content-type-options'],
    ['frameguard', 'x-frame-options'],
    ['xFrameOptions', 'x-frame-options'],
    ...'hidePoweredBy,xPoweredBy,xssFilter,xXssProtection,ieNoOpen,xDownloadOptions,dnsPrefetchControl,xDnsPrefetchControl,permittedCrossDomainPolicies,referrerPolicy,originAgentCluster,crossOriginEmbedderPolicy,crossOriginOpenerPolicy'
      .split(',')
      .map((name): Row => [name, 'weak']),
    ['other', 'all'],
    ['hstsAll', 'all'],
    ['myHsts', 'all'],
    ['referrer', 'all'],
    ['crossOrigin', 'all'],
  ])('%s: %s', async (member, expected) => {
    const [shown] = await sent(helmet(`app.use(helmet.${member}());`));
    expect(shown).toBe(expected === 'all' ? 'use(helmet)' : `use(helmet: ${expected})`);
  });
  it.each<Row>([
    ['helmet()', 'yes'],
    ['helmet({ hsts: false })', 'yes'],
    ['helmet({ contentSecurityPolicy: false })', 'yes'],
    ['helmet({ hsts: false, contentSecurityPolicy: false })', 'no'],
    ['helmet({ strictTransportSecurity: false, contentSecurityPolicy: false })', 'no'],
    ['helmet({ noSniff: false, frameguard: false })', 'no'],
    ['helmet({ noSniff: false })', 'yes'],
    ['helmet({ hsts: true, contentSecurityPolicy: false })', 'yes'],
    ['helmet({ other: false })', 'yes'],
    ['helmet.hsts()', 'no'],
    ['helmet.hsts(), helmet.noSniff()', 'yes'],
    ['helmet.contentSecurityPolicy(), helmet.frameguard()', 'yes'],
    ['helmet.hsts(), helmet.contentSecurityPolicy()', 'no'],
    ['helmet.noSniff(), helmet.frameguard()', 'no'],
    ['helmet.hsts(), helmet.xssFilter()', 'no'],
  ])('%s: is it enough: %s', async (made, expected) => {
    expect(await answer(helmet(`app.use(${made});`), 'strong')).toBe(expected);
  });
});

describe('packages of one header', () => {
  it.each<Row>([
    ['hsts', 'strict-transport-security'],
    ['helmet-csp', 'content-security-policy'],
    ['dont-sniff-mimetype', 'x-content-type-options'],
    ['frameguard', 'x-frame-options'],
    ['x-xss-protection', 'weak'],
    ['referrer-policy', 'weak'],
  ])('%s: %s', async (name, expected) => {
    const shown = await sent(helmet('app.use(own());', name, 'own'));
    expect(shown.length === 0 || shown[0] === `use(${name}: ${expected})`).toBe(true);
  });
  it.each<Row>([
    ['lusca({ csrf: true })', ''],
    ['lusca({ hsts: {}, xframe: "DENY" })', 'strict-transport-security, x-frame-options'],
    ['lusca({ csp: {}, nosniff: true })', 'content-security-policy, x-content-type-options'],
    ['lusca({ xssProtection: true, referrerPolicy: "a", p3p: "b" })', 'weak, weak, weak'],
  ])('%s: %s', async (made, expected) => {
    const shown = await sent(helmet(`app.use(${made});`, 'lusca'));
    expect(shown.map((one) => /: (.*)\)/.exec(one)?.[1]).join(', ')).toBe(expected);
  });
});

describe('a header that code sets', () => {
  const set = (call: string) => at(app(`app.use((req, res, next) => { ${call}; next(); });\n${list}`));
  const both = (one: string, two: string) => set(`res.setHeader('${one}', 'a'); res.setHeader('${two}', 'b')`);
  it.each<Row>([
    ["res.setHeader('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.set('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.header('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.append('Strict-Transport-Security', 'max-age=1')", 'yes'],
    ["res.sets('Strict-Transport-Security', 'max-age=1')", 'no'],
    ["res.get('Strict-Transport-Security')", 'no'],
    ["res.setHeader('X-Other', 'a')", 'no'],
  ])('%s: %s', async (call, expected) => {
    expect(await answer(set(call))).toBe(expected);
  });
  it.each<[string, string, string]>([
    ['Strict-Transport-Security', 'X-Content-Type-Options', 'yes'],
    ['content-security-policy', 'x-frame-options', 'yes'],
    ['Strict-Transport-Security', 'Content-Security-Policy', 'no'],
    ['X-Content-Type-Options', 'X-Frame-Options', 'no'],
    ['Strict-Transport-Security', 'X-Other', 'no'],
  ])('%s with %s is enough: %s', async (one, two, expected) => {
    expect(await answer(both(one, two), 'strong')).toBe(expected);
  });
});

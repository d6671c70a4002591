import { describe, expect, it } from 'vitest';
import { ofDefinitions, ofMedusa, ofStrapi, openElsewhere } from '../../../src/detectors/shared/stated-origins.ts';
import { understood } from './_asked.ts';

describe("Strapi's list of middlewares", () => {
  const origins = async (text: string, path = 'config/middlewares.js') => {
    const manifest = '{"name":"cms","scripts":{"start":"strapi start"},"dependencies":{"@strapi/strapi":"5"}}';
    const model = await understood({ 'package.json': manifest, [path]: text });
    return ofStrapi(model, model.components[0]!).map(({ evidence, open }) => `${evidence.line} ${open}`);
  };
  it.each([
    ["module.exports = ['strapi::errors', 'strapi::cors'];", ['1 its default, any origin']],
    ['export default [\n  "strapi::cors",\n];', ['2 its default, any origin']],
    ["[{ name: 'strapi::cors' }]", ['1 its default, any origin']],
    ["[{ name : 'strapi::cors', config: {} }]", ['1 its default, any origin']],
    ["[{ name:'strapi::cors', config: { origin: ['https://a.example'] } }]", ['1 null']],
    ["[{ name: 'strapi::cors', config: { origin:['*'] } }]", ['1 the wildcard *']],
    ["[{ name: 'strapi::cors', config: { origin : '*' } }]", ['1 the wildcard *']],
    ["[{ name: 'strapi::cors', config: { origin: [/*/] } }]", ['1 null']],
    ["[{ name: 'strapi::cors', config: shared }]", ['1 null']],
    ["[{ name: 'strapi::cors', config :shared }]", ['1 null']],
    ["[{ name: 'strapi::cors', config: 5 }]", ['1 its default, any origin']],
    ["[{ name: 'strapi::cors', ...shared }]", ['1 null']],
    ["[{ name: 'strapi::cors', config: { origin } }]", ['1 null']],
    ["[{ name: 'strapi::cors', enabled: false }]", []],
    ["[{ name: 'strapi::cors', enabled :  false }]", []],
    ["[{ name: 'strapi::cors', enabled:false }]", []],
    ["[{ name: 'strapi::cors', enabled: true }]", ['1 its default, any origin']],
    ["[{ name: 'strapi::cors' }, { name: 'strapi::poweredBy', enabled: false }]", ['1 its default, any origin']],
    ["[/* 'strapi::cors',\n first */ 'strapi::errors']", []],
    ["[\n  // 'strapi::cors',\n  'strapi::errors'\n]", []],
    ["/* of\n ours */ ['strapi::cors']", ['2 its default, any origin']],
    ["[{ name: 'strapi::cors', config: { origin: ['https://a.example'] } } /* or '*' */]", ['1 null']],
    ["['strapi::errors']", []],
  ])('%s', async (text, expected) => expect(await origins(text)).toEqual(expected));
  it('is read where production has its own', async () => {
    const text = "['strapi::cors']";
    expect(await origins(text, 'config/env/production/middlewares.ts')).toEqual(['1 its default, any origin']);
    expect(await origins(text, 'config/env/staging/middlewares.ts')).toEqual([]);
  });
});

it.each([
  ['*', ['the wildcard *']],
  ['https://a.example', [null]],
])('a proxy that is led to answers for what stands behind it: %s', async (origin, expected) => {
  const model = await understood({
    'api/package.json': '{"name":"api","scripts":{"start":"node index.js"},"dependencies":{"express":"4"}}',
    'api/index.js': "import express from 'express';\nexpress().listen(3000);\n",
    'api/Dockerfile': 'FROM node:22\nCOPY . .\nCMD ["node", "index.js"]\n',
    'nginx.conf': `server { listen 80; location / { add_header Access-Control-Allow-Origin ${origin}; proxy_pass http://api:3000; } }\n`,
    'compose.yml':
      'services:\n  api: { build: ./api }\n  proxy: { image: "nginx:1.27", ports: ["80:80"], volumes: ["./nginx.conf:/etc/nginx/nginx.conf"] }\n',
  });
  const api = model.components.find(({ path }) => path === 'api')!;
  expect(ofDefinitions(model, api).map(({ open }) => open)).toEqual(expected);
});

describe("Medusa's configuration", () => {
  it.each([
    [
      '{ http: {\n storeCors: process.env.STORE_CORS,\n adminCors: "*",\n authCors : `*` } }',
      ['2 null', '3 the wildcard *', '4 the wildcard *'],
    ],
    ['{ store_cors:"*" }', ['1 the wildcard *']],
    ['{ admin_cors  : "https://a.example" }', ['1 null']],
    ['{ store_cors: `/*` }', ['1 null']],
    ['{ storeCorsOf: "*" }', []],
  ])('%s', async (text, expected) => {
    const manifest = '{"name":"shop","scripts":{"start":"medusa start"},"dependencies":{"@medusajs/medusa":"2"}}';
    const model = await understood({ 'package.json': manifest, 'medusa-config.ts': `module.exports = ${text}\n` });
    const found = ofMedusa(model, model.components[0]!);
    expect(found.map(({ evidence, open }) => `${evidence.line} ${open}`)).toEqual(expected);
  });
});

describe('languages that are not followed', () => {
  it.each([
    ['CORS(app)', true],
    ['CORS( application )', true],
    ['CORS(app, origins=names)', false],
    ['allow_origins=["*"]', true],
    ["allow_origins = [ '*' ]", true],
    ["allow_origins=['https://a.example']", false],
    ['allow_origins=[*]', false],
    ['AllowAllOrigins: true', true],
    ['AllowAllOrigins :true', true],
    ['config.AllowAllOrigins = true', true],
    ['AllowAllOrigins - true', false],
    ['cors.Default()', true],
    ['AllowOrigins: []string{"*"}', true],
    ['AllowOrigins :[]string{ "*" }', true],
    ['AllowOrigins:  []string{"https://a.example"}', false],
    ['.allowedOrigins("*")', true],
    ['.allowedOrigins( "*")', true],
    ['builder.AllowAnyOrigin()', true],
    ['CorsLayer::permissive()', true],
    ['serve()', false],
  ])('%s: %s', async (text, is) => {
    const model = await understood({ 'requirements.txt': 'flask\n', 'app.py': `\n${text}\n` });
    expect(openElsewhere(model, model.components[0]!)?.line).toBe(is ? 2 : undefined);
  });
  it.each([
    ['app.py', 1],
    ['Startup.cs', 1],
    ['app.pyc', undefined],
    ['tests/app.py', undefined],
  ])('in %s', async (path, line) => {
    const model = await understood({ 'requirements.txt': 'flask\n', 'main.py': '', [path]: 'CORS(app)\n' });
    expect(openElsewhere(model, model.components[0]!)?.line).toBe(line);
  });
});

describe('a platform that answers for it', () => {
  it.each([
    ['*', true],
    ["['*']", true],
    ["['https://a.example', '*']", true],
    ['"https://a.example, *"', true],
    ["'https://*.a.example'", false],
    ["'https://a.example'", false],
  ])('%s: %s', async (origins, is) => {
    const model = await understood({
      'package.json': '{"name":"api","devDependencies":{"serverless":"4"}}',
      'src/list.js': 'export const handler = async () => ({ statusCode: 200 });\n',
      'serverless.yml': `service: api\nprovider:\n  name: aws\n  httpApi:\n    cors:\n      allowedOrigins: ${origins === '*' ? "'*'" : origins}\nfunctions:\n  list:\n    handler: src/list.handler\n    events:\n      - httpApi: GET /\n`,
    });
    expect(ofDefinitions(model, model.components[0]!).map(({ open }) => open)).toEqual([is ? 'the wildcard *' : null]);
  });
});

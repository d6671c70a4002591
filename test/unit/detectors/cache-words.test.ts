import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

type Row = [code: string, expected: string];
const answer = async (files: Record<string, string>, ask: 'used' | 'exists' = 'used'): Promise<string> =>
  (await asked('caches-answers', { ask }, files))[0]!.replace(/:.*/, '');

describe('a client of Redis that answers are kept in', () => {
  const direct = (call: string, key = "'books'") =>
    at(
      app(
        `const redis = new Redis();\napp.get('/books', async (req, res) => { res.json(await ${call}(${key})); });`,
        "import Redis from 'ioredis';",
      ),
      {},
      ['ioredis'],
    );
  it.each<Row>([
    ...'get,set,setex,setEx,psetex,pSetEx,mget,mset,hget,hset,hgetall,hGet,hSet,hGetAll,getex,fetch,wrap,remember,getOrSet,add,replace'
      .split(',')
      .map((name): Row => [`redis.${name}`, 'yes']),
    ['redis.json.get', 'yes'],
    ['redis.json.set', 'yes'],
    ['redis.getset', 'no'],
    ['redis.xadd', 'no'],
    ['redis.ping', 'no'],
  ])('%s: %s', async (call, expected) => {
    expect(await answer(direct(call))).toBe(expected);
  });
  it.each<Row>(
    'session,auth,token,login,otp,verify,confirm,invite,queue,job,bull,worker,rate,limit,throttle,lock,mutex,pubsub,pub_sub,publish,subscribe,socket,presence,online,event,stream,message,broker,blacklist,denylist,counter,leaderboard,health,cart,basket,upload,tus,docstore,doc_store,vector'
      .split(',')
      .map((word): Row => [word, 'no']),
  )('what %s speaks of is kept, not cached', async (word, expected) => {
    expect(await answer(direct('redis.get', `'${word}'`))).toBe(expected);
  });
  it.each<Row>([
    ["'status'", 'yes'],
    ['`books ${req.params.id}`', 'yes'],
    ['`session ${req.params.id}`', 'no'],
    ['sessionKey', 'no'],
    ['bookKey', 'yes'],
  ])('under %s: %s', async (key, expected) => {
    expect(await answer(direct('redis.get', key))).toBe(expected);
  });

  const through = (
    call: string,
    name: string,
    module = "import { createClient } from 'redis';\nexport const CLIENT = createClient();\n",
    path = 'cache.js',
  ) =>
    at(
      app(
        `app.get('/books', async (req, res) => { res.json(await ${call}('books')); });`,
        `import { ${name} } from './${path}';`,
      ),
      { [`src/${path}`]: module.replace('CLIENT', name) },
      ['redis'],
    );
  const opaque = 'export const CLIENT = make();\n';
  it.each<[string, string, string, string, string]>([
    ['cache.get', 'cache', opaque, 'cache.js', 'yes'],
    ['bookCache.get', 'bookCache', opaque, 'store.js', 'yes'],
    ['cacheService.get', 'cacheService', opaque, 'store.js', 'yes'],
    ['redis.get', 'redis', opaque, 'store.js', 'yes'],
    ['redisClient.get', 'redisClient', opaque, 'store.js', 'yes'],
    ['appRedisStore.get', 'appRedisStore', opaque, 'store.js', 'yes'],
    ['store.get', 'store', opaque, 'store.js', 'no'],
    ['books.get', 'books', opaque, 'cache.js', 'no'],
  ])('%s of %s (%s) in %s: %s', async (call, name, module, path, expected) => {
    expect(await answer(through(call, name, module, path))).toBe(expected);
  });

  const owned = (field: string) =>
    at(
      app(
        "const books = new Books();\napp.get('/books', (req, res) => res.json(books.all()));",
        "import { Books } from './books.js';",
      ),
      {
        'src/books.js': `const size = process.env.SIZE;\nexport class Books {\n  constructor(given) { this.given = given; }\n  all() { return ${field}.get('books'); }\n}\n`,
      },
    );
  it.each<Row>([
    ['this.cache', 'yes'],
    ['this.bookCache', 'yes'],
    ['this.redis', 'yes'],
    ['this.given', 'no'],
    ['given.cache', 'no'],
  ])('%s: %s', async (field, expected) => {
    expect(await answer(owned(field))).toBe(expected);
  });

  it('is what those who take a wrapper make of it', async () => {
    const wrapped = (taker: string, wrapper = 'kv.js') =>
      at(
        app("app.get('/books', books);", `import { books } from './${taker}';`),
        {
          [`src/${taker}`]: `import { read } from './${wrapper}';\nexport const books = async (req, res) => res.json(await read(req.params.id));\n`,
          [`src/${wrapper}`]:
            "import Redis from 'ioredis';\nconst client = new Redis();\nexport const read = (id) => client.get(id);\n",
        },
        ['ioredis'],
      );
    expect(await answer(wrapped('books.js'))).toBe('yes');
    expect(await answer(wrapped('session.js'))).toBe('no');
    expect(await answer(wrapped('session.js', 'cache.js'))).toBe('yes');
  });
});

describe('a proxy in front', () => {
  const proxied = (lines: string) =>
    at(app("app.get('/books', (req, res) => res.json([]));"), {
      Dockerfile: 'FROM node:22\nCOPY . .\nCMD ["node", "src/index.js"]\n',
      'compose.yaml':
        'services:\n  api:\n    build: .\n  proxy:\n    image: nginx:1\n    ports: ["80:80"]\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n',
      'nginx.conf': `events {}\nhttp {\n  server {\n    listen 80;\n    location / {\n      proxy_pass http://api:3000;\n${lines}\n    }\n  }\n}\n`,
    });
  it.each<Row>([
    ['      proxy_cache books;', 'yes'],
    ['      expires 30d;', 'yes'],
    ['      expires -1;', 'no'],
    ['      expires 0;', 'no'],
    ['      expires epoch;', 'no'],
    ['      expires off;', 'no'],
    ['      add_header Cache-Control "public, max-age=600";', 'yes'],
    ['      add_header cache-control "max-age=600";', 'yes'],
    ['      add_header Cache-Control "no-store";', 'no'],
    ['      add_header Cache-Control "no-cache";', 'no'],
    ['      add_header Cache-Control "max-age=0";', 'no'],
    ['      add_header X-Cache-Control "public, max-age=600";', 'no'],
    ['      add_header Cache-Control-Other "public, max-age=600";', 'no'],
  ])('%s: %s', async (lines, expected) => {
    expect(await answer(proxied(lines))).toBe(expected);
  });
});

describe('a distribution before an API', () => {
  const distribution = (behaviour: string, origin = '!Sub "${Api}.execute-api.eu-west-1.amazonaws.com"') => ({
    'package.json': JSON.stringify({ name: 'api', dependencies: { '@aws-sdk/client-dynamodb': '3' } }),
    'template.yaml': `AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::Serverless-2016-10-31\nResources:\n  List:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: ./\n      Handler: list.handler\n      Runtime: nodejs22.x\n      Events:\n        All:\n          Type: HttpApi\n          Properties: { Path: /, Method: get }\n  Front:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n        Origins:\n          - Id: api\n            DomainName: ${origin}\n        DefaultCacheBehavior:\n          ${behaviour}\n  Other:\n    Type: AWS::S3::Bucket\n`,
    'list.js': 'exports.handler = async () => ({ statusCode: 200, body: "[]" });\n',
  });
  it.each<Row>([
    ['DefaultTTL: 60', 'yes'],
    ['MinTTL : 5', 'yes'],
    ['MaxTTL:  300', 'yes'],
    ['DefaultTTL: 0', 'no'],
    ['OtherTTL: 60', 'no'],
    ['CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6', 'yes'],
    ['CachePolicyId : "658327ea"', 'yes'],
    ['CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'no'],
    ['CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"', 'no'],
    ["CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'", 'no'],
  ])('%s: %s', async (behaviour, expected) => {
    expect(await answer(distribution(behaviour))).toBe(expected);
  });
  it.each<Row>([
    ['!GetAtt ListFunctionUrl.FunctionUrl', 'yes'],
    ['!Ref HttpApi', 'yes'],
    ['!Ref ApiGatewayRestApi', 'yes'],
    ['!GetAtt Bucket.DomainName', 'no'],
  ])('of %s: %s', async (origin, expected) => {
    expect(await answer(distribution('DefaultTTL: 60', origin))).toBe(expected);
  });
});

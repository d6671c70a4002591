import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const takes = { ask: 'takes' };
const stores = { ask: 'stores' };
const first = async (options: object, files: Record<string, string>) => (await asked('takes-files', options, files))[0];
/** A route whose body is given, after imports. */
const route = (body: string, imports = '', more: Record<string, string> = {}, dependencies: string[] = []) =>
  at(app(`app.post('/a', async (req, res) => { ${body} res.json({}); });`, imports), more, dependencies);

describe('forms that are read by hand', () => {
  const form = 'const form = await req.formData(); ';
  it.each<[body: string, expected: string[]]>([
    [
      `${form}await save(await form.get('a').image.arrayBuffer());`,
      ['yes', 'src/index.js:4 form.get().image.arrayBuffer(…) of an uploaded file'],
    ],
    [
      `${form}const avatar = form.get('a'); await save(await avatar.bytes());`,
      ['yes', 'src/index.js:4 avatar.bytes(…) of an uploaded file'],
    ],
    [
      `${form}const myPhoto = form.get('a'); await save(myPhoto.stream());`,
      ['yes', 'src/index.js:4 myPhoto.stream(…) of an uploaded file'],
    ],
    [
      `${form}const upload = form.get('a'); await save(await upload.arrayBuffer());`,
      ['yes', 'src/index.js:4 upload.arrayBuffer(…) of an uploaded file'],
    ],
    [
      `${form}const image = form.get('a'); await save(await image.arrayBuffer());`,
      ['yes', 'src/index.js:4 image.arrayBuffer(…) of an uploaded file'],
    ],
    [`${form}const file = form.get('a'); await save(await file.arrayBufferOf());`, ['no']],
    [`${form}const file = form.get('a'); await save(await file.text());`, ['no']],
    [`${form}const note = form.get('a'); await save(await note.arrayBuffer());`, ['no']],
    ["const file = await fetch('https://a.example'); await save(await file.arrayBuffer());", ['no']],
    [
      "const form = await Bun.parse(req); await Bun.write('a', form.image);",
      ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file'],
    ],
    ["await Bun.write('a', req.body.picture);", ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file']],
    ["await Bun.write('a', body.myAvatar);", ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file']],
    ["await Bun.write('a', formValues.profilePhoto2);", ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file']],
    ["await Bun.write('a', payload.upload);", ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file']],
    ["await Bun.write('a', inputs.file);", ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file']],
    ["await Bun.write('a', data.file);", ['yes', 'src/index.js:4 Bun.write(…) of an uploaded file']],
    ["await Bun.write('a', report.file);", ['no']],
    ["await Bun.write('a', form.title);", ['no']],
    ["await Bun.write('a', 'form.image');", ['no']],
    ["await Bun.write('a');", ['no']],
    ["await Bun.writer('a', form.image);", ['no']],
    ["await my.Bun.write('a', form.image);", ['no']],
  ])('%s', async (body, expected) => {
    expect(await asked('takes-files', takes, route(body))).toEqual(expected);
  });
  it.each([
    ['in code that nothing runs', 'src/idle.js'],
    ['in a test', 'src/upload.test.js'],
  ])('%s', async (_, path) => {
    const text =
      "export const take = async (req) => {\n  const form = await req.formData();\n  const file = form.get('a');\n  await Bun.write('a', form.image);\n  await env.FILES.put('a', file);\n  return file.arrayBuffer();\n};\n";
    expect(await first(takes, at(app(''), { [path]: text }))).toBe('no');
  });
  it('names four places', async () => {
    const body = [1, 2, 3, 4, 5].map((n) => `await Bun.write('${n}', form.image${n});`).join('\n');
    expect(await asked('takes-files', takes, route(body))).toEqual([
      'yes',
      'src/index.js:4 Bun.write(…) of an uploaded file',
      'src/index.js:5 Bun.write(…) of an uploaded file',
      'src/index.js:6 Bun.write(…) of an uploaded file',
      'src/index.js:7 Bun.write(…) of an uploaded file',
    ]);
    expect(await asked('takes-files', stores, route(body))).toEqual([
      'no',
      'src/index.js:4 Bun.write(…) of an uploaded file: takes files',
      'src/index.js:5 Bun.write(…) of an uploaded file: takes files',
      'src/index.js:6 Bun.write(…) of an uploaded file: takes files',
      'src/index.js:7 Bun.write(…) of an uploaded file: takes files',
    ]);
  });
});

describe('a parser of forms', () => {
  it.each<[use: string, expected: string]>([
    ["app.post('/a', upload.single('a'), (req, res) => res.json({}));", 'yes'],
    ["app.post('/a', upload.none(), (req, res) => res.json({}));", 'no'],
    [
      "app.post('/a', upload.none(), (req, res) => res.json({}));\napp.post('/b', upload.array('a'), (req, res) => res.json({}));",
      'yes',
    ],
    [
      "app.post('/a', upload.none(), (req, res) => res.json({}));\napp.post('/b', upload.fields([]), (req, res) => res.json({}));",
      'yes',
    ],
    [
      "app.post('/a', upload.none(), (req, res) => res.json({}));\napp.post('/b', upload.any(), (req, res) => res.json({}));",
      'yes',
    ],
    ["app.post('/a', upload.none(), (req, res) => res.json(list.any));", 'no'],
  ])('%s', async (use, expected) => {
    const files = at(app(use, "import multer from 'multer';\nconst upload = multer();"), {}, ['multer']);
    expect(await first(takes, files)).toBe(expected);
  });
  it('is none of ours where a test has it', async () => {
    const text = "import multer from 'multer';\nexport const upload = multer().single('a');\n";
    expect(await first(takes, at(app(''), { 'src/upload.test.js': text, 'src/idle.js': text }, ['multer']))).toBe('no');
  });
});

describe('object storage', () => {
  const cloud = {
    'src/cloud.js':
      "import { v2 as cloudinary } from 'cloudinary';\ncloudinary.config({ cloud_name: process.env.CLOUD });\nexport default cloudinary;\n",
  };
  const own = "import { v2 as cloudinary } from 'cloudinary';\n";
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'a client that is told its account and used',
      route('await cloudinary.uploader.upload(req.file.path);', `${own}cloudinary.config({});`, {}, ['cloudinary']),
      ['yes', 'src/index.js:5 cloudinary.uploader.upload(…)'],
    ],
    [
      'a client that is told its account alone',
      route('await save();', `${own}cloudinary.config({});`, {}, ['cloudinary']),
      ['no', 'src/index.js:3 cloudinary.config(…): takes files'],
    ],
    [
      'a client that is told by a function of its own',
      route('await save();', `import { config } from 'cloudinary';\nconfig({});`, {}, ['cloudinary']),
      ['no', 'src/index.js:3 config(…): takes files'],
    ],
    [
      'what another module hands on',
      route('await cloud.uploader.upload(req.file.path);', "import cloud from './cloud.js';", cloud, ['cloudinary']),
      ['yes', 'src/index.js:4 cloud.uploader.upload(…)'],
    ],
    [
      'what another module hands on, asked of its API',
      route('await cloud.api.resources();', "import cloud from './cloud.js';", cloud, ['cloudinary']),
      ['yes', 'src/index.js:4 cloud.api.resources(…)'],
    ],
    [
      'what another module hands on, asked for an address',
      route("await cloud.utils.url('a');", "import cloud from './cloud.js';", cloud, ['cloudinary']),
      ['yes', 'src/index.js:4 cloud.utils.url(…)'],
    ],
    [
      'what another module hands on, otherwise',
      route("await cloud.image('a');", "import cloud from './cloud.js';", cloud, ['cloudinary']),
      ['no', 'src/cloud.js:2 cloudinary.config(…): takes files'],
    ],
    [
      'what a module without a client hands on',
      route(
        'await other.uploader.upload(req.file.path);',
        "import './cloud.js';\nimport other from './other.js';",
        { ...cloud, 'src/other.js': 'export default {};\n' },
        ['cloudinary'],
      ),
      ['no', 'src/cloud.js:2 cloudinary.config(…): takes files'],
    ],
    [
      'what a package hands on',
      route('await other.uploader.upload(req.file.path);', "import './cloud.js';\nimport other from 'other';", cloud, [
        'cloudinary',
      ]),
      ['no', 'src/cloud.js:2 cloudinary.config(…): takes files'],
    ],
    [
      'what comes from nowhere',
      route('await other.uploader.upload(req.file.path);', "import './cloud.js';", cloud, ['cloudinary']),
      ['no', 'src/cloud.js:2 cloudinary.config(…): takes files'],
    ],
    [
      'what is not there',
      route(
        'await other.uploader.upload(req.file.path);',
        "import './cloud.js';\nimport other from './missing.js';",
        cloud,
        ['cloudinary'],
      ),
      ['no', 'src/cloud.js:2 cloudinary.config(…): takes files'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await asked('takes-files', stores, files)).toEqual(expected);
  });
  const worker = (body: string, settings = '[[r2_buckets]]\nbinding = "FILES"\nbucket_name = "files"\n') => ({
    'package.json': JSON.stringify({ name: 'api', devDependencies: { wrangler: '4' } }),
    'wrangler.toml': `name = "api"\nmain = "src/index.js"\n${settings}`,
    'src/index.js': `export default {\n  async fetch(request, env) {\n    return Response.json(${body});\n  },\n};\n`,
  });
  it.each<[body: string, settings: string | undefined, expected: string[]]>([
    [
      "await env.FILES.put('a', request.body)",
      undefined,
      ['yes', 'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound'],
    ],
    [
      "await env.FILES.createMultipartUpload('a')",
      undefined,
      ['yes', 'src/index.js:3 env.FILES.createMultipartUpload(…) keeps it in a bucket that is bound'],
    ],
    [
      "await env.FILES!.put('a', request.body)",
      undefined,
      ['yes', 'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound'],
    ],
    [
      "await env.FILES?.put('a', request.body)",
      undefined,
      ['yes', 'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound'],
    ],
    ["await env.FILES.get('a')", undefined, ['no']],
    ["await env.FILES.output('a')", undefined, ['no']],
    ["await env.FILES.puts('a')", undefined, ['no']],
    ["await env.FILES2.put('a', request.body)", undefined, ['no']],
    ["await put('a', request.body)", undefined, ['no']],
    [
      "await hubBlob().put('a', request.body)",
      undefined,
      ['yes', 'src/index.js:3 hubBlob().put(…) keeps it in a bucket that is bound'],
    ],
    [
      "await hubBlob().handleUpload('a')",
      undefined,
      ['yes', 'src/index.js:3 hubBlob().handleUpload(…) keeps it in a bucket that is bound'],
    ],
    ["await hubBlob().list('a')", undefined, ['no']],
    ["await myhubBlob().put('a')", undefined, ['no']],
    ["await env.FILES.put('a', request.body)", '[[kv_namespaces]]\nbinding = "FILES"\nid = "files"\n', ['no']],
    [
      "(await env.FILES.put('1'), await env.FILES.put('2'), await env.FILES.put('3'), await env.FILES.put('4'), await env.FILES.put('5'))",
      undefined,
      [
        'yes',
        'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound',
        'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound',
        'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound',
        'src/index.js:3 env.FILES.put(…) keeps it in a bucket that is bound',
      ],
    ],
  ])('%s (%j)', async (body, settings, expected) => {
    expect(await asked('takes-files', stores, worker(body, settings))).toEqual(expected);
  });
  const supabase = {
    'src/client.js':
      "import { createClient } from '@supabase/supabase-js';\nexport const client = createClient(process.env.A_URL, process.env.A_KEY);\n",
  };
  const imported = "import { client } from './client.js';";
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'a bucket of Supabase',
      route("await client.storage.from('a').upload('b', req.body);", imported, supabase, ['@supabase/supabase-js']),
      ['yes', 'src/index.js:4 client.storage.from(…)'],
    ],
    [
      'buckets of Supabase',
      route(
        [1, 2, 3, 4, 5].map((n) => `await client.storage.from('${n}').upload('b', req.body);`).join('\n'),
        imported,
        supabase,
        ['@supabase/supabase-js'],
      ),
      [
        'yes',
        'src/index.js:4 client.storage.from(…)',
        'src/index.js:5 client.storage.from(…)',
        'src/index.js:6 client.storage.from(…)',
        'src/index.js:7 client.storage.from(…)',
      ],
    ],
    [
      'a table of Supabase',
      route("await client.from('a').select();", imported, supabase, ['@supabase/supabase-js']),
      ['no'],
    ],
    [
      'a bucket of something else',
      route("await client.storage.from('a').upload('b', req.body);", imported, {
        'src/client.js': "import { make } from 'my@supabase/x';\nexport const client = make();\n",
      }),
      ['no'],
    ],
    [
      'a bucket in code that nothing runs',
      {
        ...at(
          app(''),
          {
            ...supabase,
            'src/idle.js': `${imported}\nexport const keep = () => client.storage.from('a').upload('b');\n`,
          },
          ['@supabase/supabase-js'],
        ),
      },
      ['no'],
    ],
    [
      'a bucket in a test',
      {
        ...at(app(''), { ...supabase, 'src/a.test.js': `${imported}\nclient.storage.from('a').upload('b');\n` }, [
          '@supabase/supabase-js',
        ]),
      },
      ['no'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await asked('takes-files', stores, files)).toEqual(expected);
  });
});

describe('the media library of Strapi', () => {
  const cms = (path: string, text: string, name = '@strapi/strapi') => ({
    'package.json': JSON.stringify({ name: 'cms', scripts: { start: 'strapi start' }, dependencies: { [name]: '5' } }),
    [path]: text,
    'src/index.js': 'module.exports = {};\n',
  });
  const s3 = "module.exports = {\n  upload: {\n    config: {\n      provider: 'aws-s3',\n    },\n  },\n};\n";
  it.each<[path: string, text: string, expected: string[]]>([
    ['config/plugins.js', s3, ['yes', 'config/plugins.js:4 uploads go to aws-s3']],
    ['config/plugins.ts', s3, ['yes', 'config/plugins.ts:4 uploads go to aws-s3']],
    ['config/env/production/plugins.js', s3, ['yes', 'config/env/production/plugins.js:4 uploads go to aws-s3']],
    ['config/env/my-stage/plugins.js', s3, ['yes', 'config/env/my-stage/plugins.js:4 uploads go to aws-s3']],
    ['config/plugins.json', s3, ['no']],
    ['config/plugins.jsx', s3, ['no']],
    ['myconfig/plugins.js', s3, ['no']],
    ['config/other/plugins.js', s3, ['no']],
    [
      'config/plugins.js',
      'module.exports = { upload: { config: { provider: "cloudinary" } } };\n',
      ['yes', 'config/plugins.js:1 uploads go to cloudinary'],
    ],
    [
      'config/plugins.js',
      'module.exports = { upload: { config: { provider : `gcs` } } };\n',
      ['yes', 'config/plugins.js:1 uploads go to gcs'],
    ],
    [
      'config/plugins.js',
      "module.exports = { upload: { config: { provider:'gcs' } } };\n",
      ['yes', 'config/plugins.js:1 uploads go to gcs'],
    ],
    ['config/plugins.js', "module.exports = { email: { config: { provider: 'sendgrid' } } };\n", ['no']],
    ['config/plugins.js', "module.exports = { uploads: { config: { provider: 'gcs' } } };\n", ['no']],
    ['config/plugins.js', "module.exports = { upload: { config: { myprovider: 'gcs' } } };\n", ['no']],
    [
      'config/plugins.js',
      `module.exports = { upload: { size: 1 },\n${'// a remark\n'.repeat(40)}email: { config: { provider: 'gcs' } } };\n`,
      ['no'],
    ],
  ])('%s: %s', async (path, text, expected) => {
    expect(await asked('takes-files', stores, cms(path, text))).toEqual(expected);
  });
  it('is no other’s', async () => {
    expect(await first(stores, at(app(''), { 'config/plugins.js': s3 }))).toBe('no');
  });
});

describe('collections of Payload', () => {
  const payload = (text: string, path = 'src/media.ts', name = 'payload') => ({
    'package.json': JSON.stringify({
      name: 'cms',
      scripts: { start: 'node src/index.js' },
      dependencies: { [name]: '3', express: '5' },
    }),
    'src/index.js': `import './${path.replace('src/', '')}';\n${app('')}`,
    [path]: text,
  });
  it.each<[text: string, expected: string[]]>([
    [
      "export const Media = {\n  slug: 'media',\n  upload: true,\n};\n",
      ['yes', 'src/media.ts:3 a collection of files'],
    ],
    [
      "export const Media = {\n  slug: 'media',\n\n  upload: { staticDir: 'a' },\n};\n",
      ['yes', 'src/media.ts:4 a collection of files'],
    ],
    ["export const Media = {\nslug: 'media',\nupload:true,\n};\n", ['yes', 'src/media.ts:3 a collection of files']],
    ["export const Media = {\n  slug: 'media',\n  upload:  {},\n};\n", ['yes', 'src/media.ts:3 a collection of files']],
    ["export const Media = {\n  slug: 'media',\n  upload: false,\n};\n", ['no']],
    ["export const Media = {\n  slug: 'media',\n  upload: trueish,\n};\n", ['no']],
    ["export const Media = {\n  slug: 'media',\n  doupload: true,\n};\n", ['no']],
    ["export const Media = {\n  slug: 'media', upload: true,\n};\n", ['no']],
    ['export const Media = {\n  name: 1,\n  upload: true,\n};\n', ['no']],
  ])('%s', async (text, expected) => {
    expect(await asked('takes-files', takes, payload(text))).toEqual(expected);
  });
  const media = "export const Media = {\n  slug: 'media',\n  upload: true,\n};\n";
  it('are none in a sample, in code that nothing runs, or of another framework', async () => {
    expect(await first(takes, payload(media, 'src/samples/media.ts'))).toBe('no');
    expect(await first(takes, { ...payload(''), 'src/idle.ts': media })).toBe('no');
    expect(await first(takes, payload(media, 'src/media.ts', 'fastify'))).toBe('no');
  });
});

describe('uploads of other languages', () => {
  const manifests = {
    py: { 'requirements.txt': 'flask\n' },
    go: { 'go.mod': 'module a\nrequire github.com/gin-gonic/gin v1.0.0\n' },
    java: {
      'pom.xml':
        '<project><artifactId>a</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>\n',
    },
    kt: {
      'build.gradle.kts':
        'plugins { kotlin("jvm") }\ndependencies { implementation("io.ktor:ktor-server-core:2.0.0") }\n',
    },
    cs: { 'a.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>\n' },
    php: { 'composer.json': '{ "require": { "laravel/framework": "11" } }\n' },
    rb: { Gemfile: "gem 'rails'\n" },
    rs: { 'Cargo.toml': '[package]\nname = "a"\n[dependencies]\naxum = "0.7"\n' },
  } as const;
  const written = (ending: keyof typeof manifests, line: string, path = `src/a.${ending}`) =>
    asked('takes-files', takes, {
      ...manifests[ending],
      Dockerfile: 'FROM scratch\n',
      [path]: `first\n${line}\n`,
    } as Record<string, string>);
  it.each<[ending: keyof typeof manifests, line: string, expected: string]>([
    ['py', 'request.files["a"]', 'yes src/a.py:2 takes or keeps a file'],
    ['py', 'request.FILES["a"]', 'yes src/a.py:2 takes or keeps a file'],
    ['py', 'def take(file: UploadFile): pass', 'yes src/a.py:2 takes or keeps a file'],
    ['py', 'MyUploadFiles()', 'no'],
    ['py', 'a = models.FileField()', 'yes src/a.py:2 takes or keeps a file'],
    ['py', 'a = models.ImageField()', 'yes src/a.py:2 takes or keeps a file'],
    ['py', 'a = models.MyFileField()', 'no'],
    ['py', "boto3.client('s3')", 'yes src/a.py:2 takes or keeps a file'],
    ['py', 'boto3.resource( "s3")', 'yes src/a.py:2 takes or keeps a file'],
    ['py', "boto3.client('sqs')", 'no'],
    ['py', 'boto3.client(s3)', 'no'],
    ['go', 'r.FormFile("a")', 'yes src/a.go:2 takes or keeps a file'],
    ['go', 'r.ParseMultipartForm(1)', 'yes src/a.go:2 takes or keeps a file'],
    ['go', 's3.NewFromConfig(cfg)', 'yes src/a.go:2 takes or keeps a file'],
    ['go', 'r.FormValue("a")', 'no'],
    ['java', 'void take(MultipartFile file) {}', 'yes src/a.java:2 takes or keeps a file'],
    ['java', 'AmazonS3 client;', 'yes src/a.java:2 takes or keeps a file'],
    ['java', 'S3Client client;', 'yes src/a.java:2 takes or keeps a file'],
    ['java', 'MyMultipartFiles a;', 'no'],
    ['kt', 'fun take(file: MultipartFile) {}', 'yes src/a.kt:2 takes or keeps a file'],
    ['kt', 'val client: S3Client', 'yes src/a.kt:2 takes or keeps a file'],
    ['kt', 'val client = 1', 'no'],
    ['cs', 'void Take(IFormFile file) {}', 'yes src/a.cs:2 takes or keeps a file'],
    ['cs', 'new BlobServiceClient(a)', 'yes src/a.cs:2 takes or keeps a file'],
    ['cs', 'IAmazonS3 client;', 'yes src/a.cs:2 takes or keeps a file'],
    ['cs', 'MyIFormFiles a;', 'no'],
    ['php', '$_FILES["a"]', 'yes src/a.php:2 takes or keeps a file'],
    ['php', '$request->file("a")', 'yes src/a.php:2 takes or keeps a file'],
    ['php', 'move_uploaded_file($a, $b)', 'yes src/a.php:2 takes or keeps a file'],
    ['php', 'Storage::put("a", $b)', 'yes src/a.php:2 takes or keeps a file'],
    ['php', '$request->input("a")', 'no'],
    ['rb', 'has_one_attached :a', 'yes src/a.rb:2 takes or keeps a file'],
    ['rb', 'has_many_attached :a', 'yes src/a.rb:2 takes or keeps a file'],
    ['rb', 'mount_uploader :a', 'yes src/a.rb:2 takes or keeps a file'],
    ['rb', 'has_many :a', 'no'],
    ['rs', 'async fn take(a: Multipart) {}', 'yes src/a.rs:2 takes or keeps a file'],
    ['rs', 'use aws_sdk_s3::Client;', 'yes src/a.rs:2 takes or keeps a file'],
    ['rs', 'use MyMultiparts;', 'no'],
  ])('%s: %s', async (ending, line, expected) => {
    expect((await written(ending, line)).join(' ')).toBe(expected);
  });
  it.each<[path: string, expected: string]>([
    ['src/a.pyc', 'no'],
    ['src/a.txt', 'no'],
    ['tests/test_a.py', 'no'],
    ['src/b.py', 'yes src/b.py:2 takes or keeps a file'],
  ])('in %s', async (path, expected) => {
    expect((await written('py', 'request.files["a"]', path)).join(' ')).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { asked, spa } from './_asked.ts';

const present = { rung: 'present' };
const wired = { rung: 'wired' };
const edge = async (options: object, files: Record<string, string>, path = '.') =>
  await asked('served-from-edge', options, files, path);
const image = { Dockerfile: 'FROM nginx:1.27\nCOPY dist /usr/share/nginx/html\n' };
const pipeline = (uses: string, more = '') =>
  `on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: ${uses}\n${more}`;

describe('hosts of pages', () => {
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'Netlify',
      { 'netlify.toml': '[build]\npublish = "dist"\n' },
      ['yes', 'netlify.toml:1 netlify serves static files from its edge'],
    ],
    [
      'Cloudflare',
      { 'wrangler.toml': 'name = "web"\npages_build_output_dir = "dist"\n' },
      ['yes', 'wrangler.toml:1 cloudflare serves static files from its edge'],
    ],
    [
      'Amplify',
      { 'amplify.yml': 'version: 1\nfrontend:\n  phases:\n    build:\n      commands: [npm run build]\n' },
      ['yes', 'amplify.yml:2 amplify serves static files from its edge'],
    ],
    [
      'Firebase',
      { 'firebase.json': '{ "hosting": { "public": "dist" } }\n' },
      ['yes', 'firebase.json:1 firebase serves static files from its edge'],
    ],
    [
      'GitHub Pages',
      { '.github/workflows/ship.yml': pipeline('actions/deploy-pages@v4') },
      ['yes', '.github/workflows/ship.yml:6 github-pages serves static files from its edge'],
    ],
    [
      'SST',
      {
        'sst.config.ts': "export default $config({ async run() { new sst.aws.StaticSite('Web', { path: '.' }); } });\n",
      },
      ['yes', 'sst.config.ts:1 sst serves static files from its edge'],
    ],
    [
      'DigitalOcean, a site',
      {
        '.do/app.yaml':
          'name: web\nstatic_sites:\n  - name: web\n    source_dir: /\n    build_command: npm run build\n',
      },
      ['yes', '.do/app.yaml:3 digitalocean serves static files from its edge'],
    ],
    [
      'DigitalOcean, a program',
      { '.do/app.yaml': 'name: web\nservices:\n  - name: web\n    source_dir: /\n    run_command: npm start\n' },
      ['no'],
    ],
    [
      'DigitalOcean, an image',
      {
        ...image,
        '.do/app.yaml': 'name: web\nservices:\n  - name: web\n    source_dir: /\n    dockerfile_path: Dockerfile\n',
      },
      ['no'],
    ],
    [
      'Azure, a site',
      {
        'azure.yaml': 'name: web\nservices:\n  web:\n    project: .\n    host: staticwebapp\n',
        'infra/main.bicep': '',
      },
      ['yes', 'azure.yaml:3 azure serves static files from its edge'],
    ],
    [
      'Azure, a program',
      { 'azure.yaml': 'name: web\nservices:\n  web:\n    project: .\n    host: appservice\n', 'infra/main.bicep': '' },
      ['no'],
    ],
    [
      'Azure, by its action',
      {
        '.github/workflows/ship.yml': pipeline(
          'Azure/static-web-apps-deploy@v1',
          '        with: { app_location: / }\n',
        ),
      },
      ['yes', '.github/workflows/ship.yml:6 azure serves static files from its edge'],
    ],
    [
      'Render, a program',
      { 'render.yaml': 'services:\n  - type: web\n    name: web\n    runtime: node\n    startCommand: npm start\n' },
      ['no'],
    ],
    [
      'Render, an image',
      { ...image, 'render.yaml': 'services:\n  - type: web\n    name: web\n    runtime: docker\n' },
      ['no'],
    ],
    ['Vercel, in a file for tests', { 'vercel.test.json': '{}' }, ['no']],
    ['Heroku', { Procfile: 'web: npm start\n' }, ['no']],
    ['Fly', { ...image, 'fly.toml': 'app = "web"\n[http_service]\n  internal_port = 80\n' }, ['no']],
    ['no host', image, ['no']],
  ])('%s', async (_, files, expected) => {
    expect(await edge(wired, spa(files))).toEqual(expected);
  });
  it('asks nothing of the repository', async () => {
    expect(await asked('served-from-edge', wired, spa({ 'vercel.json': '{}' }), null)).toEqual(['no']);
  });
});

describe('resources of a stack', () => {
  const stack = (type: string, body = '') => spa({ 'infra/main.tf': `resource "${type}" "web" {\n${body}}\n` });
  it.each<[type: string, expected: string]>([
    ['aws_cloudfront_distribution', 'yes'],
    ['azurerm_frontdoor', 'yes'],
    ['azurerm_cdn_frontdoor_profile', 'yes'],
    ['azurerm_front_door', 'yes'],
    ['azurerm_cdn_profile', 'yes'],
    ['cdn_endpoint', 'yes'],
    ['azurerm_mycdn', 'no'],
    ['fastly_service_vcl', 'yes'],
    ['cloudflare_pages_project', 'yes'],
    ['cloudflare_zone', 'yes'],
    ['cloudflare_workers_script', 'yes'],
    ['cloudflare_worker', 'no'],
    ['google_compute_backend_bucket', 'yes'],
    ['google_compute_backend_service', 'no'],
    ['azurerm_static_site', 'yes'],
    ['azurerm_static_web_app', 'no'],
    ['azurerm_staticsite', 'yes'],
    ['azurerm_static-web-app', 'yes'],
    ['azurerm_storage_static', 'no'],
    ['aws_amplify_app', 'yes'],
    ['aws_amplify_app_branch', 'no'],
    ['aws_amplify_branch', 'no'],
    ['aws_cloudfront_cache_policy', 'no'],
    ['aws_cloudfront_response_headers_policy', 'no'],
    ['aws_cloudfront_origin_access_identity', 'no'],
    ['aws_cloudfront_function', 'no'],
    ['aws_cloudfront_function_association', 'yes'],
    ['azurerm_cdn_frontdoor_secret', 'no'],
    ['aws_s3_bucket', 'no'],
  ])('%s', async (type, expected) => {
    expect((await edge(present, stack(type)))[0]).toBe(expected);
  });
  it.each<[type: string, body: string, expected: string]>([
    ['cloudflare_record', 'proxied=true\n', 'yes'],
    ['cloudflare_record', 'proxied   =   true\n', 'yes'],
    ['cloudflare_dns_record', 'proxied = true\n', 'yes'],
    ['cloudflare_dns_record', 'proxied = false\n', 'no'],
    ['cloudflare_dnsrecord', 'proxied = true\n', 'no'],
    ['aws_route53_record', 'proxied = true\n', 'no'],
  ])('%s { %s }', async (type, body, expected) => {
    expect((await edge(present, stack(type, body)))[0]).toBe(expected);
  });
  it.each<[title: string, files: Record<string, string>, options: object, expected: string[]]>([
    [
      'of CloudFormation',
      {
        'infra/a.yaml':
          'AWSTemplateFormatVersion: "2010-09-09"\nResources:\n  Web:\n    Type: AWS::CloudFront::Distribution\n  App:\n    Type: AWS::Amplify::App\n',
      },
      present,
      ['yes', 'infra/a.yaml:3 AWS::CloudFront::Distribution Web', 'infra/a.yaml:5 AWS::Amplify::App App'],
    ],
    [
      'of Bicep',
      {
        'infra/a.bicep':
          "resource front 'Microsoft.Cdn/profiles@2023-05-01' = {\n  name: 'front'\n}\nresource site 'Microsoft.Web/staticSites@2022-09-01' = {\n  name: 'site'\n}\n",
      },
      present,
      ['yes', 'infra/a.bicep:1 Microsoft.Cdn/profiles front', 'infra/a.bicep:4 Microsoft.Web/staticSites site'],
    ],
    [
      'of Bicep that is only looked up',
      { 'infra/a.bicep': "resource front 'Microsoft.Cdn/profiles@2023-05-01' existing = {\n  name: 'front'\n}\n" },
      present,
      ['no'],
    ],
    [
      'of CDK',
      {
        'infra/a.ts':
          "import * as amplify from '@aws-cdk/aws-amplify-alpha';\nimport { Distribution } from 'aws-cdk-lib/aws-cloudfront';\nnew Distribution(this, 'Web', {});\nnew amplify.App(this, 'Pages', {});\nnew amplify.CfnApp(this, 'Raw', {});\n",
      },
      present,
      ['no'],
    ],
    [
      'of Serverless',
      {
        'serverless.yml':
          'service: web\nprovider:\n  name: aws\nresources:\n  Resources:\n    Web:\n      Type: AWS::CloudFront::Distribution\n',
      },
      wired,
      ['yes', 'serverless.yml:6 AWS::CloudFront::Distribution Web'],
    ],
    [
      'of an example',
      { 'examples/infra/main.tf': 'resource "aws_cloudfront_distribution" "web" {\n}\n' },
      present,
      ['no'],
    ],
    [
      'of a stack that a pipeline applies',
      {
        'infra/main.tf': 'resource "aws_cloudfront_distribution" "web" {\n}\n',
        '.github/workflows/ship.yml':
          'on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - run: terraform apply\n        working-directory: infra\n',
      },
      wired,
      ['yes', 'infra/main.tf:1 aws_cloudfront_distribution web'],
    ],
    [
      'of a stack that nothing applies, beside an image',
      {
        ...image,
        'compose.yaml': 'services:\n  web:\n    build: .\n    restart: always\n',
        'infra/main.tf': 'resource "aws_cloudfront_distribution" "web" {\n}\n',
      },
      wired,
      ['yes', 'infra/main.tf:1 aws_cloudfront_distribution web'],
    ],
    [
      'that a switch leaves out, in use',
      {
        'infra/main.bicep':
          "param front bool = false\nresource a 'Microsoft.Cdn/profiles@2023-05-01' = if (front) {\n  name: 'front'\n}\nresource b 'Microsoft.App/containerApps@2023-05-01' = {\n  name: 'web'\n}\n",
      },
      wired,
      ['no'],
    ],
    [
      'that a switch leaves out',
      {
        'infra/main.bicep':
          "param front bool = false\nresource a 'Microsoft.Cdn/profiles@2023-05-01' = if (front) {\n  name: 'front'\n}\nresource b 'Microsoft.App/containerApps@2023-05-01' = {\n  name: 'web'\n}\n",
      },
      present,
      ['yes', 'infra/main.bicep:2 Microsoft.Cdn/profiles a'],
    ],
  ])('%s (%j)', async (_, files, options, expected) => {
    expect(await edge(options, spa(files))).toEqual(expected);
  });
});

describe('a site of the stack that runs the component elsewhere', () => {
  const page = spa({});
  const two = (more: Record<string, string>) => ({
    'package.json': JSON.stringify({ private: true, workspaces: ['apps/*'] }),
    ...Object.fromEntries(
      Object.entries(page).map(([path, text]) => [`apps/shop/${path}`, text.replace('"web"', '"shop"')]),
    ),
    ...Object.fromEntries(
      Object.entries(page).map(([path, text]) => [`apps/staff/${path}`, text.replace('"web"', '"staff"')]),
    ),
    'apps/staff/Dockerfile': image.Dockerfile,
    ...more,
  });
  const azd = (staff: string) => ({
    'azure.yaml': `name: all\nservices:\n  shop:\n    project: apps/shop\n    host: staticwebapp\n${staff}`,
    'infra/main.bicep':
      "resource site 'Microsoft.Web/staticSites@2022-09-01' = {\n  name: 'shop'\n}\nresource front 'Microsoft.Cdn/profiles@2023-05-01' = {\n  name: 'front'\n}\n",
  });
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'in the same stack',
      azd('  staff:\n    project: apps/staff\n    host: containerapp\n'),
      ['yes', 'infra/main.bicep:4 Microsoft.Cdn/profiles front'],
    ],
    [
      'on a host of its own',
      { 'apps/staff/fly.toml': 'app = "staff"\n[http_service]\n  internal_port = 80\n', ...azd('') },
      ['yes', 'infra/main.bicep:4 Microsoft.Cdn/profiles front'],
    ],
    [
      'nowhere that is known',
      azd(''),
      ['yes', 'infra/main.bicep:1 Microsoft.Web/staticSites site', 'infra/main.bicep:4 Microsoft.Cdn/profiles front'],
    ],
    [
      'in a stack of its own',
      {
        'infra/main.tf':
          'resource "aws_ecs_service" "staff" {\n  name = "staff"\n}\nresource "aws_amplify_app" "shop" {\n  name = "shop"\n}\nresource "aws_cloudfront_distribution" "all" {\n}\n',
      },
      ['yes', 'infra/main.tf:7 aws_cloudfront_distribution all'],
    ],
    [
      'by compose',
      { 'compose.yaml': 'services:\n  staff:\n    build: apps/staff\n    restart: always\n', ...azd('') },
      ['yes', 'infra/main.bicep:1 Microsoft.Web/staticSites site', 'infra/main.bicep:4 Microsoft.Cdn/profiles front'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await edge(wired, two(files), 'apps/staff')).toEqual(expected);
  });
  const workload = (name: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: ${name}, image: ${name} }] } } }\n`;
  const ingress = (meta: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: all${meta} }\nspec: {}\n`;
  const cloudflare = ', annotations: { external-dns.alpha.kubernetes.io/cloudflare-proxied: "true" }';
  it.each<[title: string, files: Record<string, string>, expected: string[]]>([
    [
      'Cloudflare in front of both',
      {
        'k8s/staff.yaml': workload('staff'),
        'k8s/shop.yaml': workload('shop'),
        'k8s/ingress.yaml': ingress(cloudflare),
      },
      ['yes', 'k8s/ingress.yaml:2 Ingress all: Cloudflare in front'],
    ],
    [
      'Cloudflare in front of the other',
      {
        'k8s/shop.yaml': workload('shop'),
        'k8s/ingress.yaml': ingress(cloudflare),
        'compose.yaml': 'services:\n  staff:\n    build: apps/staff\n    restart: always\n',
      },
      ['no'],
    ],
    ['an ingress without it', { 'k8s/staff.yaml': workload('staff'), 'k8s/ingress.yaml': ingress('') }, ['no']],
  ])('%s', async (_, files, expected) => {
    expect(await edge(wired, two({ 'apps/shop/Dockerfile': image.Dockerfile, ...files }), 'apps/staff')).toEqual(
      expected,
    );
  });
});

describe('hosts of assets in the build', () => {
  const host = "  assetPrefix: 'https://cdn.company.io',\n";
  it.each<[file: string, expected: string]>([
    ...[
      'next.config.js',
      'nuxt.config.mts',
      'vite.config.cjs',
      'vue.config.js',
      'svelte.config.js',
      'astro.config.mjs',
      'webpack.config.js',
    ].map((file): [string, string] => [file, 'yes']),
    ...[
      'webpack.prod.js',
      'webpack-prod.config.ts',
      'rspack.config.js',
      'rsbuild.config.ts',
      'craco.config.js',
      'angular.json',
      'quasar.config.js',
    ].map((file): [string, string] => [file, 'yes']),
    ...['remix.config.js', 'react-router.config.ts', 'next.js', 'config/next.config.js', 'webpack/webpack.base.js'].map(
      (file): [string, string] => [file, 'yes'],
    ),
    ...[
      'mynext.config.js',
      'next.config.js.json5',
      'next.config.jsx',
      'next.setup.js',
      'next.config.dev.js',
      'webpack.development.js',
      'webpack-dev.js',
    ].map((file): [string, string] => [file, 'no']),
    ...['webpack+prod.js', 'vite.config.test.js', 'next.configs.js', 'parcel.config.js'].map(
      (file): [string, string] => [file, 'no'],
    ),
    ['webpack.devices.js', 'yes'],
  ])('in %s: %s', async (file, expected) => {
    expect((await edge(wired, spa({ [file]: `module.exports = {\n${host}};\n` })))[0]).toBe(expected);
  });
  it.each<[line: string, expected: string[]]>([
    ["assetPrefix:'https://cdn.company.io'", ['yes', "next.config.js:2 assetPrefix:'https://cdn.company.io',"]],
    [
      "'publicPath': 'https://cdn.company.io/a/'",
      ['yes', "next.config.js:2 'publicPath': 'https://cdn.company.io/a/',"],
    ],
    [
      '"publicPath" : "http://cdn.company.io/a/"',
      ['yes', 'next.config.js:2 "publicPath" : "http://cdn.company.io/a/",'],
    ],
    ["cdnURL = 'https://cdn.company.io'", ['yes', "next.config.js:2 cdnURL = 'https://cdn.company.io',"]],
    ['deployUrl: `https://cdn.company.io`', ['yes', 'next.config.js:2 deployUrl: `https://cdn.company.io`,']],
    ["base: '//static-company.io/'", ['yes', "next.config.js:2 base: '//static-company.io/',"]],
    ["base: 'https://localhost:3000/'", ['no']],
    ["base: 'http://127.0.0.1:3000/'", ['no']],
    ["base: 'http://0.0.0.0:3000/'", ['no']],
    ["base: 'http://192.168.1.2:3000/'", ['no']],
    ["base: 'http://host.docker.internal/'", ['no']],
    ["base: 'http://assets/'", ['no']],
    ["base: '/a//b.c'", ['no']],
    ["database: 'https://cdn.company.io'", ['no']],
    ["based: 'https://cdn.company.io'", ['no']],
    ["  * base: 'https://cdn.company.io'", ['no']],
    ["  # base: 'https://cdn.company.io'", ['no']],
    ["  //base: 'https://cdn.company.io'", ['no']],
    ['base:', ['no']],
    [
      "assetPrefix: isProd ? 'https://a-name-that-is-rather-long.cdn.company.io/and/a/path/that/is/long' : undefined",
      ['yes', "next.config.js:2 assetPrefix: isProd ? 'https://a-name-that-is-rather-long.cdn.company.io/and/a/p"],
    ],
    ['assetPrefix: process.env.ASSET_HOST', ['yes', 'next.config.js:2 assetPrefix: process.env.ASSET_HOST,']],
    ['assetPrefix: process.env.MY_CDN', ['yes', 'next.config.js:2 assetPrefix: process.env.MY_CDN,']],
    ['assetPrefix: process.env.BASE_PATH', ['no']],
    ['assetPrefix: process.env.CDN_URL ?? undefined', ['no']],
    ['assetPrefix: process.env.CDN_URL || ""', ['no']],
    ["assetPrefix: process.env.CDN_URL || '/'", ['no']],
    ['assetPrefix: process.env.CDN_URL || "/"', ['no']],
    [
      "assetPrefix: process.env.CDN_URL + '/assets'",
      ['yes', "next.config.js:2 assetPrefix: process.env.CDN_URL + '/assets',"],
    ],
    ["assetPrefix: process.env.CDN_URL + 'a'", ['yes', "next.config.js:2 assetPrefix: process.env.CDN_URL + 'a',"]],
  ])('%s', async (line, expected) => {
    expect(await edge(present, spa({ 'next.config.js': `module.exports = {\n${line},\n};\n` }))).toEqual(expected);
  });
  it.each<[title: string, files: Record<string, string>, expected: string]>([
    [
      'the host sets',
      {
        ...image,
        'compose.yaml':
          'services:\n  web:\n    build: .\n    restart: always\n    environment:\n      CDN_URL: https://cdn.company.io\n',
      },
      'yes',
    ],
    [
      'the host sets under another name',
      {
        ...image,
        'compose.yaml':
          'services:\n  web:\n    build: .\n    restart: always\n    environment:\n      CDN_URLS: https://cdn.company.io\n',
      },
      'no',
    ],
    ['the file for production sets', { '.env.production': 'A=1\nCDN_URL=https://cdn.company.io\n' }, 'yes'],
    ['the file for work sets', { '.env': 'CDN_URL=https://cdn.company.io\n' }, 'no'],
    ['the sample of that file sets', { '.env.production.example': 'CDN_URL=https://cdn.company.io\n' }, 'no'],
  ])('from a variable that %s', async (_, files, expected) => {
    const config = { 'next.config.js': 'module.exports = {\n  assetPrefix: process.env.CDN_URL,\n};\n' };
    expect((await edge(wired, spa({ ...config, ...files })))[0]).toBe(expected);
  });
});

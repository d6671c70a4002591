import { expect, it } from 'vitest';
import { asked, framework, spa } from './_asked.ts';

type Row = [title: string, files: Record<string, string>, expected: string[]];

const icons = (...list: [src: string, sizes?: string][]) =>
  list.map(([src, sizes]) => ({ src, ...(sizes ? { sizes } : {}) }));
const manifest = (more: object = {}) =>
  JSON.stringify({
    name: 'Notes',
    start_url: '/',
    display: 'standalone',
    icons: icons(['a.png', '192x192'], ['b.png', '512x512']),
    ...more,
  });
const pictures = { 'public/a.png': '', 'public/b.png': '' };
/** A page that links to a manifest, and the manifest. */
const linked = (text: string, more: Record<string, string> = {}) =>
  spa({
    'index.html':
      '<link rel="manifest" href="/app.webmanifest" />\n<script type="module" src="/src/main.tsx"></script>\n',
    'public/app.webmanifest': text,
    ...pictures,
    ...more,
  });
/** The settings of a plugin that writes one. */
const plugin = (config: string, more: Record<string, string> = {}) =>
  spa(
    {
      'vite.config.ts': `import { VitePWA } from 'vite-plugin-pwa';\nexport default { plugins: [\n${config}\n] };\n`,
      ...pictures,
      ...more,
    },
    ['vite-plugin-pwa'],
  );

it.each<Row>([
  ['a file beside the page', linked(manifest()), ['yes', 'public/app.webmanifest:1 web app manifest']],
  ['a package that makes one', spa({}, ['vite-plugin-pwa']), ['yes', 'package.json:1 declares vite-plugin-pwa']],
  ['nothing', spa(), ['no']],
  [
    'the manifest of an extension',
    spa({ 'public/manifest.json': JSON.stringify({ manifest_version: 3, name: 'Notes' }) }),
    ['no'],
  ],
  ['one among the tests', spa({ 'test/public/app.webmanifest': manifest() }), ['no']],
  [
    'one that another component keeps',
    {
      ...spa(),
      'other/package.json': JSON.stringify({ name: 'other', scripts: { start: 'node index.js' } }),
      'other/index.js': "require('node:http').createServer().listen(1);\n",
      'other/app.webmanifest': manifest(),
    },
    ['no'],
  ],
])('a manifest exists: %s', async (_, files, expected) => {
  expect(await asked('installs', { ask: 'manifest' }, files)).toEqual(expected);
});

it.each<Row>([
  [
    'by the page',
    linked(manifest()),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'by the page, among other words',
    linked(manifest(), { 'index.html': '<link rel="preload manifest" href="/app.webmanifest?v=2" />' }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'the page links icons alone',
    linked(manifest(), { 'index.html': '<link rel="icon" href="/a.png" />' }),
    ['no', 'public/app.webmanifest:1 web app manifest'],
  ],
  [
    'by a page in which the folder is filled in',
    linked(manifest(), { 'index.html': '<link rel="manifest" href="%PUBLIC_URL%/app.webmanifest" />' }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'under another name, where there is but one',
    linked(manifest(), { 'index.html': '<link rel="manifest" href="/site.webmanifest" />' }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'one of two, by its name',
    linked(manifest(), { 'public/other.webmanifest': manifest() }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'by code',
    linked(manifest(), {
      'index.html': '<script type="module" src="/src/main.tsx"></script>',
      'src/App.tsx': 'export const App = () => (\n  <link rel="manifest" href="/app.webmanifest" />\n);\n',
    }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'src/App.tsx:2 links the manifest'],
  ],
  [
    'by code, its address first',
    linked(manifest(), {
      'index.html': '<script type="module" src="/src/main.tsx"></script>',
      'src/App.tsx': 'export const App = () => <link href="/app-manifest.json" rel="manifest" />;\n',
    }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'src/App.tsx:1 links the manifest'],
  ],
  [
    'by code, as an object',
    linked(manifest(), {
      'index.html': '<script type="module" src="/src/main.tsx"></script>',
      'src/App.tsx':
        "export const App = () => null;\nexport const links = () => [{ href: '/app.webmanifest', rel: 'manifest' }];\n",
    }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'src/App.tsx:2 links the manifest'],
  ],
  [
    'by code that nothing runs',
    linked(manifest(), {
      'index.html': '<script type="module" src="/src/main.tsx"></script>',
      'src/Other.tsx': 'export const Other = () => <link rel="manifest" href="/app.webmanifest" />;\n',
    }),
    ['no', 'public/app.webmanifest:1 web app manifest'],
  ],
  [
    'in the settings of the build',
    linked(manifest(), {
      'index.html': '',
      'nuxt.config.ts':
        "export default { app: { head: { link: [{ rel: 'manifest', href: '/app.webmanifest' }] } } };\n",
    }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'nuxt.config.ts:1 links the manifest'],
  ],
  [
    'by a plugin of Vue',
    {
      ...linked(manifest(), { 'index.html': '' }),
      'package.json': JSON.stringify({
        name: 'web',
        scripts: { build: 'vue-cli-service build' },
        dependencies: { vue: '3' },
        devDependencies: { '@vue/cli-service': '5', '@vue/cli-plugin-pwa': '5' },
      }),
    },
    ['yes', 'public/app.webmanifest:1 web app manifest', 'package.json:1 declares @vue/cli-plugin-pwa'],
  ],
  [
    'a route of Next.js',
    framework(
      'next',
      {
        'app/manifest.ts': "export default () => ({ name: 'Notes', start_url: '/', icons: [] });\n",
        'app/page.tsx': 'export default () => <main />;\n',
      },
      ['react'],
    ),
    ['yes', 'app/manifest.ts:1 web app manifest'],
  ],
  [
    'a file of that name without Next.js',
    spa({ 'app/manifest.json': manifest(), 'app/a.png': '', 'app/b.png': '' }),
    ['no', 'app/manifest.json:1 web app manifest'],
  ],
  [
    'metadata of Next.js',
    framework(
      'next',
      {
        'public/app.webmanifest': manifest(),
        'app/layout.tsx':
          "export const metadata = { manifest: '/app.webmanifest' };\nexport default ({ children }) => <html>{children}</html>;\n",
      },
      ['react'],
    ),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'app/layout.tsx:1 links the manifest'],
  ],
  [
    'metadata where there is no Next.js',
    linked(manifest(), {
      'index.html': '<script type="module" src="/src/main.tsx"></script>',
      'src/App.tsx': "export const metadata = { manifest: '/app.webmanifest' };\nexport const App = () => <main />;\n",
    }),
    ['no', 'public/app.webmanifest:1 web app manifest'],
  ],
  [
    'linked, and not there',
    spa({ 'index.html': '<link rel="manifest" href="/app.webmanifest" />' }),
    ['yes', 'index.html:1 links the manifest'],
  ],
  [
    'linked, and answered by a route',
    spa({ 'index.html': '<link rel="manifest" href="/api/app" />' }),
    ['yes', 'index.html:1 links the manifest'],
  ],
  [
    'linked at an address that is made up',
    spa({ 'src/App.tsx': 'export const App = () => <link rel="manifest" href={`/${name}.json`} />;\n' }),
    ['yes', 'src/App.tsx:1 links the manifest'],
  ],
  [
    'made by code of that name',
    spa({ 'index.html': '<link rel="manifest" href="/app.webmanifest" />', 'src/make/app.webmanifest.ts': '' }),
    ['yes', 'index.html:1 links the manifest'],
  ],
  [
    'a plugin with its settings',
    plugin("VitePWA({\n manifest: { name: 'Notes', icons: [] } })"),
    ['yes', 'vite.config.ts:4 manifest in the settings of the plugin, which links it'],
  ],
  [
    'a plugin that is told to make none',
    plugin('VitePWA({ manifest: false })'),
    ['no', 'package.json:1 declares vite-plugin-pwa'],
  ],
  [
    'a plugin that is declared and in no settings',
    spa({}, ['vite-plugin-pwa']),
    ['no', 'package.json:1 declares vite-plugin-pwa'],
  ],
])('it is linked: %s', async (_, files, expected) => {
  expect(await asked('installs', { ask: 'linked' }, files)).toEqual(expected);
});

it.each<Row>([
  [
    'with all it needs',
    linked(manifest()),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'without a name',
    linked(manifest({ name: '' })),
    ['no', 'public/app.webmanifest:1 web app manifest, lacks a name', 'index.html:1 links the manifest'],
  ],
  [
    'with a short name',
    linked(manifest({ name: undefined, short_name: 'Notes' })),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'without a start',
    linked(manifest({ start_url: '' })),
    ['no', 'public/app.webmanifest:1 web app manifest, lacks a start URL', 'index.html:1 links the manifest'],
  ],
  [
    'without icons',
    linked(manifest({ icons: [] })),
    [
      'no',
      'public/app.webmanifest:1 web app manifest, lacks an icon of 192 pixels, an icon of 512 pixels',
      'index.html:1 links the manifest',
    ],
  ],
  [
    'with a small icon',
    linked(manifest({ icons: icons(['a.png', '144x144'], ['b.png', '512x512']) })),
    ['no', 'public/app.webmanifest:1 web app manifest, lacks an icon of 192 pixels', 'index.html:1 links the manifest'],
  ],
  [
    'with a middling and a large icon',
    linked(manifest({ icons: icons(['a.png', '256x256'], ['b.png', '1024x1024']) })),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'with the large icon alone',
    linked(manifest({ icons: icons(['b.png', '512x512']) })),
    ['no', 'public/app.webmanifest:1 web app manifest, lacks an icon of 192 pixels', 'index.html:1 links the manifest'],
  ],
  [
    'with both sizes in one',
    linked(manifest({ icons: icons(['a.png', '192x192 512x512']) })),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'with a drawing',
    linked(manifest({ icons: icons(['a.svg']) }), { 'public/a.svg': '' }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'with any size',
    linked(manifest({ icons: icons(['a.png', 'any']) })),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'with sizes in their names',
    linked(manifest({ icons: icons(['i-192x192.png'], ['i-512x512.png']) }), {
      'public/i-192x192.png': '',
      'public/i-512x512.png': '',
    }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'with one number in their names',
    linked(manifest({ icons: icons(['i192.png'], ['i512.png']) }), { 'public/i192.png': '', 'public/i512.png': '' }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'with an icon that is not there',
    linked(manifest({ icons: icons(['a.png', '192x192'], ['gone.png', '512x512']) })),
    [
      'no',
      'public/app.webmanifest:1 web app manifest, lacks an icon of 512 pixels, the file gone.png',
      'index.html:1 links the manifest',
    ],
  ],
  [
    'with one too many that is not there',
    linked(manifest({ icons: icons(['a.png', '192x192'], ['b.png', '512x512'], ['gone.png', '96x96']) })),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'linked, and not there',
    spa({ 'index.html': '<link rel="manifest" href="/app.webmanifest" />' }),
    ['no', 'index.html:1 links the manifest, lacks the file that is linked'],
  ],
  [
    'a plugin that is told nothing',
    plugin('VitePWA()'),
    [
      'no',
      'vite.config.ts:3 the plugin writes and links the manifest, lacks an icon of 192 pixels, an icon of 512 pixels',
    ],
  ],
  [
    'a plugin that draws every size',
    plugin('VitePWA({ pwaAssets: {} })'),
    ['yes', 'vite.config.ts:3 the plugin writes and links the manifest'],
  ],
  [
    'a plugin whose settings are elsewhere',
    plugin('VitePWA(options)'),
    [
      'unknown: what the manifest says is made by code (vite.config.ts:3)',
      'vite.config.ts:3 the plugin writes and links the manifest',
    ],
  ],
  [
    'a plugin whose manifest is elsewhere',
    plugin('VitePWA({ manifest })'),
    [
      'unknown: what the manifest says is made by code (vite.config.ts:3)',
      'vite.config.ts:3 the plugin writes and links the manifest',
    ],
  ],
  [
    'a plugin with its icons',
    plugin(
      "VitePWA({ manifest: { icons: [{ src: '/a.png', sizes: '192x192' }, { src: 'b.png', sizes: '512x512' }] } })",
    ),
    ['yes', 'vite.config.ts:3 manifest in the settings of the plugin, which links it'],
  ],
  [
    'a plugin whose icons are of no stated size',
    plugin("VitePWA({ manifest: { name: 'Notes', icons: [{ src: 'a.png' }, { src: 'b.png', type: 'image/png' }] } })"),
    [
      'no',
      'vite.config.ts:3 manifest in the settings of the plugin, which links it, lacks an icon of 192 pixels, an icon of 512 pixels',
    ],
  ],
  [
    'a plugin whose icons are written with other spaces',
    plugin(
      "VitePWA({ manifest: { icons: [{ src : '/a.png', sizes :'192x192' }, { src:'b.png', sizes: `512x512` }] } })",
    ),
    ['yes', 'vite.config.ts:3 manifest in the settings of the plugin, which links it'],
  ],
  [
    'a plugin with one of them gone',
    plugin(
      "VitePWA({ manifest: { icons: [{ src: 'a.png', sizes: '192x192' }, { src: 'gone.png', sizes: '512x512' }] } })",
    ),
    [
      'no',
      'vite.config.ts:3 manifest in the settings of the plugin, which links it, lacks an icon of 512 pixels, the file gone.png',
    ],
  ],
  [
    'a plugin with icons from another place',
    plugin(
      "VitePWA({ manifest: { icons: [{ src: 'https://cdn.example/a.png', sizes: '192x192' }, { src: `${base}/b.png`, sizes: '512x512' }] } })",
    ),
    ['yes', 'vite.config.ts:3 manifest in the settings of the plugin, which links it'],
  ],
  [
    'a plugin with icons among the sources',
    plugin(
      "VitePWA({ manifest: { icons: [{ src: './c.png?v=1', sizes: '192x192' }, { src: 'd.png', sizes: '512x512' }] } })",
      { 'src/c.png': '', 'src/assets/d.png': '' },
    ),
    ['yes', 'vite.config.ts:3 manifest in the settings of the plugin, which links it'],
  ],
  [
    'a plugin with icons of another package',
    plugin("VitePWA({ manifest: { icons: [{ src: 'c.png', sizes: '192x192 512x512' }] } })", {
      'shared/public/c.png': '',
    }),
    ['yes', 'vite.config.ts:3 manifest in the settings of the plugin, which links it'],
  ],
  [
    'a plugin whose icons are elsewhere',
    plugin('VitePWA({ manifest: { icons: list } })'),
    [
      'unknown: what the manifest says is made by code (vite.config.ts:3)',
      'vite.config.ts:3 manifest in the settings of the plugin, which links it',
    ],
  ],
  [
    'a plugin whose icons are a name',
    plugin('VitePWA({ manifest: { icons, name } })'),
    [
      'unknown: what the manifest says is made by code (vite.config.ts:3)',
      'vite.config.ts:3 manifest in the settings of the plugin, which links it',
    ],
  ],
  [
    'a plugin with a part from elsewhere',
    plugin('VitePWA({ manifest: { ...base } })'),
    [
      'unknown: what the manifest says is made by code (vite.config.ts:3)',
      'vite.config.ts:3 manifest in the settings of the plugin, which links it',
    ],
  ],
  [
    'a plugin without icons',
    plugin("VitePWA({ manifest: { name: 'Notes' } })"),
    [
      'no',
      'vite.config.ts:3 manifest in the settings of the plugin, which links it, lacks an icon of 192 pixels, an icon of 512 pixels',
    ],
  ],
  [
    'webpack, its sizes listed',
    spa({
      'webpack.config.js':
        "module.exports = { plugins: [new WebpackPwaManifest({ name: 'Notes', icons: [{ src: 'a.png', sizes: [96, 192, 512] }] })] };\n",
    }),
    ['yes', 'webpack.config.js:1 manifest in the settings of the plugin, which links it'],
  ],
  [
    'webpack, drawn from a picture',
    spa({ 'webpack.config.js': "module.exports = { plugins: [new FaviconsWebpackPlugin('a.svg')] };\n" }),
    ['yes', 'webpack.config.js:1 the plugin writes and links the manifest'],
  ],
  [
    'Gatsby, drawn from a picture',
    framework(
      'gatsby',
      {
        'gatsby-config.js':
          "module.exports = { plugins: [{ resolve: 'gatsby-plugin-manifest', options: { name: 'Notes', icon: 'a.png' } }] };\n",
        'src/pages/index.js': 'export default () => <main />;\n',
      },
      ['react', 'gatsby-plugin-manifest'],
    ),
    ['yes', 'gatsby-config.js:1 manifest in the settings of the plugin, which links it'],
  ],
  [
    'pictures that a script puts where git does not look',
    spa({
      'index.html':
        '<link rel="manifest" href="/app.webmanifest" />\n<script type="module" src="/src/main.tsx"></script>\n',
      'public/app.webmanifest': manifest(),
      '.gitignore': 'node_modules\npublic/*.png\n',
    }),
    ['yes', 'public/app.webmanifest:1 web app manifest', 'index.html:1 links the manifest'],
  ],
  [
    'Nuxt, drawn from a picture',
    framework(
      'nuxt',
      {
        'nuxt.config.ts': "export default { modules: ['@nuxtjs/pwa'], pwa: { manifest: { name: 'Notes' } } };\n",
        'pages/index.vue': '<template><main /></template>\n',
      },
      ['@nuxtjs/pwa'],
    ),
    ['yes', 'nuxt.config.ts:1 manifest in the settings of the plugin, which links it'],
  ],
])('it has what it needs: %s', async (_, files, expected) => {
  expect(await asked('installs', { ask: 'complete' }, files)).toEqual(expected);
});

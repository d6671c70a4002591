import { describe, expect, it } from 'vitest';
import { wired } from './_wired.ts';

/** Each row: the packages that show a framework, files that it loads by their place, and files beside them that it does not. */
const rows: [packages: string[], loaded: string[], left: string[]][] = [
  [
    [
      '@remix-run/dev',
      '@remix-run/serve',
      '@remix-run/node',
      '@react-router/dev',
      '@react-router/node',
      '@shopify/hydrogen',
    ],
    [
      'app/root.tsx',
      'app/routes.ts',
      'app/entry.client.jsx',
      'app/entry.server.tsx',
      'app/routes/shop/cart.tsx',
      'app/features/cart/route.tsx',
      'app/server.ts',
      'server.mjs',
      'server/index.ts',
      'server/app.js',
    ],
    ['app/cart.tsx', 'server/db.ts', 'app/routes/notes.css.json'],
  ],
  [
    ['nuxt', 'nuxt3', 'nuxt-edge'],
    [
      'nuxt.config.ts',
      'app.vue',
      'error.vue',
      'app/app.vue',
      'pages/users/[id].vue',
      'app/layouts/default.vue',
      'src/components/Card.vue',
      'plugins/sentry.ts',
      'middleware/auth.ts',
      'composables/useCart.ts',
      'utils/price.ts',
      'store/index.ts',
      'stores/cart.ts',
      'server/api/users.ts',
      'src/server/api/users.ts',
      'modules/own.ts',
      'modules/billing/index.ts',
    ],
    ['lib/price.ts', 'modules/billing/runtime/plugin.ts'],
  ],
  [
    ['@sveltejs/kit'],
    [
      'src/routes/users/+page.svelte',
      'src/hooks.server.ts',
      'src/hooks/auth.ts',
      'src/service-worker.ts',
      'src/instrumentation.server.ts',
    ],
    ['src/lib/db.ts'],
  ],
  [
    ['astro'],
    [
      'src/pages/index.astro',
      'src/pages/api/users.ts',
      'src/middleware.ts',
      'src/middleware/index.ts',
      'src/actions/index.ts',
      'src/content/config.ts',
      'src/content.config.ts',
      'astro.config.mjs',
    ],
    ['src/components/Card.astro', 'src/actions/save.ts'],
  ],
  [
    ['@solidjs/start', 'solid-start', 'vinxi'],
    [
      'src/routes/users/index.tsx',
      'src/app.tsx',
      'src/entry-client.tsx',
      'src/entry-server.tsx',
      'src/middleware.ts',
      'src/middleware/index.ts',
      'app.config.ts',
    ],
    ['src/lib/db.ts'],
  ],
  [
    ['@tanstack/react-start', '@tanstack/start', '@tanstack/solid-start'],
    [
      'src/routes/users.tsx',
      'app/routes/users.tsx',
      'src/router.tsx',
      'app/client.tsx',
      'src/ssr.tsx',
      'src/server.ts',
      'src/start.ts',
    ],
    ['src/db.ts'],
  ],
  [
    ['@builder.io/qwik-city', '@qwik.dev/router'],
    ['src/routes/users/index.tsx', 'src/root.tsx', 'src/entry.ssr.tsx'],
    ['src/db.ts'],
  ],
  [
    ['gatsby'],
    [
      'src/pages/index.tsx',
      'src/api/users.ts',
      'src/templates/post.tsx',
      'gatsby-config.js',
      'gatsby-node.ts',
      'gatsby-browser.js',
      'gatsby-ssr.js',
    ],
    ['src/components/card.tsx'],
  ],
  [
    ['@redwoodjs/api', '@redwoodjs/web', '@redwoodjs/core'],
    [
      'api/src/functions/graphql.ts',
      'api/src/graphql/users.sdl.ts',
      'api/src/services/users/users.ts',
      'web/src/App.tsx',
      'web/src/Routes.tsx',
      'web/src/index.tsx',
      'web/src/entry.client.tsx',
    ],
    ['web/src/components/Card.tsx'],
  ],
  [
    ['blitz'],
    ['app/users/queries/getUser.ts', 'src/users/mutations/saveUser.ts', 'src/blitz-server.ts', 'app/blitz-client.ts'],
    ['src/users/schemas.ts'],
  ],
  [
    ['@strapi/strapi', 'strapi'],
    [
      'src/api/user/controllers/user.ts',
      'src/index.ts',
      'src/extensions/users/strapi-server.js',
      'src/middlewares/own.js',
      'src/policies/own.js',
      'src/components/card.js',
      'config/env/production/server.js',
      'api/user/controllers/user.js',
    ],
    ['src/utils/price.ts'],
  ],
  [
    ['@medusajs/medusa', '@medusajs/framework'],
    [
      'src/api/store/route.ts',
      'src/subscribers/order.ts',
      'src/jobs/nightly.ts',
      'src/workflows/order.ts',
      'src/links/order.ts',
      'src/modules/brand/index.ts',
      'src/loaders/own.ts',
      'src/services/own.ts',
      'src/models/own.ts',
      'src/migrations/1.ts',
      'src/strategies/own.ts',
      'src/repositories/own.ts',
      'medusa-config.ts',
      'instrumentation.ts',
    ],
    ['src/utils/price.ts'],
  ],
  [
    ['payload'],
    [
      'src/payload.config.ts',
      'src/server.ts',
      'src/payload.ts',
      'app/(payload)/admin/page.tsx',
      'src/app/layout.tsx',
      'src/app/api/route.ts',
    ],
    ['src/collections/Users.ts'],
  ],
  [['@keystone-6/core', '@keystonejs/keystone'], ['keystone.ts', 'index.js'], ['schema.ts']],
  [['@directus/extensions-sdk', 'directus'], ['src/index.ts', 'extensions/hooks/own/index.js'], ['src/other.ts']],
  [
    ['@adonisjs/core'],
    ['start/routes.ts', 'config/app.ts', 'app/Controllers/Users.ts', 'providers/own.ts', 'bin/server.ts', 'server.ts'],
    ['database/seeders/own.ts'],
  ],
  [['sails'], ['app.js', 'api/controllers/user.js', 'config/routes.js'], ['tasks/own.js']],
  [
    ['@loopback/boot', '@loopback/core'],
    [
      'src/index.ts',
      'src/application.ts',
      'src/sequence.ts',
      'src/controllers/user.controller.ts',
      'src/repositories/user.repository.ts',
      'src/datasources/db.datasource.ts',
      'src/models/user.model.ts',
      'src/services/own.ts',
      'src/observers/own.ts',
      'src/interceptors/own.ts',
    ],
    ['src/utils/own.ts'],
  ],
  [['moleculer'], ['apps/mail.service.js', 'moleculer.config.js', 'services/users.js'], ['lib/own.js']],
  [
    ['nitropack', 'nitro'],
    [
      'server/routes/index.ts',
      'routes/index.ts',
      'api/users.ts',
      'plugins/own.ts',
      'middleware/own.ts',
      'server/tasks/own.ts',
      'nitro.config.ts',
    ],
    ['lib/own.ts'],
  ],
  [['encore.dev'], ['users/api.ts'], ['users/old.js']],
  [['wasp'], ['src/queries.ts'], ['other/own.ts']],
  [['@mastra/core'], ['src/mastra/index.ts'], ['src/mastra/agents/own.ts']],
  [
    ['meteor-node-stubs'],
    ['client/main.js', 'server/main.js', 'imports/startup/server/index.js'],
    ['imports/api/links.js'],
  ],
  [['fresh', '$fresh'], ['routes/index.tsx', 'islands/Counter.tsx', 'main.ts'], ['components/Card.tsx']],
  [['convex'], ['convex/users.ts'], ['lib/own.ts']],
  [['@trigger.dev/sdk'], ['src/trigger/nightly.ts', 'trigger/nightly.ts', 'trigger.config.ts'], ['src/own.ts']],
  [['expo-router'], ['app/index.tsx', 'src/app/users/[id].tsx'], ['components/Card.tsx']],
  [
    ['vike', 'vite-plugin-ssr'],
    ['pages/index/+Page.tsx', 'renderer/own.ts', 'server/own.ts', 'src/pages/index/+Page.tsx'],
    ['lib/own.ts'],
  ],
  [['unplugin-vue-components'], ['src/components/Card.vue'], ['src/lib/own.ts']],
  [
    ['vite-plugin-pages', 'unplugin-vue-router', 'vite-plugin-vue-layouts', 'vue-router-layout'],
    ['src/pages/index.vue', 'src/views/index.vue', 'src/layouts/own.vue'],
    ['src/components/Card.vue'],
  ],
  [
    ['unplugin-auto-import'],
    ['src/composables/own.ts', 'src/stores/own.ts', 'src/store/own.ts', 'src/utils/own.ts', 'src/hooks/own.ts'],
    ['src/lib/own.ts'],
  ],
  [
    ['@tanstack/router-plugin', '@tanstack/router-vite-plugin', 'vite-plugin-pages-react', '@generouted/react-router'],
    ['src/routes/index.tsx', 'src/pages/index.tsx'],
    ['src/lib/own.ts'],
  ],
  [['@docusaurus/core'], ['src/pages/index.tsx', 'docusaurus.config.js'], ['src/components/Card.tsx']],
  [
    ['next'],
    [
      'next.config.mjs',
      'pages/about.tsx',
      'src/pages/api/users.ts',
      ...['page', 'layout', 'loading', 'error', 'not-found', 'template', 'default', 'global-error', 'forbidden'].map(
        (name) => `app/${name}.tsx`,
      ),
      ...['unauthorized', 'icon', 'apple-icon', 'opengraph-image', 'twitter-image'].map(
        (name) => `src/app/(shop)/${name}.tsx`,
      ),
      ...['sitemap', 'robots', 'manifest', 'api/users/route'].map((name) => `app/${name}.ts`),
      'middleware.ts',
      'src/proxy.ts',
      'instrumentation.ts',
      'src/instrumentation-client.ts',
      'sentry.server.config.ts',
      'mdx-components.tsx',
    ],
    ['app/card.tsx', 'lib/own.ts', 'src/app/users/table.tsx'],
  ],
  [
    ['react-scripts', '@craco/craco', 'react-app-rewired'],
    ['src/index.tsx', 'src/service-worker.js', 'src/setupProxy.js'],
    ['src/App.tsx'],
  ],
  [['@vue/cli-service'], ['src/main.js'], ['src/App.vue']],
  [['@angular/core'], ['src/main.ts', 'src/main.server.ts', 'src/server.ts'], ['src/app/app.component.ts']],
  [
    ['expo', 'react-native'],
    ['App.tsx', 'index.js', 'index.android.js', 'index.ios.js', 'index.native.js', 'src/App.tsx', 'src/index.js'],
    ['src/Card.tsx'],
  ],
  [['@azure/functions'], ['src/functions/users.ts', 'src/index.ts', 'src/app.ts'], ['src/lib/own.ts']],
  [['firebase-functions'], ['src/index.ts', 'index.js'], ['src/own.ts']],
  [['@nestjs/core'], ['src/main.ts', 'main.ts', 'src/main.js'], ['src/app.module.ts']],
];

/** What starts without a script, a page or a manifest that names it. */
const habit = /is the usual start file/;
const pkg = (...names: string[]) =>
  JSON.stringify({ name: 'app', dependencies: Object.fromEntries(names.map((name) => [name, '1'])) });
const loadedBy = async (name: string, files: string[]): Promise<string[]> => {
  const repository = Object.fromEntries(files.map((file) => [file, '']));
  const { entries } = await wired({ ...repository, 'package.json': pkg(name) });
  return entries.filter(({ phase, reason }) => phase === 'runtime' && !habit.test(reason)).map(({ file }) => file);
};

it.each(rows.flatMap(([packages, loaded, left]) => packages.map((name) => [name, loaded, left] as const)))(
  '%s loads files by their place',
  async (name, loaded, left) => {
    expect(await loadedBy(name, [...loaded, ...left])).toEqual([...loaded].sort());
  },
);

/** What a reader is told of why a file starts. */
const reasons: [packageName: string, reasons: string][] = [
  ['@remix-run/dev', 'Remix or React Router loads it by its place'],
  ['nuxt', 'Nuxt loads it by its place'],
  ['@sveltejs/kit', 'SvelteKit loads it by its place'],
  ['astro', 'Astro loads it by its place'],
  ['@solidjs/start', 'SolidStart loads it by its place'],
  ['@tanstack/react-start', 'TanStack Start loads it by its place'],
  ['@builder.io/qwik-city', 'Qwik City loads it by its place'],
  ['gatsby', 'Gatsby loads it by its place'],
  ['@redwoodjs/api', 'RedwoodJS loads it by its place'],
  ['blitz', 'Blitz loads it by its place'],
  ['@strapi/strapi', 'Strapi loads it by its place'],
  ['@medusajs/medusa', 'Medusa loads it by its place'],
  ['payload', 'Payload loads it by its place'],
  ['@keystone-6/core', 'Keystone loads it by its place'],
  ['@directus/extensions-sdk', 'Directus loads it by its place'],
  ['@adonisjs/core', 'AdonisJS loads it by its place'],
  ['sails', 'Sails loads it by its place'],
  ['@loopback/boot', 'LoopBack loads it by its place'],
  ['moleculer', 'Moleculer loads it by its place'],
  ['nitropack', 'Nitro loads it by its place'],
  ['encore.dev', 'Encore loads it by its place'],
  ['wasp', 'Wasp loads it by its place'],
  ['@mastra/core', 'Mastra loads it by its place'],
  ['meteor-node-stubs', 'Meteor loads it by its place'],
  ['fresh', 'Fresh loads it by its place'],
  ['convex', 'Convex loads it by its place'],
  ['@trigger.dev/sdk', 'Trigger.dev loads it by its place'],
  ['expo-router', 'Expo Router loads it by its place'],
  ['vike', 'Vike loads it by its place'],
  ['unplugin-vue-components', 'unplugin-vue-components loads it by its place'],
  ['vite-plugin-pages', 'a plugin for Vue pages loads it by its place'],
  ['unplugin-auto-import', 'unplugin-auto-import loads it by its place'],
  ['@tanstack/router-plugin', 'a plugin for React routes loads it by its place'],
  ['@docusaurus/core', 'Docusaurus loads it by its place'],
  ['next', 'Next.js app route file, Next.js configuration, Next.js page or API route, loaded by Next.js'],
  ['react-scripts', 'create-react-app starts here'],
  ['@vue/cli-service', 'Vue CLI starts here'],
  ['@angular/core', 'Angular starts here'],
  ['expo', 'React Native starts here'],
  ['@azure/functions', 'Azure function'],
  ['firebase-functions', 'Firebase functions'],
  ['@nestjs/core', 'nest start runs it'],
];

it.each(reasons)('%s: %s', async (name, expected) => {
  const [, loaded] = rows.find(([packages]) => packages.includes(name))!;
  const repository = Object.fromEntries(loaded.map((file) => [file, '']));
  const { entries } = await wired({ ...repository, 'package.json': pkg(name) });
  const told = entries
    .filter(({ phase, reason }) => phase === 'runtime' && !habit.test(reason))
    .map(({ reason }) => reason);
  expect([...new Set(told)].sort().join(', ')).toBe(expected);
});

it('loads nothing by its place without the package that does so', async () => {
  expect(
    await loadedBy(
      'express',
      rows.flatMap(([, loaded]) => loaded),
    ),
  ).toEqual([]);
});

it.each<[string, string, string[]]>([
  [
    '{ "sourceRoot": "lib", "entryFile": "start" }',
    '@nestjs/core',
    ['lib/start.ts', 'main.ts', 'src/main.ts', 'src/start.ts'],
  ],
  ['{ "sourceRoot" :"lib" }', '@nestjs/core', ['lib/main.ts', 'main.ts', 'src/main.ts']],
  ['{ "entryFile" : "start" }', '@nestjs/core', ['main.ts', 'src/main.ts', 'src/start.ts']],
  ['{}', '@nestjs/core', ['main.ts', 'src/main.ts']],
  ['{}', '@nestjs/common', []],
])('nest-cli.json says %s', async (config, name, expected) => {
  const files = ['lib/start.ts', 'lib/main.ts', 'src/start.ts', 'src/main.ts', 'main.ts', 'start.ts'];
  const { entries } = await wired({
    'package.json': pkg(name),
    'nest-cli.json': config,
    ...Object.fromEntries(files.map((file) => [file, ''])),
  });
  expect(entries.filter(({ reason }) => reason.startsWith('nest')).map(({ file }) => file)).toEqual(expected);
});

it.each<[string, Record<string, string>, string[]]>([
  [
    'next.config.mjs',
    { 'lib/a.ts': '', 'middleware.ts': '' },
    ['middleware.ts: loaded by Next.js', 'next.config.mjs: Next.js configuration'],
  ],
  ['next.config.json', { 'middleware.ts': '', 'proxy.ts': '' }, []],
  [
    'app/page.tsx',
    {
      'src/instrumentation.ts': '',
      'instrumentation-client.js': '',
      'sentry.edge.config.ts': '',
      'mdx-components.tsx': '',
      'app/own.tsx': '',
      'app/(in)/opengraph-image.tsx': '',
    },
    [
      'app/(in)/opengraph-image.tsx: Next.js app route file',
      'app/page.tsx: Next.js app route file',
      'instrumentation-client.js: loaded by Next.js',
      'mdx-components.tsx: loaded by Next.js',
      'sentry.edge.config.ts: loaded by Next.js',
      'src/instrumentation.ts: loaded by Next.js',
    ],
  ],
  ['src/pages/a.mdx', { 'src/pages/b.css': '', 'pages/api/c.mjs': '' }, ['pages/api/c.mjs: Next.js page or API route']],
])('Next.js, with %s', async (shown, files, expected) => {
  const { entries } = await wired({ 'package.json': pkg('next'), [shown]: '', ...files });
  expect(entries.filter(({ reason }) => !habit.test(reason)).map(({ file, reason }) => `${file}: ${reason}`)).toEqual(
    expected,
  );
});

it('takes the folder that React Router is told of, and the files that its routes name', async () => {
  const { entries } = await wired({
    'package.json': pkg('@react-router/dev'),
    'react-router.config.ts': "export default { appDirectory: './src', ssr: false };\n",
    'src/root.tsx': '',
    'src/routes.ts':
      "import { index, layout, route } from '@react-router/dev/routes';\nexport default [layout('./shell.tsx', [index('pages/home.tsx'), route('login', './pages/login.tsx')])];\n",
    'src/shell.tsx': '',
    'src/pages/home.tsx': '',
    'src/pages/login.tsx': '',
    'src/pages/left.tsx': '',
    'app/root.tsx': '',
  });
  expect(
    entries
      .filter(({ reason }) => !habit.test(reason))
      .map(({ file }) => file)
      .sort(),
  ).toEqual(['src/pages/home.tsx', 'src/pages/login.tsx', 'src/root.tsx', 'src/routes.ts', 'src/shell.tsx']);
});

it('keeps React Native from starting what Expo Router starts', async () => {
  const { entries } = await wired({ 'package.json': pkg('expo', 'expo-router'), 'App.tsx': '', 'app/index.tsx': '' });
  expect(entries.map(({ file }) => file)).toEqual(['app/index.tsx']);
});

describe('layers of Nuxt', () => {
  const layered = {
    'package.json': pkg('nuxt'),
    'nuxt.config.ts': "export default defineNuxtConfig({ extends: ['./theme', ['@shop/base', { install: true }]] });\n",
    'theme/package.json': '{"name":"@shop/theme","main":"./nuxt.config.ts"}',
    'theme/nuxt.config.ts': "export default defineNuxtConfig({ modules: ['nuxt-security'] });\n",
    'theme/app/error.vue': '',
    'theme/server/api/orders.post.ts': 'export default defineEventHandler(() => []);\n',
    'theme/server/middleware/session.ts': 'export default defineEventHandler(() => {});\n',
    'packages/base/package.json': '{"name":"@shop/base","main":"./nuxt.config.ts"}',
    'packages/base/nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'packages/base/pages/index.vue': '',
    'packages/base/pages/index.test.ts': '',
    'layers/blog/nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'layers/blog/components/Post.vue': '',
    'other/nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'other/pages/index.vue': '',
  };

  it('are loaded as the application is, by `extends`, as a package, or out of the folder of layers', async () => {
    const { entries } = await wired(layered);
    expect(entries.map(({ file }) => file).sort()).toEqual([
      'layers/blog/components/Post.vue',
      'layers/blog/nuxt.config.ts',
      'nuxt.config.ts',
      'packages/base/nuxt.config.ts',
      'packages/base/pages/index.vue',
      'theme/app/error.vue',
      'theme/nuxt.config.ts',
      'theme/server/api/orders.post.ts',
      'theme/server/middleware/session.ts',
    ]);
  });

  it('give the application their routes, their middleware and their modules', async () => {
    const wiring = await wired(layered);
    expect(wiring.routes().map(({ method, path, file }) => `${method} ${path} ${file}`)).toEqual([
      'POST /api/orders theme/server/api/orders.post.ts',
    ]);
    expect(wiring.middleware().map(({ file, how }) => `${file} ${how}`)).toEqual([
      'theme/server/middleware/session.ts loaded by its place',
      'theme/nuxt.config.ts modules',
    ]);
  });

  it.each<[string, string[]]>([
    ["export default { extends: '../base' };", []],
    ["export default { extends : './base' };", ['base/app.vue', 'deep/app.vue']],
    ['export default { extends: "./base", };', ['base/app.vue', 'deep/app.vue']],
    ["export default { extends: ['./base', './more',], };", ['base/app.vue', 'deep/app.vue', 'more/error.vue']],
    [
      "export default { extends: [\n  './base',\n  ['./more', { on: true }],\n] };",
      ['base/app.vue', 'deep/app.vue', 'more/error.vue'],
    ],
    ["  // extends: './base'\nexport default {};", []],
    ["export default { extending: './base' };", []],
    ["export default { extends: './lost' };", []],
    ["export default { extends: './plain' };", []],
    ["export default { extends: '.' };", []],
    ["export default { extends: 'gh:someone/theme' };", []],
    ["export default { extends: '../../out' };", []],
  ])('of %s', async (text, expected) => {
    const files = {
      'package.json': pkg('nuxt'),
      'nuxt.config.mjs': text,
      'base/nuxt.config.js': "export default { extends: ['../deep', '../base', '..'] };\n",
      'base/app.vue': '',
      'deep/nuxt.config.ts': '',
      'deep/app.vue': '',
      'more/nuxt.config.ts': '',
      'more/error.vue': '',
      'plain/app.vue': '',
      'layers/in/plain/nuxt.config.ts': '',
      'layers/in/plain/app.vue': '',
      'mylayers/in/nuxt.config.ts': '',
      'mylayers/in/app.vue': '',
    };
    expect((await wired(files)).entries.map(({ file }) => file).filter((file) => file.endsWith('.vue'))).toEqual(
      expected,
    );
  });

  it('of a package lie below it', async () => {
    const files = {
      'apps/web/package.json': pkg('nuxt3'),
      'apps/web/nuxt.config.ts': 'export default {};\n',
      'apps/web/layers/own/nuxt.config.mjs': '',
      'apps/web/layers/own/pages/a.vue': '',
      'layers/top/nuxt.config.ts': '',
      'layers/top/pages/b.vue': '',
      'package.json': '{"name":"top"}',
    };
    expect(
      (await wired(files, 'apps/web')).entries.map(({ file }) => file).filter((file) => file.endsWith('.vue')),
    ).toEqual(['apps/web/layers/own/pages/a.vue']);
  });

  it('are nothing without Nuxt', async () => {
    const { entries } = await wired({ ...layered, 'package.json': pkg('express') });
    expect(entries.map(({ file }) => file)).not.toContain('theme/app/error.vue');
  });
});

import type { Entry } from '../../model/wiring.ts';
import { conventional, type EntryProvider } from './_provider.ts';

const code = '{js,jsx,ts,tsx,mjs,mts}';

/** Frameworks that load files by their place, beside Next.js and React Router: the packages that show each, and what it loads. */
const conventions: { packages: string[]; name: string; globs: string[] }[] = [
  {
    name: 'Nuxt',
    packages: ['nuxt', 'nuxt3', 'nuxt-edge'],
    // Auto-imports: components, composables and utils are in scope without an import.
    globs: [
      'nuxt.config.*',
      '{app/,src/,}{app,error}.vue',
      '{app/,src/,}{pages,layouts,components,plugins,middleware,composables,utils,store,stores}/**/*',
      `{src/,}server/**/*.${code}`,
      `modules/{*,*/index}.${code}`,
    ],
  },
  {
    name: 'SvelteKit',
    packages: ['@sveltejs/kit'],
    globs: [
      `src/routes/**/*`,
      `src/hooks.*`,
      'src/hooks.*/index.*',
      'src/hooks/**',
      `src/service-worker.*`,
      'src/instrumentation.server.*',
    ],
  },
  {
    name: 'Astro',
    packages: ['astro'],
    globs: [
      'src/pages/**/*',
      `src/middleware.*`,
      'src/middleware/index.*',
      'src/actions/index.*',
      'src/content/config.*',
      'src/content.config.*',
      'astro.config.*',
    ],
  },
  {
    name: 'SolidStart',
    packages: ['@solidjs/start', 'solid-start', 'vinxi'],
    globs: [
      `src/routes/**/*`,
      `src/{app,root,entry-client,entry-server,middleware}.*`,
      'src/middleware/index.*',
      'app.config.*',
    ],
  },
  {
    name: 'TanStack Start',
    packages: ['@tanstack/react-start', '@tanstack/start', '@tanstack/solid-start'],
    globs: ['{src,app}/routes/**/*', '{src,app}/{router,client,ssr,server,start}.*'],
  },
  {
    name: 'Qwik City',
    packages: ['@builder.io/qwik-city', '@qwik.dev/router'],
    globs: ['src/routes/**/*', 'src/{root,entry.*}.*'],
  },
  {
    name: 'Gatsby',
    packages: ['gatsby'],
    globs: ['src/pages/**/*', 'src/api/**/*', 'src/templates/**/*', 'gatsby-{config,node,browser,ssr}.*'],
  },
  {
    name: 'RedwoodJS',
    packages: ['@redwoodjs/api', '@redwoodjs/web', '@redwoodjs/core'],
    globs: [
      '**/src/functions/**/*',
      '**/src/graphql/**/*',
      '**/src/services/**/*',
      '**/src/{App,Routes,index,entry.client}.*',
    ],
  },
  {
    name: 'Blitz',
    packages: ['blitz'],
    globs: ['app/**/{queries,mutations}/**/*', 'src/**/{queries,mutations}/**/*', 'src/blitz-*', 'app/blitz-*'],
  },
  {
    name: 'Strapi',
    packages: ['@strapi/strapi', 'strapi'],
    globs: [
      `src/api/**/*.${code}`,
      `src/{index,extensions/**/*,middlewares/**/*,policies/**/*,components/**/*}.${code}`,
      `config/**/*.${code}`,
      'api/**/*.js',
    ],
  },
  {
    name: 'Medusa',
    packages: ['@medusajs/medusa', '@medusajs/framework'],
    globs: [
      `src/{api,subscribers,jobs,workflows,links,modules,loaders,services,models,migrations,strategies,repositories}/**/*.${code}`,
      'medusa-config.*',
      'instrumentation.*',
    ],
  },
  {
    name: 'Payload',
    packages: ['payload'],
    globs: ['**/payload.config.*', 'src/{server,payload}.*', `{src/,}app/**/{page,layout,route}.${code}`],
  },
  { name: 'Keystone', packages: ['@keystone-6/core', '@keystonejs/keystone'], globs: ['keystone.*', 'index.js'] },
  {
    name: 'Directus',
    packages: ['@directus/extensions-sdk', 'directus'],
    globs: ['src/index.*', 'extensions/**/index.*'],
  },
  {
    name: 'AdonisJS',
    packages: ['@adonisjs/core'],
    globs: ['start/**/*', 'config/**/*', 'app/**/*', 'providers/**/*', 'bin/server.*', 'server.*'],
  },
  { name: 'Sails', packages: ['sails'], globs: ['app.js', 'api/**/*.js', 'config/**/*.js'] },
  {
    name: 'LoopBack',
    packages: ['@loopback/boot', '@loopback/core'],
    globs: [
      'src/{index,application,sequence}.*',
      'src/{controllers,repositories,datasources,models,services,observers,interceptors}/**/*',
    ],
  },
  { name: 'Moleculer', packages: ['moleculer'], globs: ['**/*.service.*', 'moleculer.config.*', 'services/**/*'] },
  {
    name: 'Nitro',
    packages: ['nitropack', 'nitro'],
    globs: ['{server/,}{routes,api,plugins,middleware,tasks}/**/*', 'nitro.config.*'],
  },
  { name: 'Encore', packages: ['encore.dev'], globs: ['**/*.ts'] },
  { name: 'Wasp', packages: ['wasp'], globs: ['src/**/*'] },
  { name: 'Mastra', packages: ['@mastra/core'], globs: ['src/mastra/index.*'] },
  { name: 'Meteor', packages: ['meteor-node-stubs'], globs: ['client/**/*', 'server/**/*', 'imports/startup/**/*'] },
  { name: 'Fresh', packages: ['fresh', '$fresh'], globs: ['routes/**/*', 'islands/**/*', 'main.ts'] },
  { name: 'Convex', packages: ['convex'], globs: ['convex/**/*.ts'] },
  { name: 'Trigger.dev', packages: ['@trigger.dev/sdk'], globs: ['{src/,}trigger/**/*', 'trigger.config.*'] },
  { name: 'Expo Router', packages: ['expo-router'], globs: [`{src/,}app/**/*.${code}`] },
  {
    name: 'Vike',
    packages: ['vike', 'vite-plugin-ssr'],
    globs: ['{pages,renderer,server}/**/*', 'src/{pages,renderer,server}/**/*'],
  },
  // Vite plugins that register files by their place.
  { name: 'unplugin-vue-components', packages: ['unplugin-vue-components'], globs: ['src/components/**/*'] },
  {
    name: 'a plugin for Vue pages',
    packages: ['vite-plugin-pages', 'unplugin-vue-router', 'vite-plugin-vue-layouts', 'vue-router-layout'],
    globs: ['src/{pages,views,layouts}/**/*'],
  },
  {
    name: 'unplugin-auto-import',
    packages: ['unplugin-auto-import'],
    globs: ['src/{composables,stores,store,utils,hooks}/**/*'],
  },
  {
    name: 'a plugin for React routes',
    packages: [
      '@tanstack/router-plugin',
      '@tanstack/router-vite-plugin',
      'vite-plugin-pages-react',
      '@generouted/react-router',
    ],
    globs: ['src/{routes,pages}/**/*'],
  },
  { name: 'Docusaurus', packages: ['@docusaurus/core'], globs: ['src/pages/**/*', 'docusaurus.config.*'] },
];

const metaFrameworks: EntryProvider = {
  name: 'meta-frameworks',
  entries(context) {
    const made: Entry[] = [];
    for (const { name, packages, globs } of conventions) {
      if (context.depends(...packages))
        made.push(...conventional(context.match(...globs), `${name} loads it by its place`));
    }
    return made;
  },
};
export default metaFrameworks;

import { expect, it } from 'vitest';
import { asked, framework, spa } from './_asked.ts';

const bounded = 'export const App = () => <ErrorBoundary />;\n';
const page = 'export default () => <ErrorBoundary />;\n';
const mobile = (layout: Record<string, string>) => ({
  'package.json': JSON.stringify({
    name: 'app',
    main: 'index.js',
    dependencies: { expo: '52', 'react-native': '0.76', 'react-navigation': '4' },
  }),
  'app.json': '{ "expo": { "name": "a", "slug": "a" } }',
  'index.js': "import './App';\n",
  'App.tsx': bounded,
  ...layout,
});

/** An error boundary alone is enough where nobody can ask for a page that is not there. */
it.each<[title: string, files: Record<string, string>, answer: string]>([
  ['a page of its own alone', spa({ 'src/App.tsx': bounded }), 'yes'],
  ['a router', spa({ 'src/App.tsx': bounded }, ['wouter']), 'no'],
  ['Next.js', framework('next', { 'app/page.tsx': page }, ['react']), 'no'],
  ['Gatsby', framework('gatsby', { 'gatsby-config.js': '', 'src/pages/index.tsx': page }, ['react']), 'no'],
  ['Astro', framework('astro', { 'src/pages/index.astro': '<ErrorBoundary />\n' }), 'no'],
  [
    'Nuxt',
    framework('nuxt', { 'pages/index.vue': '<template><NuxtErrorBoundary ><a /></NuxtErrorBoundary></template>\n' }),
    'no',
  ],
  [
    'Remix',
    framework('remix', { 'app/root.tsx': page, 'app/routes/_index.tsx': page, 'vite.config.ts': '' }, [
      '@remix-run/react',
      '@remix-run/node',
      '@remix-run/dev',
      'react',
    ]),
    'no',
  ],
  [
    'SvelteKit',
    framework(
      'vite',
      {
        'svelte.config.js': 'export default {};\n',
        'src/routes/+page.svelte': '<svelte:boundary ></svelte:boundary>\n',
      },
      ['@sveltejs/kit', 'svelte'],
    ),
    'no',
  ],
  ['an app of one screen', mobile({}), 'yes'],
  ['an app of files', mobile({ 'app/_layout.tsx': page }), 'no'],
  ['an app of files below', mobile({ 'src/app/_layout.tsx': page }), 'no'],
  ['an app with a file of that name elsewhere', mobile({ 'lib/app/_layout.tsx': page }), 'yes'],
  ['an app with a note of it', mobile({ 'app/_layout.test.tsx': page }), 'yes'],
])('%s: %s', async (_, files, answer) => {
  const found = await asked('meets-errors', { ask: 'both' }, files);
  expect([answer, found[0]!.replace(/:.*/, ''), found.length > 1 || answer === 'no']).toEqual([answer, answer, true]);
});

import { conventional, type EntryProvider } from './_provider.ts';

const code = '{js,jsx,ts,tsx,mjs,mdx}';

/** Next.js: routes of both routers, special files, middleware, instrumentation; the configuration is read by the server. */
const next: EntryProvider = {
  name: 'next',
  entries(context) {
    if (
      !context.depends('next') ||
      !(
        context.match(`next.config.{js,mjs,ts,cjs,mts}`).length > 0 || context.match('{src/,}{pages,app}/**').length > 0
      )
    )
      return [];
    return [
      ...conventional(context.match(`{src/,}pages/**/*.${code}`), 'Next.js page or API route'),
      ...conventional(
        context.match(
          `{src/,}app/**/{page,layout,route,loading,error,not-found,template,default,global-error,forbidden,unauthorized,sitemap,robots,manifest,icon,apple-icon,opengraph-image,twitter-image}.${code}`,
        ),
        'Next.js app route file',
      ),
      ...conventional(
        context.match(
          `{src/,}{middleware,proxy,instrumentation,instrumentation-client}.${code}`,
          `{sentry.*.config,mdx-components}.${code}`,
        ),
        'loaded by Next.js',
      ),
      ...conventional(context.match('next.config.{js,mjs,ts,cjs,mts}'), 'Next.js configuration'),
    ];
  },
};
export default next;

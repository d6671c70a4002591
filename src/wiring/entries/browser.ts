import { dirOf, isWithin, joinPath } from '../../model/paths.ts';
import type { Entry } from '../../model/wiring.ts';
import { conventional, type EntryProvider, entry, ownAmong } from './_provider.ts';

const code = '{js,jsx,ts,tsx,mjs}';

/** Browser and native apps: scripts of HTML pages, create-react-app, Angular, Vue CLI, React Native. */
const browser: EntryProvider = {
  name: 'browser',
  entries(context) {
    const made: Entry[] = [];
    for (const page of context.facts.pages) {
      if (!isWithin(page.path, context.root.path) || !/\.html?$/.test(page.path)) continue;
      for (const script of page.scripts) {
        // `//host/x.js` is another host's.
        if (script.src.startsWith('//')) continue;
        const [src] = script.src.split(/[?#]/) as [string];
        const home = context.root.path;
        const beside = joinPath(dirOf(page.path), src);
        const file = ownAmong(
          context,
          src.startsWith('/') ? [joinPath(home, src), beside, joinPath(home, 'public', src)] : [beside],
        );
        if (file) made.push(entry(file, 'runtime', `${page.path} loads it`, { file: page.path, line: script.line }));
      }
    }
    if (context.depends('react-scripts', '@craco/craco', 'react-app-rewired'))
      made.push(
        ...conventional(
          context.match(`src/index.${code}`, 'src/service-worker.*', 'src/setupProxy.*'),
          'create-react-app starts here',
        ),
      );
    if (context.depends('@vue/cli-service'))
      made.push(...conventional(context.match(`src/main.${code}`), 'Vue CLI starts here'));
    if (context.depends('@angular/core')) made.push(...angular(context));
    if (context.depends('expo', 'react-native') && !context.depends('expo-router')) {
      made.push(
        ...conventional(
          context.match(`{index,App,src/App,src/index,index.native,index.android,index.ios}.${code}`),
          'React Native starts here',
        ),
      );
    }
    if (
      context.depends('@ionic/react', '@ionic/vue', '@capacitor/core', 'vite', '@vitejs/plugin-react', 'parcel') &&
      made.length === 0
    ) {
      made.push(...conventional(context.match(`src/{main,index}.${code}`), 'the bundler starts here'));
    }
    return made;
  },
};
export default browser;

function angular(context: Parameters<EntryProvider['entries']>[0]): Entry[] {
  const workspace = context.view.text(context.inside('angular.json'));
  const named = [...workspace.matchAll(/"(?:main|browser|server|ssr|entry)"\s*:\s*"([^"]+\.ts)"/g)].flatMap(
    ([, path]) => ownAmong(context, [context.inside(path!)]) ?? [],
  );
  return conventional(
    [...new Set([...named, ...context.match('src/main.ts', 'src/main.server.ts', 'src/server.ts')])],
    'Angular starts here',
  );
}

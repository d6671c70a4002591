import { lineAt, lineStartsOf } from '../model/evidence.ts';
import type { Analyzer, PageFact } from '../model/facts/index.ts';

const templates = '{html,htm,ejs,hbs,handlebars,mustache,pug,jade,njk,nunjucks,liquid,twig,erb,eta,edge}';
const bounds = { files: 4000, length: 400_000 };

const pages: Analyzer<'pages'> = {
  gives: 'pages',
  sees: 'Scripts and links of HTML pages and of server-side templates, with their lines.',
  blindTo: 'Tags that code or a plugin adds, and pages written as JSX.',
  analyze: (view) =>
    view
      .glob([`**/*.${templates}`, '!**/{coverage,node_modules,bower_components,storybook-static}/**'])
      .slice(0, bounds.files)
      .flatMap((path) => {
        const text = view.read(path);
        if (text === null || text.length > bounds.length) return [];
        const fact = /\.(pug|jade)$/.test(path) ? pugPage(path, text) : htmlPage(path, text);
        // A component's template without either is no page worth naming.
        return fact.scripts.length > 0 || fact.links.length > 0 || /<html\b|<!doctype|^\s*(doctype|html\b)/im.test(text)
          ? [fact]
          : [];
      }),
};
export default pages;

const attribute = (tag: string, name: string): string | null => {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag);
  return match ? (match[1] ?? match[2] ?? match[3] ?? '') : null;
};

function htmlPage(path: string, source: string): PageFact {
  const starts = lineStartsOf(source);
  // A comment is blanked in place, so that lines hold; what stands in one is not on the page.
  const text = source.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
  const fact: PageFact = { path, scripts: [], links: [] };
  for (const match of text.matchAll(/<(script|link)\b((?:[^>"']|"[^"]*"|'[^']*'){0,2000})>/gi)) {
    const tag = match[2]!;
    const line = lineAt(starts, match.index);
    if (match[1]!.toLowerCase() === 'script') {
      const src = attribute(tag, 'src');
      if (src !== null) fact.scripts.push({ src, line });
      else inlineScript(fact, text, match.index + match[0].length, line, attribute(tag, 'type'));
    } else {
      const href = attribute(tag, 'href');
      if (href !== null) fact.links.push({ rel: attribute(tag, 'rel') ?? '', href, line });
    }
  }
  return fact;
}

function inlineScript(fact: PageFact, text: string, from: number, line: number, type: string | null): void {
  const end = text.slice(from, from + 20_000).search(/<\/script/i);
  const code = end === -1 ? '' : text.slice(from, from + end).trim();
  if (code === '' || (type !== null && !/^(module|.*javascript)$/i.test(type))) return;
  fact.inline = [...(fact.inline ?? []), { text: code.slice(0, 4000), line, module: type === 'module' }];
}

/** `link(rel='manifest', href='/m.json')` and `script(src='/a.js')`. */
function pugPage(path: string, text: string): PageFact {
  const starts = lineStartsOf(text);
  const fact: PageFact = { path, scripts: [], links: [] };
  for (const match of text.matchAll(/^[ \t]*(script|link)\(([^)]{0,2000})\)/gm)) {
    const tag = match[2]!.replaceAll(',', ' ');
    const line = lineAt(starts, match.index + match[0].search(/\S/));
    const [src, href] = [attribute(tag, 'src'), attribute(tag, 'href')];
    if (match[1] === 'script' && src !== null) fact.scripts.push({ src, line });
    if (match[1] === 'link' && href !== null) fact.links.push({ rel: attribute(tag, 'rel') ?? '', href, line });
  }
  return fact;
}

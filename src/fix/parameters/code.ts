import { baseOf, dirOf, relativeTo } from '../../model/paths.ts';
import { frameworks } from '../code/frameworks.ts';
import { moduleStyleOf } from '../code/imports.ts';
import { parse } from '../code/syntax.ts';
import { styleOf, usualStyle } from '../edit/style.ts';
import type { Subject } from '../types.ts';
import { pageEntry, processEntry, servingFile } from './_entries.ts';
import { manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';
import { portIn, portVariablesIn } from './_ports.ts';

const proxied = /trust proxy|\btrustProxy\b|\.proxy\s*=\s*true/;

/** The component's language, module system, habits of folder and style, and what its application is and listens on. */
const code: Parameters = (subject) => {
  const { model, component, view } = subject;
  const wiring = component && component.language === 'js' ? model.wiring.of(component) : null;
  const entry = processEntry(subject);
  const page = pageEntry(subject);
  const serving = servingFile(subject);
  const sample =
    entry ?? page ?? wiring?.entries.find(({ file }) => view.has(file))?.file ?? wiring?.reached[0] ?? null;
  const text = sample ? view.text(sample) : '';
  const manifest = component ? manifestOf(model, component.path) : null;
  const modules = sample
    ? modulesOf(sample, text, manifest?.type ?? 'commonjs')
    : { esm: false, ending: '', namespaces: false };
  const typed = /\.[cm]?tsx?$/.test(sample ?? '');
  const src = sample ? sourceFolder([sample, ...(serving ? [serving] : [])], component!.path) : '.';
  return {
    language: component?.language ?? null,
    frameworks: component?.frameworks ?? [],
    framework: component?.frameworks[0] ?? null,
    /** A framework of those known here meets what handlers throw: nobody else hears of it. */
    answers:
      (component?.traits.includes('http') ?? false) &&
      frameworks.some(({ name }) => component?.frameworks.includes(name)),
    entry,
    pageEntry: page,
    entryName: entry ? baseOf(entry) : null,
    ts: typed,
    js: !typed,
    esm: modules.esm,
    cjs: !modules.esm,
    namespaces: modules.namespaces,
    importEnding: modules.ending === '' ? '' : `.${modules.ending}`,
    ext: typed ? 'ts' : (/\.([cm]js)$/.exec(sample ?? '')?.[1] ?? 'js'),
    jsx: /\.tsx?$/.test(page ?? sample ?? '') ? 'tsx' : 'jsx',
    src,
    srcInside: component ? relativeTo(src, component.path) : src,
    middleware: middlewareFolder(subject, src),
    /** Somewhere it is said which proxies are believed. */
    trustsProxy: wiring?.reached.some((file) => proxied.test(view.text(file))) ?? false,
    style: sample ? styleOf(text) : usualStyle,
    port: portIn(subject),
    portVariable: portVariablesIn(subject)[0],
    services: component?.kind ?? null,
  };
};
export default code;

function modulesOf(path: string, text: string, type: 'module' | 'commonjs') {
  try {
    return moduleStyleOf(parse(path, text), type);
  } catch {
    return { esm: type === 'module', ending: '', namespaces: false };
  }
}

/** `src` where the code lies there, else the entry's own folder. */
function sourceFolder(files: readonly string[], folder: string): string {
  const source = within(folder, 'src');
  return files.some((file) => file.startsWith(`${source}/`)) ? source : dirOf(files[0]!);
}

/** Where middleware stands already, by the names people give that folder. */
function middlewareFolder({ view }: Subject, src: string): string {
  const names = ['middleware', 'middlewares', 'api/middleware', 'api/middlewares', 'common/middleware'];
  const found = names.find((name) => view.hasDirectory(within(src, name)));
  return within(src, found ?? 'middleware');
}

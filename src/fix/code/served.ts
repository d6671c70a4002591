import type { ComponentWiring } from '../../model/wiring.ts';
import type { Subject } from '../types.ts';

/** A binding at the top of a file. */
export interface Binding {
  file: string;
  name: string;
}

/**
 * The application that is handed to the server of Node (`serve({ fetch: app.fetch })`), or that an entry exports for its runtime to
 * serve: where several are made, or all by one function, this is the one that the others are mounted in.
 */
export function servedApplication({
  model,
  component,
  view,
}: Pick<Subject, 'model' | 'component' | 'view'>): Binding | null {
  const wiring = model.wiring.of(component!);
  const toServer = handed(wiring, model, view);
  const found = toServer.length > 0 ? toServer : exported(wiring, view);
  const bindings = found.flatMap((binding) => declared(model, view, binding) ?? []);
  const [first] = bindings;
  return first && bindings.every(({ file, name }) => file === first.file && name === first.name) ? first : null;
}

/** `serve(app)`, `serve({ fetch: app.fetch })`, `serve({ ...app, port })`. */
const handed = (wiring: ComponentWiring, model: Subject['model'], view: Subject['view']): Binding[] =>
  wiring
    .calls(({ origin, form }, file) => form === 'call' && isServe(origin) && !model.wiring.isTest(file))
    .filter(({ live }) => live === 'live')
    .flatMap(({ file, fact }) => {
      const words = view.text(file).slice(fact.start, fact.end);
      const name = /^[\w.]+\(\s*([A-Za-z_$][\w$]*)\s*[,)]/.exec(words)?.[1] ?? fetchedFrom(words);
      return name === null ? [] : [{ file, name }];
    });

const isServe = (origin: { from: string; package?: string; member: string } | { from: 'global' } | null): boolean =>
  origin?.from === 'package' &&
  'package' in origin &&
  origin.package === '@hono/node-server' &&
  /^(serve|createAdaptorServer)$/.test(origin.member);

/** `export default app`, `export default { port, fetch: app.fetch }`. */
const exported = (wiring: ComponentWiring, view: Subject['view']): Binding[] =>
  wiring.entries
    .filter(({ phase }) => phase === 'runtime')
    .flatMap(({ file }) => {
      const text = view.text(file);
      const object = /\bexport\s+default\s+(\{[^{}]*\})/.exec(text)?.[1];
      const name = object === undefined ? defaultOf(text) : fetchedFrom(object);
      return name === null ? [] : [{ file, name }];
    });

const defaultOf = (text: string): string | null => /\bexport\s+default\s+(\w+)\s*;?\s*$/m.exec(text)?.[1] ?? null;

const fetchedFrom = (words: string): string | null =>
  /\bfetch\s*:\s*([A-Za-z_$][\w$]*)\.fetch\b/.exec(words)?.[1] ??
  /\.\.\.\s*([A-Za-z_$][\w$]*)/.exec(words)?.[1] ??
  null;

/** Where a name of a file is declared, through imports and what they pass on. */
function declared(model: Subject['model'], view: Subject['view'], from: Binding): Binding | null {
  let at: Binding = from;
  for (let depth = 0; depth < 5; depth++) {
    const module = model.facts.sources.find(({ path }) => path === at.file)?.module;
    const [imported] = (module?.imports ?? []).flatMap(({ specifier, names }) =>
      names.filter(({ local }) => local === at.name).map((one) => ({ specifier, name: one.imported })),
    );
    if (!imported) return at;
    const next = model.wiring.resolveOrigin(at.file, { from: 'module', ...imported, member: '' });
    const name = next?.name === '*default*' ? defaultOf(view.text(next.file)) : next?.name;
    if (!next || !name) return null;
    at = { file: next.file, name };
  }
  return null;
}

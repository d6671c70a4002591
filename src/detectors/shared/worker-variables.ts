import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { type Evidence, lineAt, lineStartsOf } from '../../model/evidence.ts';
import { wranglerFiles } from '../../model/wrangler.ts';
import { isAside, noteOf, once, sourcesByPath } from './scope.ts';

/** A variable that a Cloudflare worker asks its environment for. */
export interface WorkerVariable {
  name: string;
  at: Evidence;
  /** A handler answers, or throws, where it is absent. */
  checked: boolean;
}

/** `env.API_KEY` of a handler's second argument, `c.env.API_KEY` of Hono; not what Node or a bundler keeps under that name. */
const reading = /(?<![\w$.])(?:(?:c|ctx|context|this)\.)?env\.([A-Z]\w{2,})/g;
/** What stands before it on its line is the beginning of a comment. */
const commented = /(?:^|[^:])\/\/|^\s*\*/;

const importsEnv = (model: AuditModel, file: string): boolean =>
  sourcesByPath(model)
    .get(file)
    ?.module.imports.some(({ names }) => names.some(({ local }) => local === 'env')) === true;

/**
 * What a worker asks of its environment and its configuration does not name: secrets, which somebody has to know of. Variables that
 * the configuration sets, and stores that it binds, come with each deployment.
 */
export const workerVariables = once((model, component: Component): readonly WorkerVariable[] => {
  const configured = wranglerFiles(model.view, component.path).map((path) => model.view.text(path));
  if (configured.length === 0) return [];
  const given = new Set(configured.flatMap((text) => text.match(/\w+/g) ?? []));
  const found = new Map<string, WorkerVariable>();
  const made = new Set<string>();
  for (const file of model.wiring.of(component).reached) {
    const text = isAside(file) ? '' : model.view.text(file);
    // Where the file declares or imports it, it is an object of its own: settings that were read before.
    if (!text.includes('env.') || /\b(?:const|let|var)\s+env\b/.test(text) || importsEnv(model, file)) continue;
    for (const [, name] of text.matchAll(/\benv\.([A-Z]\w*)\s*=[^=>]/g)) made.add(name!);
    const starts = lineStartsOf(text);
    for (const { 1: name = '', index } of text.matchAll(reading)) {
      if (commented.test(text.slice(text.lastIndexOf('\n', index) + 1, index))) continue;
      const refused = new RegExp(
        `if\\s*\\([^){]*!\\s*(?:\\w+\\.)?env\\.${name}\\b[^;}]*\\b(?:throw\\b|return\\b[^;}]*(?:Response|\\.json\\(|\\.text\\(|5\\d\\d))`,
      );
      const checked = refused.test(text);
      const known = found.get(name);
      if (known) known.checked ||= checked;
      else if (!given.has(name))
        found.set(name, { name, checked, at: noteOf({ file, line: lineAt(starts, index) }, `reads ${name}`) });
    }
  }
  return [...found.values()].filter(({ name }) => !made.has(name));
});

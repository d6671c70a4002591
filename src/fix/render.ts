import Mustache from 'mustache';
import { joinPath } from '../model/paths.ts';
import { Unfit } from './types.ts';

/** Other delimiters than Mustache's own: `{{ … }}` is what workflows and front-end code are made of. */
const tags: [string, string] = ['<%', '%>'];

/**
 * Fills `<% name %>`, `<%# list %>…<%/ list %>` and `<%^ name %>…<%/ name %>`. A name that nobody gives is an error of the
 * template; one that is not known here (null) may be asked about and not printed: then the template does not fit.
 */
export function render(text: string, parameters: object): string {
  return writer.render(text, new Strict(parameters), undefined, { tags });
}

/** Parameters with the values that one operation brings. */
export const withValues = (
  parameters: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, string>>,
): Record<string, unknown> => ({
  ...parameters,
  ...Object.fromEntries(Object.entries(values).map(([name, text]) => [name, render(text, parameters)])),
});

/** A path that a template names, as the repository has it: `./a` is `a`. */
export function pathOf(text: string, parameters: object): string {
  const path = joinPath(render(text, parameters));
  if (path === null || path === '.') throw new Error(`"${text}" leads out of the repository`);
  return path;
}

class Strict extends Mustache.Context {
  override push(view: unknown): Mustache.Context {
    return new Strict(view, this);
  }
  override lookup(name: string): unknown {
    const value: unknown = super.lookup(name);
    if (value === undefined) throw new Error(`a template asks for "${name}", which is no parameter`);
    return value;
  }
}

class Plain extends Mustache.Writer {
  override escapedValue(token: string[], context: Mustache.Context): string {
    const value: unknown = context.lookup(token[1]!);
    if (value === null) throw new Unfit(`"${token[1]}" is not known here`);
    return String(value);
  }
}
const writer = new Plain();

/** Every string in a value of a template, filled. A string that is one parameter alone keeps the parameter's type. */
export function renderDeep(value: unknown, parameters: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') {
    const alone = /^<%\s*([A-Za-z]+)\s*%>$/.exec(value)?.[1];
    const found = alone === undefined ? undefined : parameters[alone];
    return found === undefined || found === null ? render(value, parameters) : found;
  }
  if (Array.isArray(value)) return value.map((item) => renderDeep(item, parameters));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [render(key, parameters), renderDeep(item, parameters)]),
  );
}

import type { IacFact } from '../model/facts/index.ts';

/** Values by the name they are referred to by: `x` in Bicep, `var.x` and `local.x` in Terraform; of a call's arguments, by their own. */
export type Scope = ReadonlyMap<string, string>;

/** A longer value is left as the name it goes by: texts must not grow with every module that passes them on. */
const maxValue = 600;
const maxText = 8_000;

/** The text with the values put in for their names, once: what a value itself refers to belongs to another scope. */
export function substitute(tool: IacFact['tool'], text: string, scope: Scope): string {
  if (scope.size === 0) return text;
  const value = (name: string): string | null => {
    const found = scope.get(name);
    return found !== undefined && found !== '' && found.length <= maxValue ? found : null;
  };
  return (tool === 'bicep' ? inBicep(text, value) : inTerraform(text, value)).slice(0, maxText);
}

type Lookup = (name: string) => string | null;

/** Within a text only what is written plainly fits: `'a'`, `3`. */
const plain = (value: string | null): string | null =>
  value === null
    ? null
    : (/^(['"])([^'"$\\]*)\1$/.exec(value)?.[2] ??
      (/^(?:[\w.-]+)$/.test(value) && /^[\d-]/.test(value) ? value : null));

function inBicep(text: string, value: Lookup): string {
  const tokens = /'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|[A-Za-z_]\w*/g;
  return text.replace(tokens, (token: string, offset: number) => {
    if (token.startsWith('//')) return '';
    if (token.startsWith("'"))
      return token.replace(/\$\{(\w+)\}/g, (whole, name: string) => plain(value(name)) ?? whole);
    const found = value(token);
    if (found === null) return token;
    const before = /\S?[^\S\n]*$/.exec(text.slice(Math.max(0, offset - 80), offset))?.[0] ?? '';
    const after = /^[ \t]*(.?)/.exec(text.slice(offset + token.length, offset + token.length + 40))?.[1] ?? '';
    const key = after === ':' && /^[{,]?\s*$/.test(before);
    return key || after === '(' || after === '.' || after === "'" || before.endsWith('.') ? token : found;
  });
}

function inTerraform(text: string, value: Lookup): string {
  return text
    .replace(/\$\{\s*((?:var|local)\.\w+)\s*\}/g, (whole, name: string) => plain(value(name)) ?? whole)
    .replace(/(?<![\w.{])(?:var|local)\.\w+(?![\w.[(])/g, (name) => value(name) ?? name);
}

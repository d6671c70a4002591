import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { isAside, once } from './scope.ts';

/** `SWAGGER_USER: process.env.swaggerUser` in an object of settings. */
const setting = /(?:^|[{,])\s*([A-Z][A-Z0-9_]*)\s*:\s*[^,\n]*?process\.env(?:\.|\[['"])/gm;

/** Names of settings that are filled from variables of other names: asking a config service for one reads no variable of that name. */
export const settingNames = once((model, component: Component): ReadonlySet<string> => {
  const wiring = model.wiring.of(component);
  const read = new Set(wiring.env().flatMap(({ fact }) => (fact.via === 'process.env' ? [fact.name] : [])));
  const keys = [...wiring.own, ...wiring.reached].flatMap((file) => filledIn(model, file));
  return new Set(keys.filter((key) => !read.has(key)));
});

/** `registerAs('DATABASE', () => ({ … }))`: the name of a group of settings in Nest. */
const group = /\bregisterAs\(\s*['"]([A-Z][A-Z0-9_]*)['"]/g;

/** Settings of a file that are filled from variables. Shared code is asked about for every component that reaches it. */
const filledIn = once((model, file: string): readonly string[] => {
  const text = isAside(file) ? '' : model.view.text(file);
  const all = text.includes('process.env') ? [...text.matchAll(setting)] : [];
  const groups = text.includes('registerAs') ? [...text.matchAll(group)] : [];
  return [...groups, ...all].map(([, name]) => name!);
});

/** node-config's file of variables: what it names is read, and it is itself the list of what is read. */
export const mappedVariables = (
  model: AuditModel,
  speaks: (path: string) => boolean,
): { path: string; variables: { name: string; line: number }[] }[] =>
  model.view
    .glob('**/config/custom-environment-variables.{json,yaml,yml,js,ts,cjs,mjs}')
    .filter(speaks)
    .map((path) => ({
      path,
      variables: model.view
        .text(path)
        .split('\n')
        .flatMap((text, index) =>
          [...text.matchAll(/[:-]\s*["']?([A-Z][A-Z0-9_]+)["']?\s*(?:,|;|$|\})/g)].map((match) => ({
            name: match[1]!,
            line: index + 1,
          })),
        ),
    }));

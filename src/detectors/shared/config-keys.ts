import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { isAside, once } from './scope.ts';

/** `SWAGGER_USER: process.env.swaggerUser` in an object of settings. */
const setting = /(?:^|[{,])\s*([A-Z][A-Z0-9_]*)\s*:\s*[^,\n]*?process\.env(?:\.(\w+)|\[['"](\w+)['"]\])/gm;

/** Names of settings that are filled from variables of other names: asking a config service for one reads no variable of that name. */
export const settingNames = (model: AuditModel, component: Component): ReadonlySet<string> =>
  once(model, `names of settings ${component.path}`, () => {
    const wiring = model.wiring.of(component);
    const filled = new Set<string>();
    const read = new Set(wiring.env().flatMap(({ fact }) => (fact.via === 'process.env' ? [fact.name] : [])));
    for (const file of new Set([...wiring.own, ...wiring.reached])) {
      const text = isAside(file) ? '' : (model.view.read(file) ?? '');
      for (const [, key, dotted, quoted] of text.matchAll(setting))
        if (key !== (dotted ?? quoted) && !read.has(key!)) filled.add(key!);
    }
    return filled;
  });

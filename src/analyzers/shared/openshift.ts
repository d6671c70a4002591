import { asList, asRecord, asText, type Data, isRecord } from '../../model/data.ts';

/** An OpenShift Template by its text; what it holds in `${{NAME}}` is no markup of a chart. */
export const isOpenShiftTemplate = (text: string): boolean =>
  /^kind:\s*["']?Template\b/m.test(text) && /^objects:/m.test(text);

/** The objects of an OpenShift Template, with the defaults of its parameters put in; one without a default stays as it is written. */
export function templateObjects(template: Data): Data[] {
  const defaults = new Map<string, string>();
  for (const parameter of asList(template.parameters).map(asRecord)) {
    const name = asText(parameter.name);
    const value = asText(parameter.value);
    if (name !== null && value !== null) defaults.set(name, value);
  }
  return asList(template.objects).map((object) => asRecord(filled(object, defaults)));
}

function filled(value: unknown, defaults: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string')
    return value.replace(
      /\$\{\{(\w+)\}\}|\$\{(\w+)\}/g,
      (all, whole?: string, part?: string) => defaults.get(whole ?? part ?? '') ?? all,
    );
  if (Array.isArray(value)) return value.map((item) => filled(item, defaults));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, defaults)]));
}

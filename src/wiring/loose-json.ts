import { parse as parseYaml } from 'yaml';
import { asRecord, type Data } from '../model/data.ts';

/** An object of a configuration that people write by hand: JSON with comments and trailing commas. Empty where it is none. */
export function parseLoose(text: string): Data {
  const bare = text.replace(
    /("(?:[^"\\]|\\.)*")|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, kept: string | undefined) => kept ?? '',
  );
  // Without comments, what people leave in (a last comma) or out (quotes of keys) is YAML.
  for (const parse of [JSON.parse, (loose: string) => parseYaml(loose.replace(/\t/g, '  '))]) {
    try {
      return asRecord(parse(bare));
    } catch {
      // the other may read it
    }
  }
  return {};
}

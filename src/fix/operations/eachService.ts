import { parseDocument } from 'yaml';
import { withYamlKey } from '../edit/yaml.ts';
import { render, renderDeep } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/**
 * Keys for every service of the production compose file that runs the component; those that are set stay as they are. A service
 * that has one of the keys `unless`, in any file that it is put together from, is left alone.
 */
const eachService: Operate<{ keys: Record<string, unknown>; unless: string[] }> = (
  { keys, unless },
  { draft, parameters },
) => {
  const file = parameters.composeFile;
  if (typeof file !== 'string') throw new Unfit('there is no compose file for production');
  let text = draft.text(file);
  const services = parameters.composed as string[];
  const files = (parameters.composeFiles as string[]).map((path) => parseDocument(draft.text(path)));
  const held = (service: string) => unless.find((key) => files.some((one) => one.hasIn(['services', service, key])));
  const free = services.filter((service) => !held(service));
  if (free.length === 0 && services.length > 0)
    throw new Unfit(`${file}: ${services[0]} has "${held(services[0]!)}", which only one of it can have`);
  for (const service of free) {
    for (const [key, value] of Object.entries(keys)) {
      const path = ['services', service, ...render(key, parameters).split('.')];
      if (parseDocument(text).hasIn(path)) continue;
      text = withYamlKey(text, path, renderDeep(value, parameters));
    }
  }
  draft.edit(file, text);
};
export default eachService;

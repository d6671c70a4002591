import { parseDocument } from 'yaml';
import { withYamlKey } from '../edit/yaml.ts';
import { render, renderDeep } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** Keys for every service of the production compose file that runs the component; those that are set stay as they are. */
const eachService: Operate<{ keys: Record<string, unknown> }> = ({ keys }, { draft, parameters }) => {
  const file = parameters.composeFile;
  if (typeof file !== 'string') throw new Unfit('there is no compose file for production');
  let text = draft.read(file) ?? '';
  for (const service of parameters.composed as string[]) {
    for (const [key, value] of Object.entries(keys)) {
      const path = ['services', service, ...render(key, parameters).split('.')];
      if (parseDocument(text).hasIn(path)) continue;
      text = withYamlKey(text, path, renderDeep(value, parameters));
    }
  }
  draft.edit(file, text);
};
export default eachService;

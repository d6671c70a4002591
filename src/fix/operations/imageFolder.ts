import { inserted } from '../edit/insert.ts';
import { render } from '../render.ts';
import type { Operate } from './_operation.ts';

/** A folder that the image's own user may write to: a volume takes over who owns what it is laid upon. Root needs none. */
const imageFolder: Operate<{ folder: string }> = ({ folder }, { model, component, draft, parameters }) => {
  const path = component ? model.deployment.dockerfilesOf(component.path)[0] : undefined;
  const fact = model.facts.dockerfiles.find((one) => one.path === path);
  const user = fact?.stages[fact.final]?.user;
  if (!path || !user || /^(root|0)\b/.test(user.value)) return;
  const text = draft.text(path);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split('\n');
  const at = lines.slice(0, user.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const place = render(folder, parameters);
  draft.edit(path, inserted(text, [{ at, text: `RUN mkdir -p ${place} && chown ${user.value} ${place}${eol}` }]));
};
export default imageFolder;

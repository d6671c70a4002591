import { dirOf, isWithin } from '../../model/paths.ts';
import { appended } from '../edit/insert.ts';
import { render } from '../render.ts';
import type { Operate } from './_operation.ts';

/** Names a variable that the fix brings in every template that stands for the component; where there is none, `env-template` makes one. */
const env: Operate<{ name: string; example: string; comment: string; shared: boolean }> = (
  asked,
  { model, component, draft, parameters },
) => {
  const { example } = asked;
  const name = render(asked.name, parameters);
  const comment = render(asked.comment, parameters);
  const place = asked.shared ? '.' : (component?.path ?? '.');
  const template = model.facts.envFiles
    .filter((file) => file.role === 'template' && isWithin(place, dirOf(file.path)))
    .sort((a, b) => b.path.length - a.path.length)[0];
  draft.notes.push(`${name}: ${comment}`);
  if (!template || template.variables.some((variable) => variable.name === name)) return;
  const before = draft.text(template.path);
  if (new RegExp(`^${name}=`, 'm').test(before)) return;
  draft.edit(template.path, appended(before, `# ${comment}\n${name}=${render(example, parameters)}\n`));
};
export default env;

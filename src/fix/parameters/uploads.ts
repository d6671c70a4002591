import type { ValueFact } from '../../model/facts/index.ts';
import { joinPath } from '../../model/paths.ts';
import type { Parameters } from './_parameter.ts';

/** The folder that uploads are written to, as its container sees it: where a call of multer names it, and the image says where it starts. */
const uploads: Parameters = ({ model, component }) => {
  if (component?.language !== 'js') return { uploadTarget: null };
  const folders = model.wiring
    .of(component)
    .calls(({ origin }) => origin?.from === 'package' && origin.package === 'multer')
    .filter(({ live }) => live === 'live')
    .flatMap(({ fact }) => folderIn(fact.args[0]));
  const path = model.deployment.dockerfilesOf(component.path)[0];
  const file = model.facts.dockerfiles.find((one) => one.path === path);
  const workdir = file?.stages[file.final]?.workdir?.value ?? null;
  const [folder] = new Set(folders);
  if (folder === undefined || new Set(folders).size > 1) return { uploadTarget: null };
  if (folder.startsWith('/')) return { uploadTarget: folder };
  const inside = joinPath(folder);
  return { uploadTarget: workdir?.startsWith('/') && inside ? `${workdir.replace(/\/$/, '')}/${inside}` : null };
};
export default uploads;

function folderIn(options: ValueFact | undefined): string[] {
  if (options?.kind !== 'object') return [];
  const named = options.props.dest ?? options.props.destination;
  return named?.kind === 'string' ? [named.value.replace(/\/$/, '')] : [];
}

import { asList, asRecord, asText, asTexts } from '../model/data.ts';
import { baseOf, dirOf, joinPath } from '../model/paths.ts';
import { type EntryContext, ownAmong } from './entries/_provider.ts';
import { parseLoose } from './loose-json.ts';

/** A function of Azure's older model: a folder with function.json, which names the script and what calls it. */
export interface AzureBinding {
  /** Of function.json. */
  path: string;
  /** The script. */
  file: string;
  /** What requests it answers; null where something else calls it. */
  http: { methods: readonly string[]; route: string } | null;
}

/** The bound functions of a component whose scripts are its own. */
export function azureBindings(context: EntryContext): AzureBinding[] {
  const { view } = context;
  return view.glob(context.inside('**/function.json')).flatMap((path) => {
    const { scriptFile, bindings } = parseLoose(view.text(path));
    const file = ownAmong(context, [joinPath(dirOf(path), asText(scriptFile) ?? 'index.js')]);
    const trigger = asList(bindings)
      .map(asRecord)
      .find(({ type }) => type === 'httpTrigger');
    const methods = asTexts(trigger?.methods ?? []);
    const http = trigger && {
      methods: methods.length > 0 ? methods : ['ALL'],
      route: asText(trigger.route) ?? baseOf(dirOf(path)),
    };
    return file === null ? [] : [{ path, file, http: http ?? null }];
  });
}

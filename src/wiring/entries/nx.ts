import { runsOf } from '../../commands/index.ts';
import { asList, asRecord, asText, type Data, isRecord } from '../../model/data.ts';
import { joinPath } from '../../model/paths.ts';
import type { Entry, Phase } from '../../model/wiring.ts';
import { parseLoose } from '../loose-json.ts';
import { type EntryContext, type EntryProvider, entry, ownAmong } from './_provider.ts';

/** Options of executors that name the file a target starts from. */
const starting = ['main', 'browser', 'server', 'ssr', 'entryFile', 'entry', 'entryPoint'];

/** Nx projects: what the targets of `project.json` (or of `nx` in package.json) build, serve and run. */
const nx: EntryProvider = {
  name: 'nx',
  entries(context) {
    const path = context.inside('project.json');
    const text = context.view.read(path);
    const { manifest } = context;
    const project = text === null ? asRecord(manifest?.raw.nx) : parseLoose(text);
    const from = {
      file: text === null && manifest ? manifest.path : path,
      text: text ?? '',
      isLibrary: project.projectType === 'library',
    };
    const targets = Object.entries(asRecord(project.targets ?? project.architect));
    return targets.flatMap(([name, target]) => ofTarget(context, name, asRecord(target), from));
  },
};
export default nx;

const phaseOf = (target: string): Phase | null =>
  /test|e2e|lint|cypress|playwright|storybook/i.test(target)
    ? null
    : /^(build|serve|start|run|dev|deploy|container|docker|prune|package)/.test(target)
      ? 'runtime'
      : 'tool';

function ofTarget(
  context: EntryContext,
  name: string,
  target: Data,
  from: { file: string; text: string; isLibrary: boolean },
): Entry[] {
  const phase = phaseOf(name);
  if (phase === null) return [];
  const options = asRecord(target.options);
  const line = from.text.slice(0, from.text.indexOf(`"${name}"`)).split('\n').length;
  const reason = (what: string) => `${from.file} "${name}" ${what}`;
  const at = { file: from.file, line };
  const made: Entry[] = [];
  for (const key of starting) {
    const value = options[key];
    const written = asText(isRecord(value) ? value.entry : value) ?? '';
    const path = put(context, written);
    // Options are written from the workspace's root, some of them from the project's.
    const file = written && ownAmong(context, [joinPath(path), joinPath(context.root.path, path)]);
    if (file) made.push(entry(file, phase, reason(`starts from ${written}`), at, from.isLibrary ? 'all' : []));
  }
  for (const text of commandsOf(target, options)) {
    const cwd = put(context, asText(options.cwd) ?? '.');
    for (const run of runsOf(put(context, text), { cwd, facts: context.facts, view: context.view })) {
      const file = ownAmong(context, [run.file]);
      if (file) made.push(entry(file, phase, reason(`runs ${run.argv.slice(0, 4).join(' ')}`), at));
    }
  }
  return made;
}

function commandsOf(target: Data, options: Data): string[] {
  return [target.command, options.command, ...asList(options.commands)]
    .map((each) => asText(isRecord(each) ? each.command : each))
    .filter((text) => text !== null);
}

const put = (context: EntryContext, text: string): string =>
  text.replaceAll('{projectRoot}', context.root.path).replaceAll('{workspaceRoot}/', '');

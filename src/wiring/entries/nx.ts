import { runsOf } from '../../commands/index.ts';
import { asRecord, asText, type Data, isRecord } from '../../model/data.ts';
import type { Entry, Phase } from '../../model/wiring.ts';
import { type EntryContext, type EntryProvider, entry } from './_provider.ts';

/** Options of executors that name the file a target starts from. */
const starting = ['main', 'browser', 'server', 'ssr', 'entryFile', 'entry', 'entryPoint'];

/** Nx projects: what the targets of `project.json` (or of `nx` in package.json) build, serve and run. */
const nx: EntryProvider = {
  name: 'nx',
  entries(context) {
    const path = context.inside('project.json');
    const text = context.view.read(path);
    const project = text === null ? asRecord(context.manifest?.raw.nx) : parsed(text);
    const targets = asRecord(project.targets ?? project.architect);
    const isLibrary = project.projectType === 'library';
    const file = text === null ? (context.manifest?.path ?? path) : path;
    return Object.entries(targets).flatMap(([name, target]) =>
      isRecord(target) ? ofTarget(context, name, target, { file, text: text ?? '', isLibrary }) : [],
    );
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
  const line = Math.max(1, from.text.slice(0, Math.max(0, from.text.indexOf(`"${name}"`))).split('\n').length);
  const reason = (what: string) => `${from.file} "${name}" ${what}`;
  const at = { file: from.file, line };
  const made: Entry[] = [];
  for (const key of starting) {
    const value = options[key];
    const written = asText(isRecord(value) ? value.entry : value);
    const file = written && sourceOf(context, written);
    if (file) made.push(entry(file, phase, reason(`starts from ${written}`), at, from.isLibrary ? 'all' : []));
  }
  for (const text of commandsOf(target, options)) {
    const cwd = asText(options.cwd)?.replaceAll('{projectRoot}', context.root.path) ?? '.';
    for (const run of runsOf(put(context, text), { cwd, facts: context.facts, view: context.view })) {
      const file = run.file && context.resolver.sourceOf(run.file);
      if (file && context.own.includes(file))
        made.push(entry(file, phase, reason(`runs ${run.argv.slice(0, 4).join(' ')}`), at));
    }
  }
  return made;
}

function commandsOf(target: Data, options: Data): string[] {
  const list = Array.isArray(options.commands) ? options.commands : [];
  return [target.command, options.command, ...list]
    .map((each) => asText(isRecord(each) ? each.command : each))
    .filter((text) => text !== null);
}

const put = (context: EntryContext, text: string): string =>
  text.replaceAll('{projectRoot}', context.root.path).replaceAll('{workspaceRoot}/', '');

/** Options are written from the workspace's root, some of them from the project's. */
function sourceOf(context: EntryContext, written: string): string | null {
  const path = put(context, written).replace(/^\.\//, '');
  return (
    [path, context.inside(path)]
      .map((one) => context.resolver.sourceOf(one))
      .find((one): one is string => one !== null && context.own.includes(one)) ?? null
  );
}

function parsed(text: string): Data {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return {};
  }
}

import { asRecord, asText, type Data, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineStep, PipelineTrigger } from '../../model/facts/config.ts';
import { joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { type Located, yamlOf } from '../shared/yaml.ts';

export type Fail = (failure: { file: string | null; line: number | null; message: string }) => void;
/** Reads the pipelines of one host. */
export type HostReader = (view: RepoView, fail: Fail) => PipelineFact[];

export const step = (part: Partial<PipelineStep> & { line: number }): PipelineStep => ({
  name: null,
  run: null,
  uses: null,
  with: {},
  workingDirectory: '.',
  continueOnError: false,
  condition: null,
  disabled: false,
  ...part,
});

export const job = (part: Partial<PipelineJob> & { id: string; line: number }): PipelineJob => ({
  name: null,
  disabled: false,
  condition: null,
  needs: [],
  uses: null,
  steps: [],
  services: [],
  environment: null,
  matrix: {},
  ...part,
});

export const trigger = (event: string, line: number, part: Partial<PipelineTrigger> = {}): PipelineTrigger => ({
  event,
  branches: [],
  paths: [],
  line,
  ...part,
});

/** The first mapping of a YAML file; null, with the reason told, when there is none. */
export function document(view: RepoView, path: string, fail: Fail): (Located & { data: Data }) | null {
  const file = yamlOf(view, path);
  for (const problem of file.problems) fail({ file: path, line: problem.line, message: problem.message });
  const found = file.documents.find((each) => isRecord(each.data));
  return found ? { ...found, data: asRecord(found.data) } : null;
}

/** Lines of a step with a command: the key's, and that of the first line of a block. */
export function runLines(
  run: string | null,
  lines: Record<string, number>,
  path: string,
): { line: number; runLine?: number } {
  const line = lineIn(lines, path);
  return run === null ? { line } : { line, runLine: run.includes('\n') ? line + 1 : line };
}

/** Texts by key; whatever is no scalar is left out. */
export function textsOf(value: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, inner] of Object.entries(asRecord(value))) {
    const text = asText(inner);
    if (text !== null) texts[key] = text;
  }
  return texts;
}

const workspaceRoots =
  /^(?:\$\{\{\s*github\.workspace\s*\}\}|\$\{?(?:CI_PROJECT_DIR|GITHUB_WORKSPACE|BITBUCKET_CLONE_DIR|TRAVIS_BUILD_DIR|CODEBUILD_SRC_DIR)\}?|\$\((?:Build\.SourcesDirectory|System\.DefaultWorkingDirectory)\))\/?/;

/** A folder as a repository path: `.` when none is said, null when it is computed or lies outside. */
export function folderOf(value: unknown, base = '.'): string | null {
  const text = asText(value);
  if (text === null || text === '') return base;
  if (workspaceRoots.test(text)) return folderOf(`./${text.replace(workspaceRoots, '')}`);
  if (/[$<]/.test(text) || /^[/~]/.test(text)) return null;
  return joinPath(base, text);
}

/**
 * Steps of a list of commands that share one shell, as most hosts run them: a `cd` in one holds for those after it.
 * `at` is the dotted path of the list.
 */
export function scriptSteps(
  value: unknown,
  lines: Record<string, number>,
  at: string,
  from: string | null = '.',
): PipelineStep[] {
  let folder = from;
  const items = Array.isArray(value)
    ? value.flat(3).map((each, i) => ({ each, at: `${at}.${i}` }))
    : [{ each: value, at }];
  return items.flatMap(({ each, at }) => {
    const run = asText(each);
    if (run === null) return [];
    const here = folder;
    const moved = /^\s*cd\s+(["']?)([^\s"';&|]+)\1\s*$/m.exec(run);
    if (moved && folder !== null) folder = folderOf(moved[2], folder);
    return [step({ ...runLines(run, lines, at), run, workingDirectory: here })];
  });
}

import { lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { PipelineFact, PipelineJob, PipelineStep, PipelineTrigger } from '../../model/facts/config.ts';
import { folderOf, type HostReader, job, step, trigger } from './parts.ts';

/** A Jenkinsfile is a program; stages, `dir` blocks and shell steps are read from its text. */
export const jenkins: HostReader = (view) =>
  view.glob('**/{Jenkinsfile,Jenkinsfile.*,*.jenkinsfile,*.Jenkinsfile}').flatMap((path) => {
    const text = view.read(path);
    if (text === null || !/\b(pipeline|node|stage)\b/.test(text)) return [];
    const fact: PipelineFact = { path, host: 'jenkins', name: null, triggers: triggersOf(text), jobs: jobsOf(text) };
    return [fact];
  });

/** The server decides when it runs; by the usual multibranch set-up, on each push. */
function triggersOf(text: string): PipelineTrigger[] {
  const starts = lineStartsOf(text);
  const cron = /\btriggers\s*\{[^}]*\bcron\s*\(/.exec(text);
  const found = [trigger('push', 1)];
  if (cron) found.push(trigger('schedule', lineAt(starts, cron.index)));
  return found;
}

const tokens =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\bstage\s*\(\s*(['"])(.*?)\1\s*\)|\bdir\s*\(\s*(['"])(.*?)\3\s*\)|\b(?:sh|bat|powershell|pwsh)\b\s*\(?\s*(?:label:\s*(?:'[^']*'|"[^"]*")\s*,\s*)?(?:script:\s*)?('''|"""|'|")|\b(?:docker\.build|kubernetesDeploy|withDockerRegistry|sshPublisher|deploy)\b|['"]|[{}]/g;

interface Block {
  kind: 'stage' | 'dir' | 'other';
  value: string;
}

function jobsOf(text: string): PipelineJob[] {
  const starts = lineStartsOf(text);
  const jobs: PipelineJob[] = [];
  const open: Block[] = [];
  let next: Block | null = null;
  tokens.lastIndex = 0;
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    const line = lineAt(starts, match.index);
    const [all] = match;
    if (all === '{') {
      open.push(next ?? { kind: 'other', value: '' });
      next = null;
    } else if (all === '}') open.pop();
    else if (match[2] !== undefined) {
      next = { kind: 'stage', value: match[2] };
      jobs.push(job({ id: match[2], line }));
    } else if (match[4] !== undefined) next = { kind: 'dir', value: match[4] };
    else if (match[5] !== undefined) {
      const end = closing(text, tokens.lastIndex, match[5]);
      const run = text.slice(tokens.lastIndex, end);
      tokens.lastIndex = end + match[5].length;
      if (jobs.length === 0) jobs.push(job({ id: 'pipeline', line: 1 }));
      jobs.at(-1)!.steps.push(shellStep(run, line, open));
    } else if (all === "'" || all === '"') {
      tokens.lastIndex = closing(text, tokens.lastIndex, all) + 1;
    } else if (/^[a-z]/i.test(all) && jobs.length > 0) jobs.at(-1)!.steps.push(step({ line, uses: all }));
  }
  return jobs.filter((each) => each.steps.length > 0 || jobs.length === 1);
}

function shellStep(run: string, line: number, open: readonly Block[]): PipelineStep {
  let folder: string | null = '.';
  for (const block of open) if (block.kind === 'dir' && folder !== null) folder = folderOf(block.value, folder);
  return step({ line, runLine: run.startsWith('\n') ? line + 1 : line, run: run.trim(), workingDirectory: folder });
}

function closing(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(quote, i)) return i;
    else if (quote.length === 1 && text[i] === '\n') return i;
  }
  return text.length;
}

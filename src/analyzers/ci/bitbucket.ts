import { asList, asRecord, asText, asTexts, type Data, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineTrigger } from '../../model/facts/config.ts';
import { document, type HostReader, job, scriptSteps, step, textsOf, trigger } from './parts.ts';

type Lines = Record<string, number>;
const events: Record<string, string> = {
  default: 'push',
  branches: 'push',
  'pull-requests': 'pull_request',
  tags: 'tag',
  custom: 'manual',
};

/** `bitbucket-pipelines.yml`. */
export const bitbucket: HostReader = (view, fail) =>
  view.glob('bitbucket-pipelines.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source) return [];
    const { data, lines } = source;
    const triggers: PipelineTrigger[] = [];
    const jobs: PipelineJob[] = [];
    for (const [kind, value] of Object.entries(asRecord(data.pipelines))) {
      const at = `pipelines.${kind}`;
      const keyed = !Array.isArray(value);
      triggers.push(
        trigger(events[kind] ?? kind, lineIn(lines, at), {
          branches: keyed && kind !== 'custom' ? Object.keys(asRecord(value)) : [],
        }),
      );
      const lists: [string, unknown, string][] = keyed
        ? Object.entries(asRecord(value)).map(([name, list]) => [`${kind} ${name}`, list, `${at}.${name}`])
        : [[kind, value, at]];
      for (const [name, list, where] of lists) {
        const made = jobsOf(data, lines, list, where, name);
        jobs.push(...(kind === 'custom' ? made.map((each) => ({ ...each, condition: 'manual' })) : made));
      }
    }
    const fact: PipelineFact = { path, host: 'bitbucket', name: null, triggers, jobs };
    return [fact];
  });

function jobsOf(data: Data, lines: Lines, list: unknown, at: string, name: string): PipelineJob[] {
  return asList(list).flatMap((item, i) => {
    const here = `${at}.${i}`;
    const entry = asRecord(item);
    if (entry.parallel !== undefined) {
      const inner = isRecord(entry.parallel) ? entry.parallel.steps : entry.parallel;
      return jobsOf(data, lines, inner, isRecord(entry.parallel) ? `${here}.parallel.steps` : `${here}.parallel`, name);
    }
    if (isRecord(entry.stage)) return jobsOf(data, lines, entry.stage.steps, `${here}.stage.steps`, name);
    if (!isRecord(entry.step)) return [];
    return [jobOf(data, lines, entry.step, `${here}.step`, `${name} ${i + 1}`)];
  });
}

function jobOf(data: Data, lines: Lines, body: Data, at: string, id: string): PipelineJob {
  const pipes = asList(body.script).flatMap((each, i) => {
    const pipe = asText(asRecord(each).pipe);
    return pipe
      ? [step({ line: lineIn(lines, `${at}.script.${i}`), uses: pipe, with: textsOf(asRecord(each).variables) })]
      : [];
  });
  const definitions = asRecord(asRecord(data.definitions).services);
  return job({
    id,
    name: asText(body.name),
    line: lineIn(lines, at),
    condition: body.trigger === 'manual' ? 'manual' : null,
    steps: [...scriptSteps(body.script, lines, `${at}.script`), ...pipes],
    services: asTexts(body.services ?? []).flatMap((name) => {
      const image = asRecord(definitions[name]).image;
      const shown = asText(isRecord(image) ? image.name : image) ?? (name === 'docker' ? 'docker' : null);
      return shown ? [{ name, image: shown, line: lineIn(lines, `${at}.services`) }] : [];
    }),
    environment: asText(body.deployment),
  });
}

import { asList, asRecord, asText, asTexts, type Data, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineStep, PipelineTrigger } from '../../model/facts/config.ts';
import { yamlOf } from '../shared/yaml.ts';
import { document, type HostReader, job, scriptSteps, step, textsOf, trigger } from './parts.ts';

type Lines = Record<string, number>;

/** `.buildkite/pipeline*.yml`: the server decides when it runs; as a rule, on each push. */
export const buildkite: HostReader = (view, fail) =>
  view.glob('.buildkite/**/*.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source || !Array.isArray(source.data.steps)) return [];
    const jobs = buildkiteJobs(source.data.steps, source.lines, 'steps');
    const fact: PipelineFact = { path, host: 'buildkite', name: null, triggers: [trigger('push', 1)], jobs };
    return [fact];
  });

function buildkiteJobs(list: unknown, lines: Lines, at: string): PipelineJob[] {
  return asList(list).flatMap((item, i) => {
    const here = `${at}.${i}`;
    const body = asRecord(item);
    if (Array.isArray(body.steps)) return buildkiteJobs(body.steps, lines, `${here}.steps`);
    const key = body.commands !== undefined ? 'commands' : 'command';
    const plugins = asList(body.plugins).flatMap((each) => {
      const [name, options] = typeof each === 'string' ? [each, null] : (Object.entries(asRecord(each))[0] ?? []);
      return name ? [step({ line: lineIn(lines, `${here}.plugins`), uses: name, with: textsOf(options) })] : [];
    });
    const steps = [...scriptSteps(body[key], lines, `${here}.${key}`), ...plugins];
    if (steps.length === 0 && body.trigger === undefined) return [];
    const condition = asText(body.if);
    const tolerated = body.soft_fail === true;
    return [
      job({
        id: asText(body.key) ?? asText(body.label) ?? `step ${i + 1}`,
        name: asText(body.label),
        line: lineIn(lines, here),
        disabled: body.skip === true || condition?.trim() === 'false',
        condition,
        needs: asTexts(body.depends_on ?? []),
        uses: asText(body.trigger),
        steps: tolerated ? steps.map((each) => ({ ...each, continueOnError: true })) : steps,
      }),
    ];
  });
}

/** Drone and Woodpecker: steps that each name an image. */
export const drone: HostReader = (view, fail) =>
  view.glob(['.drone.{yml,yaml}', '.woodpecker.{yml,yaml}', '.woodpecker/**/*.{yml,yaml}']).flatMap((path) => {
    const file = yamlOf(view, path);
    for (const problem of file.problems) fail({ file: path, line: problem.line, message: problem.message });
    const documents = file.documents.filter(
      (each) => isRecord(each.data) && (asRecord(each.data).kind ?? 'pipeline') === 'pipeline',
    );
    if (documents.length === 0) return [];
    const triggers = documents.flatMap(({ data, lines }) => droneTriggers(asRecord(data), lines));
    const jobs = documents.map(({ data, lines, line }, i) =>
      droneJob(asRecord(data), lines, line, `pipeline ${i + 1}`),
    );
    const fact: PipelineFact = { path, host: 'drone', name: null, triggers, jobs };
    return [fact];
  });

const droneEvents: Record<string, string> = {
  cron: 'schedule',
  custom: 'manual',
  promote: 'manual',
  pull_request_closed: 'pull_request',
};

function droneTriggers(data: Data, lines: Lines): PipelineTrigger[] {
  const key = data.trigger !== undefined ? 'trigger' : 'when';
  const events = (Array.isArray(data[key]) ? (data[key] as unknown[]) : [data[key]]).map(asRecord).flatMap((each) => {
    const branches = asTexts(isRecord(each.branch) ? (each.branch.include ?? []) : (each.branch ?? []));
    return asTexts(isRecord(each.event) ? (each.event.include ?? []) : (each.event ?? [])).map((event) =>
      trigger(droneEvents[event] ?? event, lineIn(lines, key), { branches }),
    );
  });
  return events.length > 0 ? events : [trigger('push', 1), trigger('pull_request', 1)];
}

function droneJob(data: Data, lines: Lines, line: number, id: string): PipelineJob {
  const key = data.steps !== undefined ? 'steps' : 'pipeline';
  const list = data[key];
  const entries: [string, Data, string][] = Array.isArray(list)
    ? list.map((each, i) => [asText(asRecord(each).name) ?? `step ${i + 1}`, asRecord(each), `${key}.${i}`])
    : Object.entries(asRecord(list)).map(([name, each]) => [name, asRecord(each), `${key}.${name}`]);
  const services: [string, Data, string][] = Array.isArray(data.services)
    ? data.services.map((each, i) => [
        asText(asRecord(each).name) ?? `service ${i + 1}`,
        asRecord(each),
        `services.${i}`,
      ])
    : Object.entries(asRecord(data.services)).map(([name, each]) => [name, asRecord(each), `services.${name}`]);
  return job({
    id: asText(data.name) ?? id,
    line,
    steps: entries.flatMap(([name, body, at]) => {
      const made: PipelineStep[] = scriptSteps(body.commands, lines, `${at}.commands`);
      if (made.length === 0)
        made.push(step({ line: lineIn(lines, at), uses: asText(body.image), with: textsOf(body.settings) }));
      return made.map((each) => ({ ...each, name, continueOnError: body.failure === 'ignore' }));
    }),
    services: services.flatMap(([name, body, at]) => {
      const image = asText(body.image);
      return image ? [{ name, image, line: lineIn(lines, at) }] : [];
    }),
  });
}

import { asList, asRecord, asText, asTexts, type Data, isRecord, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineJob, PipelineStep } from '../../model/facts/config.ts';
import { document, type HostReader, job, scriptSteps, step, textsOf, trigger } from './parts.ts';

const phases = [
  'before_install',
  'install',
  'before_script',
  'script',
  'after_success',
  'before_deploy',
  'after_deploy',
  'after_script',
];

/** `.travis.yml`, with the commands that Travis runs for a Node project when none are written. */
export const travis: HostReader = (view, fail) =>
  view.glob('.travis.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source) return [];
    const { data, lines } = source;
    const only = asTexts(asRecord(data.branches).only ?? []);
    const manager = view.has('yarn.lock') ? 'yarn' : 'npm';
    const triggers = [trigger('push', 1, { branches: only }), trigger('pull_request', 1, { branches: only })];
    const listed = asRecord(data.jobs ?? data.matrix);
    const key = data.jobs ? 'jobs' : 'matrix';
    const included = asList(listed.include).map((each, i) =>
      jobOf({ ...data, ...asRecord(each) }, lines, asRecord(each), `${key}.include.${i}`, `job ${i + 1}`, manager),
    );
    const fact: PipelineFact = {
      path,
      host: 'travis',
      name: null,
      triggers,
      jobs: included.length > 0 ? included : [jobOf(data, lines, data, '', 'build', manager)],
    };
    return [fact];
  });

/** What Travis runs by itself, by the lockfile it finds. */
const defaults = {
  npm: { install: 'npm ci', script: 'npm test' },
  yarn: { install: 'yarn --frozen-lockfile', script: 'yarn test' },
};

function jobOf(
  data: Data,
  lines: Record<string, number>,
  own: Data,
  at: string,
  id: string,
  manager: keyof typeof defaults,
): PipelineJob {
  const where = (key: string) => (at !== '' && key in own ? `${at}.${key}` : key);
  const node = data.language === undefined || data.language === 'node_js' || asList(data.language).includes('node_js');
  const steps: PipelineStep[] = phases.flatMap((phase) => {
    if (data[phase] !== undefined) return scriptSteps(data[phase], lines, where(phase));
    if (!node || at !== '') return [];
    if (phase === 'install') return [step({ line: lineIn(lines, 'language'), run: defaults[manager].install })];
    return phase === 'script' ? [step({ line: lineIn(lines, 'language'), run: defaults[manager].script })] : [];
  });
  for (const deploy of Array.isArray(data.deploy) ? data.deploy : [data.deploy]) {
    if (!isRecord(deploy)) continue;
    const line = lineIn(lines, where('deploy'));
    steps.push(
      step({
        line,
        uses: `deploy: ${asText(deploy.provider) ?? ''}`,
        with: textsOf(deploy),
        run: asText(deploy.script),
      }),
    );
  }
  return job({
    id: asText(own.stage) ?? id,
    name: asText(own.name),
    line: lineIn(lines, at),
    condition: asText(own.if),
    steps,
    services: asTexts(data.services ?? []).map((name) => ({ name, image: name, line: lineIn(lines, 'services') })),
    matrix: { node_js: asTexts(data.node_js ?? []) },
  });
}

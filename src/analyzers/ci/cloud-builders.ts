import { asList, asRecord, asText, asTexts, lineIn } from '../../model/data.ts';
import type { PipelineFact, PipelineStep } from '../../model/facts/config.ts';
import { document, folderOf, type HostReader, job, runLines, scriptSteps, step, trigger } from './parts.ts';

/** `cloudbuild.yaml`: what starts it is kept in the Google Cloud project, hence the event `external`. */
export const cloudbuild: HostReader = (view, fail) =>
  view.glob('**/{cloudbuild,*.cloudbuild,cloudbuild.*,cloudbuild-*}.{yml,yaml,json}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source || !Array.isArray(source.data.steps)) return [];
    const { lines } = source;
    const steps = source.data.steps.map((item, i): PipelineStep => {
      const body = asRecord(item);
      const at = `steps.${i}`;
      const run = builderCommand(
        asText(body.name) ?? '',
        asText(body.entrypoint),
        asTexts(body.args ?? []),
        asText(body.script),
      );
      return step({
        ...runLines(null, lines, at),
        name: asText(body.id),
        uses: asText(body.name),
        run,
        workingDirectory: folderOf(body.dir),
      });
    });
    const fact: PipelineFact = {
      path,
      host: 'cloudbuild',
      name: null,
      triggers: [trigger('external', 1)],
      jobs: [job({ id: 'build', line: lineIn(lines, 'steps'), steps })],
    };
    return [fact];
  });

/** A builder image runs the program it is named for, unless an entrypoint is said. */
function builderCommand(
  image: string,
  entrypoint: string | null,
  args: readonly string[],
  script: string | null,
): string | null {
  if (script !== null) return script;
  const base = image.replace(/[@:][^/]*$/, '').replace(/^.*\//, '');
  const program = entrypoint ?? { 'cloud-sdk': 'gcloud', node: 'node', 'google-cloud-cli': 'gcloud' }[base] ?? base;
  if (/^(\/bin\/)?(ba)?sh$/.test(program)) {
    const at = args.findIndex((arg) => /^-\w*c$/.test(arg));
    return at === -1 ? [program, ...args].join(' ') : (args[at + 1] ?? null);
  }
  return [program, ...args.map((arg) => (/[\s"'&|;]/.test(arg) ? JSON.stringify(arg) : arg))].join(' ');
}

/** `buildspec.yml`: what starts it is kept in AWS, hence the event `external`. */
export const codebuild: HostReader = (view, fail) =>
  view.glob('**/{buildspec,buildspec-*,buildspec.*,*-buildspec,*.buildspec}.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    const phases = asRecord(source?.data.phases);
    if (!source || Object.keys(phases).length === 0) return [];
    const steps = Object.entries(phases).flatMap(([name, body]) =>
      scriptSteps(asRecord(body).commands, source.lines, `phases.${name}.commands`),
    );
    const fact: PipelineFact = {
      path,
      host: 'codebuild',
      name: null,
      triggers: [trigger('external', 1)],
      jobs: [job({ id: 'build', line: lineIn(source.lines, 'phases'), steps })],
    };
    return [fact];
  });

/** `appveyor.yml`: commands are texts, or a text by shell. */
export const appveyor: HostReader = (view, fail) =>
  view.glob('{appveyor,.appveyor}.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source) return [];
    const { data, lines } = source;
    const phases = [
      'init',
      'install',
      'before_build',
      'build_script',
      'after_build',
      'before_test',
      'test_script',
      'after_test',
      'before_deploy',
      'deploy_script',
    ];
    const steps = phases.flatMap((phase) => {
      if (data[phase] === undefined || data[phase] === 'off' || data[phase] === false) return [];
      const items = asList(data[phase]).map(
        (each) =>
          asText(each) ??
          Object.values(asRecord(each))
            .map(asText)
            .find((text) => text !== null),
      );
      return scriptSteps(Array.isArray(data[phase]) ? items : data[phase], lines, phase);
    });
    const fact: PipelineFact = {
      path,
      host: 'appveyor',
      name: null,
      triggers: [trigger('push', 1), trigger('pull_request', 1)],
      jobs: [job({ id: 'build', line: 1, steps })],
    };
    return [fact];
  });

/** `.semaphore/*.yml`: blocks of commands on each push; the other files are promotions. */
export const semaphore: HostReader = (view, fail) =>
  view.glob('.semaphore/*.{yml,yaml}').flatMap((path) => {
    const source = document(view, path, fail);
    if (!source || !Array.isArray(source.data.blocks)) return [];
    const { lines } = source;
    const jobs = source.data.blocks.flatMap((block, i) =>
      asList(asRecord(asRecord(block).task).jobs).map((each, k) => {
        const at = `blocks.${i}.task.jobs.${k}`;
        return job({
          id: asText(asRecord(each).name) ?? `job ${k + 1}`,
          line: lineIn(lines, at),
          steps: scriptSteps(asRecord(each).commands, lines, `${at}.commands`),
        });
      }),
    );
    const promoted = path !== '.semaphore/semaphore.yml';
    const fact: PipelineFact = {
      path,
      host: 'other',
      name: asText(source.data.name),
      triggers: [trigger(promoted ? 'promotion' : 'push', 1)],
      jobs,
    };
    return [fact];
  });

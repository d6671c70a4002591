import type { Analyzer } from '../model/facts/index.ts';
import { byCodeUnit } from '../model/paths.ts';
import { azure } from './ci/azure.ts';
import { bitbucket } from './ci/bitbucket.ts';
import { circleci } from './ci/circleci.ts';
import { appveyor, cloudbuild, codebuild, semaphore } from './ci/cloud-builders.ts';
import { buildkite, drone } from './ci/container-hosts.ts';
import { github } from './ci/github.ts';
import { gitlab } from './ci/gitlab.ts';
import { jenkins } from './ci/jenkins.ts';
import type { HostReader } from './ci/parts.ts';
import { travis } from './ci/travis.ts';

const hosts: readonly HostReader[] = [
  github,
  gitlab,
  circleci,
  azure,
  jenkins,
  bitbucket,
  travis,
  buildkite,
  drone,
  appveyor,
  cloudbuild,
  codebuild,
  semaphore,
];

const pipelines: Analyzer<'pipelines'> = {
  gives: 'pipelines',
  sees: 'Pipelines of thirteen hosts, with local includes, templates, reusable workflows and composite actions followed.',
  blindTo: 'What a host keeps in its own settings, remote includes and actions, and pipelines that a program writes.',
  analyze: (view, fail) =>
    hosts
      .flatMap((read) => {
        try {
          return read(view, fail);
        } catch (error) {
          fail({ file: null, line: null, message: String(error instanceof Error ? error.message : error) });
          return [];
        }
      })
      .sort((a, b) => byCodeUnit(a.path, b.path)),
};
export default pipelines;

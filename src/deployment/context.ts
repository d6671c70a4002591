import { type CommandRun, runsOf } from '../commands/index.ts';
import type { ComponentRoot } from '../model/component.ts';
import type { Facts } from '../model/facts/index.ts';
import type { RepoView } from '../model/repository.ts';
import { isSample } from './places.ts';

/** What every part of the deployment model reads. Facts of samples and fixtures are left out of it. */
export interface Context {
  view: RepoView;
  facts: Facts;
  roots: readonly ComponentRoot[];
}

export function contextOf(view: RepoView, facts: Facts, roots: readonly ComponentRoot[]): Context {
  const real = <T extends { path: string }>(list: T[] | undefined): T[] =>
    (list ?? []).filter(({ path }) => !isSample(path));
  return {
    view,
    roots,
    facts: {
      ...facts,
      dockerfiles: real(facts.dockerfiles),
      compose: real(facts.compose),
      kubernetes: real(facts.kubernetes),
      helm: (facts.helm ?? []).filter(({ dir }) => !isSample(dir)),
      kustomizations: real(facts.kustomizations),
      proxies: real(facts.proxies),
      platforms: real(facts.platforms),
      iac: real(facts.iac),
      pipelines: facts.pipelines ?? [],
      manifests: facts.manifests ?? [],
      envFiles: facts.envFiles ?? [],
    },
  };
}

/** The programs that a shell text runs, from `cwd`. A text that cannot be followed runs nothing. */
export function programs(context: Context, text: string, cwd: string): CommandRun[] {
  try {
    return runsOf(text, { cwd, facts: context.facts, view: context.view });
  } catch {
    return [];
  }
}

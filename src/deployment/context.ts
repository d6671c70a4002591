import { type CommandRun, runsOf } from '../commands/index.ts';
import type { ComponentRoot } from '../model/component.ts';
import type { Facts } from '../model/facts/index.ts';
import type { RepoView } from '../model/repository.ts';
import { isSample, isTemplate } from './places.ts';

/** What every part of the deployment model reads. Facts of samples and fixtures are left out of it. */
export interface Context {
  view: RepoView;
  facts: Facts;
  roots: readonly ComponentRoot[];
}

/** What starts an editor's container: a place to write the code in, not one that it runs in. */
const workplace = /(?:^|\/)\.(?:devcontainer|gitpod|codesandbox)\//;

const isDocumentation = (path: string): boolean => /(?:^|\/)(?:docs?|documentation)\//i.test(`${path}/`);

export function contextOf(view: RepoView, facts: Facts, roots: readonly ComponentRoot[]): Context {
  const real = <T extends { path: string }>(list: T[] | undefined): T[] =>
    (list ?? []).filter(({ path }) => !isSample(path));
  const compose = real(facts.compose).filter(({ path }) => !isTemplate(path) && !workplace.test(path));
  const kubernetes = real(facts.kubernetes);
  const helm = (facts.helm ?? []).filter(({ dir }) => !isSample(dir));
  // What documentation shows is no definition of this repository, unless it is the only place where one is kept.
  const isKept = [...[...compose, ...kubernetes].map(({ path }) => path), ...helm.map(({ dir }) => dir)].some(
    (path) => !isDocumentation(path),
  );
  const shown = (path: string): boolean => isKept && isDocumentation(path);
  return {
    view,
    roots,
    facts: {
      ...facts,
      dockerfiles: real(facts.dockerfiles).filter(({ path }) => !isTemplate(path)),
      compose: compose.filter(({ path }) => !shown(path)),
      kubernetes: kubernetes.filter(({ path }) => !shown(path)),
      helm: helm.filter(({ dir }) => !shown(dir)),
      kustomizations: real(facts.kustomizations),
      proxies: real(facts.proxies),
      platforms: real(facts.platforms),
      iac: real(facts.iac),
      pipelines: facts.pipelines ?? [],
      manifests: facts.manifests ?? [],
      envFiles: facts.envFiles ?? [],
      sources: facts.sources ?? [],
    },
  };
}

/** Words without which no text builds or deploys anything, by themselves or through a script of a telling name. */
const telling =
  /kubectl|\boc\b|kustomize|helm|docker|podman|buildah|nerdctl|terraform|tofu|terragrunt|pulumi|\bcdk\b|\bfly(?:ctl)?\b|vercel|netlify|wrangler|railway|firebase|serverless|\bsls\b|\bsst\b|\bazd\b|\bswa\b|\bsam\b|\beas\b|copilot|gcloud|\baws\b|gh-pages|deploy|release|publish|image|container|compose|\bprod|\bmake\b|\bjust\b|\btask\b|\.sh\b|(?:^|\s|:)up\b/i;

const cache = new WeakMap<Context, Map<string, CommandRun[]>>();

/**
 * The programs that a shell text runs, from `cwd`, as far as they may build or deploy. Following scripts through a large
 * workspace is dear, so texts with no word to that effect run nothing here, and each text is followed once.
 */
export function programs(context: Context, text: string, cwd: string): CommandRun[] {
  if (!telling.test(text)) return [];
  const known = cache.get(context) ?? new Map<string, CommandRun[]>();
  cache.set(context, known);
  const key = `${cwd}\0${text}`;
  let runs = known.get(key);
  if (!runs) {
    try {
      runs = runsOf(text, { cwd, facts: context.facts, view: context.view });
    } catch {
      // A text that cannot be followed runs nothing that we know of.
      runs = [];
    }
    known.set(key, runs);
  }
  return runs;
}

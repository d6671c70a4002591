import type { Evidence } from '../model/evidence.ts';
import type { ComposeService, DockerfileFact, DockerStage } from '../model/facts/index.ts';
import { dirOf, joinPath } from '../model/paths.ts';
import { type Build, fileTaken } from './builds.ts';
import type { Context } from './context.ts';
import { chainOf } from './stages.ts';

/** What is wrong with an image, by Dockerfile. */
export type ImageProof = ReadonlyMap<string, Evidence[]>;

/** Ruling 16: only what the tree itself proves. Each Dockerfile is tried with every context that it is known to be built with. */
export function brokenDockerfiles(context: Context, builds: readonly Build[]): Map<string, Evidence[]> {
  const proofs = new Map<string, Evidence[]>();
  for (const fact of context.facts.dockerfiles) {
    const known = builds
      .filter(({ dockerfile }) => dockerfile === fact.path)
      .map((build) => ({ folder: build.context, target: build.target }));
    const tried = known.length > 0 ? known : [fact.dir, '.'].map((folder) => ({ folder, target: null }));
    const each = tried.map(({ folder, target }) => problemsOf(context, fact, folder, target));
    // Any context that works acquits the image.
    const [least] = [...each].sort((a, b) => a.length - b.length);
    if (least && least.length > 0) proofs.set(fact.path, least);
  }
  return proofs;
}

/** Made by an earlier step, private, or left out of every repository view: their absence proves nothing. */
const notProof =
  /(?:^|\/)(?:dist|build|built|out|output|target|bin|obj|publish|lib|libs|node_modules|vendor|vendored|generated|gen|artifacts?|release|releases|coverage|public|static|assets|\.next|\.nuxt|\.output|\.vercel|\.svelte-kit|\.git|\.yarn|pruned|deploy|json|full|certs?|keys?|secrets?|storybook-static|min)(?:\/|$)|\.(?:jar|war|tgz|gz|zip|whl|deb|pem|key|crt|exe|so|node|map|min\.\w+)$|(?:^|\/)\.env(?!\.(?:example|sample|template)$)|(?:^|\/)\.npmrc$|[*?[\]{}$<>]|https?:/;

/** A bare name without an ending may be a program that was built beforehand. */
const isSource = (source: string): boolean =>
  /\.\w+$/.test(source) ||
  /^(?:\.\/)?(?:src|prisma|app|apps|server|client|packages|config|scripts|migrations)(?:\/|$)/.test(source);

function problemsOf(context: Context, fact: DockerfileFact, folder: string, target: string | null): Evidence[] {
  const problems: Evidence[] = [];
  const chain = chainOf(fact, target);
  for (const stage of chain) {
    for (const copy of stage.copies) {
      if (copy.from !== null) continue;
      for (const source of copy.sources) {
        const path = joinPath(folder, source.replace(/^\//, './'));
        if (path === null || notProof.test(path) || notProof.test(source) || !isSource(source)) continue;
        if (context.view.has(path) || context.view.hasDirectory(path)) continue;
        problems.push({
          file: fact.path,
          line: copy.line,
          note: `copies ${source}, which ${folder === '.' ? 'the repository' : folder} does not have`,
        });
      }
    }
  }
  const start = missingStart(context, fact, folder, target) ?? missingServer(context, fact, chain);
  return start ? [...problems, start] : problems;
}

/** Next.js makes `.next/standalone` only where its configuration says so, which may stand in a file that it takes in. */
function missingServer({ view, facts }: Context, fact: DockerfileFact, chain: readonly DockerStage[]): Evidence | null {
  const taken = chain
    .flatMap(({ copies }) => copies)
    .find(({ from, sources }) => from !== null && sources.some((source) => server.test(source)));
  if (!taken || chain.some(({ runs }) => runs.some(({ text }) => /(?:sed|echo|printf) .*standalone/.test(text))))
    return null;
  const folder = server.exec(taken.sources.find((source) => server.test(source))!)![1]!;
  const all = view.list().filter((path) => /(?:^|\/)next\.config\.[cm]?[jt]s$/.test(path));
  const own = all.filter((path) => folder.endsWith(`/${dirOf(path)}`));
  const configs = own.length > 0 ? own : all;
  const packages = facts.manifests.map(({ name }) => name);
  const isOpen = configs.some((path) => {
    const text = view.text(path);
    const imported = [...text.matchAll(/(?:from|require\(|import)\s*['"]([^'"]+)['"]/g)].map((match) => match[1]!);
    return /standalone/i.test(text) || imported.some((name) => name.startsWith('.') || packages.includes(name));
  });
  // Next takes it from a variable of the build as well.
  if (configs.length === 0 || isOpen || /STANDALONE/.test(view.text(fact.path))) return null;
  return { file: fact.path, line: taken.line, note: `copies .next/standalone, which ${configs[0]} does not ask for` };
}
const server = /^(.*?)\/?\.next\/standalone(?:\/|$)/;

/** A start file that is copied as it is, and does not exist. Any step that could write it acquits it. */
function missingStart(context: Context, fact: DockerfileFact, folder: string, target: string | null): Evidence | null {
  const [last] = chainOf(fact, target);
  const command = last?.entrypoint ?? last?.cmd;
  if (!last || !command || last.base.stage !== null) return null;
  const [program = '', file = ''] = command.argv;
  if (
    !/^(?:node|python3?)$/.test(program) ||
    !/\.(?:[cm]?js|ts|py)$/.test(file) ||
    file.startsWith('/') ||
    notProof.test(file)
  )
    return null;
  const copiesAll = last.copies.length > 0 && last.copies.every((copy) => copy.from === null);
  const whole = last.copies.find(
    (copy) => copy.sources.some((source) => source === '.' || source === './') && /^(?:\.\/?|\/\S*)$/.test(copy.dest),
  );
  if (
    !copiesAll ||
    !whole ||
    last.runs.some(({ text }) =>
      /build|compile|tsc|bundle|webpack|rollup|esbuild|generate|mv |cp |curl|wget|git /.test(text),
    )
  )
    return null;
  // Where WORKDIR moves after the copy, the file is not in the context's root.
  const path = joinPath(folder, file);
  if (path === null || context.view.has(path) || !endsAt(last.workdir?.value, whole.dest)) return null;
  return { file: fact.path, line: command.line, note: `starts ${file}, which is neither copied nor built` };
}

const endsAt = (workdir: string | undefined, dest: string): boolean => {
  const plain = (path: string): string => path.replace(/\/$/, '');
  return /^\.\/?$/.test(dest) || plain(dest) === plain(workdir ?? '/');
};

interface BuildLayer {
  file: string;
  name: string;
  build: ComposeService['build'];
}

/** What cannot work in the build of one compose service. */
export function brokenBuild(context: Context, layers: BuildLayer[], proofs: ImageProof): Evidence[] {
  const layer = layers.findLast(({ build }) => build !== null);
  const build = layer?.build;
  if (!layer || !build) return [];
  const at = (note: string): Evidence => ({ file: layer.file, line: build.line, note });
  if (build.context === null) return [];
  // A name that only the environment gives is no path yet.
  if (/[${}]/.test(`${build.context} ${build.dockerfile ?? ''}`)) return [];
  if (!context.view.hasDirectory(build.context))
    return isSubmodule(context, build.context)
      ? []
      : [at(`${layer.name} builds ${build.context}, which does not exist`)];
  if (build.dockerfile === null) {
    return build.dockerfileWritten
      ? [
          at(
            `${layer.name}: dockerfile ${build.dockerfileWritten} lies outside the repository, seen from its context ${build.context}`,
          ),
        ]
      : [];
  }
  const dockerfile = fileTaken(context, build.dockerfile);
  if (!context.view.has(dockerfile)) return [at(`${layer.name} builds with ${build.dockerfile}, which does not exist`)];
  return [...(proofs.get(dockerfile) ?? [])];
}

/** A submodule's files are elsewhere: their absence here proves nothing. */
const isSubmodule = (context: Context, path: string): boolean =>
  [...context.view.text('.gitmodules').matchAll(/^\s*path\s*=\s*(.+?)\s*$/gm)].some(
    (match) => path === match[1] || path.startsWith(`${match[1]}/`),
  );

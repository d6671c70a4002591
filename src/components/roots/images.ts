import type { ComponentRoot } from '../../model/component.ts';
import type { DockerfileFact, Facts } from '../../model/facts/index.ts';
import { baseOf, isWithin, joinPath } from '../../model/paths.ts';
import type { RepoView } from '../../model/repository.ts';
import { mainLanguage } from '../languages.ts';
import { isInert, isToolingPath } from '../places.ts';

interface Candidate {
  folder: string;
  file: string;
  line: number;
  note: string;
  dockerfile: DockerfileFact | null;
}

/**
 * Folders that no manifest describes and that an image is built from. An image of third-party software with our configuration
 * (a database with init files, a proxy) holds no code of ours and is no component.
 */
export function imageRoots(view: RepoView, facts: Facts, taken: ReadonlySet<string>): ComponentRoot[] {
  const found = new Map<string, ComponentRoot>();
  for (const candidate of candidates(facts)) {
    const { folder } = candidate;
    if (found.has(folder) || taken.has(folder) || isInert(folder)) continue;
    if (folder !== '.' && isToolingPath(folder)) continue;
    if ([...taken].some((other) => other !== '.' && isWithin(folder, other))) continue;
    // A folder with components in it is where they are built from, not one more.
    if ([...taken].some((other) => isWithin(other, folder))) continue;
    if (candidate.dockerfile && taken.has('.') && isBuiltFromTop(view, candidate.dockerfile)) continue;
    const root = rootOf(view, facts, candidate, taken);
    if (root) found.set(folder, root);
  }
  return [...found.values()];
}

function candidates(facts: Facts): Candidate[] {
  const byPath = new Map(facts.dockerfiles.map((dockerfile) => [dockerfile.path, dockerfile]));
  const built = facts.compose.flatMap((compose) =>
    compose.services.flatMap((service) =>
      service.build?.context
        ? [
            {
              folder: service.build.context,
              file: compose.path,
              line: service.build.line,
              note: `compose builds ${service.name} from ${service.build.context}`,
              dockerfile: byPath.get(service.build.dockerfile ?? '') ?? null,
            },
          ]
        : [],
    ),
  );
  const images = facts.dockerfiles.map((dockerfile) => ({
    folder: dockerfile.dir,
    file: dockerfile.path,
    line: 1,
    note: `image built from ${dockerfile.dir}`,
    dockerfile,
  }));
  return [...images, ...built];
}

function rootOf(
  view: RepoView,
  facts: Facts,
  { folder, file, line, note, dockerfile }: Candidate,
  taken: ReadonlySet<string>,
): ComponentRoot | null {
  const files = view.list().filter((path) => isWithin(path, folder));
  const kept = facts.dockerfiles.filter(({ dir }) => dir === folder);
  const ships = [...kept, ...(dockerfile ? [dockerfile] : [])].some((one) => shipsOthers(one, taken));
  const language = mainLanguage(files) ?? (ships ? null : shellLanguage(files, dockerfile));
  const isPage = files.some((path) => /(^|\/)index\.html?$/.test(path));
  if (language === null && !isPage) return null;
  return {
    path: folder,
    name: folder === '.' ? 'root' : baseOf(folder),
    language: language ?? 'js',
    manifest: null,
    evidence: [{ file, line, note }],
  };
}

/** The image of another component, with the script that starts it: its Dockerfile copies the other's folder, or works in it. */
function shipsOthers({ stages }: DockerfileFact, taken: ReadonlySet<string>): boolean {
  const copied = stages.flatMap((stage) => stage.copies.flatMap(({ sources, dest }) => [...sources, dest]));
  const worked = stages.flatMap((stage) => stage.runs.flatMap(({ text }) => text.split(/[\s;&|()"']+/)));
  return [...copied, ...worked].some((path) =>
    [...taken].some((other) => other !== '.' && `/${path}/`.includes(`/${other}/`)),
  );
}

/** What it copies by name lies at the top of the repository and not beside it: the image is of what lies there. */
function isBuiltFromTop(view: RepoView, { dir, stages }: DockerfileFact): boolean {
  const named = stages
    .flatMap(({ copies }) => copies.filter(({ from }) => from === null).flatMap(({ sources }) => sources))
    .filter((source) => /^(\.\/)?[\w*-]+\.\w+$/.test(source));
  const lies = (folder: string): boolean =>
    named.some((source) => view.glob(joinPath(folder, source) ?? source).length > 0);
  if (dir === '.') return false;
  // It installs packages, and only what lies at the top names any.
  const installs = stages.some(({ runs }) =>
    runs.some(({ text }) => /\b(?:npm|yarn|pnpm|bun) (?:ci|i|install|run)\b/.test(text)),
  );
  if (installs && !view.has(`${dir}/package.json`) && view.has('package.json')) return true;
  return named.length > 0 && !lies(dir) && lies('.');
}

/** A shell script of ours that the image starts. */
function shellLanguage(files: readonly string[], dockerfile: DockerfileFact | null): 'other' | null {
  const stage = dockerfile?.stages[dockerfile.final];
  const words = [...(stage?.cmd?.argv ?? []), ...(stage?.entrypoint?.argv ?? [])];
  const scripts = files.filter((path) => path.endsWith('.sh')).map(baseOf);
  return words.some((word) => scripts.includes(baseOf(word))) ? 'other' : null;
}

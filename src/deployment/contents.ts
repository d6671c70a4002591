import { runsOf } from '../commands/index.ts';
import type { ComponentRoot } from '../model/component.ts';
import type { DockerfileFact, DockerStage } from '../model/facts/index.ts';
import { baseOf, deepestHolding, isWithin, joinPath, relativeTo } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { byName } from './by-name.ts';
import type { Context } from './context.ts';
import { softwareOf } from './images.ts';
import { broughtAlong } from './outputs.ts';
import { endsWithTokens, nameTokens } from './places.ts';
import { ancestryOf, builtOf, chainOf, laidOut, quoted } from './stages.ts';

/** What a definition says of the thing it runs. */
export interface Claim {
  /** Names, the most telling first: service, container, deployment. */
  names: string[];
  image: string | null;
  context: string | null;
  dockerfile: string | null;
  target: string | null;
  args: string[];
  /** What the definition has the image start, where that is not the image's own command. */
  command?: readonly string[] | null;
}
/** The components whose code an image runs: by where its Dockerfile and context lie, then by what the Dockerfile says. */
export function componentsOfImage(
  context: Context,
  claim: Claim,
  fact: DockerfileFact | undefined,
): { main: string | null; others: string[] } {
  const { roots } = context;
  const folders = roots.map(({ path }) => path);
  const contextRoot = claim.context === null ? null : deepestHolding(claim.context, folders);
  const fileRoot = fact ? deepestHolding(fact.dir, folders) : null;
  const specific = [contextRoot, fileRoot].filter((path): path is string => path !== null && path !== '.');
  const deepest = specific.sort((a, b) => b.length - a.length)[0] ?? null;
  const started = fact ? [...foldersStarted(context, claim, fact), ...foldersEntered(context, claim, fact)] : [];
  const scores = fact ? scoresOf(roots, hintsOf(context.view, claim, fact, started)) : new Map<string, number>();
  // One script may start several side by side: `pnpm run --parallel start`.
  const most = Math.max(...scores.values());
  const named = [...scores].filter(([, score]) => score >= 10 && score === most).map(([path]) => path);
  const sideBySide = isToldApart(roots, claim)
    ? []
    : folders.filter((path) => path !== '.' && (started.includes(path) || (named.length > 1 && named.includes(path))));
  const copied = fact ? [...builtOf(roots, fact, claim.target), ...laidOut(roots, fact, claim), ...sideBySide] : [];
  // A root that is a component of its own needs strong words to lose its image to another: a step that builds it is not enough.
  const hasRoot = folders.includes('.');
  const hinted = best(scores, hasRoot ? 5 : 1);
  const lead = [...copied].sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))[0] ?? null;
  const sure = deepest !== null && !hasFolderBelow(folders, deepest) ? deepest : null;
  const main = sure ?? hinted ?? deepest ?? lead ?? byNameOrRoot(roots, claim, hasRoot);
  const beside =
    main === '.'
      ? folders.filter((path) => (scores.get(path) ?? 0) >= 4)
      : fact
        ? folders.filter((path) => buildsWithin(fact, claim.target, path))
        : [];
  const along = fact ? broughtAlong(context, fact, claim.target) : [];
  return { main, others: [...new Set([...copied, ...beside, ...along])].filter((path) => path !== main) };
}

/** One Dockerfile for many: its arguments name the one program that this image is of, by its package or its folder. */
const isToldApart = (roots: readonly ComponentRoot[], { args }: Claim): boolean =>
  roots.filter(
    ({ name, path }) =>
      path !== '.' &&
      args.some((arg) => arg === name || arg === path || (arg.includes('/') && path.endsWith(`/${arg}`))),
  ).length === 1;

/** The image takes everything in and builds this folder too: a front end that the program serves. */
const buildsWithin = (fact: DockerfileFact, target: string | null, path: string): boolean => {
  const stages = ancestryOf(fact, target);
  return (
    path !== '.' &&
    stages.some(({ copies }) => copies.some(({ from, sources }) => from === null && sources.includes('.'))) &&
    stages.some(({ runs }) =>
      runs.some(({ text }) =>
        new RegExp(`(?:cd|--prefix|--cwd|-C)[\\s=]+(?:\\./)?${quoted(path)}/?[\\s;&][^;]*\\bbuild\\b`).test(text),
      ),
    )
  );
};

const hasFolderBelow = (folders: string[], path: string): boolean =>
  folders.some((folder) => folder !== path && isWithin(folder, path));

function byNameOrRoot(roots: readonly ComponentRoot[], claim: Claim, hasRoot: boolean): string | null {
  if (hasRoot) return '.';
  return claim.dockerfile === null && claim.context === null ? null : byName(roots, claim.names);
}

interface Hints {
  /** The folder that an image is built from: its steps name what lies there by paths of their own. */
  within?: string;
  texts: string[];
  names: string[];
  copied: string[];
}

function hintsOf(view: RepoView, claim: Claim, fact: DockerfileFact, started: readonly string[]): Hints {
  const stages = chainOf(fact, claim.target);
  const words = startedWords(claim, stages[0]!).map((word) => scriptIn(view, claim, fact, stages, word) ?? word);
  const runs = stages.flatMap((stage) => stage.runs.map(({ text }) => text));
  const env = fact.args.map(({ default: value }) => value ?? '');
  return {
    ...(claim.context === null || claim.context === '.' ? {} : { within: claim.context }),
    texts: [
      [...words, ...started].join(' '),
      ...runs,
      ...stages.flatMap((stage) => (stage.workdir ? [`cd ${stage.workdir.value}`] : [])),
    ],
    names: [
      ...claim.args,
      ...env,
      claim.target ?? '',
      baseOf(fact.path).replace(/\.?(?:Docker|Container)file\.?/i, ''),
      ...claim.names,
    ].filter(Boolean),
    copied: stages.flatMap((stage) => stage.copies.flatMap(({ sources }) => sources)),
  };
}

const startedWords = ({ command }: Claim, { entrypoint, cmd }: DockerStage): string[] => [
  ...(entrypoint?.argv ?? []),
  ...(command ?? cmd?.argv ?? []),
];

/**
 * Where the script of a package manager goes that the image starts: `npm run start`, which is `cd packages/core && npm start`,
 * `node packages/core/dist/main.js` or the command that a package gives out.
 */
function foldersStarted({ facts, view, roots }: Context, claim: Claim, fact: DockerfileFact): string[] {
  const [last] = chainOf(fact, claim.target);
  const words = startedWords(claim, last!).map((word) => (/\s/.test(word) ? JSON.stringify(word) : word));
  const text = words.join(' ');
  if (!/\b(?:npm|pnpm|yarn|bun|pm2)\b/.test(text)) return [];
  const folders = roots.map(({ path }) => path);
  return runsOf(text, { cwd: claim.context ?? fact.dir, facts, view }).map(({ cwd, file, program }) => {
    const giver = facts.manifests.find(({ bin }) => Object.hasOwn(bin, program));
    return giver?.dir ?? (file === null ? cwd : (deepestHolding(file, folders) ?? cwd));
  });
}

/** `sh -c "cd /api && npm start"` in a definition: what was copied to where the command goes. */
function foldersEntered({ roots }: Context, claim: Claim, fact: DockerfileFact): string[] {
  const place = /\bcd\s+(\/[\w.-][\w./-]*?)\/?(?:[\s;&]|$)/.exec((claim.command ?? []).join(' '))?.[1];
  if (!place) return [];
  const sources = chainOf(fact, claim.target)
    .flatMap(({ copies }) => copies)
    .filter(({ from, dest }) => from === null && dest.replace(/\/$/, '') === place)
    .flatMap((copy) => copy.sources.map((source) => joinPath(claim.context ?? fact.dir, source)));
  return roots.map(({ path }) => path).filter((path) => sources.includes(path));
}

/** The text of a shell script of the repository that the image starts: what it starts counts, and not the folder that it lies in. */
function scriptIn(
  view: RepoView,
  claim: Claim,
  fact: DockerfileFact,
  stages: readonly DockerStage[],
  word: string,
): string | null {
  if (!word.endsWith('.sh')) return null;
  const copied = stages.flatMap(({ copies }) => copies.flatMap((copy) => (copy.from === null ? copy.sources : [])));
  const steps = word.split('/');
  // Where it lies in the image, less what the image puts before it, is where it lies in the repository.
  const written = [
    ...copied.filter((source) => baseOf(source) === baseOf(word)),
    ...steps.map((_, i) => steps.slice(i).join('/')),
  ];
  const path = written
    .flatMap((source) => [joinPath(claim.context ?? fact.dir, source), joinPath(fact.dir, source)])
    .find((one) => one !== null && view.has(one));
  return path ? view.read(path) : null;
}

const filterWords =
  /(?:--filter|--scope|-F|--workspace|-w|--projects?|--workspaces-focus|workspaces? focus|workspace|nx (?:run )?build|nx run|nest build|nest start|turbo (?:run )?build|turbo prune|prune|deploy)[=\s]+["']?(@?[\w./-]+)/g;

const ofEverySystem = /^(?:bin|etc|lib|opt|usr|var|home|tmp|dev|sbin)$/;

/** How strongly some words point at each component. */
export function scoresOf(roots: readonly ComponentRoot[], hints: Hints): Map<string, number> {
  const scores = new Map<string, number>();
  const add = (path: string, score: number): void => {
    scores.set(path, (scores.get(path) ?? 0) + score);
  };
  const asked = hints.texts.flatMap((text) =>
    [...text.matchAll(filterWords)].map((match) =>
      match[1]!
        .replace(/^\.\//, '')
        .replace(/\.\.\.$/, '')
        .replace(/[:@].*$/, (rest) => (rest.startsWith('@') ? rest : '')),
    ),
  );
  for (const root of roots) {
    if (root.path === '.') continue;
    const base = baseOf(root.path);
    if (asked.some((word) => word === root.name || word === root.path || word === base)) add(root.path, 12);
    // `/bin/sh` says nothing of a folder `bin` of ours.
    const before = ofEverySystem.test(root.path) ? `(?:^|[\\s"'=])(?:\\./)?` : `(?:^|[\\s/"'=])`;
    const inner = hints.within !== undefined && root.path !== hints.within && isWithin(root.path, hints.within);
    const paths = [root.path, ...(inner ? [relativeTo(root.path, hints.within!)] : [])].map(quoted).join('|');
    const folder = new RegExp(`${before}(?:${paths})(?:[/\\s"']|$)`);
    if (folder.test(hints.texts[0] ?? '') || hints.texts[0]?.includes(`${root.name}.dll`)) add(root.path, 10);
    else if (hints.texts.some((text) => folder.test(text))) add(root.path, 4);
    hints.names.forEach((name) => {
      if (name === base || name === root.name || name === root.path) add(root.path, 6);
      else if (endsWithTokens(nameTokens(name), nameTokens(root.name))) add(root.path, 3);
    });
    if (hints.copied.some((source) => new RegExp(`(?:^|/)${quoted(root.path)}/?(?:\\*.*)?$`).test(source)))
      add(root.path, 1);
  }
  return scores;
}

/** The one with the highest score; none on a tie or below `least`. */
export function best(scores: ReadonlyMap<string, number>, least: number): string | null {
  const sorted = [...scores].sort((a, b) => b[1] - a[1]);
  const [first, second] = sorted;
  if (!first || first[1] < least) return null;
  return second && second[1] === first[1] ? null : first[0];
}

/** An image that only sets up well-known software (a database with start scripts, nginx with its config) runs no code of ours. */
export function configuresSoftware(fact: DockerfileFact, target: string | null): boolean {
  const [stage, ...further] = chainOf(fact, target);
  const base = further.length === 0 && stage ? softwareOf(stage.base.image) : null;
  if (!base || !stage) return false;
  const sources = stage.copies.flatMap((copy) => copy.sources);
  if (base.role === 'other') return false;
  return base.role !== 'proxy' || (sources.length > 0 && sources.every((source) => configFile.test(source)));
}

/**
 * An image without code of ours: well-known software with its settings; or one that copies nothing, starts nothing of its own and
 * stands on no system that programs are written for, and lies with no component: another's software with additions.
 */
export function isOfOthers({ roots }: Context, fact: DockerfileFact, target: string | null): boolean {
  const stages = chainOf(fact, target);
  const first = stages.at(-1)!.base.image;
  return (
    configuresSoftware(fact, target) ||
    (stages.every(({ copies, cmd, entrypoint }) => copies.length === 0 && cmd === null && entrypoint === null) &&
      !/[${]/.test(first) &&
      !ofPrograms.test(first) &&
      !roots.some(({ path }) => path !== '.' && path === fact.dir))
  );
}
const ofPrograms =
  /(?:^|[/-])(?:node|bun|deno|python|golang|go|rust|php|ruby|java|jdk|jre|openjdk|temurin|maven|gradle|dotnet|aspnet|sdk|runtime|alpine|debian|ubuntu|fedora|centos|scratch|base|distroless|nodejs|lambda|nginx|httpd|caddy)\w*(?:[:@/-]|$)/i;

/** Takes nothing from the repository and bears the name of well-known software: it installs that. */
export const installsSoftware = (fact: DockerfileFact, { names, target }: Claim): boolean =>
  chainOf(fact, target).every((stage) => stage.copies.every(({ from }) => from !== null)) &&
  names.some((name) => softwareOf(name.toLowerCase()) !== null);

export const configFile =
  /(?:\.conf|\.template|\.tmpl|\.cfg|\.ya?ml|\.toml|\.sh|\.crt|\.pem|\.key|Caddyfile|conf\.d\/?|nginx\/?|templates\/?|certs?\/?|ssl\/?)$/i;

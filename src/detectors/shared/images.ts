import { devServerOf } from '../../commands/dev-server.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { DockerCommand, DockerfileFact, DockerStage } from '../../model/facts/index.ts';
import { baseOf, dirOf, isWithin } from '../../model/paths.ts';

/** The image of a component: its Dockerfile, and the stages it is made of, the built one first. */
export interface ImageOf {
  dockerfile: DockerfileFact;
  stages: DockerStage[];
}

const development = /(?:^|[-_.])(?:dev|devel|development|local|test|tests|testing|ci|e2e|debug)(?:[-_.]|$)/i;
const production = /(?:^|[-_.])(?:prod|production|run|runner|runtime|release|final|deploy)(?:[-_.]|$)/i;

/** A file that its name keeps for work, not for what is shipped. */
export const isForDevelopment = (path: string): boolean =>
  development.test(baseOf(path)) || /(?:^|\/)(?:dev|development|local)\//i.test(path);

/** The image that is deployed, else the first that builds the component. */
export function imageOf(model: AuditModel, component: Component): ImageOf | null {
  const deployed = model.deployment
    .servicesOf(component.path)
    .filter(({ environment, service }) => environment.rank !== 'development' && service.dockerfile !== null)
    .sort((a, b) => Number(b.service.component === component.path) - Number(a.service.component === component.path));
  const service = deployed.find((one) => !one.service.oneShot)?.service ?? deployed[0]?.service;
  const path = service?.dockerfile ?? model.deployment.dockerfilesOf(component.path)[0];
  const dockerfile = model.facts.dockerfiles.find((fact) => fact.path === path);
  if (!dockerfile) return null;
  const stages = lineage(dockerfile, stageOf(dockerfile, service?.target ?? null));
  return stages.length > 0 ? { dockerfile, stages } : null;
}

/** The stage asked for, else the last; where the last is for work or starts nothing and another is for production, that one. */
function stageOf(dockerfile: DockerfileFact, target: string | null): number {
  const named = dockerfile.stages.findIndex(
    ({ name }) => target !== null && name?.toLowerCase() === target.toLowerCase(),
  );
  if (named !== -1) return named;
  const last = dockerfile.stages[dockerfile.final];
  const starts = (index: number): boolean =>
    lineage(dockerfile, index).some((stage) => stage.cmd !== null || stage.entrypoint !== null);
  if (!development.test(last?.name ?? '') && starts(dockerfile.final)) return dockerfile.final;
  const better = dockerfile.stages.findLastIndex(({ name }, i) => production.test(name ?? '') && starts(i));
  return better === -1 ? dockerfile.final : better;
}

/** A stage, then the stages it is built from. */
function lineage(dockerfile: DockerfileFact, start: number): DockerStage[] {
  const stages: DockerStage[] = [];
  for (let index: number | null = start; index !== null && stages.length < dockerfile.stages.length; ) {
    const stage: DockerStage | undefined = dockerfile.stages[index];
    if (!stage) break;
    stages.push(stage);
    index = stage.base.stage;
  }
  return stages;
}

/** What the image starts: entry point and command together. */
export function startOf({ stages }: ImageOf): DockerCommand | null {
  const entrypoint = stages.find((stage) => stage.entrypoint)?.entrypoint ?? null;
  const cmd = stages.find((stage) => stage.cmd)?.cmd ?? null;
  if (!entrypoint || !cmd) return cmd ?? entrypoint;
  return { ...cmd, argv: [...entrypoint.argv, ...cmd.argv] };
}

/** The dev server that the image starts, with the line that starts it. */
export function devServerIn(
  model: AuditModel,
  component: Component,
  image: ImageOf,
): { line: number; text: string } | null {
  const commands = [
    image.stages.find((stage) => stage.cmd)?.cmd,
    image.stages.find((stage) => stage.entrypoint)?.entrypoint,
  ];
  for (const command of commands) {
    if (!command) continue;
    const text = devServerOf(command.argv, { cwd: component.path, facts: model.facts, view: model.view });
    if (text !== null) return { line: command.line, text };
  }
  return null;
}

const codename =
  /(?:^|-)(?:bookworm|bullseye|buster|trixie|stretch|jessie|noble|jammy|focal|bionic|xenial|trusty|argon|boron|carbon|dubnium|erbium|fermium|gallium|hydrogen|iron|jod|krypton)(?:[-.]|$)/;

/** A tag that names a number or a release, or a digest. `scratch` and images that only a build argument names have nothing to pin. */
export function isPinned({ image, tag, digest }: DockerStage['base']): boolean {
  if (digest !== null || image === 'scratch' || image.includes('$')) return true;
  if (/distroless\/.*\d/.test(image)) return true;
  return tag !== null && (/\d/.test(tag) || tag.includes('$') || codename.test(tag));
}

/** Who the process runs as, as far as the image says: a USER, a base that brings one, a start that steps down. */
export function unprivileged(model: AuditModel, image: ImageOf): { line: number; note: string } | null {
  const user = image.stages.find((stage) => stage.user)?.user;
  if (user && !isRoot(user.value)) return { line: user.line, note: `runs as ${user.value}` };
  const base = image.stages.at(-1)!.base;
  if (!user && runsUnprivileged(`${base.image}:${base.tag ?? ''}`))
    return { line: base.line, note: `${base.image} does not run as root` };
  const start = startOf(image);
  if (start && stepsDown(model, image, start.argv)) return { line: start.line, note: 'steps down from root at start' };
  return null;
}

export const isRoot = (user: string): boolean => /^(?:root|0)(?::|$)/.test(user);

const runsUnprivileged = (base: string): boolean =>
  /unprivileged|nonroot|(?:^|\/)bitnami\/|cgr\.dev\/|(?:^|\/)ubi\d+\/nodejs|rootless/.test(base);

const stepping = /\b(?:gosu|su-exec|setpriv|s6-setuidgid|chpst|runuser|su -s)\b/;

/** In the command itself, or in a script of the repository that the image copies. */
const stepsDown = (model: AuditModel, image: ImageOf, argv: readonly string[]): boolean =>
  stepping.test(argv.join(' ')) || scriptsOf(model, image, argv).some((path) => stepping.test(model.view.text(path)));

/** The scripts of the repository that the image copies and a command names; of several by one name, those in the folder of the Dockerfile. */
export function scriptsOf(model: AuditModel, image: ImageOf, argv: readonly string[]): string[] {
  const scripts = argv.filter((word) => /\.(?:sh|bash)$|entrypoint/i.test(word)).map(baseOf);
  const copied = image.stages.flatMap((stage) => stage.copies.flatMap(({ sources }) => sources));
  const found = model.view
    .list()
    .filter((path) => scripts.includes(baseOf(path)))
    .filter((path) =>
      copied.some(
        (source) =>
          source === '.' ||
          source === './' ||
          path.endsWith(source.replace(/^\.?\//, '')) ||
          source.endsWith('/') ||
          !source.includes('.'),
      ),
    );
  const folder = dirOf(image.dockerfile.path);
  const beside = found.filter((path) => isWithin(path, folder));
  return folder !== '.' && beside.length > 0 ? beside : found;
}

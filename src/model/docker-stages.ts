import type { DockerfileFact, DockerStage } from './facts/index.ts';

/** Which earlier stage `COPY --from` names; -1 for the build context and for images of others. */
export const indexOf = (fact: DockerfileFact, from: string | null): number =>
  from === null ? -1 : fact.stages.findIndex(({ name }, index) => name === from || String(index) === from);

/** Where the stage works: what is copied there lies where its program looks. */
export const isPlace = (stage: DockerStage, dest: string): boolean =>
  /^\.?\/?$/.test(dest) || dest.replace(/\/$/, '') === stage.workdir?.value;

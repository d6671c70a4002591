import type { ComponentRoot } from '../model/component.ts';
import type { DeployedRole } from '../model/deployment.ts';
import type { DockerfileFact } from '../model/facts/index.ts';
import { baseOf } from '../model/paths.ts';
import { softwareOf } from './images.ts';
import { chainOf } from './match.ts';

/**
 * What a service is for. Ours is `component`, save an image that only configures well-known software (an nginx folder with
 * a Dockerfile and no manifest): that is the software.
 */
export function roleOfImage(
  component: string | null,
  image: string | null,
  fact: DockerfileFact | undefined,
  target: string | null,
  roots: readonly ComponentRoot[],
): { role: DeployedRole; software: string | null } {
  const base = fact ? softwareOf(chainOf(fact, target).at(0)?.base.image ?? '') : null;
  const root = roots.find(({ path }) => path === component);
  const onlyImage =
    component === null ||
    (root !== undefined && (root.manifest === null || /dockerfile|containerfile/i.test(baseOf(root.manifest))));
  if (base && onlyImage && fact && fact.stages.length === 1) return base;
  if (component !== null) return { role: 'component', software: null };
  return (image === null ? null : softwareOf(image)) ?? { role: 'other', software: null };
}

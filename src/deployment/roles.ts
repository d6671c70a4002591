import type { DeployedRole } from '../model/deployment.ts';
import type { DockerfileFact } from '../model/facts/index.ts';
import { configuresSoftware } from './contents.ts';
import { softwareOf } from './images.ts';
import { chainOf } from './stages.ts';

/**
 * What a service is for. Ours is `component`; an image that only configures well-known software (an nginx folder with a
 * Dockerfile) is that software.
 */
export function roleOfImage(
  component: string | null,
  image: string | null,
  fact: DockerfileFact | undefined,
  target: string | null,
): { role: DeployedRole; software: string | null } {
  if (component !== null) return { role: 'component', software: null };
  if (fact && configuresSoftware(fact, target)) return softwareOf(chainOf(fact, target)[0]!.base.image)!;
  return (image === null ? null : softwareOf(image)) ?? { role: 'other', software: null };
}

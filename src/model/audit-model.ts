import type { Component } from './component.ts';
import type { Deployment } from './deployment.ts';
import type { Facts } from './facts/index.ts';
import type { Knowledge } from './knowledge.ts';
import type { RepoView } from './repository.ts';
import type { Wiring } from './wiring.ts';

/** Everything known of a target before it is judged. Detectors and leaves read this and nothing else. */
export interface AuditModel {
  view: RepoView;
  facts: Facts;
  components: Component[];
  wiring: Wiring;
  deployment: Deployment;
  knowledge: Knowledge;
}

import type { DefinitionRank, Environment } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';

/** An environment that runs nothing yet. */
export const emptyEnvironment = (
  id: string,
  kind: Environment['kind'],
  files: string[],
  rank: DefinitionRank,
  because: Evidence,
): Environment => ({
  id,
  kind,
  files,
  rank,
  because,
  services: [],
  routes: [],
  tls: [],
  rateLimits: [],
  headers: [],
  accessLogs: [],
  caching: [],
  broken: [],
});

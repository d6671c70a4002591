import type { DeployedService } from '../model/deployment.ts';
import type { Evidence } from '../model/evidence.ts';

/** A service of which nothing is known but its name and where it stands. */
export const bareService = (
  name: string,
  evidence: Evidence,
  rest: Partial<DeployedService> = {},
): DeployedService => ({
  name,
  component: null,
  role: 'other',
  software: null,
  image: null,
  dockerfile: null,
  command: null,
  ports: [],
  exposed: false,
  healthProbe: null,
  restart: null,
  memoryLimit: null,
  replicas: null,
  autoscaled: null,
  user: null,
  volumes: [],
  env: [],
  platform: null,
  serverless: false,
  development: null,
  evidence,
  ...rest,
});

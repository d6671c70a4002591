import type { Route } from '../model/wiring.ts';
import { wranglerFiles } from '../model/wrangler.ts';
import { ownFile, type Signals, uses } from './signals.ts';

/** The file that says, beside the code, that it is called as functions; null where none does. */
export const functionConfig = (signals: Signals): string | null =>
  ownFile(signals, 'host.json', 'serverless.yml', 'serverless.yaml', 'serverless.ts', 'serverless.js') ??
  wranglerFiles(signals.view, signals.root.path)[0] ??
  null;

/**
 * True when a platform calls it as functions and no process of it stays up. What the deployed definitions say counts first;
 * then the platform's own build; then a configuration of functions beside the code.
 */
export function isServerless(signals: Signals): boolean {
  // An image of its own beside a platform's configuration: it is a process wherever the image runs. What is written
  // for the runtime of Workers is run by that, unless a definition runs the image.
  const isWorker = signals.managed?.platform === 'cloudflare';
  if (signals.shipped && !isWorker && signals.deployed.some((service) => service.serverless)) return false;
  if (signals.deployed.length > 0) return signals.deployed.every((service) => service.serverless);
  if (signals.managed) return signals.managed.serverless;
  if (signals.images.length > 0) return false;
  return (
    functionConfig(signals) !== null ||
    uses(signals, 'azure-functions', 'google-functions')?.how === 'runtime' ||
    handedOver(signals) !== null
  );
}

/**
 * A route of an application whose module no script or image starts: a platform is handed what it exports. Hono is made for that; of
 * others a platform has to be told.
 */
export function handedOver(signals: Signals): Route | null {
  if (signals.images.length > 0 || signals.starts.some(({ run }) => run.file !== null)) return null;
  const isPlaced = [...signals.deployed, ...(signals.managed ? [signals.managed] : [])].some((one) => one.serverless);
  const names = isPlaced ? ['hono', 'express', 'fastify', 'koa', 'elysia', 'polka'] : ['hono'];
  return uses(signals, ...names)?.how === 'runtime'
    ? (signals.routes.find(({ method }) => method !== 'EVENT') ?? null)
    : null;
}

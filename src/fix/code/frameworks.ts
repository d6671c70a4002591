/** How each framework makes its application, and what joins it. */
export interface Framework {
  name: string;
  package: string;
  /** Members whose call or construction is the application. */
  makes: readonly string[];
  /** Parts are made as the whole is, and a server is handed the whole. */
  served?: true;
}

export const frameworks: readonly Framework[] = [
  { name: 'nest', package: '@nestjs/core', makes: ['NestFactory.create'] },
  { name: 'express', package: 'express', makes: ['default', '*', 'express'] },
  { name: 'fastify', package: 'fastify', makes: ['default', 'fastify', 'Fastify', '*'] },
  { name: 'koa', package: 'koa', makes: ['default', '*'] },
  { name: 'hono', package: 'hono', makes: ['Hono'], served: true },
  { name: 'hono', package: '@hono/zod-openapi', makes: ['OpenAPIHono'], served: true },
];

/**
 * The slots of an application, in the order in which requests pass them. A slot's capabilities (of rules/knowledge) say what
 * already stands in it.
 */
export const slots: readonly { name: string; capabilities: readonly string[] }[] = [
  { name: 'setup', capabilities: [] },
  { name: 'metrics', capabilities: ['metrics'] },
  { name: 'logging', capabilities: ['request-logger', 'structured-logger'] },
  { name: 'security', capabilities: ['security-headers'] },
  { name: 'cors', capabilities: ['cors'] },
  { name: 'health', capabilities: ['health-check'] },
  { name: 'limits', capabilities: ['rate-limiter'] },
  { name: 'parsing', capabilities: ['compression'] },
  { name: 'routes', capabilities: [] },
  { name: 'tracking', capabilities: [] },
  { name: 'errors', capabilities: ['error-handler'] },
  { name: 'end', capabilities: [] },
];

export const rankOf = (slot: string): number => {
  const rank = slots.findIndex(({ name }) => name === slot);
  if (rank === -1) throw new Error(`there is no slot "${slot}": ${slots.map(({ name }) => name).join(', ')}`);
  return rank;
};

import type { ts } from 'ts-morph';
import type { Origin } from '../../model/facts/source.ts';
import type { Bindings } from './bindings.ts';
import { pathOf, unwrap } from './syntax.ts';
import {
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
  isStringLiteralLike,
} from './typescript.ts';

/** Names that look like environment variables. */
export const envLike = /^[A-Z][A-Z0-9_]*$/;

const isProcessEnv = (origin: Origin | null): boolean =>
  origin !== null &&
  ((origin.from === 'global' &&
    ['process.env', 'globalThis.process.env', 'global.process.env', 'Bun.env', 'import.meta.env'].includes(
      origin.name,
    )) ||
    (origin.from === 'package' &&
      /^((node:)?process|std-env)$/.test(origin.package) &&
      /(^|\.)env$/.test(origin.member)) ||
    (origin.from === 'package' && origin.package.startsWith('$env/dynamic/') && /^(\*\.)?env$/.test(origin.member)) ||
    // `const env = loadEnv(mode, process.cwd(), '')`
    (origin.from === 'result' &&
      origin.member === '' &&
      origin.of.from === 'package' &&
      origin.of.package === 'vite' &&
      origin.of.member === 'loadEnv'));

/** Modules whose exports are the variables: `import { DATABASE_URL } from '$env/static/private'`. */
export const isEnvModule = (specifier: string): boolean =>
  /^(\$env\/static\/|astro:env\/(server|client)$)/.test(specifier);

/** True for an expression that is the whole environment: `process.env`, a variable bound to it, `import.meta.env`. */
export function isEnvObject(node: ts.Expression, bindings: Bindings): boolean {
  if (!bindings.mentionsEnv) return false;
  const path = pathOf(node)?.join('.');
  if (path === 'process.env' || path === 'import.meta.env') return true;
  return isProcessEnv(bindings.originOf(node));
}

/** The variable's name when the expression reads one: `process.env.X`, `process.env['X']`, `import.meta.env.X`, `Deno.env.get('X')`. */
export function envName(node: ts.Expression, bindings: Bindings): string | null {
  if (!bindings.mentionsEnv) return null;
  const current = unwrap(node);
  if (isPropertyAccessExpression(current) || isElementAccessExpression(current)) {
    const key = isPropertyAccessExpression(current)
      ? current.name.text
      : isStringLiteralLike(current.argumentExpression)
        ? current.argumentExpression.text
        : null;
    return key !== null && isEnvObject(current.expression, bindings) ? key : null;
  }
  if (isCallExpression(current)) {
    const path = pathOf(current.expression)?.join('.');
    const first = current.arguments[0];
    if (path === 'Deno.env.get' && first && isStringLiteralLike(first)) return first.text;
  }
  return null;
}

import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import { valueFrom } from '../../model/iac-text.ts';
import { joinPath } from '../../model/paths.ts';
import { filesOf, isAside, noteOf } from './scope.ts';

/** A policy that no code registers: a definition or a framework's config states it. `open`: why it lets any origin in. */
export interface StatedOrigins {
  evidence: Evidence;
  open: string | null;
}

/** What the platform that runs the component, or the proxy before it, is told to answer to browsers of other origins. */
export function ofDefinitions(model: AuditModel, component: Component): StatedOrigins[] {
  const placed = model.deployment.servicesOf(component.path);
  const stated = placed.flatMap(({ service: { allowedOrigins: one } }) =>
    one ? [{ value: one.value, evidence: noteOf(one, 'the platform answers with a CORS policy') }] : [],
  );
  const front = [...new Set(placed.map(({ environment }) => environment))].filter(
    ({ routes }) => routes.length === 0 || routes.some((route) => route.component === component.path),
  );
  const added = front.flatMap(({ headers }) =>
    headers.filter(({ name }) => /^access-control-allow-origin$/i.test(name)),
  );
  return [...stated, ...added].map(({ value, evidence }) => ({
    evidence,
    open: /(?:^|['"[\s,])\*(?:$|['"\]\s,])/.test(value) ? 'the wildcard *' : null,
  }));
}

const files = ['js', 'ts', 'mjs', 'cjs'].flatMap((ending) => [
  `config/env/production/middlewares.${ending}`,
  `config/middlewares.${ending}`,
]);

/** Strapi's own middleware, by the list of middlewares that it reads: its default lets any origin in. That of production goes first. */
export function ofStrapi(model: AuditModel, component: Component): StatedOrigins[] {
  const paths = files
    .map((file) => joinPath(component.path, file))
    .filter((path): path is string => path !== null && model.view.has(path))
    .sort((a, b) => Number(b.includes('/env/')) - Number(a.includes('/env/')));
  const path = paths[0];
  return path === undefined ? [] : strapiPolicy(path, model.view.text(path));
}

function strapiPolicy(path: string, text: string): StatedOrigins[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"])\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
  const name = /(\bname\s*:\s*)?(['"])strapi::cors\2/.exec(code);
  if (!name) return [];
  const evidence = { file: path, line: code.slice(0, name.index).split('\n').length, note: 'strapi::cors' };
  if (name[1] === undefined) return [{ evidence, open: 'its default, any origin' }];
  const rest = code.slice(name.index + name[0].length).split(/['"](?:strapi|plugin|global|api)::/)[0]!;
  if (/\benabled\s*:\s*false\b/.test(rest)) return [];
  const origin = /\borigin\s*:\s*/.exec(rest);
  if (!origin) {
    // An origin that stands behind a name, or in a spread, is not read here.
    return /\.\.\.|\bconfig\s*:\s*[A-Za-z]|\borigin\b/.test(rest)
      ? [{ evidence, open: null }]
      : [{ evidence, open: 'its default, any origin' }];
  }
  const value = valueFrom(rest, origin.index + origin[0].length).text;
  return [{ evidence, open: /(['"])\*\1/.test(value) ? 'the wildcard *' : null }];
}

/** Medusa's own policy: the origins of its store, admin and auth routes, which its configuration names. */
export function ofMedusa(model: AuditModel, component: Component): StatedOrigins[] {
  if (!component.frameworks.includes('medusa')) return [];
  const path = ['ts', 'js', 'mjs']
    .map((ending) => joinPath(component.path, `medusa-config.${ending}`))
    .find((one): one is string => one !== null && model.view.has(one));
  const text = path ? model.view.text(path) : '';
  return [...text.matchAll(/\b(?:store|admin|auth)_?cors\s*:\s*([^\n]*)/gi)].slice(0, 3).map((match) => ({
    evidence: noteOf(
      { file: path!, line: text.slice(0, match.index).split('\n').length },
      match[0].trim().slice(0, 80),
    ),
    open: /(['"`])\*\1/.test(match[1]!) ? 'the wildcard *' : null,
  }));
}

const wideOpen =
  /\bCORS\(\s*\w+\s*\)|allow_origins\s*=\s*\[\s*['"]\*['"]|AllowAllOrigins\s*[:=]\s*true|cors\.Default\(\)|AllowOrigins\s*:\s*\[\]string\{\s*"\*"|allowedOrigins\(\s*"\*"|AllowAnyOrigin\(\)|CorsLayer::permissive\(\)/;

/** In a language whose code is not followed: a line that lets any origin in, where one is written. */
export function openElsewhere(model: AuditModel, component: Component): Evidence | null {
  for (const file of filesOf(model, component)) {
    if (!/\.(py|go|java|kt|cs|rs|php|rb)$/.test(file) || isAside(file, component.path)) continue;
    const text = model.view.text(file);
    const at = text.search(wideOpen);
    if (at >= 0) return noteOf({ file, line: text.slice(0, at).split('\n').length }, 'sets a CORS policy');
  }
  return null;
}

/** The settings of Moleculer's gateway: `cors: true` lets any origin in, as `cors: { origin: '*' }` does and one without origins. */
export const ofMoleculer = (model: AuditModel, component: Component): StatedOrigins[] =>
  component.frameworks.includes('moleculer')
    ? filesOf(model, component).flatMap((file) => {
        const text = isAside(file) ? '' : model.view.text(file);
        const code = /['"]moleculer-web['"]/.test(text)
          ? text.replace(/\/\*[\s\S]*?\*\/|(?<![:'"])\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '))
          : '';
        return [...code.matchAll(/\bcors\s*:\s*(?=true\b|\{)/g)].map((found) => {
          const { text: value } = valueFrom(code, found.index + found[0].length);
          const open = !/\borigin\s*:/.test(value) || /\borigin\s*:\s*\[?\s*(['"])\*\1/.test(value);
          const line = code.slice(0, found.index).split('\n').length;
          return { evidence: { file, line, note: 'cors of the gateway' }, open: open ? 'any origin' : null };
        });
      })
    : [];

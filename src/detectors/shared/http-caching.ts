import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import { rootOf } from '../../model/origin.ts';
import { isWithin } from '../../model/paths.ts';
import { configurationLines } from './configuration.ts';
import { livenessIn, type Sighting } from './reach.ts';
import { isAside, noteOf } from './scope.ts';
import { declaredValue } from './values.ts';

/** Of a `Cache-Control` that lets an answer be kept, for a time written there or put in. */
export const lasting = /max-?age\s*=\s*(?:[1-9]|\$\{)|s-maxage|stale-while|immutable/i;
const nextCaching = new Set(
  'unstable_cache revalidatePath revalidateTag updateTag cacheLife cacheTag unstable_cacheLife unstable_cacheTag'.split(
    ' ',
  ),
);
const sending =
  /(^|\.)(set|header|setHeader|append|writeHead|headers|json|send|Response|setHeaders|setResponseHeader|cacheControl)$/;

/** Headers set in code, and what frameworks are told to keep. */
export function httpCaching(model: AuditModel, component: Component): Sighting[] {
  const wiring = model.wiring.of(component);
  const calls = wiring
    .calls((call, file) => {
      if (isAside(file)) return false;
      if (call.origin?.from === 'package' && call.origin.package === 'next/cache') return nextCaching.has(call.callee);
      if (!sending.test(call.callee) && call.form !== 'decorator') return false;
      const text = model.view.text(file).slice(call.start, Math.min(call.end, call.start + 600));
      return /cache-control/i.test(text) && lasts(model, file, text);
    })
    .map(
      ({ file, fact, live }): Sighting => ({
        evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…) lets answers be kept`),
        live: livenessIn(wiring, live),
      }),
    );
  const routes = component.frameworks.includes('next')
    ? wiring.reached.flatMap((file): Sighting[] => {
        if (isAside(file) || !isWithin(file, component.path)) return [];
        const lines = model.view.text(file).split('\n');
        const index = lines.findIndex((line) =>
          /^export const revalidate\s*=\s*(\d*[1-9]|false)|^\s*revalidate:\s*\d*[1-9]|\bnext:\s*\{\s*(revalidate:\s*\d*[1-9]|tags)|^["']use cache/.test(
            line,
          ),
        );
        return index < 0
          ? []
          : [
              {
                evidence: noteOf({ file, line: index + 1 }, 'revalidated from time to time'),
                live: livenessIn(wiring, wiring.fileLiveness(file)),
              },
            ];
      })
    : [];
  return [...calls, ...writtenOut(model, component), ...staticFiles(model, component), ...routes];
}

/** It says for how long, or names a constant that does. */
const lasts = (model: AuditModel, file: string, text: string): boolean =>
  lasting.test(text) ||
  Object.entries(model.wiring.code(file)?.constants ?? {}).some(
    ([name, value]) =>
      lasting.test(value) && new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text),
  );

/** Lines of framework configuration that let answers be kept. */
export const keptByConfiguration = (model: AuditModel, component: Component): Evidence[] =>
  configurationLines(model, component)
    .filter(
      ({ text, next }) =>
        (/cache-control/i.test(text) && lasting.test(text + next)) ||
        /^\s*(isr|swr|routeRules.*(isr|swr|cache))\s*:/.test(text),
    )
    .map(({ file, line }) => noteOf({ file, line }, 'sets Cache-Control'));

const property = new RegExp(`cache-control['"]?\\s*\\]?\\s*:\\s*(['"\`])(?:(?!\\1).)*?(?:${lasting.source})`, 'i');

/** `const headers = { 'Cache-Control': 'max-age=60' }`: kept under a name, or handed back by a function of its own. */
const writtenOut = (model: AuditModel, component: Component): Sighting[] => {
  const wiring = model.wiring.of(component);
  return wiring.own.flatMap((file): Sighting[] => {
    const text = isAside(file) ? '' : model.view.text(file);
    if (!/cache-control/i.test(text)) return [];
    return (model.wiring.code(file)?.units ?? []).flatMap(({ index, line, start, end }) => {
      const lines = text.slice(start, end).split('\n');
      const at = lines.findIndex((one) => property.test(one) && !/^\s*(\/\/|\*|\/\*)/.test(one));
      return at < 0
        ? []
        : [
            {
              evidence: noteOf({ file, line: line + at }, 'sets Cache-Control'),
              live: livenessIn(wiring, wiring.unitLiveness(file, index)),
            },
          ];
    });
  });
};

const fileServer =
  /^(?:express|serve-static|koa-static|koa-send|sirv|@fastify\/static|fastify-static|hono|@hono\/[\w-]+|h3|polka)(?:\/|$)/;

/** `express.static(folder, { maxAge: '1h' })`: the files it hands out say how long they keep. */
const staticFiles = (model: AuditModel, component: Component): Sighting[] => {
  const wiring = model.wiring.of(component);
  return wiring
    .calls(({ callee, origin, args }, file) => {
      const root = rootOf(origin);
      if (isAside(file) || root?.from !== 'package' || !fileServer.test(root.package)) return false;
      // Of a whole framework only the part that hands out files: cookies and CORS have an age too.
      if (/^(?:express|@?hono|h3|polka)(?:\/|$)/.test(root.package) && !/static|serve/i.test(callee)) return false;
      return args.some((argument) => {
        const { value } = declaredValue(model, file, argument);
        const age = value.kind === 'object' ? (value.props.maxAge ?? value.props.maxage) : undefined;
        return age !== undefined && !(age.kind === 'number' && age.value === 0);
      });
    })
    .map(({ file, fact, live }) => ({
      evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…) lets files be kept`),
      live: livenessIn(wiring, live),
    }));
};

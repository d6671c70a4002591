import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact, ValueFact } from '../../model/facts/index.ts';
import { rootOf } from '../../model/origin.ts';
import { httpRoutes } from './http.ts';
import { isAside, noteOf } from './scope.ts';
import { plainText } from './ui/plain.ts';

/** Servers that keep the message of whatever is thrown, unless they are told otherwise. */

/** Apollo Server passes the message of any error on, unless `formatError` or a plugin puts another in its place. */
export function unmaskedApollo(model: AuditModel, component: Component): Evidence[] {
  return model.wiring
    .of(component)
    .calls((call, file) => {
      const { callee, form, args } = call;
      const options = args[0];
      if (/(^|\.)GraphQLModule\.forRoot(Async)?$/.test(callee)) return isOpenModule(model, file, call);
      return (
        form === 'new' &&
        /(^|[ .])ApolloServer$/.test(callee) &&
        options?.kind === 'object' &&
        !options.spread &&
        !('formatError' in options.props)
      );
    })
    .filter(({ live }) => live === 'live')
    .map(({ file, fact }) =>
      noteOf({ file, line: fact.line }, `${fact.callee} without formatError sends error messages on`),
    );
}

/** A formatter that picks what to show, and shows the message of whatever it was: `formatError: (error) => ({ message: error.message })`. */
export function openFormatters(model: AuditModel, component: Component): Evidence[] {
  if (!component.frameworks.some((name) => /^(apollo-|nest$)/.test(name))) return [];
  const wiring = model.wiring.of(component);
  return wiring.reached.flatMap((file) => {
    const text = isAside(file) || wiring.fileLiveness(file) !== 'live' ? '' : model.view.text(file);
    if (!/\bformatError\b/.test(text) || !/apollo|graphql/i.test(text)) return [];
    return (model.wiring.code(file)?.functions ?? []).flatMap(({ name, start, end, params: [error], line }) => {
      const body = name === 'formatError' ? plainText(text.slice(start, end)) : '';
      const sends = new RegExp(`\\bmessage\\s*:\\s*${error}\\??\\.message\\s*[,}\\n]`).test(body);
      return sends && !/\bif\b|(?<!\?)\?(?![.?])|switch|NODE_ENV|instanceof/.test(body)
        ? [noteOf({ file, line }, 'formatError sends error messages on')]
        : [];
    });
  });
}

/** Nest's module hands its options to Apollo; what is spread into them, or made elsewhere, may hold `formatError`. */
function isOpenModule(model: AuditModel, file: string, { args: [options], start, end }: CallFact): boolean {
  const text = model.view.text(file).slice(start, end);
  return (
    options?.kind === 'object' &&
    !options.spread &&
    !('useClass' in options.props || 'useExisting' in options.props) &&
    /\bApollo\w*Driver\b/.test(text) &&
    !/formatError|\.\.\.(?:\(?await\b|[\w.]*(?:config|options|settings)|\w+\.get\b)/i.test(text) &&
    (options.props.useFactory?.kind ?? 'function') === 'function'
  );
}

/** tRPC wraps what a procedure throws and keeps its message, unless `errorFormatter` puts another in its place. */
export function unmaskedTrpc(model: AuditModel, component: Component): Evidence[] {
  if (!httpRoutes(model, component).some(({ framework }) => framework === 'trpc')) return [];
  return model.wiring
    .of(component)
    .calls(({ callee, origin, args }) => {
      const root = rootOf(origin);
      const options = args[0];
      return (
        /\.create$/.test(callee) &&
        root?.from === 'package' &&
        root.package === '@trpc/server' &&
        root.member.startsWith('initTRPC') &&
        (options === undefined || (options.kind === 'object' && !options.spread))
      );
    })
    .flatMap(({ file, fact: { line, args }, live }) => {
      const given = args[0]?.kind === 'object' ? args[0].props.errorFormatter : undefined;
      const how = given ? 'with an errorFormatter that changes nothing' : 'without errorFormatter';
      return live === 'live' && (!given || handsShapeBack(model, file, given))
        ? [noteOf({ file, line }, `tRPC ${how} sends error messages on`)]
        : [];
    });
}

function handsShapeBack(model: AuditModel, file: string, formatter: ValueFact): boolean {
  const fn = formatter.kind === 'function' ? model.wiring.code(file)?.functions[formatter.index] : undefined;
  return (
    fn !== undefined &&
    /(?:=>|\{\s*return) (?:\w+\.)?shape;?\s*\}?$/.test(model.view.text(file).slice(fn.start, fn.end))
  );
}

/** SvelteKit shows what its `handleError` hook returns in place of its own words. */
export function unmaskedKit(model: AuditModel, component: Component): Evidence[] {
  if (!component.frameworks.includes('sveltekit')) return [];
  return model.wiring
    .of(component)
    .reached.filter((file) => /(^|\/)src\/hooks\.server(\/index)?\.[jt]s$/.test(file))
    .flatMap((file) => {
      const fn = model.wiring.code(file)?.functions.find(({ name }) => name === 'handleError');
      const text = fn ? model.view.text(file).slice(fn.start, fn.end) : '';
      const sent = /\bmessage\s*:\s*[^,}\n]*?\b\w*err\w*\b[^,}\n]{0,30}\.message\b/i.exec(text);
      if (!fn || !sent || /\bdev\b|NODE_ENV|import\.meta\.env/.test(text)) return [];
      const line = fn.line + text.slice(0, sent.index).split('\n').length - 1;
      return [noteOf({ file, line }, "handleError hands the error's message on")];
    });
}

/** Adonis answers what is thrown with its own message, unless the handler of the application answers in its place. */
export function unmaskedAdonis(model: AuditModel, component: Component): Evidence[] {
  if (!component.frameworks.includes('adonis')) return [];
  return model.wiring.of(component).own.flatMap((file) => {
    const text = model.view.text(file);
    const made = /\bextends\s+(?:Http)?ExceptionHandler\b/.exec(text);
    if (!made || isAside(file) || /\b(?:renderErrorAs|make)JSON(?:Response)?\s*\(/i.test(text)) return [];
    const line = text.slice(0, made.index).split('\n').length;
    return /\bsuper\.handle\(/.test(text) || !/\bhandle\s*\(/.test(text)
      ? [noteOf({ file, line }, "leaves the answer to AdonisJS, which sends the error's message on")]
      : [];
  });
}

/** Moleculer's gateway puts the message of any error into its answer, unless `onError` answers in its place. */
export const unmaskedMoleculer = (model: AuditModel, component: Component): Evidence[] =>
  component.frameworks.includes('moleculer')
    ? model.wiring
        .of(component)
        .own.filter((file) => !isAside(file))
        .flatMap((file) => {
          const text = model.view.text(file);
          const gateway = /\broutes\s*:/.test(text) ? /['"]moleculer-web['"]/.exec(text) : null;
          if (!gateway) return [];
          const own = /\b(?:onError|sendError)\s*[(:]/.exec(plainText(text));
          const body = own ? text.slice(own.index, own.index + 1500) : '';
          if (own && !/\berr\w*\.message\b|['"]message['"]|\bsend\w*\(\s*err/.test(body)) return [];
          const line = text.slice(0, (own ?? gateway).index).split('\n').length;
          return [noteOf({ file, line }, "the gateway answers with the error's message")];
        })
    : [];

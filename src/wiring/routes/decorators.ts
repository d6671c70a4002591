import type { CodeFact, ValueFact } from '../../model/facts/source.ts';
import { asValue } from '../../model/origin.ts';
import type { Route } from '../../model/wiring.ts';
import { decoratorsIn } from '../calls.ts';
import { codeOf, keptText, packageOf, type RouteContext, textOf } from './_finder.ts';

const verbs: Record<string, string> = {
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  All: 'ALL',
  Options: 'OPTIONS',
  Head: 'HEAD',
  Sse: 'GET',
  Search: 'SEARCH',
  Query: 'QUERY',
  Mutation: 'MUTATION',
  Subscription: 'SUBSCRIPTION',
  ResolveReference: 'QUERY',
  MessagePattern: 'EVENT',
  EventPattern: 'EVENT',
  SubscribeMessage: 'EVENT',
  GrpcMethod: 'EVENT',
  GrpcStreamMethod: 'EVENT',
  Process: 'EVENT',
  OnEvent: 'EVENT',
  RabbitSubscribe: 'EVENT',
  RabbitRPC: 'EVENT',
  TypedRoute: 'GET',
  TsRestHandler: 'ALL',
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  del: 'DELETE',
  httpGet: 'GET',
  httpPost: 'POST',
  httpPut: 'PUT',
  httpDelete: 'DELETE',
  httpPatch: 'PATCH',
};
const decoratorPackages =
  /^@nestjs\/|^routing-controllers$|^tsoa$|^type-graphql$|^@loopback\/|^inversify-express|^@tsed\/|^@foal\/|^@decorators\/express|^@nestia|^@golevelup|^@overnightjs|^@midwayjs|^@ts-rest/;

/** NestJS, routing-controllers, tsoa, LoopBack and other frameworks that route by decorators; GraphQL resolvers and message patterns too. */
export function decoratorRoutes(context: RouteContext): Route[] {
  const found: Route[] = [];
  for (const file of context.files) {
    const code = codeOf(context, file);
    if (!code) continue;
    const written = (value: ValueFact | undefined): string | null =>
      textOf(value, code.constants) ?? keptText(context, file, value);
    const prefixes = new Map<string, string>();
    for (const call of decoratorsIn(code)) {
      if (call.target?.kind !== 'class') continue;
      const first = call.args[0];
      const prefix = written(first?.kind === 'object' ? first.props.path : first);
      if (/controller|route$/i.test(call.callee)) prefixes.set(call.target.name, prefix ?? '');
    }
    for (const call of decoratorsIn(code)) {
      if (call.target?.kind !== 'method') continue;
      const name = call.callee.split('.').at(-1)!;
      const verb = verbs[name];
      const from = packageOf(call.origin)?.package;
      if (!verb || (from ? !decoratorPackages.test(from) : call.origin?.from !== 'module')) continue;
      const http = !['QUERY', 'MUTATION', 'SUBSCRIPTION', 'EVENT'].includes(verb);
      const owner = call.target.owner ?? '';
      const first = call.args[0];
      const own =
        written(first?.kind === 'array' ? first.items[0] : first) ??
        (!http
          ? call.target.name
          : // A path kept where it cannot be read: its name still says what it serves.
            first?.kind === 'ref'
            ? `:${first.path}`
            : '');
      const handler = code.functions.find(
        (fn) => fn.name === call.target!.name && fn.owner === owner && fn.unit === call.unit,
      );
      found.push({
        file,
        line: call.line,
        method: verb,
        path: http ? `/${[prefixes.get(owner), own].filter(Boolean).join('/')}`.replace(/\/{2,}/g, '/') : own,
        live: context.reach.liveness(file, call),
        framework: from ?? 'decorators',
        middleware: around(code, call.target.name, owner),
        handler: handler ? { file, fn: handler } : null,
      });
    }
  }
  return found;
}

/** The other decorators on the method and its class: guards, pipes, interceptors, throttles and home-made ones alike. */
function around(code: CodeFact, method: string, owner: string): ValueFact[] {
  return decoratorsIn(code)
    .filter(
      (call) =>
        ((call.target?.kind === 'method' && call.target.name === method && call.target.owner === owner) ||
          (call.target?.kind === 'class' && call.target.name === owner)) &&
        !(call.callee.split('.').at(-1)! in verbs),
    )
    .map(asValue);
}

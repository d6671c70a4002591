import type { CallFact, ValueFact } from '../../model/facts/source.ts';
import type { Route } from '../../model/wiring.ts';
import { callsNamed, lastName } from '../calls.ts';
import { codeOf, handlerOf, type RouteContext, textOf } from './_finder.ts';

/** What makes the fields of an operation: Pothos' builder and Nexus' functions. */
const makers = new Set([
  ...['query', 'mutation', 'subscription'].flatMap((one) => [`${one}Type`, `${one}Field`, `${one}Fields`]),
  ...['objectType', 'extendType'],
]);

/** Fields of a GraphQL schema that is built by code: `builder.mutationFields((t) => ({ add: t.field({ resolve }) }))`, `mutationField('add', { resolve })`. */
export function codeFirstRoutes(context: RouteContext): Route[] {
  return context.files.flatMap((file) => {
    const code = codeOf(context, file);
    if (!code) return [];
    return callsNamed(code, makers).flatMap((maker): Route[] => {
      const operation = operationOf(maker);
      if (operation === null) return [];
      const inside = code.calls.filter((call) => call.start > maker.start && call.end <= maker.end && isField(call));
      const fields = inside.length > 0 || !lastName(maker.callee).endsWith('Field') ? inside : [maker];
      return fields.flatMap((call): Route[] => {
        const resolve = resolverOf(call.args);
        const name = textOf(call.args[0]) ?? textOf(maker.args[0]) ?? keyBefore(context, file, call.start);
        return resolve && name
          ? [
              {
                file,
                line: call.line,
                method: operation,
                path: name,
                live: context.reach.liveness(file, call),
                framework: 'graphql',
                middleware: [],
                handler: handlerOf(context, file, resolve),
              },
            ]
          : [];
      });
    });
  });
}

/** `t.field`, `t.prismaField`, `t.nonNull.list.field`, `t.string`: one that says how it is resolved. */
const isField = ({ form, callee, args }: CallFact): boolean =>
  form === 'call' && /^\w+(\.\w+)+$/.test(callee) && resolverOf(args) !== undefined;

const resolverOf = (args: readonly ValueFact[]): ValueFact | undefined => {
  const options = args.find((one) => one.kind === 'object');
  return options?.kind === 'object' ? (options.props.resolve ?? options.props.subscribe) : undefined;
};

function operationOf({ callee, args: [first] }: CallFact): string | null {
  const [, word] = /^(query|mutation|subscription)(?:Type|Fields?)$/.exec(lastName(callee)) ?? [];
  const type = first?.kind === 'object' ? textOf(first.props.name ?? first.props.type) : null;
  return (
    word?.toUpperCase() ?? (type !== null && /^(Query|Mutation|Subscription)$/.test(type) ? type.toUpperCase() : null)
  );
}

/** `add:` before the call that makes the field. */
const keyBefore = (context: RouteContext, file: string, start: number): string | null =>
  /(\w+)\s*:\s*$/.exec(context.context.view.text(file).slice(Math.max(0, start - 80), start))?.[1] ?? null;

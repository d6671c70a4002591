import type { AuditModel } from '../../model/audit-model.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact } from '../../model/facts/index.ts';
import { noteOf } from './scope.ts';

const answering = /\.(get|post|put|patch|delete|all|route)$/;

/** A path and something to answer under it, or a router behind a path. */
const answers = ({ callee, args }: CallFact, receiver: string): boolean =>
  callee.startsWith(`${receiver}.`) &&
  !callee.slice(receiver.length + 1).includes('.') &&
  args.length > 1 &&
  args[0]!.kind === 'string' &&
  (answering.test(callee) || callee.endsWith('.use'));

/** Express hands an error to what is registered after the route: a handler before all routes of its application gets none. */
export function beforeAllRoutes(model: AuditModel, { file, line }: Evidence): Evidence | null {
  const calls = model.wiring.code(file)?.calls ?? [];
  const own = calls.find((call) => call.line === line && call.callee.endsWith('.use'));
  if (!own) return null;
  const receiver = own.callee.slice(0, -'.use'.length);
  const routes = calls.filter((call) => call.unit >= 0 && answers(call, receiver));
  const first = routes.find((call) => call.start > own.end);
  return first && routes.every((call) => call.start > own.start)
    ? noteOf({ file, line }, `stands before the first route (line ${first.line}), and gets no error of any`)
    : null;
}

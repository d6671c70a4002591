import type { AuditModel } from '../../model/audit-model.ts';
import type { Evidence } from '../../model/evidence.ts';
import { noteOf } from './scope.ts';

/** Given a path and something to answer under it, or a router to put behind it. */
const answering = ['use', 'get', 'post', 'put', 'patch', 'delete', 'all', 'route'];

/** Express hands an error to what is registered after the route: a handler before all routes of its application gets none. */
export function beforeAllRoutes(model: AuditModel, { file, line }: Evidence): Evidence | null {
  const calls = model.wiring.code(file)?.calls ?? [];
  const own = calls.find((call) => call.line === line && call.callee.endsWith('.use'));
  if (!own) return null;
  const receiver = own.callee.slice(0, -'use'.length);
  const verbs = answering.map((verb) => receiver + verb);
  const first = calls.find(
    ({ callee, args }) => args.length > 1 && args[0]!.kind === 'string' && verbs.includes(callee),
  );
  return first && first.start > own.start
    ? noteOf({ file, line }, `stands before the first route (line ${first.line}), and gets no error of any`)
    : null;
}

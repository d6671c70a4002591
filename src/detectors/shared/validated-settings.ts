import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact, FunctionFact } from '../../model/facts/index.ts';
import { methodsOf } from './class-methods.ts';
import { isAside, noteOf } from './scope.ts';

const applying = /(valid|parse|check|assert|verify|ensure)\w*$/i;
const validating =
  /\bvalidateSync\s*\(|\bvalidateOrReject\s*\(|\.(?:safeParse|parse|validateSync|validate|attempt|decode)\s*\(/;
const stopping = /\bthrow\b|process\.exit|\.parse\s*\(|validateOrReject|attempt\s*\(/;

/** Settings that a validator of ours checks: `return validate(settings, SettingsSchema)` where the settings are read from the environment. */
export function validatedSettings(
  model: AuditModel,
  component: Component,
): { names: string[]; evidence: Evidence; live: boolean }[] {
  const wiring = model.wiring.of(component);
  const reads = wiring.env().filter(({ fact, file }) => fact.via === 'process.env' && !isAside(file));
  const files = new Set(reads.map(({ file }) => file));
  return wiring
    .called(applying)
    .filter(({ file, fact }) => files.has(file) && fact.form === 'call' && fact.args.length > 0)
    .flatMap(({ file, fact, live }) => {
      const around = functionAround(model, file, fact);
      const here = reads.filter(
        (read) => read.file === file && read.fact.unit === fact.unit && (around === null || around(read.fact.line)),
      );
      const target = here.length > 0 && takesSettings(model, file, fact) ? targetOf(model, file, fact) : null;
      if (!target) return [];
      const body = model.view.text(target.file).slice(target.fn.start, target.fn.end);
      if (!validating.test(body) || !stopping.test(body)) return [];
      return [
        {
          names: here.map((read) => read.fact.name),
          evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…) over ${here.length} variables`),
          live: live === 'live',
        },
      ];
    });
}

/** An object, or a name that the file gives a value: `parseMarkdown(item.text, process.env.BASE)` checks no settings. */
const takesSettings = (model: AuditModel, file: string, call: CallFact): boolean =>
  call.args.some((arg) => {
    if (arg.kind !== 'ref') return arg.kind === 'object' || arg.kind === 'call';
    const root = arg.path.split('.')[0]!;
    return (
      root === 'this' ||
      /^process\.env$/.test(arg.path) ||
      new RegExp(`(?<![\\w$.])${root.replaceAll('$', '\\$')}\\s*(?::[^=;]*)?=(?![=>])`).test(model.view.text(file))
    );
  });

/** Whether a line lies in the function that makes the call; null where none does, or where it hands on what the object keeps. */
function functionAround(model: AuditModel, file: string, call: CallFact): ((line: number) => boolean) | null {
  if (call.args.some((arg) => arg.kind === 'ref' && arg.path.startsWith('this.'))) return null;
  const inner = (model.wiring.code(file)?.functions ?? [])
    .filter(({ start, end }) => start <= call.start && call.end <= end)
    .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
  if (!inner) return null;
  const last = inner.line + model.view.text(file).slice(inner.start, inner.end).split('\n').length - 1;
  return (line) => line >= inner.line && line <= last;
}

/** The function behind the call, also a static method of a class elsewhere. */
function targetOf(model: AuditModel, file: string, call: CallFact): { file: string; fn: FunctionFact } | null {
  const direct = model.wiring.functionOf(file, { kind: 'ref', path: call.callee, origin: call.origin });
  if (direct) return direct;
  const found = call.origin ? model.wiring.resolveOrigin(file, call.origin) : null;
  const method = call.callee.split('.').at(-1);
  const fn = found && methodsOf(model, found.file, found.name).find(({ name }) => name === method);
  return found && fn ? { file: found.file, fn } : null;
}

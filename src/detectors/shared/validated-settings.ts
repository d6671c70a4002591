import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact } from '../../model/facts/index.ts';
import { within } from './packages.ts';
import { isAside, noteOf } from './scope.ts';
import { declaredValue } from './values.ts';

const applying = /(valid|parse|check|assert|verify|ensure)\w*$/i;
const validating = /\bvalidate(?:Sync|OrReject)\s*\(|\.(?:safeParse|parse|validate|attempt|decode)\s*\(/;
const stopping = /\bthrow\b|process\.exit|\.parse\s*\(|validateOrReject|\battempt\s*\(/;

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
    .filter(({ file, fact }) => files.has(file) && fact.form === 'call')
    .flatMap(({ file, fact, live }) => {
      const around = functionAround(model, file, fact);
      const here = reads.filter(
        (read) => read.file === file && read.fact.unit === fact.unit && (around === null || around(read.fact.line)),
      );
      const handed = fact.args.flatMap((arg) => [...within(declaredValue(model, file, arg).value)]);
      const names = new Set([
        ...here.map((read) => read.fact.name),
        ...handed.flatMap((value) => (value.kind === 'env' ? [value.name] : [])),
      ]);
      const target =
        names.size > 0 && takesSettings(model, file, fact)
          ? model.wiring.functionOf(file, { kind: 'ref', path: fact.callee, origin: fact.origin })
          : null;
      if (!target) return [];
      const body = model.view.text(target.file).slice(target.fn.start, target.fn.end);
      if (!validating.test(body) || !stopping.test(body)) return [];
      return [
        {
          names: [...names],
          evidence: noteOf({ file, line: fact.line }, `${fact.callee}(…) over ${names.size} variables`),
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
      arg.path === 'process.env' ||
      new RegExp(`(?<![\\w$.])${root.replaceAll('$', '\\$')}\\s*(?::[^=;]*)?=(?![=>])`).test(model.view.text(file))
    );
  });

/** Whether a line lies in the function that makes the call; null where none does, or where it hands on what the object keeps. */
function functionAround(model: AuditModel, file: string, call: CallFact): ((line: number) => boolean) | null {
  if (call.args.some((arg) => arg.kind === 'ref' && arg.path.startsWith('this.'))) return null;
  const inner = model.wiring.code(file)?.functions[call.within];
  if (!inner) return null;
  const last = inner.line + model.view.text(file).slice(inner.start, inner.end).split('\n').length - 1;
  return (line) => line >= inner.line && line <= last;
}

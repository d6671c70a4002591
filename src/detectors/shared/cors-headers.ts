import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { type Evidence, lineAt, lineStartsOf } from '../../model/evidence.ts';
import type { Liveness } from '../../model/wiring.ts';
import { isAside, noteOf } from './scope.ts';

/** `"Access-Control-Allow-Origin": …` among the headers of an answer that is made by hand. */
const property = /(["'`])access-control-allow-origin\1\s*\]?\s*(?::|=(?!=))\s*([^\n,}]+)/gi;

const sending =
  /(^|\.)(\$?fetch|ofetch|axios|ky|got|superagent)$|(^|\.)(axios|api|https?|client|instance|ky|got)\w*\.(get|post|put|patch|delete|request|create)$/i;
/** A comment, and what every request that is sent has by default. */
const aside = /^\s*\*|(?:^|[^:])\/\/|\.defaults\.headers\b/;

/** Access-Control-Allow-Origin written as a header of an object, as functions and workers that make their own answers do. */
export function headersInCode(
  model: AuditModel,
  component: Component,
): { evidence: Evidence; live: Liveness; open: string | null }[] {
  const wiring = model.wiring.of(component);
  return [...new Set([...wiring.own, ...wiring.reached])].flatMap((file) => {
    const text = isAside(file) ? '' : model.view.text(file);
    if (!/access-control-allow-origin/i.test(text)) return [];
    const starts = lineStartsOf(text);
    const { units = [], calls = [], functions = [] } = model.wiring.code(file) ?? {};
    // What a development server is told says nothing of the program.
    const isAid = (at: number): boolean => calls.some(({ idle, start, end }) => idle && at >= start && at < end);
    // A header of a request that is sent lets nobody in.
    const isSent = (at: number): boolean =>
      calls.some(
        ({ callee, start, end }) =>
          sending.test(callee) &&
          at >= start &&
          at < end &&
          !functions.some((fn) => fn.start > start && fn.end < end && at >= fn.start && at < fn.end),
      );
    return [...text.matchAll(property)]
      .filter(({ index }) => !isAid(index) && !isSent(index))
      .filter(({ index }) => !aside.test(text.slice(text.lastIndexOf('\n', index) + 1, index)))
      .map(({ index, 2: value = '' }) => {
        const unit = units.find(({ start, end }) => index >= start && index < end);
        return {
          evidence: noteOf({ file, line: lineAt(starts, index) }, 'sets Access-Control-Allow-Origin'),
          live: unit ? wiring.unitLiveness(file, unit.index) : wiring.fileLiveness(file),
          open: opennessOf(value.trim(), text),
        };
      });
  });
}

export const reflecting = 'reflects the origin it is sent';
/** What stands around an origin that is sent back compares it with those that are let in. */
export const comparing = /includes\(|indexOf\(|\.has\(|\.test\(|\.some\(|allowed/i;

function opennessOf(value: string, text: string): string | null {
  if (/^["'`]\*["'`]/.test(value)) return 'the wildcard *';
  if (/(?:\|\||\?\?|:)\s*["'`]\*["'`]/.test(value)) return 'falls back to the wildcard *';
  // What the request names is sent back, and nothing in the file compares it with a list.
  const reflects = /headers\b.*origin/i.test(value);
  return reflects && !comparing.test(text) ? reflecting : null;
}

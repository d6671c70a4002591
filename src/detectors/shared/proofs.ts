import type { AuditModel } from '../../model/audit-model.ts';
import { type Component, hasTrait } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact, FunctionFact, ValueFact } from '../../model/facts/index.ts';
import type { PackageUse } from '../../model/wiring.ts';
import { type Before, nameOf } from './http.ts';
import { noteOf } from './scope.ts';

/** Words of functions that prove who is asking. They count only when something behind them can prove it. */
export const provingName =
  /(^|[._])(require|ensure|check|verify|validate|is|has|with|protect|assert|get|use)?_?(auth(?!or(?!i))|jwt|token|session|user|login|loggedin|current_?user|identity|bearer|api_?key|permission|role|acl|protect|private|guard|secure|admin|signed_?in|member|owner)|guard$|(protected|authed|private|admin)Procedure/i;

interface Proof {
  file: string;
  fn: FunctionFact;
  body: string;
  /** Calls within the function. */
  calls: CallFact[];
}

/** A function of ours that stands before the route and is named for it. */
function proofOf(model: AuditModel, { file, value, handler }: Before): Proof | null {
  const target = handler || !provingName.test(nameOf(value)) ? null : model.wiring.functionOf(file, value);
  if (!target) return null;
  const { start, end } = target.fn;
  const calls = model.wiring.code(target.file)?.calls ?? [];
  return {
    ...target,
    body: model.view.text(target.file).slice(start, end),
    calls: calls.filter((call) => call.start >= start && call.end <= end),
  };
}

/** One that sends what the caller showed on to another service: `fetch(url, { headers: { authorization } })`. */
export function asksAnother(model: AuditModel, before: Before): boolean {
  const proof = proofOf(model, before);
  if (!proof) return false;
  return (
    proof.calls.some(({ callee }) => /^(\$?fetch|ofetch)$/.test(callee)) && /authorization|cookie/i.test(proof.body)
  );
}

/** One that compares what the caller showed with a secret of the environment: one key that all who may enter hold. */
export function comparesKey(model: AuditModel, before: Before): boolean {
  const proof = proofOf(model, before);
  if (!proof) return false;
  return (
    /\bauthorization\b|\bx-[\w-]*(key|token|secret)\b|\bapi-?key\b/i.test(proof.body) &&
    /[!=]=|timingSafeEqual|\bcompare\(/.test(proof.body) &&
    /\benv\b(?:\.|\[['"])\w*(SECRET|KEY|TOKEN|PASSWORD)/.test(model.view.text(proof.file))
  );
}

/** One that looks up, by a function of ours, whose token was shown, and turns away who has none. */
export function looksUpToken(model: AuditModel, before: Before): boolean {
  const proof = proofOf(model, before);
  if (!proof || !turnsAway.test(proof.body)) return false;
  // What the header is kept under may be what is looked up.
  const kept = [
    ...proof.body.matchAll(new RegExp(`(?:const|let|var)\\s+\\{?\\s*(\\w+)[^;\\n]*${shownToken.source}`, 'gi')),
  ].map((one) => one[1]!);
  return proof.calls.some(({ callee, origin, start, end }) => {
    if (!lookUp.test(callee.split('.').at(-1)!)) return false;
    const asked = model.view.text(proof.file).slice(start, end);
    const shown = shownToken.test(asked) || kept.some((name) => new RegExp(`[(,]\\s*${name}\\b`).test(asked));
    return shown && model.wiring.functionOf(proof.file, { kind: 'ref', path: callee, origin }) !== null;
  });
}
const shownToken =
  /headers?(?:\.|\[['"]|\(['"])(?:authorization|x-[\w-]*(?:key|token))|\b(?:req|request)\.(?:token|cookies\.\w+)/i;
const lookUp = /find|look_?up|get|fetch|load|verify|validate|check|resolve/i;
const turnsAway = /\b40[13]\b|un-?authori[sz]ed|forbidden|not_?authenticated/i;

/** One that turns away whom another, which stands before it, did not find: `if (!ctx.state.user) ctx.throw(401)`. */
export function asksFound(
  model: AuditModel,
  one: Before,
  before: readonly Before[],
  finds: (use: Before['behind'][number]) => boolean,
): boolean {
  const body = proofOf(model, one)?.body ?? '';
  const asked = /\b(state|locals|req|request|res|ctx)\.(user|account|session|currentUser|auth)\b(?!\s*=[^=])/.exec(
    body,
  );
  if (!asked || !turnsAway.test(body)) return false;
  const found = new RegExp(`\\b${asked[1]}\\.${asked[2]}\\s*=[^=]`);
  return before.some(
    (other) =>
      !other.handler &&
      other.value !== one.value &&
      other.behind.some(finds) &&
      found.test(bodyOf(model, other.file, other.value)),
  );
}

function bodyOf(model: AuditModel, file: string, value: ValueFact): string {
  const target = model.wiring.functionOf(file, value);
  return target ? model.view.text(target.file).slice(target.fn.start, target.fn.end) : '';
}

/** Adonis hands each request a guard that its middleware, or the handler, asks: `auth.authenticateUsing(guards)`, `auth.use(guard).check()`. */
export function asksGuard(model: AuditModel, component: Component, { file, value, handler }: Before): boolean {
  if (!component.frameworks.includes('adonis') || !(handler || provingName.test(nameOf(value)))) return false;
  const target = model.wiring.functionOf(file, value);
  const asked = handler ? bodyOf(model, file, value) : target ? model.view.text(target.file) : '';
  return (
    /\bauth(?:\.use\([^()]*\))?\.(?:authenticate\w*|getUserOrFail)\(/.test(asked) ||
    (/\bthrow\b|redirect|unauthori[sz]ed|40[13]/i.test(asked) && /\bauth(?:\.use\([^()]*\))?\.check\(/.test(asked))
  );
}

/** The method that Moleculer's gateway asks before an action: it looks up whose token was sent, and refuses. */
export function asksGateway(model: AuditModel, component: Component, { file, value, handler }: Before): boolean {
  if (handler || !component.frameworks.includes('moleculer') || !/^auth(orize|enticate)$/.test(nameOf(value)))
    return false;
  const body = bodyOf(model, file, value);
  return /\b(?:verify|call)\s*\(/.test(body) && turnsAway.test(body);
}

/** Pages whose server keeps no data of its own, and sends the visitor's token along to an API: who it is of is asked there. */
export const handsTokenOn = (model: AuditModel, component: Component): Evidence[] =>
  component.kind !== 'web' || hasTrait(component, 'state')
    ? []
    : model.wiring.of(component).reached.flatMap((file) => {
        const text = model.view.text(file);
        const at = text.includes('Bearer ${') ? text.search(/\bauthorization\b['"\]]*\s*[:=,]\s*`Bearer \$\{/i) : -1;
        return at === -1 ? [] : [noteOf({ file, line: text.slice(0, at).split('\n').length }, 'hands the token on')];
      });

/** Reads what a token says, and asks for no signature. */
export const readsOnly = ({ package: name, member }: PackageUse): boolean =>
  (/^(jsonwebtoken|@nestjs\/jwt)$/.test(name) && /(^|\.)decode$/.test(member)) ||
  (name === 'jose' && /^decode(Jwt|ProtectedHeader)$/.test(member));

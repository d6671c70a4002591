import type { IacFact } from '../model/facts/index.ts';
import { entriesOf } from '../model/iac-text.ts';
import { dirOf, joinPath } from '../model/paths.ts';
import { type Scope, substitute } from './iac-substitute.ts';

/** A resource of a stack as it is made: those of a module once for each call of it, with what the call gives put in. */
export interface Resource {
  type: string;
  name: string;
  line: number;
  text: string;
  file: string;
  /** What it may be known by, most telling first: its `azd-service-name`, its name, those of the module calls around it. */
  names: string[];
  /** Which making of its module it belongs to: references hold within one. */
  making: number;
}

/** What is called by one path: the Terraform files of one folder, or a file of any other tool. */
interface Unit {
  path: string;
  facts: IacFact[];
}
type Written = IacFact['resources'][number];

const maxDepth = 6;
const maxResources = 2_000;
/** Names that say what kind of thing a resource is, or nothing. */
const generic =
  /^(?:this|main|default|apps?|sites?|service|resource|instance|container|containerApp|functions?|appService|server)$/i;

export const unitPath = ({ tool, path }: IacFact): string => (tool === 'terraform' ? dirOf(path) : path);

/** The path that a module call leads to in this tree; null for registries and other repositories. */
export function calledUnit(fact: IacFact, { type }: Written): string | null {
  const source = /^module:(.+)$/.exec(type)?.[1];
  if (!source) return null;
  const local = fact.tool === 'bicep' ? /^[\w./-]+\.bicep$/.test(source) : /^\.\.?(?:\/|$)/.test(source);
  return local ? joinPath(dirOf(fact.path), source) : null;
}

/** How often each unit of the tree is called. */
export function callsOf(facts: readonly IacFact[]): Map<string, number> {
  const calls = new Map<string, number>();
  for (const fact of facts)
    for (const resource of fact.resources) {
      const called = calledUnit(fact, resource);
      if (called !== null) calls.set(called, (calls.get(called) ?? 0) + 1);
    }
  return calls;
}

/**
 * The resources that `roots` make, with the files they come from. Every module call within the tree is followed; what a switch leaves
 * out is left out (ruling 15).
 */
export function instantiate(
  roots: readonly IacFact[],
  all: readonly IacFact[],
): { resources: Resource[]; files: Set<string> } {
  const units = new Map<string, Unit>();
  for (const fact of all) {
    const path = unitPath(fact);
    const unit = units.get(path) ?? { path, facts: [] };
    unit.facts.push(fact);
    units.set(path, unit);
  }
  const calls = callsOf(all);
  const made = { resources: [] as Resource[], files: new Set<string>() };
  let makings = 0;
  const follow = (unit: Unit, given: Scope, around: string[], depth: number): void => {
    const scope = scopeOf(unit, given);
    const making = makings++;
    const shared = (calls.get(unit.path) ?? 0) > 1;
    for (const fact of unit.facts) {
      made.files.add(fact.path);
      for (const written of fact.resources) {
        if (made.resources.length >= maxResources) return;
        const text = substitute(fact.tool, written.text, scope);
        if (isLookedUp(written) || isOff(written, text)) continue;
        const called = units.get(calledUnit(fact, written) ?? '');
        // A name within a module that is called more than once tells none of its callers apart.
        const own = shared ? [] : [written.name];
        if (called && depth < maxDepth) follow(called, argumentsOf(fact, text), [...own, ...around], depth + 1);
        else made.resources.push({ ...written, text, file: fact.path, names: namesOf(text, own, around), making });
      }
    }
  };
  const paths = new Set(roots.map(unitPath));
  for (const path of paths) follow(units.get(path)!, new Map(), [], 0);
  return made;
}

const isLookedUp = ({ type }: Written): boolean => /^(?:data\.|existing:)/.test(type);

/** The switch as the call sets it goes before the default that the module gives it. */
function isOff({ condition }: Written, text: string): boolean {
  const count = /^\s*count\s*=\s*(\S.*)$/m.exec(text);
  if (count && reduced(count[1]!) === '0') return true;
  const asked = /^[^\n]*=\s*if\s*\(\s*(!?)(true|false)\s*\)/.exec(text);
  if (asked) return (asked[2] === 'true') === (asked[1] === '!');
  return condition === 'false';
}

/** A choice between literals as what it comes to: `true == true ? (false ? 1 : 0) : 0` is `0`. */
function reduced(written: string): string {
  let text = written.trim();
  for (let i = 0; i < 12; i++) {
    const next = text
      .replace(/!\s*(true|false)\b/g, (_, value: string) => String(value === 'false'))
      .replace(/\b(true|false)\s*(==|!=)\s*(true|false)\b/g, (_, a: string, sign: string, b: string) =>
        String((a === b) === (sign === '==')),
      )
      .replace(/\b(true|false)\s*&&\s*(true|false)\b/g, (_, a: string, b: string) =>
        String(a === 'true' && b === 'true'),
      )
      .replace(/\b(true|false)\s*\|\|\s*(true|false)\b/g, (_, a: string, b: string) =>
        String(a === 'true' || b === 'true'),
      )
      .replace(/\b(true|false)\s*\?\s*(\d+)\s*:\s*(\d+)\b/g, (_, asked: string, yes: string, no: string) =>
        asked === 'true' ? yes : no,
      )
      .replace(/\(\s*(\w+)\s*\)/g, '$1');
    if (next === text) break;
    text = next;
  }
  return text;
}

/** Defaults, then what the call gives, then local values that follow from them. */
function scopeOf({ facts }: Unit, given: Scope): Scope {
  const scope: Map<string, string> = new Map();
  const tool = facts[0]!.tool;
  const values = facts.flatMap(({ values: list }) => list ?? []);
  const key = (name: string, local: boolean): string =>
    tool === 'bicep' ? name : `${local ? 'local' : 'var'}.${name}`;
  for (const { name, kind, text } of values) {
    if (kind !== 'parameter') continue;
    const value = given.get(name) ?? values.find((one) => one.kind === 'given' && one.name === name)?.text ?? text;
    if (value !== null) scope.set(key(name, false), given.has(name) ? value : substitute(tool, value, scope));
  }
  for (const { name, kind, text } of values)
    if (kind === 'local' && text !== null) scope.set(key(name, true), substitute(tool, text, scope));
  return scope;
}

function argumentsOf(fact: IacFact, text: string): Scope {
  const block = fact.tool === 'bicep' ? /\bparams\s*:\s*\{/.exec(text) : /\{/.exec(text);
  return block ? entriesOf(text, block.index + block[0].length - 1) : new Map();
}

function namesOf(text: string, own: string[], around: string[]): string[] {
  const tag = /['"]?azd-service-name['"]?\s*[:=]\s*['"]([\w-]+)['"]/.exec(text)?.[1];
  const literal = /^\s*(?:name|function_name|service_name)\s*[:=]\s*["']([\w-]+)["']/m.exec(text)?.[1];
  const known = [...own, ...around];
  return [
    ...new Set([
      ...(tag ? [tag] : []),
      ...known.filter((name) => !generic.test(name)),
      ...(literal ? [literal] : []),
      ...known,
    ]),
  ];
}

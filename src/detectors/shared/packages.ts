import { z } from 'zod';
import type { Origin, ValueFact } from '../../model/facts/index.ts';
import type { CapabilityPackage, Knowledge } from '../../model/knowledge.ts';
import { memo } from '../../model/memo.ts';

/** How leaves name packages: by name, or by what they are good for. */
export const packageOptions = {
  /** Package names; a trailing `*` matches a scope or a prefix. */
  packages: z.array(z.string().min(1)).min(1).optional(),
  /** A capability of `rules/knowledge`, or several. */
  capability: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
  /** Only the capability's packages that carry each of these tags. */
  tags: z.array(z.string()).optional(),
};
export interface PackageOptions {
  packages?: string[] | undefined;
  capability?: string | string[] | undefined;
  tags?: string[] | undefined;
}

export const namesPackages = (options: PackageOptions): { path: string[]; message: string }[] =>
  options.packages || options.capability ? [] : [{ path: [], message: 'name "packages" or a "capability"' }];

const asked = new WeakMap<Knowledge, Map<string, CapabilityPackage[]>>();

/** The packages asked for, each with the members that put it to work. The same list for the same question. */
export function wantedPackages(knowledge: Knowledge, options: PackageOptions): CapabilityPackage[] {
  const { packages = [], capability = [], tags = [] } = options;
  const known = memo(asked, knowledge, () => new Map<string, CapabilityPackage[]>());
  return memo(known, JSON.stringify([packages, capability, tags]), () => {
    const named = packages.map((name) => ({ package: name, members: [], sideEffect: false, tags: [] }));
    const capable = [capability].flat().flatMap((name) => knowledge.capabilities.get(name) ?? []);
    return [...named, ...capable.filter((wanted) => tags.every((tag) => wanted.tags.includes(tag)))];
  });
}

/** In words, for what was searched: `a rate-limiter (express-rate-limit, …)`. */
export function describePackages(options: PackageOptions, wanted: readonly CapabilityPackage[]): string {
  const names = [...new Set(wanted.map((one) => one.package))];
  const few = names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
  const what = [options.capability ?? []].flat().join(' or ');
  return what ? `${what}${options.tags?.length ? ` for ${options.tags.join(', ')}` : ''} (${few})` : few;
}

/** `express/lib/router` is of `express`; `@sentry/*` takes every package of the scope. */
export function matchesPackage(specifier: string, name: string): boolean {
  if (name.endsWith('*')) return specifier.startsWith(name.slice(0, -1));
  return specifier.startsWith(name) && (specifier.length === name.length || specifier[name.length] === '/');
}

const matches = new WeakMap<readonly CapabilityPackage[], Map<string, CapabilityPackage[]>>();

/** Those of the wanted packages that a specifier leads to. Lists are long and specifiers repeat, so each is looked up once. */
export function wantedOf(specifier: string, wanted: readonly CapabilityPackage[]): readonly CapabilityPackage[] {
  const known = memo(matches, wanted, () => new Map<string, CapabilityPackage[]>());
  return memo(known, specifier, () => wanted.filter((one) => matchesPackage(specifier, one.package)));
}

/** The package at the root of an origin and the member reached last; `made` when it is a member of something the package made. */
export function packageOf(origin: Origin | null): { package: string; member: string; made: boolean } | null {
  if (!origin) return null;
  if (origin.from === 'package') return { package: origin.package, member: origin.member, made: false };
  if (origin.from !== 'result') return null;
  const root = packageOf(origin.of);
  return root && { package: root.package, member: origin.member, made: true };
}

/** True when the member reached is one of those that put a package to work; an empty list takes any. */
export function matchesMember(member: string, members: readonly string[]): boolean {
  const last = member.slice(member.lastIndexOf('.') + 1);
  return members.length === 0 || members.includes(member) || members.includes(last);
}

export function matchesOrigin(
  origin: Origin | null,
  wanted: readonly CapabilityPackage[],
  members?: readonly string[],
): boolean {
  const found = packageOf(origin);
  if (!found) return false;
  return wantedOf(found.package, wanted).some((one) => matchesMember(found.member, members ?? one.members));
}

/** Every value inside a value, itself first. Bounded by the bounds of ValueFact. */
export function* within(value: ValueFact): Generator<ValueFact> {
  yield value;
  if (value.kind === 'object') for (const inner of Object.values(value.props)) yield* within(inner);
  else if (value.kind === 'array') for (const inner of value.items) yield* within(inner);
  else if (value.kind === 'choice') for (const inner of value.of) yield* within(inner);
  else if (value.kind === 'call') for (const inner of value.args) yield* within(inner);
  else if (value.kind === 'env' && value.fallback) yield* within(value.fallback);
}

type Found = NonNullable<ReturnType<typeof packageOf>>;
const mentions = new WeakMap<ValueFact, readonly Found[]>();
const nothing: readonly Found[] = [];

/** What packages the values inside a value come from. Values are the facts' own objects, and are asked about by every rule. */
export function packagesIn(value: ValueFact): readonly Found[] {
  if (!holdsOthers.has(value.kind)) return nothing;
  return memo(mentions, value, () => {
    const found = [...within(value)].flatMap((inner) =>
      inner.kind === 'ref' || inner.kind === 'call' ? (packageOf(inner.origin) ?? []) : [],
    );
    return found.length > 0 ? found : nothing;
  });
}
const holdsOthers = new Set<ValueFact['kind']>(['ref', 'call', 'object', 'array', 'choice', 'env']);

/** True when something inside the value comes from one of the packages: `app.register(helmet)`, `useClass: ThrottlerGuard`. */
export function mentionsPackage(
  value: ValueFact,
  wanted: readonly CapabilityPackage[],
  members?: readonly string[],
): boolean {
  return packagesIn(value).some((found) =>
    wantedOf(found.package, wanted).some((one) => matchesMember(found.member, members ?? one.members)),
  );
}

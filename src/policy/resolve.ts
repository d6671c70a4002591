import { UserError } from '../model/errors.ts';
import { byCodeUnit, joinPath } from '../model/paths.ts';
import type { GateConditions, RuleOverride } from '../model/policy.ts';
import type { Level } from '../model/status.ts';
import { checkNames, type KnownNames } from './config-names.ts';
import type { ConfigInput } from './config-schema.ts';
import type { Layer, PackageReader } from './layers.ts';
import { type Merged, mergeLayers } from './merge.ts';
import type { Problem } from './settings-file.ts';
import { didYouMean } from './suggest.ts';

/** An accepted risk as the config states it. */
export interface Acceptance {
  rule: string;
  component: string | null;
  reason: string;
  owner: string;
  /** ISO date: the last day on which it counts. */
  expires: string;
  /** `file:line`. */
  from: string;
}

export interface ComponentPolicy {
  level: Level | null;
  owners: string[] | null;
  from: string;
}

/** Every setting with its default, as one run uses it. */
export interface ResolvedConfig {
  /** Config and presets read, lowest first; empty where there is no config. */
  files: string[];
  scoringVersion: number | null;
  ignore: string[];
  gate: GateConditions;
  advisory: boolean;
  overrides: RuleOverride[];
  /** By component path. */
  components: Record<string, ComponentPolicy>;
  acceptances: Acceptance[];
  /** Paths relative to the root. */
  baseline: string;
  history: string | null;
  owners: string | null;
  /** The merged settings with where each came from, for `config --print` and for messages. */
  merged: Merged;
}

/** A setting given on the command line: it wins over every file. */
export interface Flag {
  /** As typed, `--min-score`. */
  name: string;
  path: readonly string[];
  value: unknown;
}

export interface ConfigOptions {
  known: KnownNames;
  readPackage?: PackageReader;
  /** Config file in place of the usual names. */
  file?: string;
  flags?: readonly Flag[];
}

const defaults: Layer = {
  name: 'default',
  value: {
    tiers: { critical: 'scale', standard: 'production', internal: 'demo' },
    baseline: '.readiness/baseline.yaml',
  },
  from: () => 'default',
  lineOf: () => 1,
};

/**
 * Makes one of what layers say, the command line winning over all of them.
 * @throws UserError with every problem at once, one `file:line: message` a line.
 */
export function resolveConfig(
  { layers, problems }: { layers: readonly Layer[]; problems: Problem[] },
  options: Pick<ConfigOptions, 'known' | 'flags'>,
): ResolvedConfig {
  const flags = (options.flags ?? []).map(flagLayer);
  for (const layer of [...layers, ...flags]) problems.push(...checkNames(layer, options.known));
  const merged = mergeLayers([defaults, ...layers, ...flags]);
  const resolved = { files: layers.map((layer) => layer.name), ...resolve(merged, problems) };
  if (problems.length > 0) throw new UserError(listProblems(problems));
  return resolved;
}

/** Problems in the order of file and line, each on a line of its own. */
export function listProblems(problems: readonly Problem[]): string {
  const sorted = [...problems].sort((a, b) => byCodeUnit(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0));
  const told = sorted.map(({ file, line, message }) => `${file}${line === null ? '' : `:${line}`}: ${message}`);
  return [...new Set(told.map(printable))].join('\n');
}

/** What a file says is shown, and never obeyed by the terminal or the CI's log that shows it. */
const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);

function flagLayer(flag: Flag): Layer {
  const value = flag.path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), flag.value);
  return { name: flag.name, value: value as ConfigInput, from: () => flag.name, lineOf: () => null };
}

function resolve(merged: Merged, problems: Problem[]): Omit<ResolvedConfig, 'files'> {
  const { value } = merged;
  const gate = value.gate ?? {};
  const components: Record<string, ComponentPolicy> = {};
  const overrides = overridesOf(merged, ['rules'], null);
  for (const [path, setting] of Object.entries(value.components ?? {})) {
    const level = setting.level ?? levelOfTier(merged, path, setting.tier ?? null, problems);
    components[path] = { level, owners: setting.owners ?? null, from: merged.from(['components', path]) };
    overrides.push(...overridesOf(merged, ['components', path, 'rules'], path));
  }
  const levelled = Object.entries(components).flatMap(([path, { level }]) => (level ? [[path, level] as const] : []));
  return {
    scoringVersion: value.scoringVersion ?? null,
    ignore: value.ignore ?? [],
    gate: {
      minScore: gate.minScore ?? undefined,
      minLevel: gate.minLevel ?? undefined,
      minCategory: floors(gate.minCategory),
      minComponent: floors(gate.minComponent),
      componentLevel: Object.fromEntries(levelled),
      failOn: gate.failOn ?? undefined,
      noNewGaps: gate.noNewGaps ?? false,
      minCoverage: gate.minCoverage ?? undefined,
    },
    advisory: gate.advisory ?? false,
    overrides,
    components,
    acceptances: (value.accepted ?? []).map((a, i) => ({
      ...a,
      component: a.component === undefined ? null : (joinPath(a.component) ?? a.component),
      from: merged.from(['accepted', i]),
    })),
    baseline: joinPath(value.baseline!)!,
    history: value.history ? joinPath(value.history) : null,
    owners: value.owners ? joinPath(value.owners) : null,
    merged,
  };
}

const floors = (given: Record<string, number | null> | undefined): Record<string, number> =>
  Object.fromEntries(Object.entries(given ?? {}).filter((entry): entry is [string, number] => entry[1] !== null));

function overridesOf(merged: Merged, at: string[], component: string | null): RuleOverride[] {
  const settings = component === null ? merged.value.rules : merged.value.components?.[component]?.rules;
  return Object.entries(settings ?? {}).flatMap(([rule, setting]) =>
    setting === null ? [] : [{ rule, component, ...setting, from: merged.from([...at, rule]) }],
  );
}

function levelOfTier(merged: Merged, component: string, tier: string | null, problems: Problem[]): Level | null {
  if (tier === null) return null;
  const tiers = merged.value.tiers ?? {};
  const level = Object.hasOwn(tiers, tier) ? tiers[tier] : null;
  if (level) return level;
  const from = merged.from(['components', component, 'tier']);
  const [file = from, line = '1'] = from.split(/:(?=\d+$)/);
  const known = Object.keys(tiers);
  const message = `unknown tier ${tier}${didYouMean(tier, known)}; known are ${known.join(', ')}`;
  problems.push({ file, line: Number(line), message });
  return null;
}

import type { DeployedService } from '../model/deployment.ts';
import { valueFrom } from '../model/iac-text.ts';
import type { ValueAt } from '../model/value-at.ts';
import type { Resource } from './iac-modules.ts';

type Settings = Pick<DeployedService, 'healthProbe' | 'memoryLimit' | 'replicas' | 'autoscaled' | 'allowedOrigins'>;

/** Probes, sizes, counts and origins that the block itself states, or a part that it refers to (its task definition, the target group before it). */
export function settingsOf(resource: Resource, parts: readonly Resource[]): Settings {
  const all = [resource, ...parts].map(statedBy);
  const first = <K extends keyof Settings>(key: K): Settings[K] => all.map((one) => one[key]).find(Boolean) ?? null!;
  const origins = first('allowedOrigins');
  return {
    healthProbe: first('healthProbe') ?? null,
    memoryLimit: first('memoryLimit') ?? null,
    replicas: first('replicas') ?? null,
    autoscaled: first('autoscaled') ?? null,
    ...(origins ? { allowedOrigins: origins } : {}),
  };
}

const probe =
  /\b(health_?[cC]heck(?:_?[pP]ath|_?[cC]onfiguration)?|readiness_?[pP]robe|liveness_?[pP]robe|startup_?[pP]robe|probes)["']?\s*(?:[:=]\s*|(?=\{))/;
const count =
  /\b(?:desired_?[cC]ount|DesiredCount|instance_count|replicas|number_?[oO]f_?[wW]orkers|worker_count|instances)["']?\s*[:=]\s*(\d+)/;
const least =
  /\b((?:container)?[mM]in_?(?:Replicas|replicas|instance_count|_instance_count|_scale|[sS]cale|Capacity|instances|Instances)["']?\s*[:=]\s*["']?\d+)/;
const most =
  /\b((?:container)?[mM]ax_?(?:Replicas|replicas|instance_count|_instance_count|_scale|[sS]cale|Capacity|instances|Instances)["']?\s*[:=]\s*["']?(\d+))/;
const scales = /\b(autoscale\w*|autoScal\w*|auto_scaling\w*)/;
const memory = /\b(?:container)?[mM]emory(?:_?[lL]imit\w*|_?[rR]eservation|_in_mb)?["']?\s*[:=]\s*["']?([\d.]+\w*)/;
const origins = /\b(?:allowedOrigins|allowed_origins|allowOrigins|allow_origins|AllowOrigins)["']?\s*[:=]\s*/;

function statedBy(resource: Resource): Settings {
  const at = (match: RegExpExecArray, value: string): ValueAt<string> => ({
    value,
    file: resource.file,
    line: resource.line + resource.text.slice(0, match.index).split('\n').length - 1,
  });
  const find = (pattern: RegExp): ValueAt<string> | null => {
    const match = pattern.exec(resource.text);
    return match ? at(match, match[1] ?? match[0]) : null;
  };
  const replicas = find(count);
  const ceiling = most.exec(resource.text);
  const single = ceiling !== null && Number(ceiling[2]) <= 1;
  const checked = probe.exec(resource.text);
  const checks = checked && isSet(valueFrom(resource.text, checked.index + checked[0].length).text);
  const named = origins.exec(resource.text);
  const listed = named ? listOf(valueFrom(resource.text, named.index + named[0].length).text) : null;
  return {
    healthProbe: checked && checks ? at(checked, checked[1]!) : null,
    memoryLimit: find(memory),
    replicas: replicas ? { ...replicas, value: Number(replicas.value) } : null,
    autoscaled: single ? null : (find(least) ?? find(most) ?? find(scales)),
    ...(named && listed ? { allowedOrigins: at(named, listed) } : {}),
  };
}

const isSet = (value: string): boolean => !/^(?:''|""|null|\[\s*\]|\{\s*\}|false|)$/.test(value);

/** The list as written; null where it names no origin but the portal's own, or only hands on what nobody gives. */
function listOf(value: string): string | null {
  const rest = value
    .replace(/['"]https:\/\/(?:ms\.)?portal\.azure\.com['"]/g, '')
    .replace(/\b(?:union|concat|flatten|split|tolist|toset|distinct|compact)\b/g, '');
  return /['"]\S|\.outputs\.|\.outputs?\b|\w\.\w|[a-z]\w*\[/.test(rest) && !/^\s*(?:var|local)\.\w+\s*$/.test(rest)
    ? value.slice(0, 200)
    : null;
}

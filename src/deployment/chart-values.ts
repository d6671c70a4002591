import { asNumber, asRecord, asText, dig } from '../model/data.ts';
import type { DeployedService, Environment } from '../model/deployment.ts';
import type { HelmChartFact } from '../model/facts/index.ts';
import { joinPath } from '../model/paths.ts';
import type { ValueAt } from '../model/value-at.ts';
import type { Context } from './context.ts';
import type { Matcher } from './match.ts';
import { bareService } from './service.ts';

type Dependency = NonNullable<HelmChartFact['dependencies']>[number];

/**
 * A program that a chart kept elsewhere runs: what it is given says which image, and the keys that such charts share say how.
 * Null where nothing names an image, or the chart's own templates are here to be read.
 */
export function servedByChart(
  context: Context,
  matcher: Matcher,
  chart: HelmChartFact,
  { name, line }: Dependency,
): DeployedService | null {
  const given = asRecord(chart.values[name]);
  const image = asText(dig(given, 'image', 'repository')) ?? asText(given.image);
  const isHere = context.facts.helm.some(({ dir }) => dir === joinPath(chart.dir, `charts/${name}`));
  if (!image || isHere) return null;
  const values = valuesFile(context, chart);
  const at = (path: string) => ({ file: values, line: chart.lines[`${name}.${path}`] ?? chart.lines[name] ?? 1 });
  const text = (path: string): ValueAt<string> | null => {
    const value = dig(given, ...path.split('.'));
    return typeof value === 'string' || typeof value === 'number' ? { value: String(value), ...at(path) } : null;
  };
  const replicas = ['replicaCount', 'replicas'].find((key) => asNumber(given[key]) !== null);
  const probe = ['readinessProbe', 'livenessProbe', 'startupProbe'].find(
    (key) => Object.keys(asRecord(given[key])).length > 0,
  );
  const scaled = ['autoscaling', 'hpa'].find((key) => dig(given, key, 'enabled') === true);
  const port =
    asNumber(dig(given, 'image', 'port')) ?? asNumber(dig(given, 'service', 'port')) ?? asNumber(given.containerPort);
  const own = asText(given.nameOverride) ?? asText(given.fullnameOverride) ?? chart.name;
  const match = matcher.match({
    names: [own, chart.name],
    image,
    context: null,
    dockerfile: null,
    target: null,
    args: [],
  });
  return bareService(
    own,
    { file: `${chart.dir}/Chart.yaml`, line, note: `chart ${name} runs ${match.component ?? image}` },
    {
      component: match.component,
      alsoRuns: match.alsoRuns,
      role: match.component === null ? 'other' : 'component',
      image,
      dockerfile: match.dockerfile,
      ports: port === null ? [] : [{ host: null, container: port }],
      exposed: isOn(given.ingress),
      healthProbe: probe
        ? { value: `${probe} ${asText(dig(given, probe, 'httpGet', 'path')) ?? ''}`.trim(), ...at(probe) }
        : null,
      restart: { value: 'Always', ...at('image') },
      memoryLimit: text('resources.limits.memory') ?? text('memory.limit'),
      replicas: replicas ? { value: asNumber(given[replicas])!, ...at(replicas) } : null,
      autoscaled: scaled ? { value: scaled, ...at(scaled) } : null,
      env: Object.keys(asRecord(given.env)).map((variable) => ({
        name: variable,
        value: asText(dig(given, 'env', variable)),
        ...at(`env.${variable}`),
      })),
    },
  );
}

/** The way in that such a chart is told to make, and TLS where it is given a certificate. */
export function letIn(context: Context, environment: Environment, chart: HelmChartFact, name: string): void {
  const ingress = asRecord(asRecord(chart.values[name]).ingress);
  const service = environment.services.find(({ evidence }) => evidence.note.startsWith(`chart ${name} runs `));
  if (!isOn(ingress) || !service) return;
  const key = ['tlsSecretName', 'tls', 'certificate'].find(
    (one) => ingress[one] !== undefined && ingress[one] !== false && JSON.stringify(ingress[one]) !== '[]',
  );
  const evidence = (path: string, note: string) => ({
    file: valuesFile(context, chart),
    line: chart.lines[`${name}.ingress.${path}`] ?? chart.lines[`${name}.ingress`] ?? 1,
    note,
  });
  if (key) environment.tls.push(evidence(key, `the ingress of ${service.name} ends TLS`));
  environment.routes.push({
    match: '/',
    service: service.name,
    component: service.component,
    tls: key !== undefined,
    evidence: evidence('enabled', `an ingress routes to ${service.name}`),
  });
}

const isOn = (ingress: unknown): boolean =>
  asRecord(ingress).enabled === true || asText(asRecord(ingress).host) !== null;

const valuesFile = ({ view }: Context, { dir }: HelmChartFact): string =>
  ['values.yaml', 'values.yml'].map((name) => joinPath(dir, name)!).find((file) => view.has(file)) ??
  `${dir}/Chart.yaml`;

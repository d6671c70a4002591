import { asList, asRecord, asText, type Data, isRecord } from '../model/data.ts';
import type { Analyzer, HelmChartFact, KubernetesFact } from '../model/facts/index.ts';
import { deepestHolding, dirOf, isWithin } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import helm from './helm.ts';
import { isOpenShiftTemplate, templateObjects } from './shared/openshift.ts';
import { definesOf, type RenderContext, render } from './shared/render.ts';
import { isYamlPath, type Located, readYaml, yamlOf } from './shared/yaml.ts';

/** What has an apiVersion and a kind and is no object of a cluster. */
const notAnObject =
  /^(?:skaffold|kustomize\.config\.k8s\.io|helm\.sh|ctlptl|k3d\.io|kind\.x-k8s\.io|backstage\.io|audit\.k8s\.io|client\.authentication)/;

const analyzer: Analyzer<'kubernetes'> = {
  gives: 'kubernetes',
  sees: "every YAML document with apiVersion and kind; chart templates rendered with the chart's own values, OpenShift templates with the defaults of their parameters.",
  blindTo: 'objects made by operators or by code, and what values outside the repository switch on.',
  analyze(view, fail) {
    const facts: KubernetesFact[] = [];
    const charts = helm.analyze(view, () => {});
    const dirs = charts.map(({ dir }) => dir);
    for (const path of view.list()) {
      if (!isYamlPath(path) && !filledInLater.test(path)) continue;
      const text = view.text(path);
      if (!/^\s*(?:- )?apiVersion:/m.test(text) || !/^\s*kind:/m.test(text)) continue;
      const holder = deepestHolding(path, dirs);
      const chart = charts.find(({ dir }) => dir === holder) ?? null;
      if (chart && isWithin(path, chart.dir === '.' ? 'templates' : `${chart.dir}/templates`)) {
        facts.push(...documentsOf(path, renderedDocuments(text, chartContext(view, chart)), chart, true));
      } else if (/\{\{|\{%/.test(text) && !isOpenShiftTemplate(text)) {
        const plain = text.replace(/^.*\{%.*%\}.*$/gm, '');
        facts.push(...documentsOf(path, renderedDocuments(plain, emptyContext), null, true));
      } else {
        const { documents, problems } = yamlOf(view, path);
        facts.push(...documentsOf(path, documents, null, false));
        if (problems[0]) fail({ file: path, ...problems[0] });
      }
    }
    return facts;
  },
};
export default analyzer;

/** Manifests that a pipeline puts values into before it applies them: `deployment.tmpl`, `web.yaml.template`. */
const filledInLater = /\.tmpl$|\.ya?ml\.(?:tpl|template|j2|envsubst)$/i;

const emptyContext: RenderContext = { root: {}, defines: new Map() };
const contexts = new WeakMap<HelmChartFact, RenderContext>();

function chartContext(view: RepoView, chart: HelmChartFact): RenderContext {
  let context = contexts.get(chart);
  if (!context) {
    const helpers = chart.templates.filter((file) => file.endsWith('.tpl')).map((file) => view.text(file));
    context = {
      defines: definesOf(helpers),
      root: {
        Values: chart.values,
        Chart: { Name: chart.name, Version: '0.0.0', AppVersion: '0.0.0' },
        Release: { Name: chart.name, Namespace: 'default', Service: 'Helm', IsInstall: true, Revision: 1 },
      },
    };
    contexts.set(chart, context);
  }
  return context;
}

/** Renders a template and reads what comes out, with lines of the template. */
function renderedDocuments(text: string, context: RenderContext): Located[] {
  const rendered = render(text, context);
  const sourceLine = (line: number): number => rendered.lines[line - 1] ?? line;
  return readYaml(rendered.text).documents.map(({ data, lines, line }) => ({
    data,
    line: sourceLine(line),
    lines: Object.fromEntries(Object.entries(lines).map(([path, at]) => [path, sourceLine(at)])),
  }));
}

function documentsOf(
  path: string,
  documents: Located[],
  chart: HelmChartFact | null,
  templated: boolean,
): KubernetesFact[] {
  return documents.flatMap((document) => {
    const data = document.data;
    if (!isRecord(data)) return [];
    if (data.kind === 'List') {
      return asList(data.items).flatMap((item, i) =>
        isRecord(item) ? factOf(path, item, under(document.lines, `items.${i}`), chart, templated) : [],
      );
    }
    if (data.kind === 'Template' && Array.isArray(data.objects)) {
      return templateObjects(data).flatMap((object, i) =>
        factOf(path, object, under(document.lines, `objects.${i}`), chart, true),
      );
    }
    return factOf(path, data, document.lines, chart, templated);
  });
}

function under(lines: Record<string, number>, prefix: string): Record<string, number> {
  const below = Object.entries(lines).filter(([path]) => path.startsWith(`${prefix}.`));
  return Object.fromEntries(below.map(([path, line]) => [path.slice(prefix.length + 1), line]));
}

function factOf(
  path: string,
  doc: Data,
  lines: Record<string, number>,
  chart: HelmChartFact | null,
  templated: boolean,
): KubernetesFact[] {
  const apiVersion = asText(doc.apiVersion);
  const kind = asText(doc.kind);
  if (apiVersion === null || kind === null || notAnObject.test(apiVersion)) return [];
  // What kustomize builds from is a fact of its own; a controller of that name follows a repository.
  if (kind === 'Kustomization' && !apiVersion.includes('fluxcd.io')) return [];
  const metadata = asRecord(doc.metadata);
  return [
    {
      path,
      line: lines.kind ?? 1,
      apiVersion,
      kind,
      name: asText(metadata.name) ?? asText(metadata.generateName) ?? dirOf(path),
      namespace: asText(metadata.namespace),
      doc,
      lines,
      chart: chart?.dir ?? null,
      templated,
    },
  ];
}

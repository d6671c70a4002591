import { asList, asRecord, asText, type Data, dig } from '../model/data.ts';
import type { Analyzer, HelmChartFact } from '../model/facts/index.ts';
import { baseOf, byCodeUnit, dirOf, isWithin, joinPath } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import { type Located, yamlOf } from './shared/yaml.ts';

const analyzer: Analyzer<'helm'> = {
  gives: 'helm',
  sees: 'charts by Chart.yaml, with their default values, templates and the charts they ask for.',
  blindTo: 'values given on the command line or kept outside the repository, and packed charts.',
  analyze(view, fail) {
    const facts: HelmChartFact[] = [];
    for (const path of view.list()) {
      if (!/^Chart\.ya?ml$/.test(baseOf(path))) continue;
      const { documents, problems } = yamlOf(view, path);
      if (documents[0]) facts.push(readChart(view, path, documents[0]));
      else fail({ file: path, ...(problems[0] ?? { line: null, message: 'empty chart' }) });
    }
    return facts;
  },
};
export default analyzer;

function readChart(view: RepoView, path: string, chart: Located): HelmChartFact {
  const dir = dirOf(path);
  const valuesPath = ['values.yaml', 'values.yml'].map((name) => joinPath(dir, name)!).find((file) => view.has(file));
  const located = valuesPath ? yamlOf(view, valuesPath).documents[0] : undefined;
  const values = asRecord(located?.data);
  const folder = joinPath(dir, 'templates')!;
  return {
    dir,
    name: asText(asRecord(chart.data).name) ?? baseOf(dir),
    values,
    lines: located?.lines ?? {},
    templates: view
      .list()
      .filter((file) => isWithin(file, folder) && /\.(ya?ml|tpl)$/.test(file))
      .sort(byCodeUnit),
    dependencies: asList(asRecord(chart.data).dependencies).map((item, i) => {
      const dependency = asRecord(item);
      return {
        name: asText(dependency.alias) ?? asText(dependency.name) ?? '',
        repository: asText(dependency.repository),
        enabled: isOn(dependency, values),
        line: chart.lines[`dependencies.${i}`] ?? 1,
      };
    }),
  };
}

/** Helm takes the first path of the condition that the values name; without one the chart is on. */
function isOn(dependency: Data, values: Data): boolean {
  for (const path of (asText(dependency.condition) ?? '').split(',')) {
    const value = dig(values, ...path.trim().split('.'));
    if (typeof value === 'boolean') return value;
  }
  return true;
}

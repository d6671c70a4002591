import { asList, asRecord, asText } from '../model/data.ts';
import type { Analyzer, KustomizationFact } from '../model/facts/index.ts';
import { baseOf, dirOf, joinPath } from '../model/paths.ts';
import { type Located, yamlOf } from './shared/yaml.ts';

const analyzer: Analyzer<'kustomizations'> = {
  gives: 'kustomizations',
  sees: 'kustomization files: resources, bases, components, patches, image replacements, inflated charts.',
  blindTo: 'remote bases, and what generators and patches do to the objects.',
  analyze(view, fail) {
    const facts: KustomizationFact[] = [];
    for (const path of view.list()) {
      if (!/^kustomization(\.ya?ml)?$/i.test(baseOf(path))) continue;
      const { documents, problems } = yamlOf(view, path);
      if (documents[0]) facts.push(readKustomization(path, documents[0]));
      else if (problems[0]) fail({ file: path, ...problems[0] });
    }
    return facts;
  },
};
export default analyzer;

function readKustomization(path: string, { data, lines }: Located): KustomizationFact {
  const top = asRecord(data);
  const dir = dirOf(path);
  const resources: KustomizationFact['resources'] = [];
  const add = (value: unknown, at: string): void => {
    const written = asText(value);
    if (written === null || /^(?:https?:|git@|github\.com\/)|\?ref=/.test(written)) return;
    const file = joinPath(dir, written);
    if (file !== null) resources.push({ path: file, line: lines[at] ?? 1 });
  };
  for (const key of ['resources', 'bases', 'components', 'patchesStrategicMerge']) {
    asList(top[key]).forEach((item, i) => {
      add(item, `${key}.${i}`);
    });
  }
  for (const key of ['patches', 'patchesJson6902']) {
    asList(top[key]).forEach((item, i) => {
      add(asRecord(item).path, `${key}.${i}`);
    });
  }
  return {
    path,
    dir,
    resources,
    images: asList(top.images).map((item, i) => {
      const image = asRecord(item);
      const [name, newName, newTag] = [image.name, image.newName, image.newTag].map(asText) as (string | null)[];
      return { name: name ?? '', newName: newName ?? null, newTag: newTag ?? null, line: lines[`images.${i}`] ?? 1 };
    }),
    charts: asList(top.helmCharts).map((item, i) => ({
      name: asText(asRecord(item).name) ?? '',
      line: lines[`helmCharts.${i}`] ?? 1,
    })),
  };
}

import { parseAllDocuments } from 'yaml';
import { withYamlKey } from '../edit/yaml.ts';
import { renderDeep } from '../render.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** Keys for the container, or for the spec, of every Kubernetes workload that runs the component; those that are set stay. */
const eachWorkload: Operate<{ at: 'container' | 'spec'; keys: Record<string, unknown> }> = (
  { at, keys },
  { model, component, draft, parameters },
) => {
  const running = component ? model.deployment.servicesOf(component.path, ['kubernetes']) : [];
  let done = 0;
  for (const { service } of running) {
    const { file, line } = service.evidence;
    const documents = model.facts.kubernetes.filter(({ path, templated }) => path === file && !templated);
    const fact =
      documents.find((one) => /^(Deployment|StatefulSet)$/.test(one.kind) && one.name === service.name) ??
      documents.find((one) => one.line === line);
    if (!fact || !/^(Deployment|StatefulSet)$/.test(fact.kind)) continue;
    let text = draft.text(file);
    const index = parseAllDocuments(text).findIndex(
      (one) => one.getIn(['kind']) === fact.kind && one.getIn(['metadata', 'name']) === fact.name,
    );
    if (index === -1) continue;
    for (const [key, value] of Object.entries(keys)) {
      const path = [...(at === 'spec' ? ['spec'] : ['spec', 'template', 'spec', 'containers', 0]), ...key.split('.')];
      if (parseAllDocuments(text)[index]!.hasIn(path)) continue;
      text = withYamlKey(text, path, renderDeep(value, parameters), index);
      done++;
    }
    draft.edit(file, text);
  }
  if (done === 0) throw new Unfit('no Kubernetes workload of it lacks this');
};
export default eachWorkload;

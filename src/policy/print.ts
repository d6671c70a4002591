import { Document, isMap, isPair, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Merged } from './merge.ts';
import type { SettingsPath } from './settings-file.ts';

/** The merged settings as YAML; behind each value stands the place that set it. */
export function printSettings(merged: Merged): string {
  const document = new Document(merged.value);
  const annotate = (node: Node | null, path: SettingsPath) => {
    if (isScalar(node)) (node as Scalar).comment = ` ${merged.from(path)}`;
    else if (isMap(node)) {
      for (const pair of node.items)
        if (isPair(pair) && isScalar(pair.key)) annotate(pair.value as Node | null, [...path, String(pair.key.value)]);
    } else if (isSeq(node)) for (const [index, item] of node.items.entries()) annotate(item as Node, [...path, index]);
  };
  annotate(document.contents as Node | null, []);
  return document.toString({ lineWidth: 0 });
}

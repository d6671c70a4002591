import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Git joins what two branches add or remove, in place of asking: both files may be merged line by line. */
const attributes = 'baseline.yaml merge=union\nhistory.jsonl merge=union\n';

/** Sees to it, once, that the records in a `.readiness` folder merge; any other folder is the user's own to settle. */
export function letMerge(folder: string): void {
  const file = join(folder, '.gitattributes');
  if (basename(folder) === '.readiness' && !existsSync(file)) writeFileSync(file, attributes);
}

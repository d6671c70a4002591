import type { Evidence } from '../../model/evidence.ts';
import { byCodeUnit } from '../../model/paths.ts';
import type { Parameters } from './_parameter.ts';

/** A file that is to leave git as a whole: an environment file, or a private key. Names alone are read from it. */
export interface Committed {
  path: string;
  /** Its variables; empty for a key. */
  variables: readonly string[];
}

/** The files that show a committed secret and hold nothing but settings or a key. What stands in code is not moved by a template. */
const secrets: Parameters = ({ model, view, template, evidence }) => {
  const found = template.rule === 'security/no-committed-secrets' ? evidence : [];
  const committed = [...new Set(found.map(({ file }: Evidence) => file))].sort(byCodeUnit).flatMap((path) => {
    const env = model.facts.envFiles.find((one) => one.path === path && one.role === 'real');
    if (env) return [{ path, variables: env.variables.filter(({ commented }) => !commented).map(({ name }) => name) }];
    return /^\s*-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(view.text(path)) ? [{ path, variables: [] }] : [];
  });
  return { committed: committed satisfies Committed[] };
};
export default secrets;

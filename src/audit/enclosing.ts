import type { AuditModel } from '../model/audit-model.ts';
import type { Finding } from '../model/finding.ts';
import { isWithin, relativeTo } from '../model/paths.ts';
import type { RepoView } from '../model/repository.ts';
import type { Rule } from '../model/rule.ts';
import { isGap, type Status } from '../model/status.ts';

/** Reads a view and judges rules on what of it `part` lets through. */
export type Look = (
  view: RepoView,
  rules: readonly Rule[],
  part: (model: AuditModel) => AuditModel,
) => Promise<Finding[]>;

/** What nobody can tell up there is no reason to call it missing here. */
const order: readonly Status[] = ['missing', 'unknown', 'unwired', 'partial', 'ready'];

/**
 * The findings as they stand where the target is a folder of a larger repository: what a rule misses in the folder may be set up
 * above it, for the whole. The repository is read only where a rule that says so (`enclosing`) has a gap; an answer that is
 * better there is taken, and its evidence says where it lies.
 */
export async function withEnclosing(
  findings: readonly Finding[],
  view: RepoView,
  rules: readonly Rule[],
  look: Look,
): Promise<readonly Finding[]> {
  const short = new Set(findings.filter(({ status }) => isGap(status)).map(({ rule }) => rule));
  const asked = rules.filter((rule) => rule.enclosing && short.has(rule.id));
  const around = asked.length > 0 ? view.enclosing() : null;
  if (!around) return findings;
  const prefix = view.gitPrefix!;
  const above = new Map((await look(around, asked, (model) => partOf(model, prefix))).map((one) => [keyOf(one), one]));
  return findings.map((own) => {
    const component = own.component === null ? null : joined(prefix, own.component);
    const there = isGap(own.status) ? above.get(keyOf({ rule: own.rule, component })) : undefined;
    const isBetter = there && there.cause !== 'failed' && order.indexOf(there.status) > order.indexOf(own.status);
    return isBetter ? { ...there, component: own.component, evidence: seenFrom(prefix, there.evidence) } : own;
  });
}

const keyOf = ({ rule, component }: Pick<Finding, 'rule' | 'component'>): string => `${rule}\0${component ?? ''}`;

const joined = (prefix: string, path: string): string => (path === '.' ? prefix : `${prefix}/${path}`);

/** The components of the folder, in the whole repository. */
const partOf = (model: AuditModel, prefix: string): AuditModel => ({
  ...model,
  components: model.components.filter(({ path }) => isWithin(path, prefix)),
});

/** Paths as they read from the folder. */
function seenFrom(prefix: string, evidence: Finding['evidence']): Finding['evidence'] {
  const up = prefix
    .split('/')
    .map(() => '../')
    .join('');
  return evidence.map(({ file, line, note }) =>
    isWithin(file, prefix)
      ? { file: relativeTo(file, prefix), line, note }
      : { file: `${up}${file}`, line, note: `${note}, above this folder` },
  );
}

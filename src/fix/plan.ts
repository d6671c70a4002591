import type { Evidence } from '../model/evidence.ts';
import { byCodeUnit } from '../model/paths.ts';
import type { ReportV1 } from '../model/report.ts';
import type { RepoView } from '../model/repository.ts';
import { isGap, type Status } from '../model/status.ts';
import { overlay } from '../repository/index.ts';
import { type Performed, perform, type Workshop } from './perform.ts';
import { effects, newlyBroken, raises, statusAt } from './prove.ts';
import type { FixTemplate } from './template.ts';
import { type FileContent, type FixPlan, type NotOffered, type PlannedFix, type Reaudit, Unfit } from './types.ts';

export interface PlanOptions {
  /** Which gaps are to be closed; all of them without it. */
  wanted?: (rule: string, component: string | null) => boolean;
  workshop: Workshop;
  templates: readonly FixTemplate[];
  say?: (text: string) => void;
}

interface State {
  view: RepoView;
  model: Awaited<ReturnType<Reaudit>>['model'];
  report: ReportV1;
  changes: Map<string, FileContent>;
  /** Files that a person is told to take out of git. */
  untracked: ReadonlySet<string>;
}

/** A second and third round catch what an earlier fix made possible; then it has to be still. */
const rounds = 4;

/**
 * Fixes that close gaps, each proved: it is carried out on an overlay, the overlay is audited again, and it is kept only if the
 * status of its rule rises, no other falls and every file still parses. Writes nothing.
 */
export async function planFixes(view: RepoView, reaudit: Reaudit, options: PlanOptions): Promise<FixPlan> {
  const first = await reaudit(view);
  let state: State = { view, ...first, changes: new Map(), untracked: new Set() };
  const fixes: PlannedFix[] = [];
  const refused = new Map<string, NotOffered>();
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (const template of options.templates) {
      options.say?.(`Trying ${template.id}`);
      const step = await tryTemplate(view, state, template, reaudit, options, refused);
      if (!step) continue;
      state = step.state;
      fixes.push(...step.fixes);
      moved = true;
    }
    if (!moved) break;
  }
  const open = ({ rule, component }: NotOffered): boolean => isGap(statusAt(state.report, rule, component) ?? 'ready');
  return {
    before: first.report,
    after: state.report,
    fixes,
    changes: new Map([...state.changes].sort(([a], [b]) => byCodeUnit(a, b))),
    notOffered: [...refused.values()]
      .filter(open)
      .sort((a, b) => byCodeUnit(a.rule, b.rule) || byCodeUnit(a.component ?? '', b.component ?? '')),
  };
}

interface Step {
  state: State;
  fixes: PlannedFix[];
}

/** All components of one fix together, for one audit; one by one where together they do not hold. */
async function tryTemplate(
  base: RepoView,
  start: State,
  template: FixTemplate,
  reaudit: Reaudit,
  options: PlanOptions,
  refused: Map<string, NotOffered>,
): Promise<Step | null> {
  const gaps = gapsOf(start.report, template.rule).filter(
    (one) => options.wanted?.(template.rule, one.component) ?? true,
  );
  if (gaps.length === 0) return null;
  const refuse = (component: string | null, reason: string) =>
    refused.set(`${template.id}\0${component ?? ''}`, { fix: template.id, rule: template.rule, component, reason });
  const together = await attempt(base, start, template, gaps, reaudit, options, refuse);
  if (together || gaps.length === 1) return together;
  let step = null as Step | null;
  for (const gap of gaps) {
    const from = step?.state ?? start;
    const alone = await attempt(base, from, template, [gap], reaudit, options, refuse);
    if (alone) step = { state: alone.state, fixes: [...(step ? step.fixes : []), ...alone.fixes] };
  }
  return step;
}

interface Gap {
  component: string | null;
  status: Status;
  evidence: readonly Evidence[];
}

function gapsOf(report: ReportV1, rule: string): Gap[] {
  const result = report.rules.find(({ id }) => id === rule);
  if (!result) return [];
  if (result.scope === 'repository')
    return isGap(result.status) ? [{ component: null, status: result.status, evidence: result.evidence }] : [];
  return result.components
    .filter(({ status }) => isGap(status))
    .map(({ path, status, evidence }) => ({ component: path, status, evidence }));
}

async function attempt(
  base: RepoView,
  start: State,
  template: FixTemplate,
  gaps: readonly Gap[],
  reaudit: Reaudit,
  { workshop }: PlanOptions,
  refuse: (component: string | null, reason: string) => void,
): Promise<Step | null> {
  const changes = new Map(start.changes);
  const untracked = new Set(start.untracked);
  const done: { gap: Gap; performed: Performed }[] = [];
  for (const gap of gaps) {
    const component = start.model.components.find(({ path }) => path === gap.component) ?? null;
    const view = overlay(base, without(changes, untracked));
    try {
      const subject = { view, model: start.model, component, template, evidence: gap.evidence };
      const performed = perform(subject, gap.status, workshop);
      for (const [path, text] of performed.changes) changes.set(path, text);
      for (const path of performed.untracked) untracked.add(path);
      done.push({ gap, performed });
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      refuse(gap.component, error.message);
    }
  }
  if (done.length === 0) return null;
  const view = overlay(base, without(changes, untracked));
  const after = await reaudit(view);
  const broken = newlyBroken(start.model, after.model);
  const { fell, opens } = effects(start.report, after.report, template.rule);
  const flat = done.filter(({ gap }) => !raises(gap.status, statusAt(after.report, template.rule, gap.component)));
  // What did not apply before and is a gap now is told, and may cost points until its own fix closes it.
  const lost = opens.length === 0 && (after.report.score ?? 0) < (start.report.score ?? 0) ? ['the score falls'] : [];
  if (broken.length + fell.length + flat.length + lost.length > 0) {
    const reason = [...broken, ...fell, ...lost, ...flat.map(() => 'its rule would stay as it is')][0]!;
    for (const { gap } of done) refuse(gap.component, reason);
    return null;
  }
  const state = { view, ...after, changes, untracked };
  return { state, fixes: [describe(base, template, done, start.report, after.report, opens)] };
}

const without = (changes: ReadonlyMap<string, FileContent>, gone: ReadonlySet<string>) =>
  new Map<string, FileContent | null>([...changes, ...[...gone].map((path) => [path, null] as const)]);

function describe(
  base: RepoView,
  template: FixTemplate,
  done: { gap: Gap; performed: Performed }[],
  before: ReportV1,
  after: ReportV1,
  opens: string[],
): PlannedFix {
  const files = [...new Set(done.flatMap(({ performed }) => [...performed.changes.keys()]))].sort(byCodeUnit);
  const installs = done.flatMap(({ performed }) => performed.installs);
  const only = done.length === 1 ? done[0]!.gap : null;
  const touched = files.filter((file) => base.has(file));
  return {
    fix: template.id,
    title: template.title,
    rule: template.rule,
    components: done.flatMap(({ gap }) => (gap.component === null ? [] : [gap.component])),
    kind: touched.length > 0 || installs.length > 0 ? 'review' : 'safe',
    before: only?.status ?? statusAt(before, template.rule, null)!,
    after: statusAt(after, template.rule, only?.component ?? null)!,
    points: Math.round(((after.score ?? 0) - (before.score ?? 0)) * 10) / 10,
    files,
    installs,
    commands: [...new Set(done.flatMap(({ performed }) => performed.commands))],
    notes: [...new Set(done.flatMap(({ performed }) => performed.notes))],
    opens,
  };
}

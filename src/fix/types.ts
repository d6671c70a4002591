import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ReportV1 } from '../model/report.ts';
import type { RepoView } from '../model/repository.ts';
import type { Status } from '../model/status.ts';
import type { FixTemplate } from './template.ts';

/** The audit, handed in so that a fix is proved by the very thing that found the gap. Must not throw for a broken target. */
export type Reaudit = (view: RepoView) => Promise<{ model: AuditModel; report: ReportV1 }>;

/** What a template is fitted to: one component (null for a rule of the repository), as the overlay stands. */
export interface Subject {
  view: RepoView;
  model: AuditModel;
  component: Component | null;
  template: FixTemplate;
  /** What shows the gap. */
  evidence: readonly Evidence[];
}

/** A package that a fix needs, in the manifest that it was added to. */
export interface Install {
  manifest: string;
  package: string;
  range: string;
  dev: boolean;
  /** What installs it, and the folder it installs in. */
  manager: string;
  root: string;
}

/** Text, or the bytes of what is no text (a picture). */
export type FileContent = string | Uint8Array;

/** What operations write into while a template is carried out. Reading goes through it, so that one operation sees what the one before did. */
export interface Draft {
  read(path: string): string | null;
  /** As `read`, with '' where that has null. */
  text(path: string): string;
  /** A new file; one that exists is left alone, and then the template does not fit. */
  create(path: string, content: FileContent): void;
  /** New text of a file that exists. */
  edit(path: string, text: string): void;
  /** Git would not take the file: what is written there, nobody else gets. */
  ignores(path: string): boolean;
  /** A file that a person is told to take out of git; the proof takes it as gone. */
  untrack(path: string): void;
  /** What a person must run, as it would be typed. */
  commands: string[];
  installs: Install[];
  /** What a person has to know or to decide, one sentence each. */
  notes: string[];
}

/** A template does not fit here: an honest "not offered", with the reason. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** `safe` only adds files; `review` changes what a person wrote, or waits for an install. */
export type FixKind = 'safe' | 'review';

export interface PlannedFix {
  fix: string;
  title: string;
  rule: string;
  /** Component paths; empty for a rule of the repository. */
  components: string[];
  kind: FixKind;
  before: Status;
  after: Status;
  /** Points of the score that it gains, at its place in the plan. */
  points: number;
  files: string[];
  installs: Install[];
  notes: string[];
  /** What a person must run besides, before `after` holds: `git rm --cached .env`. */
  commands: string[];
  /** Gaps of rules that did not apply before, such as backups once there is a database. */
  opens: string[];
}

export interface NotOffered {
  fix: string;
  rule: string;
  component: string | null;
  reason: string;
}

export interface FixPlan {
  before: ReportV1;
  after: ReportV1;
  fixes: PlannedFix[];
  /** The new content of every file that is created or changed, sorted by path. */
  changes: ReadonlyMap<string, FileContent>;
  notOffered: NotOffered[];
}

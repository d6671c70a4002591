import type { ts } from 'ts-morph';
import type { CodeFact } from '../../model/facts/source.ts';
import type { Bindings } from './bindings.ts';
import type { FunctionIndex } from './values.ts';

/** What the visits of one file share. */
export interface WalkState {
  file: ts.SourceFile;
  code: CodeFact;
  bindings: Bindings;
  /** Names bound at top level, imports included: what `uses` may hold. */
  topLevel: ReadonlySet<string>;
  lineOf(offset: number): number;
  functionIndex: FunctionIndex;
  indexes: Map<ts.Node, number>;
  members: Set<string>;
}

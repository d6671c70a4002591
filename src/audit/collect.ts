import { loadFolder } from '../model/discover.ts';
import type { Analyzer, FactFailure, FactName, FactStore, Facts } from '../model/facts/index.ts';
import type { RepoView } from '../model/repository.ts';
import { messageOf } from './contain.ts';

/** Every analyzer, found by folder. */
export const loadAnalyzers = (): Promise<Map<string, Analyzer<FactName>>> =>
  loadFolder<Analyzer<FactName>>(new URL('../analyzers/', import.meta.url));

/** Runs a part and notes how long it took. */
export type Timed = <T>(unit: string, run: () => T | Promise<T>) => Promise<T>;

/** Reads every fact. An analyzer that throws leaves its fact empty and a failure without a file behind. */
export async function collect(
  view: RepoView,
  analyzers: Iterable<Analyzer<FactName>>,
  timed: Timed,
  kept: FactStore | null = null,
): Promise<Facts> {
  const facts = { failures: [] as FactFailure[] } as Facts;
  for (const analyzer of analyzers) {
    const fact = analyzer.gives;
    const fail = (failure: Omit<FactFailure, 'fact'>) => facts.failures.push({ ...failure, fact });
    try {
      const found = await timed(`facts: ${fact}`, () => analyzer.analyze(view, fail, kept));
      Object.assign(facts, { [fact]: found });
    } catch (error) {
      Object.assign(facts, { [fact]: [] });
      fail({ file: null, line: null, message: messageOf(error) });
    }
  }
  return facts;
}

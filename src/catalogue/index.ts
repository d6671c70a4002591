/** Rules and what they ask: reads, checks and evaluates `rules/<category>/<name>.yaml` and a target's own. */
export { evaluate, type Run } from './evaluate.ts';
export { loadKnowledge } from './knowledge.ts';
export { type LoadOptions, loadRules } from './load.ts';
export { loadScoring, loadScorings } from './scoring.ts';

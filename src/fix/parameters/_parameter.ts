import type { Subject } from '../types.ts';

/**
 * The default export of every file in src/fix/parameters: values that templates may print or ask about. null: it is not known
 * here. Two files must not give the same name.
 */
export type Parameters = (subject: Subject) => Record<string, unknown>;

/** A path in the component's folder. */
export const within = (folder: string, path: string): string => (folder === '.' ? path : `${folder}/${path}`);

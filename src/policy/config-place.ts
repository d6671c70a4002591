import type { RepoView } from '../model/repository.ts';

/** Names under which a config is looked for, in the repository's root and in a preset's package. */
export const configNames = ['readiness.config.yaml', 'readiness.config.yml', 'readiness.config.json'] as const;

/** Whether a manifest has to be read for settings of ours. */
export const mayHoldConfig = (manifest: string): boolean => manifest.includes('"readiness"');

/** False where no file can hold a setting: then none has to be read. `file` is the config asked for by name. */
export const mayHaveConfig = (view: RepoView, file?: string): boolean =>
  file !== undefined || configNames.some((name) => view.has(name)) || mayHoldConfig(view.text('package.json'));

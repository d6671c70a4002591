import type { RepoView } from '../model/repository.ts';
import { readLayers } from './layers.ts';
import { type ConfigOptions, type ResolvedConfig, resolveConfig } from './resolve.ts';

/**
 * Reads the config of a repository, its presets and the command line into one.
 * @throws UserError with every problem at once, one `file:line: message` a line.
 */
export const loadConfig = (view: RepoView, options: ConfigOptions): ResolvedConfig =>
  resolveConfig(readLayers(view, options.readPackage ?? (() => null), options.file), options);

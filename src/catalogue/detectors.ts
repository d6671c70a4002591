import type { Detector } from '../model/detector.ts';
import { loadFolder } from '../model/discover.ts';

/** Every detector, by its file's name in src/detectors. */
export const detectors: ReadonlyMap<string, Detector> = await loadFolder<Detector>(
  new URL('../detectors/', import.meta.url),
);

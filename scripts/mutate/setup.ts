import { loadFolder } from '../../src/model/discover.ts';

// What is found by folder is loaded before any test: what stands at the top of those files belongs to every test, and not to the
// one that happens to ask for it first.
for (const folder of ['analyzers', 'detectors', 'wiring/entries'])
  await loadFolder(new URL(`../../src/${folder}/`, import.meta.url));

import type { Analyzer, PlatformFact } from '../model/facts/index.ts';
import { adapterReaders } from './shared/platforms/adapters.ts';
import { samReaders } from './shared/platforms/aws-sam.ts';
import { cloudReaders } from './shared/platforms/clouds.ts';
import { hostReaders } from './shared/platforms/hosts.ts';
import { openPlatformFile } from './shared/platforms/reader.ts';
import { serverlessReaders } from './shared/platforms/serverless.ts';
import { sstReaders } from './shared/platforms/sst.ts';

const readers = [
  ...hostReaders,
  ...cloudReaders,
  ...sstReaders,
  ...serverlessReaders,
  ...samReaders,
  ...adapterReaders,
];

const analyzer: Analyzer<'platforms'> = {
  gives: 'platforms',
  sees: 'the config files of managed platforms: what each builds, from which folder, with which health path, headers, add-ons and commands.',
  blindTo: "settings kept in a platform's dashboard.",
  analyze(view, fail) {
    const facts: PlatformFact[] = [];
    for (const path of view.list()) {
      const reader = readers.find(
        (candidate) => candidate.path.test(path) && (candidate.text?.test(view.text(path)) ?? true),
      );
      if (!reader) continue;
      try {
        const file = openPlatformFile(view, path, (problem) => fail({ file: path, ...problem }));
        const fact = file && reader.read(file);
        if (fact) facts.push(fact);
      } catch (error) {
        fail({ file: path, line: null, message: error instanceof Error ? error.message : String(error) });
      }
    }
    return facts;
  },
};
export default analyzer;

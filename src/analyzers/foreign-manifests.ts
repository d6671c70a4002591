import type { Analyzer } from '../model/facts/index.ts';
import { baseOf, byCodeUnit, dirOf } from '../model/paths.ts';
import { foreignReaders } from './shared/foreign-readers.ts';

const foreignManifests: Analyzer<'foreignManifests'> = {
  gives: 'foreignManifests',
  sees: 'Manifests of Python, Go, Java, Kotlin, Rust, PHP, Ruby, .NET, Elixir, Swift and Dart: name and declared dependencies.',
  blindTo: 'Dependencies that a build script computes or a parent manifest supplies.',
  analyze: (view, fail) =>
    foreignReaders
      .flatMap((reader) =>
        view.glob(`**/${reader.file}`).flatMap((path) => {
          const text = view.read(path);
          if (text === null) {
            fail({ file: path, line: null, message: 'could not be read' });
            return [];
          }
          const name = reader.name(text) ?? nameByFile(path);
          return [{ path, dir: dirOf(path), language: reader.language, name, dependencies: reader.dependencies(text) }];
        }),
      )
      .sort((a, b) => byCodeUnit(a.path, b.path)),
};
export default foreignManifests;

/** .NET projects are named by their file. */
const nameByFile = (path: string): string | null => /^(.+)\.\w+proj$/.exec(baseOf(path))?.[1] ?? null;

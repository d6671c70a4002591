import picomatch from 'picomatch';
import { z } from 'zod';
import { describePackages, matchesPackage, packageOptions, wantedPackages } from '../../detectors/shared/packages.ts';
import { isSampleTest } from '../../detectors/shared/sample-tests.ts';
import { noteOf, placeOf, sourcesByPath, subjects } from '../../detectors/shared/scope.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { anyOf, no, type Signal, yes } from '../../model/signal.ts';
import { defineLeaf } from '../leaf.ts';

/** More than this many files show nothing more. */
const shown = 5;
const options = z.strictObject({
  ...packageOptions,
  /** Globs over the paths of test files, in the whole repository's terms. */
  files: z.array(z.string().min(1)).optional(),
  atLeast: z.int().min(1).default(1),
  /** What a generator left untouched counts too. */
  samples: z.boolean().default(false),
});

export default defineLeaf({
  asks: 'the component has test files; with packages or a capability, test files that import one of them',
  example: 'tests: { capability: http-testing, atLeast: 2 }',
  reads: 'code',
  options,
  short: (value) => (value === true ? {} : { files: [value].flat() }),
  judge: (model, component, asked) =>
    anyOf(subjects(model, component).map((subject) => judgeOne(model, subject, asked))),
});

/** What stands beside tests and tests nothing: mocks, fixtures, set-up, the runner's own config, stories. */
const beside =
  /(^|\/)(__mocks__|mocks?|__fixtures__|fixtures?|__snapshots__|test-utils|\.storybook)\/|(^|\/)(setup|setupTests|global-?setup|[\w.-]*\.(setup|config|conf|stories|story|mock|bench))\.[cm]?[jt]sx?$|(^|\/)(jest|vitest|test)[.-]setup\.[cm]?[jt]sx?$|\.d\.ts$/i;

function judgeOne(model: AuditModel, component: Component, asked: z.infer<typeof options>): Signal {
  const byPackage = asked.packages !== undefined || asked.capability !== undefined;
  const wanted = wantedPackages(model.knowledge, asked);
  const sources = sourcesByPath(model);
  const matches = asked.files ? picomatch(asked.files, { dot: true }) : () => true;
  const found = model.wiring
    .testFiles(component)
    .filter((file) => !beside.test(file) && matches(file))
    .filter((file) => asked.samples || !isSampleTest(file, model.view.text(file)))
    .flatMap((file) => {
      if (!byPackage) return [noteOf({ file, line: 1 }, 'test file')];
      const hit = sources
        .get(file)
        ?.module.imports.find((imported) => wanted.some((one) => matchesPackage(imported.specifier, one.package)));
      return hit ? [noteOf({ file, line: hit.line }, `imports ${hit.specifier}`)] : [];
    });
  if (found.length >= asked.atLeast) return yes(...found.slice(0, shown));
  const what = byPackage ? ` that import ${describePackages(asked, wanted)}` : (asked.files?.join(', ') ?? '');
  return no(`${placeOf(component)}: test files${what ? ` ${what.trim()}` : ''}`, found);
}

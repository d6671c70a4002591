import { parse as parseJson } from 'jsonc-parser';
import { ts } from 'ts-morph';
import { asRecord, asTexts } from '../../model/data.ts';
import { dirOf } from '../../model/paths.ts';
import { findApplication } from '../code/application.ts';
import { localSpecifier, moduleStyleOf } from '../code/imports.ts';
import type { Subject } from '../types.ts';
import { manifestOf } from './_packages.ts';
import { type Parameters, within } from './_parameter.ts';
import { healthPath } from './image.ts';

/** How tests can get at the application, and what runs them. */
const testing: Parameters = (subject) => {
  const folder = subject.component?.path ?? '.';
  const manifest = manifestOf(subject.model, folder);
  const declared = { ...manifest?.devDependencies, ...manifest?.dependencies };
  const given = exported(subject);
  const script = manifest?.scripts.test;
  const typed = /\.[cm]?tsx?$/.test(given?.file ?? '');
  // Where the compiler takes in every folder, one beside the sources would move what it writes.
  const beside = given !== null && typed && compilesAll(subject, folder);
  const file = `${beside ? dirOf(given.file) : within(folder, 'test')}/app.test.${typed ? 'ts' : 'js'}`.replace(
    /^\.\//,
    '',
  );
  return {
    appExport: given?.name ?? null,
    appIsDefault: given?.isDefault ?? false,
    appIsFactory: given?.factory ?? false,
    appImport: given ? localSpecifier(file, given.file, given.style) : null,
    testFile: file,
    ...rootModuleOf(subject),
    vitestOrNone: declared.vitest !== undefined || script === undefined || /no test specified/.test(script),
    noTestScript: script === undefined,
    testedPath: healthPath(subject),
    ...runnerOf(subject, declared),
  };
};
export default testing;

/** The application, or the function that makes it, where a file exports it and does not listen at once. */
function exported(subject: Subject) {
  try {
    const app = findApplication(subject);
    const text = app.source.text;
    if (/\.listen\s*\(|createServer\s*\(/.test(text)) return null;
    const style = moduleStyleOf(app.source, 'module');
    const factory = ts.isBlock(app.block) && ts.isFunctionDeclaration(app.block.parent) ? app.block.parent : null;
    const name = factory ? factory.name?.text : app.expression;
    const parameters = factory?.parameters.length ?? 0;
    const asynchronous = factory?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false;
    if (!name || parameters > 0 || asynchronous || (ts.isBlock(app.block) && !factory)) return null;
    const isNamed = new RegExp(
      `export\\s+(?:async\\s+)?(?:const|let|function)\\s+${name}\\b|export\\s*\\{[^}]*\\b${name}\\b`,
    ).test(text);
    const isDefault = new RegExp(`export\\s+default\\s+(?:function\\s+)?${name}\\b`).test(text);
    const named =
      isNamed || new RegExp(`module\\.exports\\s*=\\s*\\{[^}]*\\b${name}\\b|exports\\.${name}\\s*=`).test(text);
    const whole = isDefault || new RegExp(`module\\.exports\\s*=\\s*${name}\\s*(;|$)`, 'm').test(text);
    return named || whole ? { name, isDefault: !named, factory: factory !== null, file: app.file, style } : null;
  } catch {
    return null;
  }
}

/** What runs the tests that stand there, by what they import, or by the runner that is declared where they import none. */
function runnerOf({ model, component }: Subject, declared: Readonly<Record<string, string>>) {
  const files = component ? model.wiring.testFiles(component) : [];
  const imports = files.flatMap((path) =>
    (model.facts.sources.find((source) => source.path === path)?.module.imports ?? []).map(
      ({ specifier }) => specifier,
    ),
  );
  const typed = files.some((path) => /\.[cm]?tsx?$/.test(path));
  const none = { testRunner: null, testCommand: null, bareTestCommand: null };
  if (files.length === 0) return none;
  if (imports.includes('vitest')) return { ...none, testRunner: 'vitest', testCommand: 'vitest run' };
  if (imports.includes('node:test'))
    return !typed
      ? { ...none, bareTestCommand: 'node --test' }
      : declared.tsx !== undefined
        ? { ...none, bareTestCommand: 'node --import tsx --test' }
        : none;
  const known = [
    { name: 'vitest', command: 'vitest run' },
    { name: 'jest', command: 'jest' },
    { name: 'mocha', command: 'mocha' },
  ].find(({ name }) => declared[name] !== undefined);
  return known ? { ...none, bareTestCommand: known.command } : none;
}

/** The compiler takes in a folder of tests, and writes what it makes of it. */
function compilesAll({ view }: Subject, folder: string): boolean {
  const config = asRecord(parseJson(view.read(within(folder, 'tsconfig.json')) ?? '{}'));
  if (asRecord(config.compilerOptions).noEmit === true || config.files !== undefined) return false;
  if (config.include !== undefined) return asTexts(config.include).some((one) => /^(\.\/)?(\*|\.$|tests?\b)/.test(one));
  return !asTexts(config.exclude ?? []).some((one) => /\btests?\b/.test(one));
}

/** The module that `NestFactory.create` is given. */
function rootModuleOf({ model, component }: Subject): { rootModule: string | null; rootModuleName: string | null } {
  const calls =
    component?.language === 'js'
      ? model.wiring.of(component).calls((call) => /NestFactory\.create$/.test(call.callee))
      : [];
  for (const { file, fact } of calls) {
    const first = fact.args[0];
    const found = first?.kind === 'ref' && first.origin ? model.wiring.resolveOrigin(file, first.origin) : null;
    if (found) return { rootModule: found.file, rootModuleName: found.name };
  }
  return { rootModule: null, rootModuleName: null };
}

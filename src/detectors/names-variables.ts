import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { byCodeUnit, isWithin } from '../model/paths.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { mappedVariables, settingNames } from './shared/config-keys.ts';
import { filesOf, isAside, noteOf, once, ownerOf, placeOf, subjects } from './shared/scope.ts';
import { setByStack } from './shared/stack-variables.ts';
import { buildConfigs } from './shared/ui/build-config.ts';
import { isGivenVariable, isWrittenOut, onceOnly } from './shared/variables.ts';
import { workerVariables } from './shared/worker-variables.ts';

export default defineDetector({
  name: 'names-variables',
  asks: '`reads`: the component reads variables of its own; `template`: a committed template stands for it; `all`: and names every one of them',
  reads: 'config',
  options: z.strictObject({ ask: z.enum(['reads', 'template', 'all']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

function judgeOne(model: AuditModel, component: Component, ask: 'reads' | 'template' | 'all'): Signal {
  const read = variablesRead(model, component);
  if (ask === 'reads') {
    const shown = [...read.values()].slice(0, 5);
    return read.size > 0 ? yes(...shown) : no(`${placeOf(component)}: variables read by code, compose or schema`);
  }
  const templates = templatesFor(model, component);
  const searched = `${placeOf(component)}: .env.example, .env.sample, .env.template and their kin, here and above`;
  if (templates.length === 0) return no(searched, [...read.values()].slice(0, 3));
  const named = (template: Template): number => [...read.keys()].filter((name) => template.names.has(name)).length;
  const shown = [...templates]
    .sort((a, b) => named(b) - named(a))
    .map((template) => noteOf({ file: template.path, line: 1 }, `names ${template.names.size} variables`));
  if (ask === 'template') return yes(...shown);
  const lacking = [...read].filter(
    ([name, { file }]) =>
      ![...templates, ...templatesBeside(model, component, file)].some(({ names }) => names.has(name)),
  );
  if (lacking.length === 0) return yes(...shown);
  const count = `${read.size - lacking.length} of ${read.size}`;
  return no(`${placeOf(component)}: ${lacking.map(([name]) => name).join(', ')} in a template`, [
    { ...shown[0]!, note: `names ${count} variables that are read` },
    ...lacking.slice(0, 6).map(([name, at]) => ({ ...at, note: `reads ${name}, which no template names` })),
  ]);
}

/** A shared package names what its own code reads. */
function templatesBeside(model: AuditModel, component: Component, file: string): Template[] {
  const owner = ownerOf(model, file);
  const library = model.components.find(({ path }) => path === owner && path !== component.path);
  return library ? templatesFor(model, library) : [];
}

/** Folders of chores: what only they read is no setting of the component. */
const besides = /(^|\/)(scripts?|tools?|tooling|extra|release|ci|build|bench|benchmarks?|migrations?|\.github)\//;

/** Every variable the component reads, with the first place. Shared packages count for whoever reaches them. */
const variablesRead = once((model, component: Component): Map<string, Evidence> => {
  const found = new Map<string, Evidence>();
  const setByScripts = variablesSetByScripts(model);
  const stack = setByStack(model);
  const setByBuild = variablesSetByBuild(model, component);
  const setByItself = variablesSetByItself(model, component);
  const isGiven = (name: string, byBundler: boolean) =>
    isGivenVariable(name, byBundler) || [setByScripts, stack, setByBuild, setByItself].some((names) => names.has(name));
  const add = (name: string, at: Evidence, byBundler = true): void => {
    if (!isGiven(name, byBundler) && /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !found.has(name)) found.set(name, at);
  };
  if (component.language === 'js') {
    const settings = settingNames(model, component);
    for (const { file, fact, live } of model.wiring.of(component).env()) {
      if (settings.has(fact.name)) continue;
      if (fact.via === 'schema' && isWrittenOut(model, file, fact.name)) continue;
      if (!isAside(file) && !onceOnly(file) && !(live === 'dead' && besides.test(file)))
        add(
          fact.name,
          noteOf({ file, line: fact.line }, `reads ${fact.name}`),
          fact.via !== 'process.env' || component.frameworks.includes('vue'),
        );
    }
    for (const { name, at } of workerVariables(model, component)) add(name, at);
  } else for (const [name, at] of otherLanguages(model, component)) add(name, at);
  for (const schema of model.facts.dataSchemas) {
    if (ownerOf(model, schema.path) === component.path && !isAside(schema.path, component.path))
      for (const { name, line } of schema.env) add(name, noteOf({ file: schema.path, line }, `reads ${name}`));
  }
  for (const { path, variables } of mappedVariables(model, (path) => ownerOf(model, path) === component.path)) {
    for (const { name, line } of variables) add(name, noteOf({ file: path, line }, `reads ${name}`));
  }
  for (const compose of model.facts.compose) {
    if (ownerOf(model, compose.path) !== component.path || isAside(compose.path)) continue;
    model.view
      .text(compose.path)
      .split('\n')
      .forEach((text, index) => {
        if (!/^\s*#/.test(text))
          for (const match of text.matchAll(/(?<!\$)\$\{?([A-Z][A-Z0-9_]+)/g))
            add(match[1]!, noteOf({ file: compose.path, line: index + 1 }, `reads ${match[1]}`));
      });
  }
  return new Map([...found].sort(([a], [b]) => byCodeUnit(a, b)));
});

/** `cross-env STRICT=1 …`: a script gives it, so nobody has to. */
const variablesSetByScripts = once((model): ReadonlySet<string> => {
  const texts = model.facts.manifests.flatMap((manifest) => Object.values(manifest.scripts));
  return new Set(
    texts.flatMap((text) => [
      ...[...text.matchAll(/(?:^|[\s&|;"'])([A-Z][A-Z0-9_]+)=/g)].map((match) => match[1]!),
      // Rollup's `--environment production,BUILD:dev`.
      ...[...text.matchAll(/--environment[\s=]+([\w:,]+)/g)].flatMap((match) => match[1]!.split(/:[^,]*,?|,/)),
    ]),
  );
});

/** The bundler writes a value in where the code reads the variable: `'process.env.VERSION': JSON.stringify(version)`. */
const variablesSetByBuild = once((model, component: Component): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { text } of buildConfigs(model, component))
    for (const [, name] of text.matchAll(/['"]process\.env\.(\w+)['"]\s*[:,]/g))
      if (!new RegExp(`(?<!['"])process\\.env\\.${name}\\b`).test(text)) found.add(name!);
  return found;
});

/** `process.env.APP_ROOT = __dirname`: the program gives it to itself, whatever it was. */
const variablesSetByItself = (model: AuditModel, component: Component): ReadonlySet<string> => {
  const { own, reached, fileLiveness } = model.wiring.of(component);
  const files = [...new Set([...own, ...reached])].filter((file) => !isAside(file) && fileLiveness(file) !== 'dead');
  return new Set(files.flatMap((file) => namesSetIn(model, file)));
};

/** Shared code is asked about for every component that reaches it. */
const namesSetIn = once((model, file: string): readonly string[] =>
  [...model.view.text(file).matchAll(/\bprocess\.env\.([A-Z]\w*)\s*=(?![=>])\s*([^;\n]*)/g)]
    .filter(([, name, value]) => !value!.includes(`process.env.${name}`))
    .map(([, name]) => name!),
);

const readers: Partial<Record<Component['language'], { ending: RegExp; call: RegExp }>> = {
  python: { ending: /\.py$/, call: /os\.(?:environ(?:\.get\(|\[)|getenv\()\s*['"]([A-Z][A-Z0-9_]*)['"]/g },
  go: { ending: /(?<!_test)\.go$/, call: /os\.(?:Getenv|LookupEnv)\(\s*"([A-Z][A-Z0-9_]*)"/g },
  ruby: { ending: /\.rb$/, call: /ENV(?:\.fetch\(|\[)\s*['"]([A-Z][A-Z0-9_]*)['"]/g },
  php: { ending: /\.php$/, call: /(?:getenv|env)\(\s*['"]([A-Z][A-Z0-9_]*)['"]/g },
  rust: { ending: /\.rs$/, call: /env::var(?:_os)?\(\s*"([A-Z][A-Z0-9_]*)"|env!\(\s*"([A-Z][A-Z0-9_]*)"/g },
  java: { ending: /\.(java|kt)$/, call: /System\.getenv\(\s*"([A-Z][A-Z0-9_]*)"/g },
  dotnet: { ending: /\.cs$/, call: /GetEnvironmentVariable\(\s*"([A-Z][A-Z0-9_]*)"/g },
};

/** One call shape per language: enough to know which variables are read, without an analyser for the language. */
function otherLanguages(model: AuditModel, component: Component): [string, Evidence][] {
  const reader = readers[component.language];
  if (!reader) return [];
  return model.view
    .list()
    .filter(
      (file) => reader.ending.test(file) && ownerOf(model, file) === component.path && !isAside(file, component.path),
    )
    .flatMap((file) =>
      model.view
        .text(file)
        .split('\n')
        .flatMap((text, index): [string, Evidence][] =>
          [...text.matchAll(reader.call)].map((match) => {
            const name = match[1] ?? match[2]!;
            return [name, noteOf({ file, line: index + 1 }, `reads ${name}`)];
          }),
        ),
    );
}

interface Template {
  path: string;
  names: Set<string>;
}

/** Asked of a library for every variable that its code reads. */
const templatesFor = once((model, component: Component): Template[] => findTemplates(model, component));

/** Templates in the component's own folder, and those above it that no other component owns. */
function findTemplates(model: AuditModel, component: Component): Template[] {
  const speaks = (path: string): boolean => {
    const owner = ownerOf(model, path);
    return owner === component.path || owner === null || owner === '.' || isWithin(component.path, owner);
  };
  const fromEnv = model.facts.envFiles
    .filter(
      (file) =>
        (file.role === 'template' || file.role === 'default') &&
        (file.tracked || model.view.commit === null) &&
        speaks(file.path) &&
        !isAside(file.path),
    )
    .filter((file) => file.role === 'template' || !/test/i.test(file.path))
    .map((file) => ({ path: file.path, names: new Set(file.variables.map((variable) => variable.name)) }));
  const named = mappedVariables(model, speaks).map(({ path, variables }) => ({
    path,
    names: new Set(variables.map((one) => one.name)),
  }));
  const all = [...fromEnv, ...named, ...exampleSettings(model, component), ...typedSchema(model, component)];
  const found = [...new Map(all.map((one) => [one.path, one])).values()];
  return found.some((one) => one.names.size > 0) ? found : fromEnv;
}

/** `config.json.example`: settings that stand in for variables of the same names, or fall back to them. */
function exampleSettings(model: AuditModel, component: Component): Template[] {
  const read = variablesRead(model, component);
  return filesOf(model, component)
    .filter((path) => /(^|\/)[\w-]+(\.json)?\.(example|sample|template|dist)(\.json)?$/.test(path) && /json/.test(path))
    .map((path) => ({ path, names: [...model.view.text(path).matchAll(/"([A-Z][A-Z0-9_]+)"\s*:/g)] }))
    .map(({ path, names }) => ({
      path,
      names: new Set(names.map(([, name]) => name!).filter((name) => read.has(name))),
    }))
    .filter(({ names }) => names.size > 0);
}

/** A typed schema beside a committed default file names its variables as a template would (ruling 12). */
function typedSchema(model: AuditModel, component: Component): Template[] {
  const defaults = model.facts.envFiles.find(
    (file) =>
      /(^|\/)\.env$/.test(file.path) &&
      (file.tracked || model.view.commit === null) &&
      ownerOf(model, file.path) === component.path,
  );
  if (!defaults || component.language !== 'js') return [];
  const declared = model.wiring
    .of(component)
    .env()
    .filter(({ fact }) => fact.via === 'schema');
  if (declared.length === 0) return [];
  return [
    { path: declared[0]!.file, names: new Set(declared.map(({ fact }) => fact.name)) },
    { path: defaults.path, names: new Set(defaults.variables.map((variable) => variable.name)) },
  ];
}

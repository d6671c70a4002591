import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, FunctionFact, ValueFact } from '../model/facts/index.ts';
import { byCodeUnit } from '../model/paths.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import type { ComponentWiring } from '../model/wiring.ts';
import { mappedVariables, settingNames } from './shared/config-keys.ts';
import { matchesOrigin, mentionsPackage, wantedPackages, within } from './shared/packages.ts';
import { importsOf, livenessIn, usesOf } from './shared/reach.ts';
import { meetsRequest } from './shared/request-time.ts';
import { isAside, noteOf, once, ownerOf, placeOf, subjects } from './shared/scope.ts';
import { setByStack } from './shared/stack-variables.ts';
import { validatedSettings } from './shared/validated-settings.ts';
import { declaredValue } from './shared/values.ts';
import { isGivenVariable as isGivenAnywhere, isWrittenOut, onceOnly } from './shared/variables.ts';
import { workerVariables } from './shared/worker-variables.ts';

/** The share of the variables that may be left out of a check that is the rule. */
const tolerated = 0.1;

export default defineDetector({
  name: 'checks-variables',
  asks: '`reads`: code reads variables of its own; `exists`: a schema or check of them is written; `runs`: and code that runs applies it; `covers`: to nearly all that are read without a fallback',
  options: z.strictObject({ ask: z.enum(['reads', 'exists', 'runs', 'covers']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

interface Checks {
  /** Variables read, with the place; `safe` where absence is provided for. */
  read: Map<string, { at: Evidence; safe: boolean }>;
  written: Evidence[];
  running: Evidence[];
  /** Names that a check in code that runs covers. */
  covered: Set<string>;
  /** A schema runs whose names could not be read: it is taken at its word. */
  all: boolean;
}

function judgeOne(model: AuditModel, component: Component, ask: 'reads' | 'exists' | 'runs' | 'covers'): Signal {
  const checks = checksOf(model, component);
  const searched = `${placeOf(component)}: a schema over the environment, or checks that throw or exit`;
  const bare = [...checks.read].filter(([name, { safe }]) => !safe && !checks.covered.has(name));
  if (ask === 'reads') {
    const shown = [...checks.read.values()].slice(0, 3).map(({ at }) => at);
    return shown.length > 0 ? yes(...shown) : no(`${placeOf(component)}: variables read by its code`);
  }
  if (ask === 'exists') {
    if (checks.written.length > 0) return yes(...checks.written.slice(0, 4));
    return no(
      searched,
      (bare.length > 0 ? bare : [...checks.read]).slice(0, 4).map(([, { at }]) => at),
    );
  }
  if (ask === 'runs') {
    if (checks.running.length > 0) return yes(...checks.running.slice(0, 4));
    const wiring = model.wiring.of(component);
    const blind = wiring.blind[0];
    if (!wiring.entries.some((entry) => entry.phase === 'runtime'))
      return unknown('blind', `what starts ${placeOf(component)} was not found`, checks.written.slice(0, 2));
    return blind ? unknown('blind', blind.reason, [blind.evidence]) : no(searched, checks.written.slice(0, 4));
  }
  const needed = [...checks.read].filter(([name, { safe }]) => !safe || checks.covered.has(name));
  if (checks.all || bare.length <= needed.length * tolerated) return yes(...checks.running.slice(0, 4));
  return no(`${placeOf(component)}: checks of ${bare.map(([name]) => name).join(', ')}`, [
    ...bare.slice(0, 5).map(([name, { at }]) => ({ ...at, note: `reads ${name}, which nothing checks` })),
    ...checks.running.slice(0, 2),
  ]);
}

const browser = /^(NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|GATSBY|VUE_APP|NG_APP|STORYBOOK)_/;

/** Scripts that people run by hand check what they need; the program does not run them. */
const beside = /(^|\/)(scripts?|bin|tools?|helpers|tasks|migrat\w*|seed\w*)\//i;
const inBin = /(^|\/)bin\//;

/** A script of the house, or a program that a build or a person starts: what it checks is checked for itself. */
const isBeside = (wiring: ComponentWiring, file: string): boolean =>
  beside.test(file) || wiring.entries.some((entry) => entry.file === file && entry.phase !== 'runtime');

const checksOf = once((model, component: Component): Checks => {
  const wiring = model.wiring.of(component);
  const stack = setByStack(model);
  const settings = settingNames(model, component);
  const inRequest = meetsRequest(model, component);
  const started = new Set(wiring.entries.flatMap(({ file, phase }) => (phase === 'runtime' ? [file] : [])));
  const isGivenVariable = (name: string): boolean => isGivenAnywhere(name) || stack.has(name);
  const checks: Checks = { read: new Map(), written: [], running: [], covered: new Set(), all: false };
  const schemas = new Map<string, { names: Set<string>; line: number; live: boolean }>();
  // What runs goes first, so that a check in idle code meets the variables that are read, whatever the order of files.
  const reads = wiring.env().map((one) => ({ ...one, runs: livenessIn(wiring, one.live) }));
  for (const { file, fact, live, runs } of reads.sort(
    (a, b) => Number(a.runs === 'dead') - Number(b.runs === 'dead'),
  )) {
    if (isAside(file) || onceOnly(file) || (fact.via === 'config' && settings.has(fact.name))) continue;
    // A script of the house that does without needs no check where the program starts, unless it is the program: `bin/www`.
    if (beside.test(file) && fact.fallback !== null && !(inBin.test(file) && started.has(file))) continue;
    const isOwn = !isGivenVariable(fact.name);
    const isSafe = fact.fallback !== null;
    const before = checks.read.get(fact.name);
    if (fact.via === 'schema') {
      if (isWrittenOut(model, file, fact.name)) continue;
      const schema = schemas.get(file) ?? { names: new Set<string>(), line: fact.line, live: false };
      schema.names.add(fact.name);
      schema.live ||= runs !== 'dead';
      schemas.set(file, schema);
      const at = noteOf({ file, line: fact.line }, `declares ${fact.name}`);
      if (runs !== 'dead' && isOwn && !before) checks.read.set(fact.name, { at, safe: isSafe });
    } else if (fact.via !== 'import.meta.env' && !browser.test(fact.name) && isOwn && /^\w+$/.test(fact.name)) {
      const at = noteOf({ file, line: fact.line }, `reads ${fact.name}`);
      if (runs === 'dead' && !before) continue;
      if (runs !== 'dead' && (!before || (before.safe && !isSafe))) checks.read.set(fact.name, { at, safe: isSafe });
    }
    const isApart = isBeside(wiring, file) && live !== 'live';
    if (!fact.checked || isApart || browser.test(fact.name) || !isOwn || inRequest(file, fact.line)) continue;
    const shown = noteOf({ file, line: fact.line }, `stops without ${fact.name}`);
    checks.written.push(shown);
    if (runs !== 'live') continue;
    checks.running.push(shown);
    checks.covered.add(fact.name);
  }
  const owns = (path: string): boolean => ownerOf(model, path) === component.path;
  for (const { path, variables } of mappedVariables(model, owns))
    for (const { name, line } of variables)
      if (!isGivenVariable(name) && !checks.read.has(name))
        checks.read.set(name, { at: noteOf({ file: path, line }, `reads ${name}`), safe: true });
  for (const { name, at, checked } of workerVariables(model, component)) {
    if (isGivenVariable(name)) continue;
    if (!checks.read.has(name)) checks.read.set(name, { at, safe: false });
    if (!checked) continue;
    checks.covered.add(name);
    for (const list of [checks.written, checks.running]) list.push({ ...at, note: `stops without ${name}` });
  }
  for (const { file, names, line } of decorated(wiring)) {
    const schema = schemas.get(file) ?? { names: new Set<string>(), line, live: true };
    for (const name of names) schema.names.add(name);
    schemas.set(file, schema);
  }
  bySchema(model, component, schemas, checks);
  for (const { names, evidence, live } of validatedSettings(model, component)) {
    checks.written.push(evidence);
    if (!live) continue;
    checks.running.push(evidence);
    for (const name of names) checks.covered.add(name);
  }
  byHelper(model, wiring, checks);
  byLoop(model, wiring, checks);
  // A schema says more than any single check.
  const single = ({ note }: Evidence) => Number(note.startsWith('stops without'));
  checks.written.sort((a, b) => single(a) - single(b));
  checks.running.sort((a, b) => single(a) - single(b));
  checks.read = new Map([...checks.read].sort(([a], [b]) => byCodeUnit(a, b)));
  return checks;
});

/** Classes whose properties are named like variables and carry class-validator's decorators. */
function decorated(wiring: ComponentWiring): { file: string; names: string[]; line: number }[] {
  const byFile = new Map<string, { names: Set<string>; line: number }>();
  for (const { file, fact } of wiring.calls((call) => call.form === 'decorator' && call.target?.kind === 'property')) {
    const from = fact.origin?.from === 'package' ? fact.origin.package : null;
    if (from !== 'class-validator' || !variableName.test(fact.target!.name)) continue;
    const known = byFile.get(file) ?? { names: new Set<string>(), line: fact.line };
    known.names.add(fact.target!.name);
    byFile.set(file, known);
  }
  return [...byFile].map(([file, { names, line }]) => ({ file, names: [...names], line }));
}

const variableName = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const applying =
  /(parse|valid|attempt|assert|check|decode|cast|clean|create|verify|env|plainTo(?:Instance|Class))\w*$/i;
const environment = /^(process\.env|import\.meta\.env|Bun\.env|Deno\.env|env)$/;

/** A schema is written where its names stand, and runs where the environment, or an object of variables, is handed to it. */
function bySchema(
  model: AuditModel,
  component: Component,
  schemas: ReadonlyMap<string, { names: Set<string>; line: number; live: boolean }>,
  checks: Checks,
): void {
  const wiring = model.wiring.of(component);
  const tools = wantedPackages(model.knowledge, { capability: 'env-validation' });
  const validators = wantedPackages(model.knowledge, { capability: 'validation' });
  for (const [file, { names, line }] of schemas)
    checks.written.push(noteOf({ file, line }, `schema of ${names.size} variables`));
  const applied = wiring.calls((call, file) => {
    if (isAside(file)) return false;
    if (matchesOrigin(call.origin, tools) || call.args.some((arg) => mentionsPackage(arg, tools))) return true;
    if (configModule(model, file, call)) return true;
    return (
      (applying.test(call.callee) &&
        !looksUp(call) &&
        call.args.some(
          (arg) => (isEnvironment(arg) && (!isHandedOn(arg) || overIt.test(call.callee))) || takesIn(model, file, arg),
        )) ||
      (/(parse|validate)\w*$/i.test(call.callee) &&
        matchesOrigin(call.origin, validators, [lastOf(call)]) &&
        call.args.some((arg) => holdsVariables(arg) || recordOf(model, file, arg).length > 0))
    );
  });
  let ran = false;
  for (const { file, fact, live } of applied) {
    const shown = noteOf({ file, line: fact.line }, `${fact.callee}(…) over the environment`);
    checks.written.push(shown);
    if (livenessIn(wiring, live) !== 'live') continue;
    ran = true;
    checks.running.push(shown);
    for (const argument of fact.args) {
      for (const name of recordOf(model, file, argument)) checks.covered.add(name);
      for (const value of within(argument)) {
        if (value.kind === 'env') checks.covered.add(value.name);
        // `get('DATABASE_URL').required()` of a package made for it.
        if (value.kind === 'string' && variableName.test(value.value) && matchesOrigin(fact.origin, tools)) {
          checks.covered.add(value.value);
          if (!checks.read.has(value.value))
            checks.read.set(value.value, { at: { ...shown, note: `reads ${value.value}` }, safe: false });
        }
        if (value.kind === 'object' && value.props.env?.kind === 'string') checks.covered.add(value.props.env.value);
      }
    }
  }
  // Handed on as a plugin, with no call of its own.
  if (applied.length === 0) {
    // Some check by being imported alone.
    const bare = importsOf(
      wiring,
      tools.filter((tool) => tool.sideEffect),
    );
    const used = [...usesOf(model, component, tools), ...bare];
    checks.written.push(...used.map((one) => one.evidence));
    const running = used.filter((one) => one.live === 'live').map((one) => one.evidence);
    checks.running.push(...running);
    ran = running.length > 0;
  }
  if (!ran) return;
  for (const { names, live } of schemas.values()) if (live) for (const name of names) checks.covered.add(name);
  checks.all = checks.covered.size === 0;
}

const lastOf = (call: CallFact): string => call.callee.split('.').at(-1)!;

/** `ConfigModule.forRoot({ validationSchema })`, `{ validate }`, written there or kept under a name. */
const configModule = (model: AuditModel, file: string, call: CallFact): boolean =>
  /ConfigModule\.forRoot(Async)?$/.test(call.callee) &&
  call.args
    .map((arg) => declaredValue(model, file, arg).value)
    .some((arg) => arg.kind === 'object' && ('validate' in arg.props || 'validationSchema' in arg.props));

/** `getEnv(import.meta.env, 'NAME')` hands out one variable as it is. */
const looksUp = ({ callee, args }: CallFact): boolean =>
  /(^|\.)(get|read|pick|from)[A-Z]?\w*$/.test(callee) && args.some(({ kind }) => kind === 'string');

const isEnvironment = (value: ValueFact): boolean =>
  value.kind === 'ref' &&
  ((environment.test(value.path) &&
    (value.path !== 'env' || value.origin === null || value.origin.from === 'package')) ||
    // Hands out `process.env`, or what other runtimes have in its place.
    (value.origin?.from === 'package' && value.origin.package === 'std-env' && value.origin.member === 'env'));

/** A worker hands its environment to whatever needs a store or a secret of it. */
const isHandedOn = (value: ValueFact): boolean => value.kind === 'ref' && value.path === 'env' && value.origin === null;
const overIt = /schema|(parse|valid|check|assert|ensure|require)\w*$/i;

/** `const all = { ...file, ...process.env }` or the parameter `source = process.env`, handed on by its name. */
const takesIn = (model: AuditModel, file: string, value: ValueFact): boolean =>
  value.kind === 'ref' &&
  /^\w+$/.test(value.path) &&
  new RegExp(
    `\\b${value.path}\\b[^=;{]{0,60}=\\s*(?:\\{[^;]{0,300}\\.\\.\\.process\\.env\\b|process\\.env\\b(?![.[]))`,
  ).test(model.view.text(file));

/** `const raw = { port: process.env.PORT, … }` inside a function, handed on by its name: the variables it is made of. */
function recordOf(model: AuditModel, file: string, value: ValueFact): string[] {
  if (value.kind !== 'ref' || value.origin !== null || !/^\w+$/.test(value.path)) return [];
  const text = model.view.text(file);
  const made = new RegExp(
    `\\b(?:const|let|var)\\s+${value.path}\\b[^=;{]{0,60}=\\s*\\{([^{};]*(?:\\$\\{[^{}]*\\}[^{};]*)*)\\}`,
  ).exec(text);
  return [...(made?.[1] ?? '').matchAll(/\bprocess\.env\.([A-Z]\w*)/g)].map((match) => match[1]!);
}

const holdsVariables = (value: ValueFact): boolean => [...within(value)].some((inner) => inner.kind === 'env');

/** `requireEnv('X')`, `config.getOrThrow('X')`: asked through something that throws. */
function byHelper(model: AuditModel, wiring: ComponentWiring, checks: Checks): void {
  const named = wiring.calls(
    (call, file) =>
      call.form === 'call' &&
      call.args[0]?.kind === 'string' &&
      variableName.test(call.args[0].value) &&
      !isAside(file),
  );
  for (const { file, fact, live } of named) {
    const name = (fact.args[0] as { value: string }).value;
    if (!checks.read.has(name) && !/env|config|require|^this\.get/i.test(fact.callee)) continue;
    const known = checks.read.get(name);
    if (known && /optional/i.test(fact.callee)) checks.read.set(name, { ...known, safe: true });
    if (!/getOrThrow$/.test(fact.callee) && !helperThrows(model, file, fact)) continue;
    const shown = noteOf({ file, line: fact.line }, `${fact.callee}(…) stops without ${name}`);
    checks.written.push(shown);
    if (livenessIn(wiring, live) !== 'live') continue;
    checks.running.push(shown);
    checks.covered.add(name);
  }
}

function helperThrows(model: AuditModel, file: string, call: CallFact): boolean {
  if (/\.(get|has)$/.test(call.callee)) return false;
  const own = call.callee.startsWith('this.')
    ? model.wiring.code(file)?.functions.find((fn) => `this.${fn.name}` === call.callee)
    : undefined;
  const target = own
    ? { file, fn: own }
    : model.wiring.functionOf(file, { kind: 'ref', path: call.callee, origin: call.origin });
  // Methods of a class ask one another.
  if (own && /this\.get\w*\(|this\.\w*[eE]nv\w*\(/.test(textOf(model, file, own)))
    return model.wiring
      .code(file)!
      .functions.some((fn) => fn.owner === own.owner && /^get|env/i.test(fn.name) && throws(model, file, fn));
  return (
    target !== null &&
    throws(model, target.file, target.fn) &&
    /env|config/i.test(textOf(model, target.file, target.fn))
  );
}

const textOf = (model: AuditModel, file: string, fn: FunctionFact): string =>
  model.view.text(file).slice(fn.start, fn.end);
const throws = (model: AuditModel, file: string, fn: FunctionFact): boolean =>
  /\bthrow\b|process\.exit\(|\bpanic\(|\bassert\w*\(|invariant\(/.test(textOf(model, file, fn));

/** A list of names, or of objects that hold them, and a loop over it that throws: `for (const name of required) if (!process.env[name]) throw …`. */
function byLoop(model: AuditModel, wiring: ComponentWiring, checks: Checks): void {
  for (const file of new Set([...wiring.own, ...wiring.reached])) {
    const isLive = livenessIn(wiring, wiring.fileLiveness(file)) === 'live';
    if (isAside(file) || (isBeside(wiring, file) && !isLive)) continue;
    const text = model.view.text(file);
    const looked = /process\.env\[\s*(?:[a-z]\w*\.)?([a-z]\w*)\s*\]/.exec(text);
    if (!looked || !/\bthrow\b|process\.exit\(/.test(text.slice(looked.index, looked.index + 600))) continue;
    const names = [...text.matchAll(/\[\s*((?:['"`][A-Z][A-Z0-9_]+['"`]\s*,?\s*(?:\/\/[^\n]*\s*)*)+)\]/g)].flatMap(
      (list) => [...list[1]!.matchAll(/['"`]([A-Z][A-Z0-9_]+)['"`]/g)].map((one) => one[1]!),
    );
    // Each name may have more beside it: `{ key: 'X', hint: … }`.
    const entries = text.matchAll(new RegExp(`[{,]\\s*${looked[1]}\\s*:\\s*['"]([A-Z][A-Z0-9_]+)['"]`, 'g'));
    names.push(...[...entries].map((one) => one[1]!));
    if (names.length === 0) continue;
    const shown = noteOf(
      { file, line: text.slice(0, looked.index).split('\n').length },
      `stops without ${names.length} variables of a list`,
    );
    checks.written.push(shown);
    if (!isLive) continue;
    checks.running.push(shown);
    for (const name of names) checks.covered.add(name);
  }
}

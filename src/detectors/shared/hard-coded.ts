import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { CallFact, EnvRead, ValueFact } from '../../model/facts/index.ts';
import { isSamplePath } from '../../model/source-paths.ts';
import { isPlaceholder, isRealValue, isSecretValue, isStock, type SecretClass, secretClass } from './credentials.ts';
import { packageOf, wantedPackages } from './packages.ts';
import { isAside, noteOf, once, subjects } from './scope.ts';
import { declaredValue } from './values.ts';

/** Signing secrets and passwords that code which may run has written into it, one note per file and name. */
export function hardCodedSecrets(model: AuditModel): Evidence[] {
  const found = new Map<string, Evidence>();
  const add = (file: string, line: number, note: string): void => {
    const key = `${file}\0${note}`;
    if (!found.has(key)) found.set(key, noteOf({ file, line }, note));
  };
  // Shared code is reached by many components, and says the same in each.
  const seen = new Set<CallFact | EnvRead>();
  for (const component of subjects(model, null)) {
    if (component.language === 'js') inScript(model, component, add, seen);
    if (component.language === 'python' && component.kind !== 'library') inPython(model, component, add);
  }
  inConfiguration(model, add);
  inDefinitions(model, add);
  return [...found.values()];
}
type Add = (file: string, line: number, note: string) => void;

const otherwise = /(^|\/|[._-])(seeds?|seeders?|mocks?|dev(elopment)?|local|test(ing)?|cypress|playwright)([._/-]|$)/i;

/** Asked of a file for every call in it. */
const isProduction = once((_, file: string): boolean => !isAside(file) && !isSamplePath(file) && !otherwise.test(file));

function inScript(model: AuditModel, component: Component, add: Add, seen: Set<CallFact | EnvRead>): void {
  const wiring = model.wiring.of(component);
  const takesSecrets = secretTakers(model);
  for (const { file, fact, live } of wiring.env()) {
    if ((live === 'dead' && !writesIn(model, file)) || seen.has(fact)) continue;
    seen.add(fact);
    if (isProduction(model, file) && fallsBack(model, file, fact))
      add(file, fact.line, `${fact.name} falls back to a value written in the code`);
  }
  for (const { file, fact, live } of wiring.calls()) {
    const from = live === 'dead' ? null : packageOf(fact.origin);
    if (!from || seen.has(fact)) continue;
    seen.add(fact);
    if (!isProduction(model, file)) continue;
    for (const name of secretsIn(model, file, fact, from, takesSecrets))
      add(file, fact.line, `${name} is written in the code`);
  }
  for (const file of new Set([...wiring.own, ...wiring.reached])) {
    if (!isProduction(model, file) || wiring.fileLiveness(file) === 'dead') continue;
    const code = model.wiring.code(file);
    for (const [name, value] of Object.entries(code?.constants ?? {}))
      if (isIssuedSecret(name, value)) add(file, lineOf(model, file, name, value), `${name} is written in the code`);
    if (!settingsFile.test(file)) continue;
    if (!code) linesOf(model, file, add, 'code');
    for (const [name, value] of Object.entries(code?.objects ?? {}))
      if (!refused.test(name))
        for (const one of literalsIn(value, name))
          if (isWrittenSecret(one))
            add(file, lineOf(model, file, one.name, one.value.value), `${one.name} is written in the code`);
  }
}

/** A bundler's configuration that writes values into what it builds: `define: { 'process.env.KEY': … }`. */
const writesIn = (model: AuditModel, file: string): boolean =>
  /(^|\/)(vite|webpack|rspack|rollup|tsup)\.config\.[cm]?[jt]s$/.test(file) &&
  /\bdefine\s*:|DefinePlugin|EnvironmentPlugin/.test(model.view.text(file));

/** A constant named for a secret, with letters and digits as only a generator draws them. */
const isIssuedSecret = (name: string, value: string): boolean =>
  /secret|private_?key/i.test(name) &&
  secretClass(name) !== null &&
  isRealValue(value, name) &&
  /^[\w+/=-]{20,}$/.test(value) &&
  value.replace(/\D/g, '').length >= 4 &&
  value.replace(/[^a-z]/gi, '').length >= 4;

/** `process.env.JWT_SECRET || 'secret'`: any value is a way in, where it signs; a password only when it is not everybody's. */
function fallsBack(model: AuditModel, file: string, read: EnvRead): boolean {
  const is = secretClass(read.name);
  if (!is || !read.fallback || read.checked) return false;
  const otherwise = resolved(model, file, read.fallback);
  if (otherwise.kind === 'string') return isGivenAway(otherwise.value, read.name, is);
  if (read.via !== 'schema') return false;
  const lines = model.view
    .text(file)
    .split('\n')
    .slice(read.line - 1, read.line + 4)
    .join('\n');
  const own = lines.split(/,[^\S\n]*(?:\/\/.*)?\n/)[0]!;
  const value = /\bdefault[(:]\s*(['"`])([^'"`]+)\1/.exec(own);
  return value !== null && isGivenAway(value[2]!, read.name, is);
}

const isGivenAway = (value: string, name: string, is: SecretClass): boolean =>
  is === 'signing' ? value.trim() !== '' && !/^[$<]|\{\{/.test(value) : isRealValue(value, name);

const hmac = { members: /(^|\.)createHmac$/, argument: 1 };
/** Where packages take what they sign with, by position; by name it is found in any of their options. */
const positions: Record<string, { members: RegExp; argument: number }> = {
  jsonwebtoken: { members: /(^|\.)(sign|verify)$/, argument: 1 },
  'jwt-simple': { members: /(^|\.)(encode|decode)$/, argument: 1 },
  'cookie-parser': { members: /^(default)?$/, argument: 0 },
  'crypto-js': { members: /(encrypt|decrypt|Hmac\w+)$/, argument: 1 },
  crypto: hmac,
  'node:crypto': hmac,
  'hono/jwt': { members: /^(sign|verify)$/, argument: 1 },
};

/** Tells packages that are given secrets as options; each is looked up once. */
function secretTakers(model: AuditModel): (name: string) => boolean {
  const wanted = wantedPackages(model.knowledge, { capability: ['auth', 'orm', 'database-driver', 'email'] });
  const known = new Map<string, boolean>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined) {
      found = wanted.some((one) => one.package === name || name.startsWith(`${one.package}/`));
      known.set(name, found);
    }
    return found;
  };
}

function secretsIn(
  model: AuditModel,
  file: string,
  call: CallFact,
  from: { package: string; member: string },
  takesSecrets: (name: string) => boolean,
): string[] {
  const at = positions[from.package];
  if (at?.members.test(from.member)) {
    const value = call.args[at.argument] && declaredValue(model, file, call.args[at.argument]!).value;
    const written = value?.kind === 'string' && value.value !== '';
    if (written) return [`the secret of ${call.callee}`];
  }
  const plugin = /(^|\.)register$/.test(call.callee) ? /jwt|cookie|session/i : /jwt/i;
  const other = call.args.find((argument) => argument.kind === 'ref' && plugin.test(argument.path));
  if (!other && !takesSecrets(from.package)) return [];
  return call.args
    .flatMap((argument) => literalsIn(argument, ''))
    .map((one) => ({ ...one, value: resolved(model, file, one.value) }))
    .filter((one) => isWrittenSecret(one))
    .map((one) => one.name);
}

const resolved = (model: AuditModel, file: string, value: ValueFact): ValueFact =>
  declaredValue(model, file, value).value;

interface Named {
  name: string;
  value: ValueFact;
  /** Names beside it say that it opens a database. */
  database: boolean;
}

const databaseWords = /^(host|dialect|database|synchronize|entities|connection|db|dbname|db_name|uri)$/i;
const databaseName = /(^|_)(db|database|postgres\w*|mysql|mongo\w*|redis|sql\w*|rabbit\w*|amqp|kafka|development)$/i;
/** A list of what must not be used is the opposite of using it. */
const refused =
  /placeholder|insecure|forbidden|weak|blocked|invalid|known|deny|disallow|example|sample|mock|dummy|test/i;

/** Every property with a name of a secret, however deep. */
function literalsIn(value: ValueFact, name: string, database = false): Named[] {
  if (value.kind === 'object') {
    const beside = database || Object.keys(value.props).some((key) => databaseWords.test(key));
    return Object.entries(value.props).flatMap(([key, inner]) =>
      stage.test(key) || refused.test(key)
        ? []
        : literalsIn(inner, key, inner.kind === 'object' ? databaseName.test(key) : beside),
    );
  }
  if (value.kind === 'array')
    return /keys|secret/i.test(name) ? value.items.map((item) => ({ name, value: item, database })) : [];
  return secretClass(name) ? [{ name, value, database }] : [];
}
const stage = /^(test|development|dev|local|ci)$/i;

function isWrittenSecret(one: Named): one is Named & { value: { kind: 'string' } } {
  const { name, value, database } = one;
  if (value.kind !== 'string') return false;
  const is = secretClass(name);
  if (is === 'signing')
    return name.toLowerCase() === 'secret'
      ? value.value.length >= 3 && !/\s.*\s/.test(value.value)
      : isSecretValue(value.value, name);
  if (is === 'password')
    return (
      isSecretValue(value.value, name) &&
      !isPlaceholder(value.value) &&
      (database ? !isStock(value.value) : !/^(password|text|string)$/i.test(value.value))
    );
  return is === 'key' && isRealValue(value.value, name);
}

const settingsFile =
  /(^|\/)([\w.-]*config[\w.-]*|settings|secrets?|credentials|env(ironment)?s?|keys|constants?)(\/[^/]+)?\.[cm]?[jt]s$|(^|\/)configs?\//i;

/** The line with both, else the first with the name. */
function lineOf(model: AuditModel, file: string, name: string, value: string): number {
  const lines = model.view.text(file).split('\n');
  const holding = (...words: string[]) => lines.findIndex((line) => words.every((word) => line.includes(word)));
  return Math.max(holding(name, value), holding(name), 0) + 1;
}

const dataFile =
  /(^|\/)config\/[^/]+\.(json|ya?ml)$|(^|\/)appsettings(\.production)?\.json$|(^|\/)application(-prod\w*)?\.(properties|ya?ml)$/i;
const otherStage =
  /(^|[/._-])(dev(elopment)?|test|local|ci|example|sample|template|schema|custom-environment-variables)[._-]/i;

/** What configuration files as data hand to the program. */
function inConfiguration(model: AuditModel, add: Add): void {
  for (const file of model.view.list()) {
    if (!dataFile.test(file) || otherStage.test(file.slice(file.lastIndexOf('/') + 1)) || !isProduction(model, file))
      continue;
    linesOf(model, file, add, 'configuration');
  }
}

/** What a definition hands to our program in production: built on the spot without a word of that, it serves development. */
function inDefinitions(model: AuditModel, add: Add): void {
  for (const { rank, services } of model.deployment.environments)
    for (const { component, image, env } of services) {
      const isMeant =
        rank === 'applied' ||
        rank === 'named-production' ||
        image !== null ||
        env.some(({ name, value }) => name === 'NODE_ENV' && value === 'production');
      if (component === null || rank === 'development' || !isMeant) continue;
      for (const { name, value, file, line } of env)
        if (
          value &&
          secretClass(name) === 'signing' &&
          isSecretValue(value, name) &&
          !isPlaceholder(value) &&
          isProduction(model, file)
        )
          add(file, line, `${name} is written in the definition`);
    }
}

/** One setting a line: what a file holds of which no tree was read. */
function linesOf(model: AuditModel, file: string, add: Add, where: 'code' | 'configuration'): void {
  model.view
    .text(file)
    .split('\n')
    .forEach((text, index) => {
      for (const match of text.matchAll(where === 'code' ? inCode : inData)) {
        const [name, value] = [match[1]!, match[2]!];
        const is = secretClass(name);
        if (!is || /^(true|false|null|\d+)$/.test(value)) continue;
        const written =
          is === 'signing'
            ? (isSecretValue(value, name) && !isPlaceholder(value)) || /^secret$/i.test(value)
            : isRealValue(value, name);
        if (written) add(file, index + 1, `${name} is written in the ${where}`);
      }
    });
}
const inCode = /(?<![\w/*-])["']?([\w-]+)["']?\s*[:=]\s*["']([^"'\s]{3,1000})["']/g;
const inData = /^\s*["']?([\w.-]+)["']?\s*[:=]\s*["']?([^"',#\s]{3,1000})["']?,?\s*$/g;

/** `SECRET_KEY = '…'` of Flask and Django. */
function inPython(model: AuditModel, component: Component, add: Add): void {
  const prefix = component.path === '.' ? '' : `${component.path}/`;
  for (const file of model.view.list()) {
    if (!file.endsWith('.py') || !file.startsWith(prefix) || !isProduction(model, file)) continue;
    model.view
      .text(file)
      .split('\n')
      .forEach((text, index) => {
        const match =
          /^\s*(?:[\w.]+\.)?(?:config\[['"])?([A-Za-z_]*secret[A-Za-z_]*)(?:['"]\])?\s*=\s*['"]([^'"]{3,200})['"]\s*$/i.exec(
            text,
          );
        if (match && secretClass(match[1]!) === 'signing' && isSecretValue(match[2]!, match[1]!))
          add(file, index + 1, `${match[1]} is written in the code`);
      });
  }
}

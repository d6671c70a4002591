import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact, ValueFact } from '../model/facts/index.ts';
import { rootOf } from '../model/origin.ts';
import { allOf, no, type Signal, unknown, yes } from '../model/signal.ts';
import type { Liveness } from '../model/wiring.ts';
import { configurationLines } from './shared/configuration.ts';
import { comparing, headersInCode, reflecting } from './shared/cors-headers.ts';
import { wantedOf, wantedPackages } from './shared/packages.ts';
import { noUnlessBlind } from './shared/reach.ts';
import { isAside, noteOf, once, placeOf, subjects } from './shared/scope.ts';
import { ofDefinitions, ofMedusa, ofMoleculer, ofStrapi, openElsewhere } from './shared/stated-origins.ts';
import { declaredValue, outcomes } from './shared/values.ts';

export default defineDetector({
  name: 'allows-origins',
  reads: 'config',
  asks: '`set`: code of the component sets a CORS policy; `registered`: in code that runs; `explicit`: and it names the origins it allows',
  options: z.strictObject({ ask: z.enum(['set', 'registered', 'explicit']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

interface Policy {
  evidence: Evidence;
  live: Liveness;
  open: string | null;
  /** A library of another language, and nothing known of what it is told. */
  unread?: boolean;
}

function judgeOne(model: AuditModel, component: Component, ask: 'set' | 'registered' | 'explicit'): Signal {
  const policies = policiesOf(model, component);
  const searched = `${placeOf(component)}: a CORS policy, or an Access-Control-Allow-Origin header`;
  if (ask === 'set') return policies.length > 0 ? yes(...policies.map((one) => one.evidence)) : no(searched);
  const live = policies.filter((one) => one.live === 'live');
  if (ask === 'registered')
    return live.length > 0
      ? yes(...live.map((one) => one.evidence))
      : noUnlessBlind(model.wiring.of(component), searched, policies);
  const open = live.filter((one) => one.open !== null);
  if (open.length > 0)
    return no(
      `${placeOf(component)}: a list of origins`,
      open.map((one) => ({ ...one.evidence, note: `${one.evidence.note}: ${one.open}` })),
    );
  const read = live.filter((one) => !one.unread);
  if (read.length === 0 && live.length > 0)
    return unknown(
      'no-analyser',
      `${placeOf(component)} is written in ${component.language}, whose code is not read`,
      live.map((one) => one.evidence),
    );
  return yes(...read.map((one) => one.evidence));
}

const policiesOf = once((model, component: Component): readonly Policy[] => findPolicies(model, component));

function findPolicies(model: AuditModel, component: Component): Policy[] {
  const stated = ofDefinitions(model, component).map((one): Policy => ({ ...one, live: 'live' }));
  if (component.language !== 'js') return [...elsewhere(model, component), ...stated];
  const wiring = model.wiring.of(component);
  const wanted = wantedPackages(model.knowledge, { capability: 'cors' });
  const found: Policy[] = [];
  for (const { file, fact, live } of wiring.calls()) {
    const last = fact.callee.split('.').at(-1)!;
    const add = (note: string, open: string | null): void => {
      found.push({ evidence: noteOf({ file, line: fact.line }, note), live, open });
    };
    const fromPackage =
      fact.form === 'call' && fact.origin?.from === 'package' && wantedOf(fact.origin.package, wanted).length > 0;
    // A plugin handed over by name; one that is called on the spot is seen as a call of its own.
    const registered =
      (last === 'register' || last === 'use') && fact.args[0] !== undefined && originPackage(fact.args[0], wanted);
    const [first, second, ...others] = fact.args;
    const created = last === 'create' ? [second, ...others].flatMap((one) => corsOf(model, file, one) ?? [])[0] : null;
    const takesCors = fact.form === 'new' || /(Server|Yoga|WebSocketGateway)$|^(start|buildConfig)$/.test(last);
    const given = takesCors
      ? fact.args.flatMap((one) => (one.kind === 'object' ? (one.props.cors ?? []) : []))[0]
      : null;
    if (fromPackage || registered)
      add(`${fact.callee}(…) sets a CORS policy`, openness(model, file, registered ? second : first));
    else if (last === 'enableCors') add('enableCors', openness(model, file, first));
    else if (created && !(created.kind === 'boolean' && !created.value))
      add('created with cors', openness(model, file, created));
    else if (setting.has(last) && isOfOrigins(first) && !forStaticFiles(model, file, fact.start))
      add('sets Access-Control-Allow-Origin', headerOpenness(model, file, fact));
    else if (given) add(`${fact.callee} with cors`, openness(model, file, given));
  }
  for (const one of wiring.middleware().filter((candidate) => candidate.how === 'autoload')) {
    if (!one.behind.some((use) => wantedOf(use.package, wanted).length > 0)) continue;
    const options = model.wiring.code(one.file)?.objects.autoConfig;
    found.push({
      evidence: noteOf(one, 'autoloaded CORS plugin'),
      live: one.live,
      open: openness(model, one.file, options),
    });
  }
  const supplied = [...ofStrapi(model, component), ...ofMedusa(model, component), ...ofMoleculer(model, component)].map(
    (one): Policy => ({ ...one, live: 'live' }),
  );
  return [
    ...found,
    ...supplied,
    ...headersInCode(model, component),
    ...headersInConfiguration(model, component),
    ...inRouteRules(model, component),
    ...stated,
  ];
}

const setting = new Set(['setHeader', 'set', 'header', 'append', 'writeHead']);
const isOfOrigins = (name: ValueFact | undefined): boolean =>
  name?.kind === 'string' && /^access-control-allow-origin$/i.test(name.value);

/** `if (list.includes(origin)) res.set('Access-Control-Allow-Origin', origin)` sends back what was let in. */
function headerOpenness(model: AuditModel, file: string, { within, args }: CallFact): string | null {
  const open = valueOpenness(model, file, args[1]);
  const fn = model.wiring.code(file)?.functions[within];
  const around = fn ? model.view.text(file).slice(fn.start, fn.end) : '';
  return open === reflecting && comparing.test(around) ? null : open;
}

/** `serveStatic(folder, { setHeaders: (res) => res.set(…) })`: fonts and pictures are for everybody; the API is another matter. */
const forStaticFiles = (model: AuditModel, file: string, start: number): boolean =>
  /\bsetHeaders\s*[:(=][^}]*$/.test(model.view.text(file).slice(Math.max(0, start - 300), start));

/** `NestFactory.create(AppModule, { cors: true })`, the options written there or behind a name. */
function corsOf(model: AuditModel, file: string, options: ValueFact | undefined): ValueFact | null {
  const value = options ? declaredValue(model, file, options).value : null;
  if (value?.kind !== 'object') return null;
  return value.props.cors ?? (value.spread ? spreadCors(model.view.text(file)) : null);
}

/** `{ ...defaults, ...given }` with `cors` among the defaults of the same file: of what is spread only the text is at hand. */
function spreadCors(text: string): ValueFact | null {
  for (const [, name] of text.matchAll(/\.\.\.(\w+)/g)) {
    const defaults = new RegExp(`\\b${name}\\b[^=;\\n]*=\\s*\\{[^{}]*\\bcors\\s*:\\s*true\\b`).test(text);
    if (defaults) return { kind: 'boolean', value: true };
  }
  return null;
}

/** `routeRules: { '/api/**': { cors: true } }`: Nuxt and Nitro answer the paths with the wildcard, unless `headers` names an origin. */
function inRouteRules(model: AuditModel, component: Component): Policy[] {
  const lines = configurationLines(model, component).filter(({ file }) => /(^|\/)(nuxt|nitro)\.config\./.test(file));
  if (lines.some(({ text }) => /access-control-allow-origin/i.test(text))) return [];
  return lines
    .filter(({ text }) => /\bcors\s*:\s*true\b/.test(text))
    .map(({ file, line }) => ({
      evidence: noteOf({ file, line }, 'route rule with cors'),
      live: 'live',
      open: 'the wildcard *',
    }));
}

/** Access-Control-Allow-Origin set by framework configuration, header files and the platform in front. */
function headersInConfiguration(model: AuditModel, component: Component): Policy[] {
  return configurationLines(model, component).flatMap(({ file, line, text, next }): Policy[] => {
    if (!/access-control-allow-origin/i.test(text)) return [];
    const open =
      /access-control-allow-origin['"]?[^\n]*?['":\s]\*/i.test(text) ||
      /^\s*['"]?value['"]?\s*:\s*['"`]\*['"`]/.test(next);
    return [
      {
        evidence: noteOf({ file, line }, 'sets Access-Control-Allow-Origin'),
        live: 'live',
        open: open ? 'the wildcard *' : null,
      },
    ];
  });
}

const originPackage = (value: ValueFact, wanted: ReturnType<typeof wantedPackages>): boolean => {
  const origin = rootOf(value.kind === 'ref' ? value.origin : null);
  return origin?.from === 'package' && wantedOf(origin.package, wanted).length > 0;
};

/** Why the options let any origin in, or null. Without options every library of the kind lets all in. */
function openness(model: AuditModel, file: string, options: ValueFact | undefined): string | null {
  if (!options) return 'defaults, which let any origin in';
  const { file: at, value } = declaredValue(model, file, options);
  if (value.kind === 'call') return configuredOpenness(model, value) ?? valueOpenness(model, at, value);
  if (value.kind === 'boolean') return value.value ? 'any origin' : null;
  const byDefault = value.kind === 'ref' ? openByDefault(model, value.path.split('.').at(-1)!) : null;
  if (value.kind !== 'object') return byDefault ?? valueOpenness(model, at, value);
  const origin = value.props.origin ?? value.props.origins;
  if (!origin) return value.spread ? null : 'no origin named, so any is let in';
  return valueOpenness(model, at, origin);
}

/** `config.get('app.cors')` of Nest, kept by `registerAs('app', …)`: what its origins are when nobody says. */
function configuredOpenness(model: AuditModel, { callee, args: [key] }: ValueFact & { kind: 'call' }): string | null {
  if (!/config\w*\.get(OrThrow)?$/i.test(callee) || key?.kind !== 'string' || !/^[a-z]/.test(key.value)) return null;
  const [space, ...rest] = key.value.split('.');
  const own =
    rest.length > 0 ? new RegExp(`\\bregisterAs\\(\\s*['"]${space}['"]`) : new RegExp(`\\b${space}\\s*:\\s*\\{`);
  for (const { path } of model.facts.sources) {
    if (isAside(path) || !/config/i.test(path)) continue;
    const text = model.view.text(path);
    const origin = own.test(text) ? /\borigin\s*:\s*([^,\n}]+)/.exec(text)?.[1]?.trim() : undefined;
    if (origin === undefined) continue;
    const kept = /^\w+$/.test(origin) ? new RegExp(`\\b${origin}\\s*=\\s*([^;]{1,300})`).exec(text)?.[1] : undefined;
    if (/['"`]\*['"`]/.test(kept ?? origin)) return 'falls back to the wildcard *';
    if (origin === 'true') return 'reflects any origin';
  }
  return null;
}

/** `cors(settings.corsOptions)`, where the settings a caller need not give are written out in another module. */
function openByDefault(model: AuditModel, name: string): string | null {
  if (!/cors/i.test(name)) return null;
  for (const { path, code } of model.facts.sources) {
    if (isAside(path)) continue;
    for (const settings of Object.values(code?.objects ?? {})) {
      const stated = settings.kind === 'object' ? settings.props[name] : undefined;
      const open = stated && stated.kind !== 'ref' ? openness(model, path, stated) : null;
      if (open) return `by default, ${open}`;
    }
  }
  return null;
}

function valueOpenness(model: AuditModel, file: string, value: ValueFact | undefined): string | null {
  if (!value) return 'any origin';
  const declared = declaredValue(model, file, value);
  for (const outcome of outcomes(declared.value)) {
    if (outcome.kind === 'call' && /(^|\.)(split|map|filter)(\(\))?$/.test(outcome.callee)) {
      const text = model.view
        .text(declared.file)
        .slice(outcome.start)
        .split(/;|\n\s*\n/)[0]!;
      if (/(\|\||\?\?)\s*['"`]\*['"`]/.test(text)) return 'falls back to the wildcard *';
    }
    if (outcome.kind === 'string' && outcome.value.trim() === '*')
      return value.kind === 'string' ? 'the wildcard *' : 'falls back to the wildcard *';
    if (outcome.kind === 'boolean' && outcome.value) return 'reflects any origin';
    if (outcome.kind === 'array' && outcome.items.some((item) => item.kind === 'string' && item.value === '*'))
      return 'the wildcard * in its list';
    if (outcome.kind === 'ref' && /(req|request|ctx)\.(headers\.origin|header)/.test(outcome.path)) return reflecting;
    if (
      outcome.kind === 'call' &&
      /\.(header|get)$/.test(outcome.callee) &&
      outcome.args.some((argument) => argument.kind === 'string' && /^origin$/i.test(argument.value))
    )
      return reflecting;
    if (outcome.kind === 'function') {
      const fn = model.wiring.code(file)?.functions[outcome.index];
      const body = fn ? model.view.text(file).slice(fn.start, fn.end) : '';
      if (fn && !/if\s*\(|\?|includes|indexOf|test\(|match|some\(|has\(|&&|\|\|/.test(body))
        return 'a function that lets any origin in';
      if (
        /headers?(\.|\(\s*['"`])(origin|referer)/i.test(body) &&
        !/includes|indexOf|test\(|match|some\(|has\(|(starts|ends)With|allow|white|process\.env/i.test(body)
      )
        return reflecting;
    }
  }
  return null;
}

/** Libraries of other languages that set a policy, by the manifest alone: which origins they let in is not known. */
function elsewhere(model: AuditModel, component: Component): Policy[] {
  const open = openElsewhere(model, component);
  if (open) return [{ evidence: open, live: 'live', open: 'any origin' }];
  return model.facts.foreignManifests
    .filter((manifest) => manifest.dir === component.path)
    .flatMap((manifest) =>
      manifest.dependencies
        .filter((dependency) => /(^|[-_/.])cors($|[-_/.])/i.test(dependency.name))
        .map(
          (dependency): Policy => ({
            evidence: noteOf({ file: manifest.path, line: dependency.line }, `declares ${dependency.name}`),
            live: 'live',
            open: null,
            unread: true,
          }),
        ),
    );
}

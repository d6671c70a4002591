import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { CallFact } from '../model/facts/index.ts';
import { valueFrom } from '../model/iac-text.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import type { Liveness, PackageUse } from '../model/wiring.ts';
import { configurationLines } from './shared/configuration.ts';
import { httpRoutes, isOneOf } from './shared/http.ts';
import { wantedPackages } from './shared/packages.ts';
import { noUnlessBlind } from './shared/reach.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';
import { declaredValue } from './shared/values.ts';

const names =
  /strict-transport-security|content-security-policy|x-content-type-options|x-frame-options|referrer-policy|permissions-policy|cross-origin-(?:opener|embedder|resource)-policy/gi;
const wholeName = new RegExp(`^(?:${names.source})$`, 'i');
const anyName = new RegExp(names.source, 'i');

export default defineDetector({
  name: 'sends-headers',
  asks: '`any`: a security header is sent by code or configuration that runs; `strong`: HSTS or CSP, with nosniff or frame rules; `defined`: somewhere, run or not',
  options: z.strictObject({ ask: z.enum(['defined', 'any', 'strong']) }),
  judge(model, component, { ask }) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject, ask)));
  },
});

interface Sent {
  header: string;
  live: Liveness;
  evidence: Evidence;
}

function judgeOne(model: AuditModel, component: Component, ask: 'defined' | 'any' | 'strong'): Signal {
  const sent = [
    ...fromLibraries(model, component),
    ...fromHapi(model, component),
    ...fromSvelteKit(model, component),
    ...fromCode(model, component),
    ...fromConfiguration(model, component),
    ...fromFront(model, component),
  ];
  const searched = `${placeOf(component)}: helmet and its kin, header calls, framework, platform and proxy headers`;
  if (ask === 'defined') return sent.length > 0 ? yes(...few(sent)) : no(searched);
  const live = sent.filter((one) => one.live === 'live');
  if (ask === 'any')
    return live.length > 0 ? yes(...few(live)) : noUnlessBlind(model.wiring.of(component), searched, sent);
  const has = (pattern: RegExp): boolean => live.some((one) => pattern.test(one.header));
  const first = has(/strict-transport|content-security|^all$/i);
  const second = has(/content-type-options|frame-options|frame-ancestors|^all$/i);
  return first && second
    ? yes(...few(live))
    : no(`${placeOf(component)}: HSTS or CSP, together with nosniff or frame rules`, few(live));
}

const few = (sent: readonly Sent[]): Evidence[] => sent.slice(0, 5).map((one) => one.evidence);

/** Helmet and its kin send them all; registered for the whole application or not at all. */
function fromLibraries(model: AuditModel, component: Component): Sent[] {
  const wanted = wantedPackages(model.knowledge, { capability: 'security-headers' });
  const wiring = model.wiring.of(component);
  const registered = wiring.middleware().flatMap((one): Sent[] => {
    const uses = one.behind.filter((candidate) => isOneOf(candidate, wanted));
    return uses.flatMap((use) =>
      headersOf(use).map((header) => ({
        header,
        live: one.live,
        evidence: noteOf(one, `${one.how}(${header === 'all' ? use.package : `${use.package}: ${header}`})`),
      })),
    );
  });
  if (registered.some((one) => one.live === 'live')) return registered;
  const called = wiring
    .calls((call) => call.origin?.from === 'package' && isOneOf(call.origin, wanted))
    .flatMap(({ file, fact, live }): Sent[] => {
      const { package: name, member } = fact.origin as { package: string; member: string };
      const evidence = noteOf({ file, line: fact.line }, `${fact.callee}(…)`);
      return headersOf({ package: name, member, args: fact.args }).map((header) => ({ header, live, evidence }));
    });
  return [...registered, ...called];
}

/** Middleware that sends one header of them, by the end of its member or package. Those of `weak` prove little by themselves. */
const single: readonly [pattern: RegExp, header: string][] = [
  [/^(hsts|strictTransportSecurity)$/, 'strict-transport-security'],
  [/^(csp|contentSecurityPolicy|helmet-csp|content-security-policy|express-csp-header)$/, 'content-security-policy'],
  [/^(noSniff|nosniff|xContentTypeOptions|dont-sniff-mimetype)$/, 'x-content-type-options'],
  [/^(frameguard|xframe|xFrameOptions)$/, 'x-frame-options'],
  [
    /^(hidePoweredBy|xPoweredBy|xssFilter|xssProtection|xXssProtection|ieNoOpen|xDownloadOptions|dnsPrefetchControl|xDnsPrefetchControl|permittedCrossDomainPolicies|crossdomain|noCache|nocache|p3p|referrer-?policy|originAgentCluster|crossOrigin\w+|x-xss-protection|permissions-policy|feature-policy)$/i,
    'weak',
  ],
];
const singleOf = (name: string): string | undefined => single.find(([pattern]) => pattern.test(name))?.[1];

/** Which headers a use of such a library sends: `all`, or the ones that its member or its options name. */
function headersOf({ package: name, member, args }: Pick<PackageUse, 'package' | 'member' | 'args'>): string[] {
  const last = member.split('.').at(-1)!;
  const one = singleOf(last) ?? singleOf(name);
  if (one) return [one];
  const options = args[0]?.kind === 'object' ? args[0].props : {};
  // Lusca sends what it is told to, and tokens against forgery are no header.
  if (/(^|-)lusca$/.test(name)) return Object.keys(options).flatMap((key) => singleOf(key) ?? []);
  // Helmet sends what it is not told to leave out.
  const off = Object.entries(options).flatMap(([key, value]) =>
    value.kind === 'boolean' && !value.value ? (singleOf(key) ?? []) : [],
  );
  const pairs = [strict, guarding].map((pair) => pair.filter((header) => !off.includes(header)));
  return pairs.every((pair) => pair.length > 0) ? ['all'] : ['weak', ...pairs.flat()];
}

const strict = ['strict-transport-security', 'content-security-policy'];
const guarding = ['x-content-type-options', 'x-frame-options'];

const secured = /\bsecurity\s*:\s*(?:true|\{)/;

/** hapi sends them all when its routes are told so: `routes: { security: true }`. */
function fromHapi(model: AuditModel, component: Component): Sent[] {
  if (!component.frameworks.includes('hapi')) return [];
  const wiring = model.wiring.of(component);
  return wiring.own.flatMap((file): Sent[] => {
    const text = model.view.text(file);
    const routes = /\broutes\s*:\s*(?=\{)/.exec(text);
    if (!routes || !secured.test(valueFrom(text, routes.index + routes[0].length).text)) return [];
    const line = text.slice(0, routes.index).split('\n').length;
    return [
      {
        header: 'all',
        live: wiring.fileLiveness(file),
        evidence: noteOf({ file, line }, 'hapi sends security headers'),
      },
    ];
  });
}

/** SvelteKit writes the policy that its configuration holds: `kit: { csp: { directives: { … } } }`. */
const fromSvelteKit = (model: AuditModel, component: Component): Sent[] =>
  component.frameworks.includes('sveltekit')
    ? configurationLines(model, component)
        .filter(({ file, text }) => /(^|\/)svelte\.config\.[cm]?[jt]s$/.test(file) && /\bcsp\s*:\s*[{\w]/.test(text))
        .map(({ file, line }) => ({
          header: 'content-security-policy',
          live: 'live',
          evidence: noteOf({ file, line }, 'SvelteKit sends content-security-policy'),
        }))
    : [];

/** Whether a place lies in the handler of one route among several; a route of all addresses speaks for the rest. */
function ofOneRoute(model: AuditModel, component: Component): (file: string, at: number) => boolean {
  const routes = httpRoutes(model, component);
  const paths = new Set(routes.map(({ path }) => path));
  return (file, at) =>
    paths.size > 1 &&
    routes.some(
      ({ path, handler }) =>
        handler?.file === file && at >= handler.fn.start && at < handler.fn.end && !/^\/?\(?[.*{]/.test(path),
    );
}

/** `res.setHeader('X-Frame-Options', …)`, `headers.set(…)`, `c.header(…)`. */
function fromCode(model: AuditModel, component: Component): Sent[] {
  const isOfOneRoute = ofOneRoute(model, component);
  return model.wiring
    .of(component)
    .called(/\.(setHeader|set|header|append|headers)$/)
    .flatMap(({ file, fact, live }): Sent[] => {
      return namesSet(model, file, fact)
        .filter((key) => wholeName.test(key))
        .map((key) => {
          const alone = isOfOneRoute(file, fact.start);
          return {
            header: alone ? 'weak' : key,
            live,
            evidence: noteOf({ file, line: fact.line }, `sends ${key}${alone ? ' for one route' : ''}`),
          };
        });
    });
}

function namesSet(model: AuditModel, file: string, call: CallFact): string[] {
  const first = call.args[0];
  if (first?.kind === 'string') return [first.value];
  if (first?.kind === 'object') return Object.keys(first.props);
  return first?.kind === 'ref' ? goneThrough(model, file, call) : [];
}

/** `for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)`: the names stand in the object. */
const goneThrough = (model: AuditModel, file: string, set: CallFact): string[] =>
  (model.wiring.code(file)?.calls ?? [])
    .filter(
      ({ callee, start, unit, args }) =>
        callee === 'Object.entries' &&
        unit === set.unit &&
        start < set.start &&
        set.start - start < 300 &&
        args.length === 1,
    )
    .flatMap(({ args }) => {
      const { value } = declaredValue(model, file, args[0]!);
      return value.kind === 'object' ? Object.keys(value.props) : [];
    });

/** Framework configuration and header files, read as text: the names are unmistakable. */
const fromConfiguration = (model: AuditModel, component: Component): Sent[] =>
  configurationLines(model, component).flatMap(({ file, line, text }) => {
    const sent = [...text.matchAll(names)].map(
      (match): Sent => ({ header: match[0], live: 'live', evidence: noteOf({ file, line }, `sends ${match[0]}`) }),
    );
    return /frame-ancestors/i.test(text)
      ? [...sent, { header: 'frame-ancestors', live: 'live', evidence: noteOf({ file, line }, 'sets frame-ancestors') }]
      : sent;
  });

/** What the platform or the gateway in front of it adds. */
function fromFront(model: AuditModel, component: Component): Sent[] {
  const environments = model.deployment.servicesOf(component.path).map(({ environment }) => environment);
  return [...new Set(environments)].flatMap((environment) =>
    environment.headers
      .filter((header) => anyName.test(header.name))
      .map((header): Sent => ({ header: header.name, live: 'live', evidence: header.evidence })),
  );
}

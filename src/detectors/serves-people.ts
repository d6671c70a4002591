import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import { type Component, hasTrait } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { isWithin } from '../model/paths.ts';
import { anyOf, no, type Signal, yes } from '../model/signal.ts';
import { authorizedFunctions } from './shared/authorizers.ts';
import { httpRoutes } from './shared/http.ts';
import { declaredIn } from './shared/manifests.ts';
import { wantedPackages } from './shared/packages.ts';
import { isAside, noteOf, ownerOf, placeOf, subjects } from './shared/scope.ts';

const loginPath =
  /(^|[/_.:-])(login|logout|sign-?in|sign-?up|sign-?out|auth|authenticate|register|users?|accounts?|profiles?|me|session|sessions|password|oauth|sso)([/:.]|$)/i;
/** Named for more than people: a page that keeps nothing may show those of another site. */
const signsInPath = /log|sign|auth|regist|session|password|sso/i;
const personModel =
  /^(users?|accounts?|profiles?|members?|customers?|sessions?|employees?|identit(y|ies)|tenants?|organi[sz]ations?|teams?|patients?)$/i;
/** Headers by which a caller is told from others. */
const callerHeader =
  /^(authorization|x-(auth(enticated)?|user|account|customer|member|tenant)([-_](id|email|token|name))?)$/i;
const foreignAuth =
  /(^|[-_/.:])(auth\w*|jwt|pyjwt|oauth\w*|login|passport|devise|identity|openid\w*|security|session\w*|sanctum|keycloak\w*|clerk\w*)($|[-_/.:])/i;

export default defineDetector({
  name: 'serves-people',
  asks: 'the component has login or keeps what belongs to users: an auth library, routes or models named for people',
  reads: 'config',
  options: z.strictObject({}),
  judge(model, component) {
    return anyOf(subjects(model, component).map((subject) => judgeOne(model, subject)));
  },
});

function judgeOne(model: AuditModel, component: Component): Signal {
  // What signs people in from the browser says nothing of the server beside the pages.
  const libraries = wantedPackages(model.knowledge, { capability: 'auth' }).filter(
    ({ tags }) => component.kind !== 'web' || !tags.includes('client'),
  );
  const declared = declaredIn(model, component, libraries, false);
  const models = model.facts.dataSchemas
    .filter((schema) => ownerOf(model, schema.path) === component.path && !isAside(schema.path, component.path))
    .flatMap((schema) =>
      schema.models
        .filter((one) => personModel.test(one.name))
        .map((one) => noteOf({ file: schema.path, line: one.line }, `model ${one.name}`)),
    );
  const keepsPeople = component.kind !== 'web' || hasTrait(component, 'state');
  const routes =
    component.language === 'js'
      ? httpRoutes(model, component)
          .filter((route) => loginPath.test(route.path) && (keepsPeople || signsInPath.test(route.path)))
          .slice(0, 3)
          .map((route) => noteOf(route, `${route.method} ${route.path}`))
      : model.facts.foreignManifests
          .filter(
            (manifest) => isWithin(manifest.dir, component.path) && ownerOf(model, manifest.path) === component.path,
          )
          .flatMap((manifest) =>
            manifest.dependencies
              .filter((one) => foreignAuth.test(one.name))
              .map((one) => noteOf({ file: manifest.path, line: one.line }, `declares ${one.name}`)),
          );
  const shown = [
    ...declared,
    ...models,
    ...routes,
    ...callersOf(model, component),
    ...authorizedFunctions(model, component),
  ];
  return shown.length > 0
    ? yes(...shown.slice(0, 4))
    : no(`${placeOf(component)}: login, an auth library, routes or models of people`);
}

function callersOf(model: AuditModel, component: Component): Evidence[] {
  return model.wiring
    .of(component)
    .called(/\.(header|get)$/)
    .filter(
      ({ fact: { args }, live }) => live === 'live' && args[0]?.kind === 'string' && callerHeader.test(args[0].value),
    )
    .slice(0, 2)
    .map(({ file, fact }) => noteOf({ file, line: fact.line }, `tells callers apart: ${fact.callee}(…)`));
}

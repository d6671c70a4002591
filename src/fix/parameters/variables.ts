import type { CallFact } from '../../model/facts/index.ts';
import { byCodeUnit, isWithin } from '../../model/paths.ts';
import { isSamplePath, isTestPath } from '../../model/source-paths.ts';
import type { Subject } from '../types.ts';
import { type Parameters, within } from './_parameter.ts';

/** Set by a platform, a runtime or a tool: nobody has to give them. */
const given =
  /^(NODE_ENV|HOST|HOSTNAME|CI|DEBUG|TZ|HOME|PATH|PWD|USER|SHELL|TERM|LANG|TMPDIR|TEMP|TMP|NO_COLOR|FORCE_COLOR|NODE_OPTIONS|DEV|PROD|MODE|SSR|BASE_URL|npm_.*|VERCEL(_.*)?|NEXT_PUBLIC_VERCEL_.*|NETLIFY|GITHUB_.*|CI_.*|AWS_LAMBDA_.*|NEXT_RUNTIME|NEXT_PHASE|_.*)$/;
/** Put into the code of pages when it is built: a process that serves need not have them. */
export const bundled = /^(VITE|REACT_APP|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|VUE_APP)_/;
const secret =
  /(SECRET|PASSWORD|PASSWD|PASS|TOKEN|KEY|CREDENTIAL|PRIVATE|DSN|SALT|(DATABASE|DB|MONGO\w*|REDIS|POSTGRES\w*|AMQP)_?(URL|URI)|CONNECTION_STRING)$/i;

interface Variable {
  name: string;
  /** Where it is read: `src/config.ts:4`. */
  where: string;
  secret: boolean;
  /** The fallback written in the code, where it is no secret. */
  example: string;
  /** Blank in the environment is fine: the code has another value for it. */
  optional: boolean;
  /** A schema lets it be left out, which blank is not: the template names it in a comment. */
  unset: boolean;
  number: boolean;
}

/** The environment variables that the component reads, and which of them no template names. */
const variables: Parameters = (subject) => {
  const all = variablesOf(subject);
  const { model, component } = subject;
  const folder = component?.path ?? '.';
  const templates = model.facts.envFiles.filter(
    (file) =>
      file.role === 'template' &&
      isWithin(folder, file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : '.'),
  );
  const named = new Set(templates.flatMap((file) => file.variables.map(({ name }) => name)));
  const nearest = [...templates].sort((a, b) => b.path.length - a.path.length)[0];
  const lacking = all.filter(({ name }) => !named.has(name) && name !== 'PORT');
  return {
    variables: all,
    validated: all.filter(({ name }) => /^[A-Z][A-Z0-9_]*$/.test(name) && !bundled.test(name)),
    bundledVariables: all.filter(({ name }) => bundled.test(name)),
    lacking,
    anyLacking: lacking.length > 0,
    envTemplate: nearest?.path ?? within(folder, '.env.example'),
    hasEnvTemplate: nearest !== undefined,
    ...envFileOf(subject),
  };
};
export default variables;

/**
 * Whether the code loads `.env` itself, and how: from its usual place, so that what runs before the rest can do the same; or in a
 * way of its own, after that has run.
 */
function envFileOf({ model, component }: Subject) {
  const packages = component?.language === 'js' ? model.wiring.of(component).packages() : null;
  const live = (name: string): boolean => packages?.get(name)?.live === 'live';
  const loads =
    component && packages
      ? model.wiring
          .of(component)
          .calls(isDotenv)
          .filter((one) => one.live === 'live')
      : [];
  const usual = live('dotenv/config') || loads.some(({ fact }) => fact.args.length === 0);
  return { dotenvUsual: usual, dotenvLater: !usual && (live('dotenv') || live('@nestjs/config')) };
}

const isDotenv = ({ origin, callee }: CallFact): boolean =>
  origin?.from === 'package' && origin.package === 'dotenv' && /(^|\.)config$/.test(callee);

export function variablesOf({ model, component }: Subject): Variable[] {
  if (!component) return [];
  const found = new Map<string, Variable>();
  const add = (
    name: string,
    file: string,
    line: number,
    fallback: string | null,
    { number = false, unset = false } = {},
  ): void => {
    if (given.test(name) || !/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || found.has(name)) return;
    const hidden = secret.test(name) && !bundled.test(name);
    found.set(name, {
      name,
      where: `${file}:${line}`,
      secret: hidden,
      example: hidden ? '' : (fallback ?? ''),
      optional: fallback !== null || /^(SENTRY_DSN|CORS_ORIGINS?|PORT|LOG_LEVEL)$/.test(name),
      unset,
      number,
    });
  };
  if (component.language === 'js') {
    // What a schema asks for is read elsewhere: that place says more.
    const reads = model.wiring.of(component).env();
    for (const { file, fact } of [...reads].sort(
      (a, b) => Number(a.fact.via === 'schema') - Number(b.fact.via === 'schema'),
    )) {
      if (isTestPath(file) || isSamplePath(file)) continue;
      const value = fact.fallback;
      const text = value?.kind === 'string' || value?.kind === 'number' ? String(value.value) : value ? '' : null;
      add(fact.name, file, fact.line, text !== null && /[\n"'`#$]/.test(text) ? '' : text, {
        number: value?.kind === 'number',
        unset: fact.via === 'schema' && value?.kind === 'other',
      });
    }
  }
  for (const schema of model.facts.dataSchemas) {
    if (isWithin(schema.path, component.path) && ownerOf(model.components, schema.path) === component.path)
      for (const { name, line } of schema.env) add(name, schema.path, line, null);
  }
  for (const compose of model.facts.compose) {
    if (ownerOf(model.components, compose.path) !== component.path) continue;
    for (const { name, default: fallback, line } of compose.variables ?? []) add(name, compose.path, line, fallback);
  }
  return [...found.values()].sort((a, b) => byCodeUnit(a.name, b.name));
}

const ownerOf = (components: readonly { path: string }[], file: string): string | null =>
  components
    .filter(({ path }) => isWithin(file, path))
    .sort((a, b) => (a.path === '.' ? 1 : b.path === '.' ? -1 : b.path.length - a.path.length))[0]?.path ?? null;

import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { baseOf, byCodeUnit } from '../model/paths.ts';
import { no, type Signal, yes } from '../model/signal.ts';
import { isSamplePath } from '../model/source-paths.ts';
import { credentialsIn, isRealValue, secretClass } from './shared/credentials.ts';
import { hardCodedSecrets } from './shared/hard-coded.ts';
import { isAside, noteOf, once } from './shared/scope.ts';

export default defineDetector({
  name: 'committed-secrets',
  asks: '`live`: no tracked file holds a credential that looks live; `hard-coded`: and no code that runs has a password or signing secret written into it',
  reads: 'config',
  options: z.strictObject({ without: z.enum(['live', 'hard-coded']) }),
  judge(model, _, { without }): Signal {
    const sorted = secretsOf(model, without).sort(
      (a, b) => byCodeUnit(a.file, b.file) || a.line - b.line || byCodeUnit(a.note, b.note),
    );
    const searched =
      without === 'live'
        ? 'tracked files: private keys, tokens of known services, environment files with secrets'
        : 'code that runs and its configuration: signing secrets and passwords written out';
    return sorted.length > 0 ? no(searched, sorted) : yes(...shownClean(model));
  },
});

const secretsOf = once((model, without: 'live' | 'hard-coded') =>
  without === 'live' ? [...liveCredentials(model), ...environmentFiles(model)] : hardCodedSecrets(model),
);

/** Documents, tests, samples and seeds hold credentials that are meant to be seen. */
const notLive =
  /\.(md|mdx|rst|txt|adoc|svg|snap|lock|map|ipynb|csv|html?|css|scss|po|pot|pem\.pub|pub)$|(^|\/)(package-lock\.json|pnpm-lock\.yaml|npm-shrinkwrap\.json|CHANGELOG[^/]*|LICENSE[^/]*)$/i;
const seed =
  /(^|\/|[._-])(seeds?|seeders?|mocks?|stubs?|storybook|snakeoil|self-?signed|localhost|local|dev(elopment)?|test(ing)?|examples?|samples?|dummy|fake)([._/-]|$)/i;

const isExempt = (file: string): boolean =>
  isAside(file) || isSamplePath(file) || notLive.test(file) || seed.test(file);

const isTracked = (model: AuditModel, file: string): boolean =>
  model.view.commit === null || model.view.isTracked(file);

function liveCredentials(model: AuditModel): Evidence[] {
  const templates = new Set(model.facts.envFiles.filter((one) => one.role === 'template').map((one) => one.path));
  return model.view
    .list()
    .filter((file) => !isExempt(file) && !templates.has(file) && isTracked(model, file))
    .flatMap((file) =>
      credentialsIn(model.view.text(file)).map(({ kind, line }) => noteOf({ file, line }, `holds a ${kind}`)),
    );
}

/** A real environment file that git tracks, one note for each variable that holds a secret. */
function environmentFiles(model: AuditModel): Evidence[] {
  return model.facts.envFiles
    .filter((one) => one.role === 'real' && !isExempt(one.path) && isTracked(model, one.path))
    .flatMap((one) =>
      one.variables
        .filter(({ name, value, commented }) => !commented && secretClass(name) !== null && isRealValue(value, name))
        .map(({ name, line }) => noteOf({ file: one.path, line }, `environment file in git with a value for ${name}`)),
    );
}

/** What keeps them out, else the place where the search began. */
function shownClean(model: AuditModel): Evidence[] {
  const ignore = model.view.list().find((file) => baseOf(file) === '.gitignore');
  const line = (ignore ? model.view.text(ignore) : '')
    .split('\n')
    .findIndex((text) => /^[^#!]*\.env(?!\.?(?:example|sample|template))/.test(text));
  if (ignore && line >= 0) return [noteOf({ file: ignore, line: line + 1 }, 'keeps environment files out of git')];
  const first = model.components[0]?.evidence[0] ?? { file: model.view.list()[0] ?? '.', line: 1 };
  return [noteOf(first, `no credential in ${model.view.list().length} files`)];
}

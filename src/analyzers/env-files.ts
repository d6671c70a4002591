import type { Analyzer, EnvFileFact } from '../model/facts/index.ts';
import { baseOf } from '../model/paths.ts';

type Role = EnvFileFact['role'];

const envFiles: Analyzer<'envFiles'> = {
  gives: 'envFiles',
  sees: 'Dotenv files and their templates in any folder: each variable with its value, commented ones too.',
  blindTo: 'Files that are ignored and untracked where git decides, and variables kept by a secret store.',
  analyze: (view) =>
    view.list().flatMap((path) => {
      const role = roleOf(baseOf(path));
      if (role === null) return [];
      const text = view.read(path);
      if (text === null) return [];
      const variables = variablesOf(text);
      const fact: EnvFileFact = {
        path,
        role: secretFree(path, role, variables),
        variables,
        tracked: view.isTracked(path),
      };
      return [fact];
    }),
};
export default envFiles;

const template =
  /(^|[.\-_])(example|sample|template|dist|tpl|tmpl|default|defaults|base|schema|placeholder|skeleton|exemple)s?([.\-_]|$)/i;
/** What dotenv loaders read for a stage and teams commit on purpose. */
const stage = /(^|[.\-_])(development|dev|test|testing|ci|docker|e2e|integration|storybook)([.\-_]|$)/i;
/** Wrangler's own name for them: the secrets of a worker while it is developed. */
const devVars = /^\.dev\.vars(?=[.\-_]|$)/i;
/** Code and documents about environments are not environment files. */
const other =
  /\.(ts|tsx|mts|cts|js|jsx|mjs|cjs|json|ya?ml|md|mdx|html?|py|go|rs|rb|php|java|cs|sh|bash|ps1|lock|nix|toml|xml|css|scss|vue|svelte|png|svg|sql|graphql|j2|key|enc|gpg|age|sops|vault)$/i;

/**
 * `.env`, `.env.local`, `.env.example-e2e`, `.example.env`, `env.sample`, `example.env`, `prod.env`, `dot.env`.
 * Null for what is no environment file.
 */
function roleOf(name: string): Role | null {
  if (other.test(name) || /^\.envrc/.test(name)) return null;
  const dotted =
    /^\.?(dot)?env([.\-_].*)?$/i.test(name) ||
    /^\.?[\w.-]*\.env([.\-_].*)?$/i.test(name) ||
    devVars.test(name) ||
    /^[\w.-]*-env$/i.test(name);
  const plain = /^(sample|example|template|default)[.\-_]env$/i.test(name);
  if (!dotted && !plain) return null;
  // A bare `env` is a script or a folder's list more often than a dotenv file.
  if (/^env$/i.test(name) || /^[\w]+-env$/i.test(name)) return null;
  if (template.test(name)) return 'template';
  return stage.test(name.replace(devVars, '')) ? 'default' : 'real';
}

const secretName = /(secret|password|passwd|token|private|credential|api_?key|access_?key|_key$|^key_|_dsn$|auth$)/i;
/** A password in a connection to a host that is not this machine or a neighbour by bare name. */
const connection = /^[a-z][\w+]*:\/\/[^:/@\s]*:[^@\s]+@[\w-]+\.[\w.-]+/i;
const local = /^[a-z][\w+]*:\/\/\S*@(localhost|[\w-]+|127\.0\.0\.1|0\.0\.0\.0)([:/]|$)/i;
const dummy =
  /^$|^\$\{?\w|^<.*>$|^(your|my|some|any|change|replace|todo|xxx|placeholder|example|sample|dummy|test|fake|secret|password|pk_)|(example|placeholder|change-?_?me|your[-_])|^(true|false|\d{1,6}|https?:\/\/[^@]*)$/i;

const committed = /^\.env(\.(production|prod|staging|preview|base|shared|common|public|defaults?))?$/i;

/**
 * A committed `.env` or `.env.production` without anything secret in it is a default by design, and so is one of any name that
 * leaves its secrets to be filled in.
 */
function secretFree(path: string, role: Role, variables: EnvFileFact['variables']): Role {
  const leavesOpen = variables.some(({ name, value }) => value === '' && secretName.test(name));
  if (role !== 'real' || !(committed.test(baseOf(path)) || leavesOpen)) return role;
  const secret = variables.some(
    ({ name, value, commented }) =>
      !commented &&
      !isPublic(name) &&
      !dummy.test(value) &&
      !local.test(value) &&
      (connection.test(value) || secretName.test(name)),
  );
  return secret || variables.length === 0 ? role : 'default';
}

const isPublic = (name: string): boolean =>
  /^(NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|PUBLIC|GATSBY|VUE_APP|NG_APP|STORYBOOK)_/.test(name);

/** Assignments of a dotenv text; values over several lines stay whole, quotes and trailing comments are taken off. */
export function variablesOf(text: string): EnvFileFact['variables'] {
  const variables: EnvFileFact['variables'] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (let i = 0; i < lines.length; i++) {
    const match = /^\s*(#+\s*)?(?:export\s+|set\s+)?([A-Za-z_][\w.]*)\s*=(.*)$/.exec(lines[i]!);
    if (!match) continue;
    const commented = match[1] !== undefined;
    // Prose in a comment may hold an equals sign; a commented variable is written in capitals.
    if (commented && !/^[A-Z_][A-Z0-9_]*$/.test(match[2]!)) continue;
    const line = i + 1;
    let value = match[3]!.trim();
    const quote = /^["'`]/.exec(value)?.[0];
    if (quote && !commented) {
      let end = closing(value, quote);
      for (let more = 0; end === -1 && i + 1 < lines.length && more < 100; more++) {
        value += `\n${lines[++i]}`;
        end = closing(value, quote);
      }
      value = end === -1 ? value.slice(1) : value.slice(1, end);
    } else {
      value = value
        .replace(/(^|\s)#.*$/, '')
        .trim()
        .replace(/^(["'`])(.*)\1$/, '$2');
    }
    variables.push({ name: match[2]!, value, line, commented });
  }
  return variables;
}

function closing(value: string, quote: string): number {
  for (let i = 1; i < value.length; i++) {
    if (value[i] === '\\') i++;
    else if (value[i] === quote) return i;
  }
  return -1;
}

// Whether what the fixes wrote beside the code is valid: compose files and workflows by their schemas, Dockerfiles by a parser,
// the proxy's configuration by nginx itself.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateWorkflow } from '@action-validator/core';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';

const schema = JSON.parse(readFileSync(new URL('../../test/schemas/compose-spec.json', import.meta.url), 'utf8'));
delete schema.$schema;
const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
const isCompose = ajv.compile(schema);

const kinds = [
  [/(^|\/)(docker-)?compose[^/]*\.ya?ml$/, 'compose', composeProblems],
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, 'workflow', (text) => validateWorkflow(text).errors.map(String)],
  [/(^|\/)Dockerfile[^/]*$/, 'Dockerfile', dockerfileProblems],
  [/(^|\/)nginx\.conf$/, 'nginx', nginxProblems],
];

/** Problems of each file among `paths` that is known, by path; an empty list is a valid file. null: nginx is not installed. */
export function examine(folder, paths) {
  return paths.flatMap((path) => {
    const known = kinds.find(([pattern]) => pattern.test(path));
    return known ? [{ path, kind: known[1], problems: known[2](readFileSync(join(folder, path), 'utf8')) }] : [];
  });
}

export function composeProblems(text) {
  if (isCompose(parse(text, { merge: true }))) return [];
  return isCompose.errors.map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

/** What Docker would refuse before it builds: an unknown instruction, a stage that is not there, no start. */
export function dockerfileProblems(text) {
  const instructions = DockerfileParser.parse(text).getInstructions();
  const words =
    /^(FROM|ARG|ENV|RUN|COPY|ADD|WORKDIR|USER|EXPOSE|CMD|ENTRYPOINT|HEALTHCHECK|LABEL|VOLUME|SHELL|STOPSIGNAL)$/;
  const problems = instructions.filter((one) => !words.test(one.getKeyword())).map((one) => `${one.getKeyword()}?`);
  if (instructions.find((one) => one.getKeyword() !== 'ARG')?.getKeyword() !== 'FROM') problems.push('no FROM first');
  const stages = [...text.matchAll(/^FROM \S+ AS (\S+)/gim)].map(([, name]) => name);
  for (const [, from] of text.matchAll(/^COPY --from=(\S+)/gim))
    if (!stages.includes(from) && !/[/:]/.test(from)) problems.push(`no stage "${from}"`);
  for (const [, json] of text.matchAll(/^\s*(?:CMD|ENTRYPOINT) (\[.*)$/gm)) JSON.parse(json);
  return problems;
}

/** `nginx -t` on a copy whose certificates are made for the test and whose upstreams are this machine. */
export function nginxProblems(text) {
  if (!nginx()) return null;
  const folder = mkdtempSync(join(tmpdir(), 'try-nginx-'));
  try {
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'site.conf'), inTest(text, folder));
    const around = `pid ${folder}/pid;\nevents {}\nhttp {\n  include ${folder}/site.conf;\n}\n`;
    writeFileSync(join(folder, 'nginx.conf'), around);
    const { status, stderr } = spawnSync(nginx(), ['-t', '-p', folder, '-c', join(folder, 'nginx.conf')], {
      encoding: 'utf8',
    });
    return status === 0 ? [] : stderr.split('\n').filter((line) => /emerg|crit|error/.test(line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const nginx = () => ['/usr/sbin/nginx', '/usr/bin/nginx'].find((path) => existsSync(path)) ?? null;

/** Certificates and logs in the folder; names of services, which only their network knows, as this machine. */
function inTest(text, folder) {
  if (/ssl_certificate/.test(text)) {
    certify(folder);
    copyFileSync(join(folder, 'fullchain.pem'), join(folder, 'chain.pem'));
  }
  return text
    .replaceAll('/etc/nginx/certs/', `${folder}/`)
    .replaceAll('/var/log/nginx/', `${folder}/logs/`)
    .replace(/(proxy_pass https?:\/\/)[\w.-]+/g, '$1127.0.0.1')
    .replace(/(\bserver\s+)[a-z][\w.-]*(:\d+)/g, '$1127.0.0.1$2');
}

/** A certificate of our own for this machine, by the names that the fixes give. */
export function certify(folder) {
  const words = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout privkey.pem -out fullchain.pem';
  execFileSync('openssl', words.split(' '), { cwd: folder, stdio: 'ignore' });
}

export const tellArtefacts = (examined) =>
  examined
    .map(({ path, problems }) =>
      problems === null ? `${path} not tried` : problems.length === 0 ? `${path} ok` : `${path}: ${problems[0]}`,
    )
    .join(', ');

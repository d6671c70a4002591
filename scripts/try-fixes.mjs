// Tries `readiness fix` for real: on a copy of a repository it installs, builds, checks, lints and tests it, starts it and asks it
// for what the fixes promise; writes all fixes; does the same again; and examines what was written beside the code. Prints one row
// of the table in docs/fixes.md, or with --json everything.
//   node scripts/try-fixes.mjs <folder> [--port 4321] [--env NAME=value]… [--in apps/api]… [--start "node dist/index.js"]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { examine, tellArtefacts } from './try/artefacts.mjs';
import { engineLacks, stackShort, tellStack, tryStack } from './try/engine.mjs';
import { buildByHand } from './try/image.mjs';
import { checks, copyOf, managersIn, manifestIn, run, tell, worse } from './try/project.mjs';
import { serve, tellServer } from './try/server.mjs';

const repeated = { type: 'string', multiple: true, default: [] };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '4321' },
    /** For the checks and the server; a value of its own port goes here too, where it reads no PORT. */
    env: repeated,
    /** Folders whose scripts are run; the root's without it. */
    in: repeated,
    /** Commands after the install, such as migrations. */
    setup: repeated,
    /** Scripts that are passed over. */
    without: repeated,
    /** The folder and the words that start the server; `none` where there is none. */
    at: { type: 'string', default: '.' },
    start: { type: 'string' },
    ready: { type: 'string', default: '/' },
    path: { type: 'string', default: '/no-such-route' },
    /** Dockerfiles that were written are carried out step by step, and their servers started. */
    images: { type: 'boolean', default: false },
    /** The production compose file is built and started by the engine that the docker command finds, and asked through its gateway. */
    engine: { type: 'boolean', default: false },
    /** A folder with node_modules that stands for every install: nothing is fetched. */
    packages: { type: 'string' },
    readiness: { type: 'string', default: fileURLToPath(new URL('../bin/readiness.js', import.meta.url)) },
    /** Rules that no fix is wanted for. */
    leave: repeated,
    /** Ends with 1 unless the server answers, limits, drains and ends with 0, all that was written is valid, and a second run plans nothing. */
    strict: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const source = resolve(positionals[0] ?? '.');
const project = copyOf(source);
const { folder, above, git } = project;
const given = Object.fromEntries(
  values.env.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
);
const env = {
  ...process.env,
  PATH: `${managersIn(join(above, 'bin'))}:${process.env.PATH}`,
  CI: '1',
  npm_config_manage_package_manager_versions: 'false',
  ...given,
};
const folders = values.in.length > 0 ? values.in : ['.'];

async function whole(label, frozen) {
  if (values.packages) linkPackages();
  const options = { frozen, folders, setup: values.setup, env, label, without: values.without };
  const checked = await checks(project, { ...options, install: !values.packages });
  return { checked, server: await server(folder) };
}

function linkPackages() {
  const place = join(folder, 'node_modules');
  if (!existsSync(place)) symlinkSync(resolve(values.packages, 'node_modules'), place);
}

async function server(root) {
  const cwd = join(root, values.at);
  const script = manifestIn(cwd).scripts ?? {};
  const command = values.start ?? script['start:prod'] ?? script.start;
  if (command === undefined || command === 'none') return null;
  return serve({ cwd, command, ...asking() });
}

const asking = () => ({
  env: { ...env, PORT: values.port, NODE_ENV: 'production', ...given },
  port: Number(values.port),
  ready: values.ready,
  burst: values.path,
});

/** `--rule` for every rule but those that are left. */
function rulesWanted() {
  if (values.leave.length === 0) return [];
  const listed = execFileSync(process.execPath, [values.readiness, 'rules', '--format', 'json'], { encoding: 'utf8' });
  const ids = [...listed.matchAll(/"id": "([a-z-]+\/[a-z-]+)"/g)].map(([, id]) => id);
  return ids.filter((id) => !values.leave.includes(id)).flatMap((id) => ['--rule', id]);
}

async function readiness(...words) {
  const { stdout, output } = await run(
    [process.execPath, values.readiness, 'fix', '.', '--json', '--allow-dirty', ...rulesWanted(), ...words],
    { cwd: folder, env },
  );
  if (!stdout.startsWith('{')) throw new Error(output);
  return JSON.parse(stdout);
}

/** Every Dockerfile that a fix wrote, carried out from the folder that the compose file says. */
async function images(paths) {
  const found = [];
  for (const dockerfile of paths.filter((path) => /(^|\/)Dockerfile$/.test(path))) {
    const text = readFileSync(join(folder, dockerfile), 'utf8');
    const atRoot = !dockerfile.includes('/') || /from the workspace's root/.test(text);
    const context = atRoot ? folder : join(folder, dirname(dockerfile));
    const clean = join(above, `context-${found.length}`);
    mkdirSync(clean);
    git('worktree', 'add', '-q', '--detach', clean);
    const into = join(above, `image-${found.length}`);
    const built = await buildByHand({
      context: join(clean, context.slice(folder.length)),
      dockerfile: atRoot ? dockerfile : basename(dockerfile),
      into,
      env,
      // What a file of the repository's own asks for may be more than can be done by hand.
    }).catch((error) => ({ failed: 'by hand', output: error.message }));
    const port = /^EXPOSE (\d+)/m.exec(text)?.[1];
    if (built.failed) found.push({ dockerfile, built: false, said: `${built.failed}: ${built.output.slice(-400)}` });
    else if (!built.command)
      found.push({ dockerfile, built: true, served: existsSync(join(built.root, 'usr/share/nginx/html/index.html')) });
    else {
      const command = built.command.map((word) => `'${word}'`).join(' ');
      const own = { ...asking().env, ...built.env, PORT: port };
      const served = await serve({
        cwd: built.cwd,
        command,
        ...asking(),
        env: own,
        port: Number(given.PORT ?? port),
        most: 0,
      });
      found.push({
        dockerfile,
        built: true,
        served: served.boots ? (served.health ?? true) : false,
        said: served.said,
      });
    }
  }
  return found;
}

/** The compose file that was written, by an engine; null where none was, or nobody asked for it. */
async function stack(paths, path) {
  const file = paths.find((one) => /^[^/]*compose[^/]*\.ya?ml$/.test(one));
  if (!values.engine || !file) return null;
  const lacks = await engineLacks(env);
  return lacks ? { lacks } : tryStack({ folder, file, work: join(above, 'engine'), env, path: path ?? values.ready });
}

const tellImages = (list) =>
  list
    .map(
      ({ dockerfile, built, served, said }) =>
        `${dockerfile} ${built ? (served ? 'starts' : `does not start: ${said}`) : `fails: ${said}`}`,
    )
    .join(', ');

/** What is not as the fixes promise, in words. */
function shortcomings({ before, after, worse: fell, examined, images: carried, stack: ran, second }) {
  const { server: found } = after;
  const all = { ...before.checked, ...after.checked };
  return [
    ...fell.map((name) => `${name} was better before`),
    ...Object.keys(all).flatMap((name) => (after.checked[name]?.ok ? [] : [`${name} fails`])),
    ...(found?.boots === false ? [`the server does not start: ${found.said}`] : []),
    ...(found?.boots && !found.health ? ['nothing says that it is well'] : []),
    ...(found?.boots && !found.headers ? ['no security headers'] : []),
    ...(found?.boots && !found.limited ? ['no request was turned away'] : []),
    ...(found?.boots && typeof found.drained !== 'number' ? ['a request in flight was cut off'] : []),
    ...(found?.boots && ![0, 'SIGTERM'].includes(found.exit) ? [`on SIGTERM: ${found.exit}`] : []),
    ...examined.flatMap(({ path, problems }) => (problems ?? []).map((problem) => `${path}: ${problem}`)),
    ...carried.filter(({ served }) => !served).map(({ dockerfile, said }) => `${dockerfile}: ${said}`),
    ...(ran ? stackShort(ran) : []),
    ...second.map((fix) => `a second run plans ${fix}`),
  ];
}

try {
  const before = await whole('before', true);
  // What the checks left behind (a test's database, say) would meet the second run.
  git('checkout', '-q', '.');
  git('clean', '-fdxq', '-e', 'node_modules');
  const plan = await readiness('--yes');
  const written = [...new Set(plan.fixes.flatMap(({ files }) => files))].sort();
  const second = await readiness();
  const after = await whole('after', false);
  const examined = examine(folder, written);
  git('add', '-A');
  git('commit', '-qm', 'fixed');
  const carried = values.images ? await images(written) : [];
  const ran = await stack(written, after.server?.health);
  const result = {
    repository: basename(source),
    fixes: plan.fixes.map(({ fix }) => fix),
    score: plan.score,
    before,
    after,
    worse: worse(before.checked, after.checked),
    examined,
    images: carried,
    stack: ran,
    second: second.fixes.map(({ fix }) => fix),
  };
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else
    console.log(
      `| ${[
        result.repository,
        `${plan.fixes.length} (${plan.score.before} to ${plan.score.after})`,
        tell(before.checked),
        tell(after.checked),
        `${tellServer(before.server)} → ${tellServer(after.server)}`,
        [tellArtefacts(examined), tellImages(carried), ran ? tellStack(ran) : ''].filter(Boolean).join('; '),
        result.second.length,
      ].join(' | ')} |`,
    );
  const wrong = shortcomings(result);
  if (wrong.length > 0) console.error(wrong.join('\n'));
  if (result.worse.length > 0 || result.second.length > 0 || (values.strict && wrong.length > 0)) process.exitCode = 1;
} finally {
  if (values.keep) console.error(above);
  else project.remove();
}

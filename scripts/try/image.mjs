// Carries out a Dockerfile without an engine: each stage is a folder, WORKDIR a folder in it, and its RUN steps run here, with
// this machine's Node. What stands for the system (apt-get, users) is passed over. Shows whether the steps lead to something that starts.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { DockerfileParser } from 'dockerfile-ast';
import { run } from './project.mjs';

/** @returns the last stage: where it starts, with which words, and what failed on the way, if anything. */
export async function buildByHand({ context, dockerfile, into, env }) {
  const stages = new Map();
  let stage = null;
  const text = readFileSync(join(context, dockerfile), 'utf8');
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const words = instruction.getArguments().map((one) => one.getValue());
    const rest = instruction.getArgumentsContent() ?? '';
    switch (instruction.getKeyword()) {
      case 'FROM': {
        const root = join(into, `stage-${stages.size}`);
        const parent = stages.get(words[0]);
        mkdirSync(root, { recursive: true });
        if (parent) cpSync(parent.root, root, { recursive: true, verbatimSymlinks: true });
        stage = { root, workdir: parent?.workdir ?? '/', env: { ...parent?.env }, command: parent?.command ?? null };
        stages.set(words[2] ?? `${stages.size}`, stage);
        break;
      }
      case 'WORKDIR':
        stage.workdir = words[0];
        mkdirSync(join(stage.root, stage.workdir), { recursive: true });
        break;
      case 'ENV':
        for (const word of words) stage.env[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
        break;
      case 'COPY':
        copy(stage, stages, context, [...(instruction.getFlags?.() ?? [])], words);
        break;
      case 'RUN': {
        if (/apt-get|apk |addgroup|adduser|corepack|chown/.test(rest)) break;
        const cwd = join(stage.root, stage.workdir);
        const { ok, output } = await run(['sh', '-c', rest], { cwd, env: { ...env, ...stage.env } });
        if (!ok) return { failed: rest, output, ...stage };
        break;
      }
      case 'CMD':
        stage.command = rest.startsWith('[') ? JSON.parse(rest) : ['sh', '-c', rest];
        break;
    }
  }
  return { failed: null, cwd: join(stage.root, stage.workdir), ...stage };
}

function copy(stage, stages, context, flags, words) {
  const from = flags.find((flag) => flag.getName() === 'from')?.getValue();
  const root = from === undefined ? context : stages.get(from).root;
  const keeps = from === undefined ? contextFilter(context) : () => true;
  const target = words.at(-1);
  const to = target.startsWith('/') ? join(stage.root, target) : join(stage.root, stage.workdir, target);
  for (const source of words.slice(0, -1).flatMap((word) => matching(root, word))) {
    const path = join(root, source);
    const whole = statSync(path).isDirectory();
    const place = whole ? to : target.endsWith('/') || target === '.' ? join(to, source.split('/').at(-1)) : to;
    mkdirSync(whole ? place : dirname(place), { recursive: true });
    if (!whole) cpSync(path, place);
    else
      for (const name of readdirSync(path))
        if (keeps(join(path, name)))
          cpSync(join(path, name), join(place, name), { recursive: true, filter: keeps, verbatimSymlinks: true });
  }
}

/** What a name with `*` in its last part stands for. */
function matching(root, word) {
  if (!word.includes('*')) return [word];
  const pattern = new RegExp(`^${basename(word).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return readdirSync(join(root, dirname(word)))
    .filter((name) => pattern.test(name))
    .map((name) => join(dirname(word), name));
}

function contextFilter(context) {
  const file = join(context, '.dockerignore');
  const rules = dockerignore({ ignorecase: false });
  if (existsSync(file)) rules.add(readFileSync(file, 'utf8').split('\n'));
  return (path) => !rules.ignores(path.slice(context.length + 1));
}

import { DockerfileParser, type Instruction, type ModifiableInstruction } from 'dockerfile-ast';
import type { Analyzer, DockerCommand, DockerfileFact, DockerStage } from '../model/facts/index.ts';
import { baseOf, dirOf } from '../model/paths.ts';
import { interpolate, wordsOf } from './shared/shell.ts';

const dockerfileName = /^(?:(?:Docker\w*|Container)file(?:[.-].+)?|.+\.(?:docker|container)file)$/i;
/** Ignore files, notes and sources of generated Dockerfiles share the name. */
const notADockerfile =
  /\.(?:dockerignore|md|mdx|txt|ejs|hbs|njk|j2|jinja2?|tmpl|tpl|template|liquid|[cm]?[jt]sx?|sh|json|ya?ml|snap|bak|go|py)$/i;

const analyzer: Analyzer<'dockerfiles'> = {
  gives: 'dockerfiles',
  sees: 'Dockerfile and Containerfile by their usual names: stages, bases with ARG defaults filled in, and what each stage sets.',
  blindTo: 'Dockerfiles under another name, and values that only a build argument gives.',
  analyze(view, fail) {
    const facts: DockerfileFact[] = [];
    for (const path of view.list()) {
      const name = baseOf(path);
      if (!dockerfileName.test(name) || notADockerfile.test(name)) continue;
      const text = view.read(path);
      if (text === null) continue;
      try {
        const fact = readDockerfile(path, text);
        if (fact) facts.push(fact);
        // What has none is put behind another by a script (`Dockerfile.append`), unless it bears the plain name.
        else if (/^(docker|container)file$/i.test(name))
          fail({ file: path, line: null, message: 'no FROM instruction' });
      } catch (error) {
        fail({ file: path, line: null, message: error instanceof Error ? error.message : String(error) });
      }
    }
    return facts;
  },
};
export default analyzer;

/** Takes one Dockerfile apart; null when it has no stage. */
export function readDockerfile(path: string, text: string): DockerfileFact | null {
  const stages: DockerStage[] = [];
  const args: DockerfileFact['args'] = [];
  const globals = new Map<string, string>();
  let known = new Map<string, string>();
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      const stage = openStage(instruction, stages, globals);
      stages.push(stage);
      known = new Map(stage.env.map(({ name, value }) => [name, value]));
    } else if (keyword === 'ARG') {
      for (const { name, value } of assignments(instruction)) {
        const filled = value === null ? null : interpolate(value, (key) => known.get(key) ?? globals.get(key));
        args.push({ name, default: filled, line: lineOf(instruction) });
        const scope = stages.length === 0 ? globals : known;
        const inherited = filled ?? globals.get(name);
        if (inherited !== undefined) scope.set(name, inherited);
      }
    } else {
      const stage = stages.at(-1);
      if (stage) apply(stage, keyword, instruction, known);
    }
  }
  for (const stage of stages) startByImage(stage, stages);
  return stages.length === 0 ? null : { path, dir: dirOf(path), stages, final: stages.length - 1, args };
}

/** The image of Deno is given what follows its name: `CMD ["run", "-A", "main.ts"]`. */
function startByImage(stage: DockerStage, stages: readonly DockerStage[]): void {
  let first = stage;
  while (first.base.stage !== null) first = stages[first.base.stage]!;
  const words = stage.cmd?.argv ?? [];
  if (!/(^|\/)deno$/.test(first.base.image) || stage.entrypoint || !/^(run|task|serve)$/.test(words[0] ?? '')) return;
  stage.cmd = { ...stage.cmd!, argv: ['deno', ...words] };
}

function openStage(instruction: Instruction, stages: DockerStage[], globals: Map<string, string>): DockerStage {
  const words = argumentsOf(instruction).filter((word) => !word.startsWith('--'));
  const reference = interpolate(words[0] ?? '', (name) => globals.get(name));
  const as = words.findIndex((word) => word.toLowerCase() === 'as');
  const index = stages.findIndex(
    (stage) => stage.name !== null && stage.name.toLowerCase() === reference.toLowerCase(),
  );
  const parent = index === -1 ? null : stages[index]!;
  const line = lineOf(instruction);
  return {
    name: as === -1 ? null : (words[as + 1] ?? null),
    line,
    base: { ...splitImage(reference), stage: parent ? index : null, line },
    // An earlier stage used as base hands on its whole configuration.
    user: parent?.user ?? null,
    cmd: parent?.cmd ?? null,
    entrypoint: parent?.entrypoint ?? null,
    healthcheck: parent?.healthcheck ?? null,
    copies: [],
    runs: [],
    env: [...(parent?.env ?? [])],
    exposes: [...(parent?.exposes ?? [])],
    workdir: parent?.workdir ?? null,
  };
}

function splitImage(reference: string): { image: string; tag: string | null; digest: string | null } {
  const [named = '', digest = null] = reference.split('@');
  const match = /^(.*[^/]):([^/]+)$/.exec(named);
  // A default inside an unresolved variable holds a colon that starts no tag.
  if (match && !/\$\{[^}]*$/.test(match[1]!)) return { image: match[1]!, tag: match[2]!, digest };
  return { image: named, tag: null, digest };
}

function apply(stage: DockerStage, keyword: string, instruction: Instruction, known: Map<string, string>): void {
  const line = lineOf(instruction);
  const fill = (text: string): string => interpolate(text, (name) => known.get(name));
  switch (keyword) {
    case 'USER':
      stage.user = { value: fill(contentOf(instruction)), line };
      break;
    case 'WORKDIR':
      stage.workdir = { value: workdir(stage.workdir?.value ?? '/', fill(contentOf(instruction))), line };
      break;
    case 'CMD':
      stage.cmd = command(instruction);
      break;
    case 'ENTRYPOINT':
      stage.entrypoint = command(instruction);
      // A new entry point resets the command that the base stage gave.
      if (stage.cmd && stage.cmd.line < stage.line) stage.cmd = null;
      break;
    case 'HEALTHCHECK':
      stage.healthcheck = healthcheck(instruction);
      break;
    case 'RUN':
      stage.runs.push({ text: contentOf(instruction), line });
      break;
    case 'ENV':
      for (const { name, value } of assignments(instruction)) {
        const filled = fill(value ?? '');
        known.set(name, filled);
        stage.env.push({ name, value: filled, line });
      }
      break;
    case 'EXPOSE':
      for (const word of argumentsOf(instruction)) {
        const port = Number.parseInt(fill(word), 10);
        if (Number.isInteger(port)) stage.exposes.push({ port, line });
      }
      break;
    case 'COPY':
    case 'ADD':
      copy(stage, instruction, fill);
      break;
  }
}

function copy(stage: DockerStage, instruction: Instruction, fill: (text: string) => string): void {
  const words = argumentsOf(instruction);
  const from = flagOf(instruction, 'from');
  const json = jsonForm(words.filter((word) => !word.startsWith('--')).join(' '));
  const all = (json ?? words.filter((word) => !word.startsWith('--'))).map(fill);
  // A here-document copies text written in the Dockerfile, not a file; its lines stand after the place that it is copied to.
  const here = all.findLastIndex((word) => word.startsWith('<<'));
  const plain = here === -1 ? all : all.slice(0, here + 2);
  const dest = plain.pop();
  if (dest === undefined || plain.length === 0) return;
  const sources = plain.filter((source) => !source.startsWith('<<'));
  stage.copies.push({ from: from === null ? null : fill(from), sources, dest, line: lineOf(instruction) });
}

function command(instruction: Instruction): DockerCommand {
  return commandOf(contentOf(instruction), lineOf(instruction));
}

function commandOf(text: string, line: number): DockerCommand {
  const json = jsonForm(text);
  return json ? { argv: json, form: 'exec', line } : { argv: wordsOf(text), form: 'shell', line };
}

function healthcheck(instruction: Instruction): DockerStage['healthcheck'] {
  const text = contentOf(instruction);
  const line = lineOf(instruction);
  if (/^none\b/i.test(text)) return { none: true, command: '', line };
  const body = text.replace(/^(?:--\S+\s+)*CMD\s*/i, '');
  return { none: false, command: (jsonForm(body) ?? [body]).join(' '), line };
}

function jsonForm(text: string): string[] | null {
  if (!text.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : null;
  } catch {
    return null;
  }
}

/** The value of `--name=value`; the parser keeps flags apart from arguments. */
const flagOf = (instruction: Instruction, name: string): string | null =>
  (instruction as Partial<ModifiableInstruction>)
    .getFlags?.()
    .find((flag) => flag.getName() === name)
    ?.getValue() ?? null;

const workdir = (current: string, next: string): string =>
  next.startsWith('/') || next.startsWith('$') ? next : `${current.replace(/\/$/, '')}/${next}`;

const lineOf = (instruction: Instruction): number => instruction.getRange().start.line + 1;

/** What stands after the keyword, on one line: continuations joined, comment lines between them dropped. */
function contentOf(instruction: Instruction): string {
  const raw = instruction.getRawArgumentsContent() ?? '';
  return raw
    .split('\n')
    .filter((line, i) => i === 0 || !/^\s*#/.test(line))
    .map((line) => line.replace(/[\\`]\s*$/, ''))
    .join(raw.includes('<<') ? '\n' : ' ')
    .trim();
}

const argumentsOf = (instruction: Instruction): string[] => contentOf(instruction).split(/\s+/).filter(Boolean);

/** `A=1 B="two words"`, `A` alone (ARG), and the old `ENV A value`. */
function assignments(instruction: Instruction): { name: string; value: string | null }[] {
  const text = contentOf(instruction);
  const old = /^([A-Za-z_]\w*)\s+([^=]+)$/.exec(text);
  if (old && instruction.getKeyword() === 'ENV') return [{ name: old[1]!, value: old[2]!.trim() }];
  return [...text.matchAll(/([A-Za-z_][\w.-]*)(?:=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*))?/g)].map((match) => ({
    name: match[1]!,
    value: match[2] === undefined ? null : match[2].replace(/^(["'])([\s\S]*)\1$/, '$2'),
  }));
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { type ReportV1, reportV1 } from '../../src/model/report.ts';
import type { Status } from '../../src/model/status.ts';
import { temporaryFolder } from '../support/temporary.ts';

/**
 * Small repositories whose gaps a test can set at will: rules of their own look for files, so that nothing here depends on what
 * our rules say. The tests leave our own rules out.
 */
export interface World {
  root: string;
  write(files: Record<string, string | null>): void;
  read(path: string): string;
  git(...args: string[]): string;
  commit(message: string, date?: string): string;
  run(...args: string[]): Promise<{ code: number; out: string; err: string }>;
  report(...args: string[]): Promise<ReportV1>;
}

export interface RuleText {
  severity?: string;
  level?: string;
  blocking?: boolean;
  scope?: 'component' | 'repository';
}

/** @param env the environment of every run; without one no cache is kept. */
export function world(files: Record<string, string> = {}, env: Record<string, string> = {}): World {
  const root = temporaryFolder('policy');
  const made: World = {
    root,
    write(changes) {
      for (const [path, text] of Object.entries(changes)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        if (text === null) rmSync(join(root, path), { force: true });
        else writeFileSync(join(root, path), text);
      }
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    git: (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', env: gitEnv('2027-01-10T12:00:00Z') }),
    commit(message, date = '2027-01-10T12:00:00Z') {
      made.git('add', '-A');
      execFileSync('git', ['commit', '-q', '--allow-empty', '-m', message], { cwd: root, env: gitEnv(date) });
      return made.git('rev-parse', 'HEAD').trim();
    },
    async run(...args) {
      const out: string[] = [];
      const err: string[] = [];
      const io: Io = {
        out: async (text) => void out.push(text),
        err: async (text) => void err.push(text),
        outIsTerminal: false,
        errIsTerminal: false,
        columns: 100,
        env,
        cwd: root,
      };
      const code = await main(['node', 'readiness', ...args], io);
      return { code, out: out.join(''), err: err.join('') };
    },
    async report(...args) {
      const { out, err } = await made.run('audit', '.', '--format', 'json', ...args);
      if (out === '') throw new Error(err);
      return reportV1.parse(JSON.parse(out));
    },
  };
  made.write(files);
  return made;
}

/** Nothing of the machine's own git settings. */
const gitEnv = (date?: string) => ({
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  ...(date && { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }),
});

/** Two services and the rules given, by name: `alpha` is the rule `own/alpha`. */
export function shop(rules: Record<string, RuleText>): Record<string, string> {
  const service = (name: string) => ({
    [`apps/${name}/package.json`]: JSON.stringify({
      name,
      version: '1.0.0',
      main: 'index.js',
      scripts: { start: 'node index.js' },
      dependencies: { express: '^5.0.0' },
    }),
    [`apps/${name}/index.js`]: "import express from 'express';\nexpress().listen(3000);\n",
  });
  return {
    'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['apps/*'] }),
    ...service('api'),
    ...service('web'),
    ...Object.fromEntries(
      Object.entries(rules).map(([name, rule]) => [`.readiness/rules/${name}.yaml`, ruleText(name, rule)]),
    ),
  };
}

function ruleText(
  name: string,
  { severity = 'major', level = 'demo', blocking = false, scope = 'component' }: RuleText,
): string {
  const where = scope === 'component' ? '' : ', where: repository';
  const file = (glob: string) => `{ file: { globs: ['${glob}'], aside: true${where} } }`;
  return `id: own/${name}
title: ${name}
level: ${level}
severity: ${severity}
blocking: ${blocking}
scope: ${scope}
hours: { missing: 1, unwired: 1, partial: 1 }
issue: { missing: no ${name}, unwired: ${name} is unused, partial: ${name} is half done }
impact: It hurts.
required: There is ${name}.
holds: ${name} is there.
appliesTo: ${file('package.json')}
signals:
  present: ${file(`${name}.present`)}
  wired: ${file(`${name}.wired`)}
  complete: ${file(`${name}.complete`)}
`;
}

/** The files that give a rule a status in a component, or in the repository (`.`). */
export function holds(name: string, component: string, status: Status): Record<string, string | null> {
  const steps = ['present', 'wired', 'complete'];
  const reached = { missing: 0, unwired: 1, partial: 2, ready: 3 }[status as string] ?? 0;
  return Object.fromEntries(
    steps.map((step, i) => [`${component === '.' ? '' : `${component}/`}${name}.${step}`, i < reached ? 'x\n' : null]),
  );
}

import { type CommandRun, runsOf, runsOfArgv } from '../../commands/index.ts';
import type { AuditModel } from '../../model/audit-model.ts';
import type { Component } from '../../model/component.ts';
import { asRecord, asTexts, dig } from '../../model/data.ts';
import type { Evidence } from '../../model/evidence.ts';
import { dirOf } from '../../model/paths.ts';
import { pipelineSteps, runsOfScript } from './programs.ts';
import { isAside, noteOf, once, ownerOf } from './scope.ts';

/** A program that something in the repository starts, and the place that says so. */
export interface Started {
  run: CommandRun;
  evidence: Evidence;
}

/** Programs that package scripts, images, compose and Kubernetes commands, pipelines, platforms, shell scripts and child processes start. */
export const startedIn = once((model): readonly Started[] =>
  [
    ...byScripts(model),
    ...byProjects(model),
    ...byRecipes(model),
    ...byScriptFiles(model),
    ...byImages(model),
    ...byDefinitions(model),
    ...pipelineSteps(model).flatMap(({ pipeline, step, runs }) =>
      runs.map((run) => ({
        run,
        evidence: noteOf({ file: step.file ?? pipeline.path, line: step.line }, shown(run)),
      })),
    ),
    ...byShellFiles(model),
    ...byChildProcesses(model),
  ].filter(({ run }) => !run.echoOnly),
);

/** What is asked of programs, as a function that stays the same from call to call. */
export type Accept = (run: CommandRun, evidence: Evidence) => boolean;
const any: Accept = () => true;

const accepted = once((model, accept: Accept): readonly Started[] =>
  startedIn(model).filter(({ run, evidence }) => accept(run, evidence)),
);

/**
 * Those accepted that speak for a component: started in its folder, by its own files, or by files that belong to no other.
 * Most programs are of the whole repository, so each is asked once for all components.
 */
export function startedFor(model: AuditModel, component: Component, accept: Accept = any): Started[] {
  return accepted(model, accept).filter(({ run, evidence }) => {
    const owner = ownerOf(model, evidence.file);
    return (
      owner === component.path || owner === null || owner === '.' || ownerOf(model, `${run.cwd}/.`) === component.path
    );
  });
}

const shown = (run: CommandRun): string => `runs ${run.argv.slice(0, 6).join(' ')}`.slice(0, 100);

const context = (model: AuditModel, cwd: string) => ({ cwd, facts: model.facts, view: model.view });

function byScripts(model: AuditModel): Started[] {
  return model.facts.manifests
    .filter((manifest) => !isAside(manifest.path))
    .flatMap((manifest) =>
      Object.keys(manifest.scripts).flatMap((name) =>
        runsOfScript(model, manifest, name).map((run) => ({
          run,
          evidence: noteOf(
            { file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 },
            `script "${name}" ${shown(run)}`,
          ),
        })),
      ),
    );
}

/** What nps keeps outside the manifest: every text in it that reads as a command. */
const byScriptFiles = (model: AuditModel): Started[] =>
  model.view.glob('**/package-scripts.{js,cjs,yml,yaml}').flatMap((file) =>
    model.view
      .text(file)
      .split('\n')
      .flatMap((text, index) =>
        [...text.matchAll(/['"`](?![A-Z]\w* )([^'"`]{6,200})['"`]/g)].flatMap((match) =>
          runsOf(match[1]!, context(model, dirOf(file))).map((run) => ({
            run,
            evidence: noteOf({ file, line: index + 1 }, shown(run)),
          })),
        ),
      ),
  );

const recipeFiles: readonly { program: string; glob: string; head: RegExp }[] = [
  { program: 'just', glob: '**/{justfile,Justfile,.justfile}', head: /^@?([\w-]+)[^:#]*:(?!=)/ },
  { program: 'make', glob: '**/{Makefile,makefile,GNUmakefile}', head: /^([\w-]+)\s*:(?![:=])/ },
  { program: 'task', glob: '**/{Taskfile,taskfile}.{yml,yaml}', head: /^ {2}['"]?([\w:-]+)['"]?:/ },
];

/** Recipes that people call by name, as they call package scripts. */
const byRecipes = (model: AuditModel): Started[] =>
  recipeFiles.flatMap(({ program, glob, head }) =>
    model.view.glob(glob).flatMap((file) =>
      isAside(file)
        ? []
        : model.view
            .text(file)
            .split('\n')
            .flatMap((text, index) => {
              const name = head.exec(text)?.[1];
              if (!name) return [];
              return runsOf(`${program} ${name}`, context(model, dirOf(file))).map((run) => ({
                run,
                evidence: noteOf({ file, line: index + 1 }, `${program} ${name} ${shown(run)}`),
              }));
            }),
    ),
  );

/** Targets of Nx projects. */
function byProjects(model: AuditModel): Started[] {
  return model.view.glob('**/project.json').flatMap((file) => {
    if (isAside(file)) return [];
    const text = model.view.text(file);
    return commandsOf(text).flatMap((command) =>
      runsOf(command, context(model, dirOf(file))).map((run) => ({
        run,
        evidence: noteOf(
          { file, line: text.slice(0, Math.max(0, text.indexOf(JSON.stringify(command)))).split('\n').length },
          shown(run),
        ),
      })),
    );
  });
}

function commandsOf(text: string): string[] {
  let targets: unknown;
  try {
    targets = dig(JSON.parse(text), 'targets');
  } catch {
    return [];
  }
  return Object.values(asRecord(targets)).flatMap((target) => [
    ...asTexts(dig(target, 'command') ?? []),
    ...asTexts(dig(target, 'options', 'command') ?? []),
    ...asTexts(dig(target, 'options', 'commands') ?? []),
  ]);
}

function byImages(model: AuditModel): Started[] {
  return model.facts.dockerfiles
    .filter((fact) => !isAside(fact.path))
    .flatMap((fact) =>
      fact.stages
        .flatMap((stage) => [
          ...stage.runs.flatMap(({ text, line }) =>
            runsOf(text, context(model, fact.dir)).map((run) => ({ run, line })),
          ),
          ...[stage.cmd, stage.entrypoint].flatMap((command) =>
            command
              ? runsOfArgv(command.argv, context(model, fact.dir)).map((run) => ({ run, line: command.line }))
              : [],
          ),
        ])
        .map(({ run, line }) => ({ run, evidence: noteOf({ file: fact.path, line }, shown(run)) })),
    );
}

function byDefinitions(model: AuditModel): Started[] {
  const compose = model.facts.compose.flatMap((fact) =>
    fact.services.flatMap((service) =>
      [service.command, service.entrypoint].flatMap((command) =>
        command
          ? runsOfArgv(command.argv, context(model, service.build?.context ?? fact.dir)).map((run) => ({
              run,
              evidence: noteOf({ file: fact.path, line: command.line }, shown(run)),
            }))
          : [],
      ),
    ),
  );
  const kubernetes = model.facts.kubernetes.flatMap((fact) =>
    containersOf(fact.doc).flatMap((container) => {
      const words = [...asTexts(dig(container, 'command') ?? []), ...asTexts(dig(container, 'args') ?? [])];
      return runsOfArgv(words, context(model, '.')).map((run) => ({
        run,
        evidence: noteOf({ file: fact.path, line: fact.line }, shown(run)),
      }));
    }),
  );
  const platforms = model.facts.platforms.flatMap((fact) =>
    [
      ...fact.commands.map(({ text, line }) => ({ text, line, dir: dirOf(fact.path) })),
      ...fact.services.map(({ command, dir, line }) => ({ text: command ?? '', line, dir: dir ?? dirOf(fact.path) })),
    ].flatMap(({ text, line, dir }) =>
      runsOf(text, context(model, dir)).map((run) => ({
        run,
        evidence: noteOf({ file: fact.path, line }, shown(run)),
      })),
    ),
  );
  return [...compose, ...kubernetes, ...platforms];
}

function containersOf(doc: Record<string, unknown>): unknown[] {
  const spec =
    dig(doc, 'spec', 'jobTemplate', 'spec', 'template', 'spec') ??
    dig(doc, 'spec', 'template', 'spec') ??
    dig(doc, 'spec');
  return ['initContainers', 'containers'].flatMap((key) => {
    const list = dig(spec, key);
    return Array.isArray(list) ? list : [];
  });
}

function byShellFiles(model: AuditModel): Started[] {
  return model.view
    .list()
    .filter((file) => /\.sh$|(^|\/)(docker-)?entrypoint$/.test(file) && !isAside(file))
    .flatMap((file) =>
      runsOf(model.view.text(file), context(model, dirOf(file))).map((run) => ({
        run,
        evidence: noteOf({ file, line: 1 }, shown(run)),
      })),
    );
}

/** `execSync('prisma migrate deploy')` in a script or in code. */
function byChildProcesses(model: AuditModel): Started[] {
  return model.facts.sources
    .filter((source) => source.code !== null && !isAside(source.path))
    .flatMap((source) =>
      source
        .code!.calls.filter((call) => /(^|\.)(exec|execSync|spawn|spawnSync|execa|execaCommand|\$)$/.test(call.callee))
        .flatMap((call) => {
          const [first, second] = call.args;
          if (first?.kind !== 'string') return [];
          const words =
            second?.kind === 'array'
              ? second.items.flatMap((item) => (item.kind === 'string' ? [item.value] : []))
              : [];
          return runsOf([first.value, ...words].join(' '), context(model, dirOf(source.path))).map((run) => ({
            run,
            evidence: noteOf({ file: source.path, line: call.line }, shown(run)),
          }));
        }),
    );
}

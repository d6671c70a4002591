import { z } from 'zod';
import { runsOf } from '../commands/index.ts';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { isWithin } from '../model/paths.ts';
import { no, yes } from '../model/signal.ts';
import { imageOf, startOf } from './shared/images.ts';
import { runsOfScript } from './shared/programs.ts';
import { isAside, manifestsOf, noteOf, placeOf } from './shared/scope.ts';

const options = z.strictObject({ rung: z.enum(['present', 'wired']) });

/** A process file's own switch, in JavaScript, JSON and YAML alike. */
const several = /["']?instances["']?\s*:\s*["']?(?:max\b|-1|0\b|[2-9]\b|\d{2,}|os\.|process\.env)/;
const processFile = /(?:^|\/)(?:ecosystem|pm2|processes)[\w.-]*\.(?:c?js|json|ya?ml)$/;

export default defineDetector({
  name: 'runs-in-cluster',
  asks: 'a process manager is set up to run several instances (present), and a script or image starts it (wired)',
  reads: 'config',
  options,
  judge(model, component, { rung }) {
    if (!component) return no('asked of a component only');
    const files = processFiles(model, component);
    const starts = startsOf(model, component, files.length > 0);
    const shown = rung === 'wired' ? starts : [...files, ...starts];
    if (shown.length > 0) return yes(...shown);
    return no(`${placeOf(component)}: a process file with several instances, or pm2 start -i`, files);
  },
});

function processFiles(model: AuditModel, component: Component): Evidence[] {
  return model.view
    .list()
    .filter((path) => processFile.test(path) && !isAside(path))
    .filter((path) => isWithin(path, component.path) || !path.includes('/'))
    .flatMap((path) => {
      const lines = model.view.text(path).split('\n');
      const line = lines.findIndex((text) => several.test(text) && !/^\s*(?:\/\/|#|\*)/.test(text));
      return line === -1 ? [] : [noteOf({ file: path, line: line + 1 }, 'several instances')];
    });
}

/** `pm2 start x -i 4` by itself; with a process file, whatever starts pm2. */
function startsOf(model: AuditModel, component: Component, byFile: boolean): Evidence[] {
  const clusters = (run: { program: string; argv: string[] }): boolean =>
    /^pm2(?:-runtime|-docker)?$/.test(run.program) &&
    (run.argv.some((word) => /^(?:-i|--instances(?:=.*)?)$/.test(word)) ||
      (byFile && run.argv.some((word) => /\.(?:c?js|json|ya?ml)$/.test(word))));
  const scripts = manifestsOf(model, component).flatMap(({ manifest }) =>
    Object.keys(manifest.scripts)
      .filter((name) => runsOfScript(model, manifest, name).some(clusters))
      .map((name) =>
        noteOf(
          { file: manifest.path, line: manifest.lines[`scripts.${name}`] ?? 1 },
          `script "${name}" starts a cluster`,
        ),
      ),
  );
  const image = imageOf(model, component);
  const start = image && startOf(image);
  if (!image || !start) return scripts;
  const context = { cwd: component.path, facts: model.facts, view: model.view };
  return runsOf(start.argv.join(' '), context).some(clusters)
    ? [...scripts, noteOf({ file: image.dockerfile.path, line: start.line }, 'the image starts a cluster')]
    : scripts;
}

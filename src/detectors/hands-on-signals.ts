import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import { baseOf } from '../model/paths.ts';
import { allOf, no, type Signal, yes } from '../model/signal.ts';
import { imageOf, scriptsOf, startOf } from './shared/images.ts';
import { noteOf, placeOf, subjects } from './shared/scope.ts';

export default defineDetector({
  name: 'hands-on-signals',
  asks: 'the signal that stops the container reaches the program: no shell script of the image stands between that starts it without `exec`',
  reads: 'config',
  options: z.strictObject({}),
  judge(model, component) {
    return allOf(subjects(model, component).map((subject) => judgeOne(model, subject)));
  },
});

function judgeOne(model: AuditModel, component: Component): Signal {
  const image = imageOf(model, component);
  const start = image && startOf(image);
  if (!start || toAll.test(start.argv.join(' '))) return yes();
  for (const path of scriptsOf(model, image, start.argv)) {
    const lines = model.view
      .text(path)
      .split('\n')
      .map((line) => line.replace(/(^|\s)#.*/, ''));
    // What stands for the shell, or passes on what it hears, is another matter.
    if (lines.some((line) => passing.test(line))) continue;
    const line = lines.findLastIndex((text) => serving.test(text) && !/&\s*$/.test(text));
    if (line === -1) continue;
    return no(`${placeOf(component)}: a start that hands signals on`, [
      noteOf({ file: image.dockerfile.path, line: start.line }, `starts ${baseOf(path)}`),
      noteOf({ file: path, line: line + 1 }, 'runs the program under the shell, which hears the signal and keeps it'),
    ]);
  }
  return yes();
}

/** Init programs that signal every process below them. */
const toAll = /\bdumb-init\b|\btini\s+(?:-\w+\s+)*-g\b|\bs6-|\bsupervisord\b|\bpm2-runtime\b/;
const passing = /(?:^|[;&|]|\bthen|\bdo)\s*exec\s|\btrap\b.*\bkill\b|\bpm2-runtime\b|\bsupervisord\b|\bnginx\b/;
/** A program of Node that goes on: set-up runs to its end before. */
const serving =
  /^\s*(?:cd\s+\S+\s*&&\s*)?(?:[A-Z_]\w*=\S+\s+)*(?:(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?(?:start|serve|prod)\b|(?:node|bun|tsx)\s+(?:-\S+\s+)*(?!\S*(?:migrat|seed|script|setup|init|wait|check|generat))\S+\.[cm]?[jt]s\b|node\s+(?:-\S+\s+)*(?:dist|build|src|server|\.)\/?\S*(?:main|server|index|app|www)\b)/;

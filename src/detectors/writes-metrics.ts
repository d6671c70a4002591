import { z } from 'zod';
import { defineDetector } from '../model/detector.ts';
import { anyOf, no, yes } from '../model/signal.ts';
import { isAside, noteOf, placeOf, subjects } from './shared/scope.ts';

/** What only Prometheus' text format says: its content type, and the lines that name a series' type. */
const exposition =
  /['"`]text\/plain;\s*version=0\.0\.4|['"`][^'"`\n]{0,80}# TYPE \S+ (?:counter|gauge|histogram|summary)\b/;

export default defineDetector({
  name: 'writes-metrics',
  asks: 'code that runs answers with metrics in the text format of Prometheus, written without a client',
  reads: 'code',
  options: z.strictObject({}),
  judge: (model, component) =>
    anyOf(
      subjects(model, component).map((subject) => {
        const found = model.wiring
          .of(subject)
          .reached.filter((file) => !isAside(file))
          .flatMap((file) => {
            const text = model.view.text(file);
            const at = exposition.exec(text);
            return at ? [noteOf({ file, line: text.slice(0, at.index).split('\n').length }, 'writes metrics')] : [];
          });
        return found.length > 0 ? yes(...found.slice(0, 3)) : no(`${placeOf(subject)}: metrics written as text`);
      }),
    ),
});

import { endOfLine, inserted } from '../edit/insert.ts';
import { Unfit } from '../types.ts';
import type { Operate } from './_operation.ts';

/** A HEALTHCHECK before the last command of the component's Dockerfile. */
const healthcheck: Operate<Record<string, never>> = (_, { model, component, draft, parameters }) => {
  const path = component ? model.deployment.dockerfilesOf(component.path)[0] : undefined;
  const fact = model.facts.dockerfiles.find((one) => one.path === path);
  const stage = fact?.stages[fact.final];
  const last = stage?.cmd ?? stage?.entrypoint;
  if (!path || !last || stage?.healthcheck) throw new Unfit('its Dockerfile ends in no command of its own');
  const text = draft.text(path);
  const lines = text.split('\n');
  const at = lines.slice(0, last.line - 1).join('\n').length;
  const check = `HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \\\n  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.${parameters.portVariable} || ${parameters.port}) + '${parameters.healthPath}').then((r) => process.exit(r.status < 500 ? 0 : 1), () => process.exit(1))"]`;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const place = last.line === 1 ? 0 : endOfLine(text, Math.max(0, at - 1));
  draft.edit(path, inserted(text, [{ at: place, text: eol + check.replace(/\n/g, eol) }]));
};
export default healthcheck;

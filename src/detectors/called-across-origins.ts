import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import { type Component, hasTrait } from '../model/component.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { no, yes } from '../model/signal.ts';
import { filesOf, isAside, manifestsOf, once, placeOf } from './shared/scope.ts';
import { buildConfigs } from './shared/ui/build-config.ts';
import { sighted, uiFiles } from './shared/ui/files.ts';

const address = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1):(\d{2,5})\b/;
const code = /\.[cm]?[jt]s$|(^|\/)\.env[\w.-]*$/;

export default defineDetector({
  name: 'called-across-origins',
  asks: 'a browser app of this repository, without a proxy, calls the component at a host and port of its own',
  options: z.strictObject({}),
  judge(model, component) {
    const searched = 'browser apps that call it at an address of its own';
    if (!component) return no(searched);
    const found = model.components
      .filter((app) => app !== component && isBrowserApp(app) && !hasProxy(model, app))
      .flatMap((app) => callsFrom(model, app))
      .filter(({ port }) => listensOn(model, component, port))
      .map(({ at }) => at);
    return found.length > 0 ? yes(...found.slice(0, 3)) : no(`${placeOf(component)}: ${searched}`);
  },
});

/** What is rendered on a server may call from there, where no browser asks for permission. */
const isBrowserApp = (app: Component): boolean => app.kind === 'web' && app.language === 'js' && !hasTrait(app, 'http');

function hasProxy(model: AuditModel, app: Component): boolean {
  if (buildConfigs(model, app).some((config) => /\bproxy\b|\brewrites\b/i.test(config.text))) return true;
  if (manifestsOf(model, app).some(({ manifest }) => /"proxy"\s*:/.test(model.view.text(manifest.path)))) return true;
  return filesOf(model, app).some((path) => /(^|\/)(setupProxy|proxy\.conf)[\w.]*$/.test(path));
}

const callsFrom = once((model, app: Component): { port: string; at: Evidence }[] =>
  uiFiles(model, app)
    .filter((file) => file.live === 'live' && !file.path.endsWith('.html'))
    .flatMap((file) => {
      const at = sighted(file, address, (match) => `calls ${match}`);
      return at ? [{ port: address.exec(file.text)![1]!, at }] : [];
    }),
);

const listensOn = (model: AuditModel, component: Component, port: string): boolean => {
  const named = new RegExp(`\\b(?:port|listen)\\b[^\\n]{0,60}?\\b${port}\\b`, 'i');
  return filesOf(model, component).some(
    (path) => code.test(path) && !isAside(path, component.path) && named.test(model.view.text(path)),
  );
};

import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import type { Component } from '../model/component.ts';
import { asRecord } from '../model/data.ts';
import type { DeployedService } from '../model/deployment.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import { baseOf } from '../model/paths.ts';
import { no, yes } from '../model/signal.ts';
import { filesOf, isAside, noteOf, placeOf } from './shared/scope.ts';

const options = z.strictObject({ rung: z.enum(['present', 'wired']) });

/** Platforms that serve static files from an edge, whatever is deployed there. */
const edges = new Set([
  'vercel',
  'netlify',
  'cloudflare',
  'amplify',
  'cloudfront',
  'firebase',
  'github-pages',
  'deno-deploy',
  'sst',
]);
/** Those that do so for static sites only. */
const staticEdges = new Set(['render', 'digitalocean', 'azure']);
/** Hosts of one static site: an edge for what they serve, not for what runs beside them. */
const siteResource = /static[-_]?(?:site|web[-_]?app)|cloudflare_pages|amplify(?:_app|::App|\.(?:Cfn)?App)$/i;
const cdnResource =
  /cloudfront|front_?door|(?:^|[_:./])cdn|fastly_service|cloudflare_(?:zone|workers)|compute_backend_bucket/i;

export default defineDetector({
  name: 'served-from-edge',
  asks: 'a CDN is configured for the static files of the component (present), and what is deployed or built uses it (wired)',
  reads: 'config',
  options,
  judge(model, component, { rung }) {
    if (!component) return no('asked of a component only');
    const hosts = assetHosts(model, component);
    const used = [
      ...platforms(model, component),
      ...infrastructure(model, component, true),
      ...proxied(model, component),
      ...hosts.set,
    ];
    const shown = rung === 'wired' ? used : [...used, ...infrastructure(model, component, false), ...hosts.open];
    if (shown.length > 0) return yes(...shown);
    return no(
      `${placeOf(component)}: a platform with an edge, a CDN in front of it, an asset host in the build`,
      hosts.open,
    );
  },
});

function platforms(model: AuditModel, component: Component): Evidence[] {
  return model.deployment
    .anyServicesOf(component.path)
    .filter(({ environment, service }) => environment.rank !== 'development' && !service.oneShot && isEdge(service))
    .map(({ service }) => noteOf(service.evidence, `${service.platform} serves static files from its edge`));
}

const isEdge = ({ platform, serverless, dockerfile }: DeployedService): boolean =>
  platform !== null &&
  (edges.has(platform) ||
    siteResource.test(platform) ||
    (staticEdges.has(platform) && serverless && dockerfile === null));

/** A CDN among the resources of a stack that counts (`deployed`), or one that nothing deploys or a switch leaves out. */
function infrastructure(model: AuditModel, component: Component, deployed: boolean): Evidence[] {
  const counted = new Set(model.deployment.counting.flatMap(({ files }) => files));
  // Where the component runs is known: a static site of the same stack is another's.
  const placed = model.deployment
    .servicesOf(component.path)
    .some(({ environment: { kind } }) => kind === 'platform' || kind === 'iac');
  // A platform's own configuration may declare one beside what it deploys.
  const declared = model.facts.platforms.map(({ path, resources }) => ({
    path,
    resources: resources.map((one) => ({ ...one, text: '', condition: undefined })),
  }));
  return [...model.facts.iac, ...declared]
    .filter(({ path }) => !isAside(path))
    .flatMap(({ path, resources }) =>
      resources
        .filter(({ condition }) => (counted.has(path) && condition !== 'false') === deployed)
        .filter(({ type, text }) => isCdn(type, text) && !(placed && siteResource.test(type)))
        .map(({ type, name, line }) => noteOf({ file: path, line }, `${type} ${name}`)),
    );
}

/** external-dns has Cloudflare stand in front of what leads into the cluster. */
function proxied(model: AuditModel, component: Component): Evidence[] {
  const sets = model.deployment.counting.filter(({ services }) =>
    services.some((service) => service.component === component.path),
  );
  const files = new Set(sets.flatMap(({ files }) => files));
  return model.facts.kubernetes
    .filter(
      ({ path, doc }) =>
        files.has(path) && annotation(doc, 'external-dns.alpha.kubernetes.io/cloudflare-proxied') === 'true',
    )
    .map(({ path, line, kind, name }) => noteOf({ file: path, line }, `${kind} ${name}: Cloudflare in front`));
}

const annotation = (doc: Record<string, unknown>, key: string): unknown =>
  asRecord(asRecord(doc.metadata).annotations)[key];

const isCdn = (type: string, text: string): boolean =>
  !/^(?:data\.|existing:)/.test(type) &&
  (siteResource.test(type) ||
    (cdnResource.test(type) && !/policy|identity|function$|secret/i.test(type)) ||
    (/cloudflare_(?:dns_)?record/.test(type) && /proxied\s*=\s*true/.test(text)));

const buildConfig =
  /^(?:next|nuxt|vite|vue|svelte|astro|webpack[\w.-]*|rspack|rsbuild|craco|angular|quasar|remix|react-router)\.(?:config\.)?(?:[cm]?[jt]s|json)$/;
const assetHost = /\b(?:assetPrefix|publicPath|cdnURL|deployUrl|base)["']?\s*[:=](.+)/;

const ownMachine = /\/\/(?:localhost|127\.|0\.0\.0\.0|192\.168\.|host\.docker)/;

/** `set`: the build itself names the host. `open`: it takes one from a variable that nothing sets. */
function assetHosts(model: AuditModel, component: Component): { set: Evidence[]; open: Evidence[] } {
  const found = { set: [] as Evidence[], open: [] as Evidence[] };
  const env = new Set([
    ...model.deployment.servicesOf(component.path).flatMap(({ service }) => service.env.map(({ name }) => name)),
    ...model.facts.envFiles
      .filter(({ path }) => path.endsWith('.env.production'))
      .flatMap(({ variables }) => variables.map(({ name }) => name)),
  ]);
  for (const file of filesOf(model, component)) {
    if (!buildConfig.test(baseOf(file)) || /[.-]dev(elopment)?\./.test(file)) continue;
    model.view
      .text(file)
      .split('\n')
      .forEach((text, i) => {
        const value = /^\s*(?:\/\/|\*|#)/.test(text) ? undefined : assetHost.exec(text)?.[1];
        if (!value) return;
        const at = noteOf({ file, line: i + 1 }, text.trim().slice(0, 80));
        const variable = /process\.env\.(\w*(?:CDN|ASSET)\w*)/.exec(value)?.[1];
        if ((/["'`](?:https?:)?\/\/[\w-]+\./.test(value) && !ownMachine.test(value)) || (variable && env.has(variable)))
          found.set.push(at);
        else if (variable && !/undefined|(["'`])\/?\1/.test(value)) found.open.push(at);
      });
  }
  return found;
}

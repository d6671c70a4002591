import { asList, asNumber, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../../model/data.ts';
import type { PlatformFact } from '../../../model/facts/index.ts';
import { dirOf, joinPath } from '../../../model/paths.ts';
import { wranglerFiles, wranglerPath } from '../../../model/wrangler.ts';
import type { Located } from '../yaml.ts';
import { headerRules } from './hosts.ts';
import { below, folderName, type PlatformFile, type PlatformReader, platformFact, platformService } from './reader.ts';

/** Clouds' own app platforms and functions. */
export const cloudReaders: PlatformReader[] = [
  { path: wranglerPath, read: wrangler },
  { path: /(?:^|\/)app(?:[-.][\w-]+)?\.ya?ml$/, read: appEngine },
  { path: /(?:^|\/)firebase\.json$/, read: firebase },
  { path: /(?:^|\/)apphosting(?:\.[\w-]+)?\.ya?ml$/, read: appHosting },
  { path: /(?:^|\/)amplify\.ya?ml$/, read: amplify },
  { path: /(?:^|\/)azure\.ya?ml$/, read: azure },
  { path: /(?:^|\/)staticwebapp\.config\.json$/, read: staticWebApp },
  { path: /(?:^|\/)apprunner\.ya?ml$/, read: appRunner },
  { path: /(?:^|\/)Dockerrun\.aws\.json$/, read: beanstalk },
  { path: /(?:^|\/)eas\.json$/, read: (file) => platformFact(file.path, 'expo-eas') },
  { path: /(?:^|\/)copilot\/[^/]+\/manifest\.ya?ml$/, read: copilot },
];

const at = (located: Located | null, path: string): number => lineIn(located?.lines ?? {}, path);
const top = (file: PlatformFile): Data => asRecord(file.located?.data);

function wrangler(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  if (!['name', 'main', 'assets', 'pages_build_output_dir', 'site'].some((key) => key in data)) return null;
  if (!wranglerFiles(file.view, file.dir).includes(file.path)) return null;
  const isStatic =
    asText(data.main) === null && ('assets' in data || 'pages_build_output_dir' in data || 'site' in data);
  const name = asText(data.name) ?? folderName(file.dir);
  const published = [['pages_build_output_dir'], ['assets', 'directory'], ['site', 'bucket']]
    .map((keys) => asText(dig(data, ...keys)))
    .find((folder) => folder !== null);
  const stores: [string, string][] = [
    ['d1_databases', 'd1'],
    ['kv_namespaces', 'kv'],
    ['r2_buckets', 'r2'],
    ['hyperdrive', 'hyperdrive'],
    ['vectorize', 'vectorize'],
  ];
  // What every stage has is said at the top, what one has below its name.
  const stages = [[], ...Object.keys(asRecord(data.env)).map((stage) => ['env', stage])];
  return platformFact(file.path, 'cloudflare', {
    services: [
      platformService(name, file.dir, {
        kind: isStatic ? 'static' : 'function',
        published: published == null ? null : below(file.dir, published),
        line: at(file.located, 'name'),
      }),
    ],
    resources: [
      ...stores.flatMap(([key, type]) =>
        stages.flatMap((stage) =>
          asList(dig(data, ...stage, key)).map((item, i) => ({
            type,
            name: asText(asRecord(item).binding) ?? '',
            line: at(file.located, [...stage, key, i].join('.')),
          })),
        ),
      ),
      ...asList(dig(data, 'queues', 'producers')).map((item) => ({
        type: 'queue',
        name: asText(asRecord(item).queue) ?? '',
        line: at(file.located, 'queues'),
      })),
      ...asList(dig(data, 'durable_objects', 'bindings')).map((item) => ({
        type: 'durable-object',
        name: asText(asRecord(item).name) ?? '',
        line: at(file.located, 'durable_objects'),
      })),
    ],
    env: Object.keys(asRecord(data.vars)).map((variable) => ({
      name: variable,
      line: at(file.located, `vars.${variable}`),
    })),
    commands:
      asText(dig(data, 'build', 'command')) === null
        ? []
        : [{ phase: 'build', text: asText(dig(data, 'build', 'command'))!, line: at(file.located, 'build.command') }],
  });
}

/** App Engine's app.yaml names a runtime; other programs' app.yaml do not. */
function appEngine(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  const runtime = asText(data.runtime);
  if (runtime === null || 'apiVersion' in data || 'kind' in data) return null;
  const scaling = asRecord(data.automatic_scaling);
  const onlyStatic =
    asList(data.handlers).length > 0 &&
    asList(data.handlers).every((handler) => 'static_files' in asRecord(handler) || 'static_dir' in asRecord(handler));
  return platformFact(file.path, 'app-engine', {
    services: [
      platformService(asText(data.service) ?? 'default', file.dir, {
        kind: onlyStatic ? 'static' : 'web',
        command: asText(data.entrypoint),
        healthPath: asText(dig(data, 'readiness_check', 'path')) ?? asText(dig(data, 'liveness_check', 'path')),
        replicas:
          asNumber(scaling.min_instances) ??
          asNumber(scaling.min_num_instances) ??
          asNumber(dig(data, 'manual_scaling', 'instances')),
        // App Engine scales by itself unless told how many.
        autoscaling: !('manual_scaling' in data),
        line: at(file.located, 'runtime'),
      }),
    ],
    env: Object.keys(asRecord(data.env_variables)).map((name) => ({
      name,
      line: at(file.located, `env_variables.${name}`),
    })),
  });
}

function firebase(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
  const sites = list(data.hosting);
  const hostings = sites.map((site) => {
    const source = asText(asRecord(site).source);
    const built = asText(asRecord(site).public);
    const folder = source ?? ownerOf(built);
    return platformService(
      asText(asRecord(site).target) ?? asText(asRecord(site).site) ?? 'hosting',
      below(file.dir, folder),
      {
        kind: source !== null ? 'web' : 'static',
        published: source === null && built !== null ? below(file.dir, built) : null,
        line: at(file.located, 'hosting'),
      },
    );
  });
  const functions = list(data.functions).map((item) =>
    platformService(
      asText(asRecord(item).codebase) ?? 'functions',
      below(file.dir, asText(asRecord(item).source) ?? 'functions'),
      {
        kind: 'function',
        autoscaling: true,
        line: at(file.located, 'functions'),
      },
    ),
  );
  const hosts = list(data.apphosting).map((item) =>
    platformService(asText(asRecord(item).backendId) ?? 'apphosting', below(file.dir, asText(asRecord(item).rootDir)), {
      line: at(file.located, 'apphosting'),
    }),
  );
  const stores = ['firestore', 'database', 'storage', 'dataconnect'].filter((key) => key in data);
  if (hostings.length + functions.length + hosts.length + stores.length === 0) return null;
  return platformFact(file.path, 'firebase', {
    services: [...hostings, ...functions, ...hosts],
    headers: sites.flatMap((site) => headerRules(asRecord(site).headers, 'hosting.headers', file.located)),
    routes: sites.flatMap((site) =>
      asList(asRecord(site).rewrites).map((rule, i) => ({
        match: asText(asRecord(rule).source) ?? '',
        target:
          asText(asRecord(rule).destination) ??
          asText(asRecord(rule).function) ??
          asText(dig(rule, 'function', 'functionId')) ??
          asText(dig(rule, 'run', 'serviceId')) ??
          '',
        line: at(file.located, `hosting.rewrites.${i}`),
      })),
    ),
    resources: stores.map((type) => ({ type, name: type, line: at(file.located, type) })),
  });
}

/** `apps/web/dist` is built by `apps/web`: build output names are taken off the end. */
function ownerOf(folder: string | null): string {
  return (
    (folder ?? '.')
      .replace(/\/$/, '')
      .replace(/(?:^|\/)(?:dist|build|out|public|www|\.output\/public|_site|browser)(?:\/.*)?$/, '') || '.'
  );
}

function appHosting(file: PlatformFile): PlatformFact {
  const run = asRecord(top(file).runConfig);
  return platformFact(file.path, 'firebase', {
    services: [
      platformService(folderName(file.dir), file.dir, {
        replicas: asNumber(run.minInstances),
        autoscaling: true,
        line: at(file.located, 'runConfig'),
      }),
    ],
    env: asList(top(file).env).map((item, i) => ({
      name: asText(asRecord(item).variable) ?? '',
      line: at(file.located, `env.${i}`),
    })),
  });
}

function amplify(file: PlatformFile): PlatformFact {
  const data = top(file);
  const apps = asList(data.applications).map(asRecord);
  const services = (apps.length > 0 ? apps : [data]).map((app, i) => {
    const dir = below(file.dir, asText(app.appRoot));
    return platformService(folderName(dir ?? '.'), dir, {
      line: at(file.located, apps.length > 0 ? `applications.${i}` : 'frontend'),
    });
  });
  const build = asTexts(dig(data, 'frontend', 'phases', 'build', 'commands') ?? []);
  return platformFact(file.path, 'amplify', {
    services,
    commands: build.map((text, i) => ({
      phase: 'build',
      text,
      line: at(file.located, `frontend.phases.build.commands.${i}`),
    })),
  });
}

function azure(file: PlatformFile): PlatformFact | null {
  const services = Object.entries(asRecord(top(file).services));
  if (services.length === 0) return null;
  const fact = platformFact(file.path, 'azure');
  for (const [name, value] of services) {
    const service = asRecord(value);
    const host = asText(service.host);
    const dir = below(file.dir, asText(service.project));
    const dockerfile = asText(dig(service, 'docker', 'path'));
    fact.services.push(
      platformService(name, dir, {
        kind: host === 'staticwebapp' ? 'static' : host === 'function' ? 'function' : 'web',
        dockerfile: dockerfile === null || dir === null ? null : below(dir, dockerfile),
        image: asText(service.image),
        host,
        line: at(file.located, `services.${name}`),
      }),
    );
  }
  for (const [phase, hook] of Object.entries(asRecord(top(file).hooks))) {
    const text = asText(dig(hook, 'posix', 'run')) ?? asText(asRecord(hook).run);
    if (text !== null)
      fact.commands.push({
        phase: phase.startsWith('post') ? 'release' : 'build',
        text,
        line: at(file.located, `hooks.${phase}`),
      });
  }
  return fact;
}

function staticWebApp(file: PlatformFile): PlatformFact {
  return platformFact(file.path, 'azure', {
    services: [platformService(folderName(file.dir), file.dir, { kind: 'static', host: 'staticwebapp' })],
    headers: Object.entries(asRecord(top(file).globalHeaders)).map(([name, value]) => ({
      name,
      value: asText(value) ?? '',
      line: at(file.located, `globalHeaders.${name}`),
    })),
  });
}

function appRunner(file: PlatformFile): PlatformFact {
  return platformFact(file.path, 'app-runner', {
    services: [
      platformService(folderName(file.dir), file.dir, {
        command: asText(dig(file.located?.data, 'run', 'command')),
        autoscaling: true,
        line: at(file.located, 'run'),
      }),
    ],
  });
}

/**
 * Elastic Beanstalk: one image in the first version of the file, several in the second. Its load balancer listens for HTTPS, asks for a
 * path and adds instances only as `.ebextensions` tell it.
 */
function beanstalk(file: PlatformFile): PlatformFact {
  const settings = file.view
    .list()
    .filter((path) => dirOf(path) === `${file.dir === '.' ? '' : `${file.dir}/`}.ebextensions`)
    .map((path) => file.view.text(path))
    .join('\n');
  const healthPath =
    /(?:HealthCheckPath|Application Healthcheck URL)['"]?\s*(?::|\n\s*value:)\s*['"]?([^\s'"]+)/.exec(settings)?.[1] ??
    null;
  const dockerfile = joinPath(file.dir, 'Dockerfile');
  const shared = {
    healthPath,
    autoscaling: /aws:autoscaling:(?:trigger|asg)/.test(settings),
    dockerfile: dockerfile !== null && file.view.has(dockerfile) ? dockerfile : null,
    host: 'elastic-beanstalk',
  };
  const containers = asList(top(file).containerDefinitions).map(asRecord);
  return platformFact(file.path, 'elastic-beanstalk', {
    services:
      containers.length === 0
        ? [platformService(folderName(file.dir), file.dir, { ...shared, line: at(file.located, 'Image') })]
        : containers.map((container, i) => {
            const memory = asNumber(container.memory) ?? asNumber(container.memoryReservation);
            const ported = asList(container.portMappings).length > 0;
            return platformService(asText(container.name) ?? folderName(file.dir), file.dir, {
              ...shared,
              kind: ported ? 'web' : 'worker',
              dockerfile: null,
              image: asText(container.image),
              memory: memory === null ? null : `${memory}M`,
              line: at(file.located, `containerDefinitions.${i}`),
            });
          }),
    tls: /aws:elbv?2?:listener:443|ListenerProtocol|SSLCertificate/.test(settings),
  });
}

/** AWS Copilot: a service's manifest names its image's Dockerfile. */
function copilot(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  const type = asText(data.type);
  if (type === null) return null;
  const build = asText(dig(data, 'image', 'build')) ?? asText(dig(data, 'image', 'build', 'dockerfile'));
  const context = asText(dig(data, 'image', 'build', 'context'));
  return platformFact(file.path, 'other', {
    services: [
      platformService(
        asText(data.name) ?? folderName(file.dir),
        below('.', context ?? (build === null ? null : dirOf(build))),
        {
          kind: /Job/.test(type)
            ? 'job'
            : /Worker|Backend/.test(type)
              ? 'worker'
              : /Static/.test(type)
                ? 'static'
                : 'web',
          dockerfile: build === null ? null : below('.', build),
          healthPath: asText(dig(data, 'http', 'healthcheck')) ?? asText(dig(data, 'http', 'healthcheck', 'path')),
          replicas: asNumber(data.count),
          autoscaling: isRecord(data.count),
          host: 'copilot',
          line: at(file.located, 'name'),
        },
      ),
    ],
  });
}

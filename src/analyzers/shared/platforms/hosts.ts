import { asList, asNumber, asRecord, asText, asTexts, type Data, dig, isRecord, lineIn } from '../../../model/data.ts';
import type { PlatformFact } from '../../../model/facts/index.ts';
import type { Located } from '../yaml.ts';
import {
  below,
  folderName,
  type PlatformFile,
  type PlatformReader,
  type PlatformService,
  platformFact,
  platformService,
} from './reader.ts';

/** Hosts that build and run an app from its folder. */
export const hostReaders: PlatformReader[] = [
  { path: /(?:^|\/)vercel\.json$/, read: vercel },
  { path: /(?:^|\/)netlify\.toml$/, read: netlify },
  { path: /(?:^|\/)fly(?:\.[\w-]+)?\.toml$/, read: fly },
  { path: /(?:^|\/)render\.ya?ml$/, read: render },
  { path: /(?:^|\/)railway(?:\.[\w-]+)?\.(?:json|toml)$/, read: railway },
  { path: /(?:^|\/)Procfile$/, read: procfile },
  { path: /(?:^|\/)app\.json$/, read: herokuApp },
  { path: /(?:^|\/)heroku\.ya?ml$/, read: herokuYaml },
  { path: /(?:^|\/)\.replit$/, read: replit },
  { path: /(?:^|\/)\.do\/(?:app|deploy\.template)\.ya?ml$/, read: digitalOcean },
];

const at = (located: Located | null, path: string): number => lineIn(located?.lines ?? {}, path);
const top = (file: PlatformFile): Data => asRecord(file.located?.data);

/** `[{ source, headers: [{ key, value }] }]`, as Vercel and Firebase write them. */
export function headerRules(list: unknown, path: string, located: Located | null): PlatformFact['headers'] {
  return asList(list).flatMap((rule, i) =>
    asList(asRecord(rule).headers).map((header, j) => ({
      name: asText(asRecord(header).key) ?? '',
      value: asText(asRecord(header).value) ?? '',
      line: at(located, `${path}.${i}.headers.${j}`),
    })),
  );
}

function commands(
  file: PlatformFile,
  keys: Record<string, PlatformFact['commands'][number]['phase']>,
): PlatformFact['commands'] {
  return Object.entries(keys).flatMap(([path, phase]) => {
    const text = asText(dig(file.located?.data, ...path.split('.')));
    return text === null ? [] : [{ phase, text, line: at(file.located, path) }];
  });
}

function vercel(file: PlatformFile): PlatformFact {
  const data = top(file);
  const published = asText(data.outputDirectory);
  const service = platformService(folderName(file.dir), file.dir, {
    kind: data.framework === null ? 'static' : 'web',
    published: published === null ? null : below(file.dir, published),
  });
  const jobs = asList(data.crons).map((cron, i) =>
    platformService(asText(asRecord(cron).path) ?? 'cron', file.dir, {
      kind: 'job',
      line: at(file.located, `crons.${i}`),
    }),
  );
  return platformFact(file.path, 'vercel', {
    services: [service, ...jobs],
    headers: headerRules(data.headers, 'headers', file.located),
    routes: asList(data.rewrites ?? data.routes).map((rule, i) => ({
      match: asText(asRecord(rule).source) ?? asText(asRecord(rule).src) ?? '',
      target: asText(asRecord(rule).destination) ?? asText(asRecord(rule).dest) ?? '',
      line: at(file.located, `${data.rewrites ? 'rewrites' : 'routes'}.${i}`),
    })),
    env: Object.keys(asRecord(data.env)).map((name) => ({ name, line: at(file.located, `env.${name}`) })),
    commands: commands(file, { buildCommand: 'build', installCommand: 'build' }),
  });
}

function netlify(file: PlatformFile): PlatformFact {
  const data = top(file);
  const build = asRecord(data.build);
  const dir = below(file.dir, asText(build.base));
  const functions = asText(build.functions) !== null || isRecord(data.functions);
  const published = asText(build.publish);
  return platformFact(file.path, 'netlify', {
    services: [
      platformService(folderName(dir ?? '.'), dir, {
        kind: functions ? 'web' : 'static',
        command: asText(build.command),
        published: published === null ? null : below(dir ?? '.', published),
        line: at(file.located, 'build'),
      }),
    ],
    headers: asList(data.headers).flatMap((rule, i) =>
      Object.entries(asRecord(asRecord(rule).values)).map(([name, value]) => ({
        name,
        value: asText(value) ?? '',
        line: at(file.located, `headers.${i}.values.${name}`),
      })),
    ),
    routes: asList(data.redirects).map((rule, i) => ({
      match: asText(asRecord(rule).from) ?? '',
      target: asText(asRecord(rule).to) ?? '',
      line: at(file.located, `redirects.${i}`),
    })),
    env: Object.keys(asRecord(build.environment)).map((name) => ({
      name,
      line: at(file.located, `build.environment.${name}`),
    })),
    commands: commands(file, { 'build.command': 'build' }),
  });
}

function fly(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  if (!('app' in data) && !('http_service' in data) && !('services' in data)) return null;
  const http = asRecord(data.http_service);
  const services = asList(data.services).map(asRecord);
  const checks = [
    ...asList(http.checks),
    ...Object.values(asRecord(data.checks)),
    ...services.flatMap((s) => asList(s.http_checks)),
  ];
  // A check of the port alone asks as well, and has no path.
  const tcp = services.some((s) => asList(s.tcp_checks).length > 0) || checks.some((c) => asRecord(c).type === 'tcp');
  const healthPath =
    checks.map((check) => asText(asRecord(check).path)).find((path) => path !== null) ?? (tcp ? 'tcp' : null);
  const minimum =
    asNumber(http.min_machines_running) ??
    services.map((s) => asNumber(s.min_machines_running)).find((n) => n !== null) ??
    null;
  const dockerfile = asText(dig(data, 'build', 'dockerfile'));
  const common: Partial<PlatformService> = {
    dockerfile: dockerfile === null ? null : below(file.dir, dockerfile),
    image: asText(dig(data, 'build', 'image')),
    memory:
      asText(dig(data, 'vm', 0, 'memory')) ??
      asText(dig(data, 'vm', 0, 'memory_mb')) ??
      asText(dig(data, 'vm', 'memory')),
  };
  const processes = Object.entries(asRecord(data.processes));
  const name = asText(data.app) ?? folderName(file.dir);
  const web = platformService(name, file.dir, {
    ...common,
    healthPath,
    replicas: minimum,
    autoscaling: (http.auto_start_machines === true && (minimum ?? 0) > 1) || isRecord(data.autoscaling),
    command: asText(asRecord(data.processes).app),
    line: at(file.located, 'app'),
  });
  const listens = 'http_service' in data || services.length > 0;
  const workers = processes
    .filter(([process]) => process !== 'app' && process !== 'web')
    .map(([process, command]) =>
      platformService(`${name}-${process}`, file.dir, {
        ...common,
        kind: 'worker',
        command: asText(command),
        line: at(file.located, `processes.${process}`),
      }),
    );
  return platformFact(file.path, 'fly', {
    services: [{ ...web, kind: listens ? 'web' : 'worker' }, ...workers],
    resources: asList(data.mounts ?? []).map((mount, i) => ({
      type: 'volume',
      name: asText(asRecord(mount).source) ?? '',
      line: at(file.located, `mounts.${i}`),
    })),
    env: Object.keys(asRecord(data.env)).map((variable) => ({
      name: variable,
      line: at(file.located, `env.${variable}`),
    })),
    commands: commands(file, { 'deploy.release_command': 'release' }),
  });
}

const renderKinds: Record<string, PlatformService['kind']> = {
  web: 'web',
  pserv: 'web',
  worker: 'worker',
  cron: 'job',
  static: 'static',
  static_site: 'static',
};
const renderStores = new Set(['redis', 'keyvalue']);

function render(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  const projects = [
    data,
    ...asList(data.projects).flatMap((project) => asList(asRecord(project).environments).map(asRecord)),
  ];
  const fact = platformFact(file.path, 'render');
  for (const project of projects) {
    asList(project.services).forEach((item, i) => {
      const service = asRecord(item);
      const line = at(file.located, `services.${i}`);
      const type = asText(service.type) ?? 'web';
      const name = asText(service.name) ?? type;
      if (renderStores.has(type)) fact.resources.push({ type: 'redis', name, line });
      else fact.services.push(renderService(service, name, type, line));
      for (const variable of asList(service.envVars)) {
        const key = asText(asRecord(variable).key);
        if (key !== null) fact.env.push({ name: key, line });
      }
      for (const [key, phase] of [
        ['buildCommand', 'build'],
        ['preDeployCommand', 'release'],
        ['startCommand', 'start'],
      ] as const) {
        const text = asText(service[key]);
        if (text !== null) fact.commands.push({ phase, text, line: at(file.located, `services.${i}.${key}`) });
      }
      fact.headers.push(
        ...asList(service.headers).map((header) => ({
          name: asText(asRecord(header).name) ?? '',
          value: asText(asRecord(header).value) ?? '',
          line,
        })),
      );
    });
    asList(project.databases).forEach((database, i) => {
      fact.resources.push({
        type: 'postgres',
        name: asText(asRecord(database).name) ?? '',
        line: at(file.located, `databases.${i}`),
      });
    });
  }
  return fact.services.length + fact.resources.length > 0 ? fact : null;
}

function renderService(service: Data, name: string, type: string, line: number): PlatformService {
  const isStatic = asText(service.runtime) === 'static' || asText(service.env) === 'static';
  const root = below('.', asText(service.rootDir));
  const dockerfile = asText(service.dockerfilePath);
  const context = asText(service.dockerContext);
  return platformService(name, context !== null && service.rootDir === undefined ? below('.', context) : root, {
    kind: isStatic ? 'static' : (renderKinds[type] ?? 'web'),
    command: asText(service.startCommand) ?? asText(service.dockerCommand),
    healthPath: asText(service.healthCheckPath),
    replicas: asNumber(service.numInstances) ?? asNumber(dig(service, 'scaling', 'minInstances')),
    autoscaling: isRecord(service.scaling),
    dockerfile: dockerfile === null ? null : below('.', dockerfile),
    image: asText(dig(service, 'image', 'url')),
    line,
  });
}

function railway(file: PlatformFile): PlatformFact {
  const data = top(file);
  const deploy = asRecord(data.deploy);
  const dockerfile = asText(dig(data, 'build', 'dockerfilePath'));
  return platformFact(file.path, 'railway', {
    services: [
      platformService(folderName(file.dir), file.dir, {
        command: asText(deploy.startCommand),
        healthPath: asText(deploy.healthcheckPath),
        replicas: asNumber(deploy.numReplicas),
        dockerfile: dockerfile === null ? null : below('.', dockerfile),
        kind: asText(deploy.cronSchedule) === null ? 'web' : 'job',
        line: at(file.located, 'deploy'),
      }),
    ],
    commands: commands(file, {
      'build.buildCommand': 'build',
      'deploy.preDeployCommand': 'release',
      'deploy.startCommand': 'start',
    }),
  });
}

function procfile(file: PlatformFile): PlatformFact | null {
  const fact = platformFact(file.path, 'heroku');
  file.text.split('\n').forEach((raw, i) => {
    const [, name, command] = /^([A-Za-z0-9_-]+):\s*(.+?)\s*$/.exec(raw) ?? [];
    if (!name || !command) return;
    const line = i + 1;
    if (name === 'release') fact.commands.push({ phase: 'release', text: command, line });
    else {
      fact.services.push(platformService(name, file.dir, { kind: name === 'web' ? 'web' : 'worker', command, line }));
      fact.commands.push({ phase: 'start', text: command, line });
    }
  });
  return fact.services.length > 0 ? fact : null;
}

/** Heroku's app.json and Dokku's; Expo's has the same name and none of these keys. */
function herokuApp(file: PlatformFile): PlatformFact | null {
  const data = top(file);
  if ('dokku' in asRecord(data.scripts)) return dokkuApp(file);
  if (!['formation', 'buildpacks', 'addons'].some((key) => key in data) || 'expo' in data) return null;
  const formation = Object.entries(asRecord(data.formation));
  const processes = formation.length > 0 ? formation : [['web', {}] as [string, unknown]];
  return platformFact(file.path, 'heroku', {
    services: processes.map(([name, process]) =>
      platformService(name, file.dir, {
        kind: name === 'web' ? 'web' : 'worker',
        replicas: asNumber(asRecord(process).quantity),
        line: at(file.located, `formation.${name}`),
      }),
    ),
    resources: asList(data.addons).map((addon, i) => {
      const plan = asText(isRecord(addon) ? addon.plan : addon) ?? '';
      return { type: plan.replace(/:.*$/, ''), name: plan, line: at(file.located, `addons.${i}`) };
    }),
    env: Object.keys(asRecord(data.env)).map((name) => ({ name, line: at(file.located, `env.${name}`) })),
    commands: commands(file, { 'scripts.postdeploy': 'release' }),
  });
}

/** Dokku builds and runs the image of the folder on a machine of one's own, whose certificates it is told apart. */
const dokkuApp = (file: PlatformFile): PlatformFact =>
  platformFact(file.path, 'dokku', {
    tls: false,
    services: [
      platformService('web', file.dir, {
        kind: 'web',
        dockerfile: below(file.dir, 'Dockerfile'),
        line: at(file.located, 'scripts.dokku'),
      }),
    ],
    commands: commands(file, { 'scripts.dokku.predeploy': 'release', 'scripts.dokku.postdeploy': 'release' }),
  });

function herokuYaml(file: PlatformFile): PlatformFact | null {
  const images = Object.entries(asRecord(dig(file.located?.data, 'build', 'docker')));
  if (images.length === 0) return null;
  return platformFact(file.path, 'heroku', {
    services: images
      .filter(([name]) => name !== 'release')
      .map(([name, dockerfile]) =>
        platformService(name, file.dir, {
          kind: name === 'web' ? 'web' : 'worker',
          dockerfile: below(file.dir, asText(isRecord(dockerfile) ? dockerfile.dockerfile : dockerfile)),
          line: at(file.located, `build.docker.${name}`),
        }),
      ),
  });
}

function replit(file: PlatformFile): PlatformFact | null {
  const deployment = asRecord(top(file).deployment);
  if (Object.keys(deployment).length === 0) return null;
  const target = asText(deployment.deploymentTarget) ?? '';
  return platformFact(file.path, 'replit', {
    services: [
      platformService(folderName(file.dir), file.dir, {
        kind: target === 'static' ? 'static' : 'web',
        command: asTexts(deployment.run ?? []).join(' ') || null,
        autoscaling: target === 'autoscale' || target === 'cloudrun',
        line: at(file.located, 'deployment'),
      }),
    ],
    commands:
      asTexts(deployment.build ?? []).length > 0
        ? [{ phase: 'build', text: asTexts(deployment.build).join(' '), line: at(file.located, 'deployment.build') }]
        : [],
  });
}

function digitalOcean(file: PlatformFile): PlatformFact | null {
  const written = top(file);
  const prefix = isRecord(written.spec) ? 'spec.' : '';
  const spec = isRecord(written.spec) ? written.spec : written;
  const groups: [string, PlatformService['kind']][] = [
    ['services', 'web'],
    ['static_sites', 'static'],
    ['workers', 'worker'],
    ['jobs', 'job'],
    ['functions', 'function'],
  ];
  const services = groups.flatMap(([key, kind]) =>
    asList(spec[key]).map((item, i) => {
      const service = asRecord(item);
      const dockerfile = asText(service.dockerfile_path);
      return platformService(asText(service.name) ?? key, below('.', asText(service.source_dir)), {
        kind,
        command: asText(service.run_command),
        healthPath: asText(dig(service, 'health_check', 'http_path')),
        replicas: asNumber(service.instance_count),
        autoscaling: isRecord(service.autoscaling),
        dockerfile: dockerfile === null ? null : below('.', dockerfile),
        line: at(file.located, `${prefix}${key}.${i}`),
      });
    }),
  );
  return services.length === 0
    ? null
    : platformFact(file.path, 'digitalocean', {
        services,
        resources: asList(spec.databases).map((database, i) => ({
          type: (asText(asRecord(database).engine) ?? 'database').toLowerCase(),
          name: asText(asRecord(database).name) ?? '',
          line: at(file.located, `${prefix}databases.${i}`),
        })),
      });
}

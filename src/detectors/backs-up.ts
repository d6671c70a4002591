import { z } from 'zod';
import type { AuditModel } from '../model/audit-model.ts';
import { dig } from '../model/data.ts';
import { defineDetector } from '../model/detector.ts';
import type { Evidence } from '../model/evidence.ts';
import type { KubernetesFact } from '../model/facts/index.ts';
import { no, yes } from '../model/signal.ts';
import { pipelineSteps } from './shared/programs.ts';
import { linesOfResource } from './shared/resources.ts';
import { isAside, noteOf, once } from './shared/scope.ts';

const options = z.strictObject({ rung: z.enum(['present', 'wired']) });

const dump =
  /\b(?:pg_dump|pg_dumpall|pg_basebackup|mysqldump|mariadb-dump|mariabackup|xtrabackup|mongodump|redis-cli\b.*--rdb|sqlite3\b.*\.backup|litestream (?:replicate|restore)|wal-g|pgbackrest|barman|restic (?:-\S+ \S+ )*backup|borgmatic|borg create|velero (?:backup|schedule) create)\b/;
const backupImage =
  /backup|litestream|wal-g|pgbackrest|barman|borgmatic|(?:^|\/)restic|offen\/docker-volume|duplicati|velero/i;

export default defineDetector({
  name: 'backs-up',
  asks: 'something dumps or backs up the database (present), on a schedule or by a managed setting (wired)',
  reads: 'config',
  options,
  judge(model, _, { rung }) {
    const scheduled = [
      ...containers(model),
      ...cluster(model),
      ...settings(model),
      ...tables(model),
      ...pipelines(model, true),
    ];
    const shown = rung === 'wired' ? scheduled : [...scheduled, ...pipelines(model, false), ...scripts(model)];
    if (shown.length > 0) return yes(...shown);
    return no('backup jobs, dump scripts, and backup settings of managed databases', scripts(model));
  },
});

/** A service of the deployed set, or beside the database that a file of its own starts, whose image or command backs up. */
const containers = (model: AuditModel): Evidence[] =>
  model.deployment.environments
    .filter(
      (environment) =>
        model.deployment.counting.includes(environment) || environment.services.some(({ role }) => role === 'database'),
    )
    .flatMap(({ services }) => services)
    .filter(
      ({ image, command, component }) =>
        (component === null && backupImage.test(image ?? '')) || dump.test(command?.join(' ') ?? ''),
    )
    .map(({ name, evidence }) => noteOf(evidence, `${name} backs up`));

/** Kinds of operators that back up, and databases of operators that may be told to. */
const keepers = new Set(
  'ScheduledBackup BackupSchedule PerconaServerMongoDBBackup PostgresBackup VolumeSnapshotSchedule RecurringJob'.split(
    ' ',
  ),
);
const clusters = new Set('Cluster PostgresCluster postgresql PerconaServerMongoDB InnoDBCluster'.split(' '));

/** CronJobs that dump, and what database operators are told. */
const cluster = (model: AuditModel): Evidence[] =>
  model.facts.kubernetes
    .filter((doc) => !isAside(doc.path) && backsUp(doc))
    .map((doc) => noteOf({ file: doc.path, line: doc.line }, `${doc.kind} ${doc.name} backs up`));

function backsUp({ kind, apiVersion, name, doc }: KubernetesFact): boolean {
  if (kind === 'CronJob') return /backup|dump/i.test(name) || dump.test(JSON.stringify(doc));
  if (kind === 'Schedule') return apiVersion.startsWith('velero.io');
  const isTold = ['backup', 'backups', 'backupSchedules'].some((key) => dig(doc, 'spec', key) !== undefined);
  return keepers.has(kind) || (clusters.has(kind) && isTold);
}

const setting =
  /\b(?:backup_retention(?:_period|_days)?|backupRetentionPeriod|BackupRetentionPeriod|backupRetentionDays|backup_configuration|backup_policy|backupPolicy|point_in_time_recovery|pointInTimeRecovery\w*|PointInTimeRecovery\w*|geo_redundant_backup\w*|geoRedundantBackup|snapshot_retention_limit|preferred_backup_window|backup_window|automated_backup\w*|backup_schedule|backupSchedule)\b|\bbackup\s*\{/;

/** Resources that are plans of backups. */
const plans = /backup_(?:plan|selection)|BackupPlan|BackupSelection|backupVaults\/backupPolicies|dlm_lifecycle_policy/;

/** What IaC says of its managed databases; a retention of zero is none. */
const settings = (model: AuditModel): Evidence[] =>
  model.facts.iac
    .filter(({ path }) => !isAside(path))
    .flatMap(({ path, resources }) =>
      resources
        .filter(({ condition }) => condition !== 'false')
        .flatMap(({ type, name, line, text }) => {
          if (plans.test(type)) return [noteOf({ file: path, line }, `${type} ${name}`)];
          const found = setting.exec(text);
          if (!found || /^[\w{\s"]*[=:][\s{]*(?:["\w]+\s*[=:]\s*)?(?:0|false)\b/.test(text.slice(found.index)))
            return [];
          return [noteOf({ file: path, line: line + text.slice(0, found.index).split('\n').length - 1 }, found[0])];
        }),
    );

/** Tables among the resources of the Serverless Framework, with what it says of each; SAM's are read with the infrastructure. */
const tables = (model: AuditModel): Evidence[] =>
  model.facts.platforms
    .filter(({ path, platform }) => platform === 'serverless' && !isAside(path))
    .flatMap(({ path, resources }) =>
      resources.flatMap(({ type, name, line }) => {
        if (plans.test(type)) return [noteOf({ file: path, line }, `${type} ${name}`)];
        const text = linesOfResource(model, path, resources, line);
        const at = text.findIndex((one) => setting.test(one) && !/: *(?:0|false)\b|Specification:/.test(one));
        return at < 0 ? [] : [noteOf({ file: path, line: line + at }, `${name}: ${text[at]!.trim()}`)];
      }),
    );

function pipelines(model: AuditModel, scheduled: boolean): Evidence[] {
  return pipelineSteps(model)
    .filter(({ pipeline }) => pipeline.triggers.some(({ event }) => event === 'schedule') === scheduled)
    .filter(({ runs }) => runs.some((run) => !run.echoOnly && dump.test(run.argv.join(' '))))
    .map(({ pipeline, step }) =>
      noteOf({ file: step.file ?? pipeline.path, line: step.line }, step.name ?? 'dumps the database'),
    );
}

/** The program as a text of its own, which code hands to a shell: elsewhere the word is as often prose. */
const handedOn = /['"`](?:[\w./-]*\/)?(?:pg_dump|pg_dumpall|mysqldump|mariadb-dump|mongodump)(?:['"`]|\s+-)/;

/** Scripts that dump: a name alone may be a feature of the product. */
const scripts = once((model): Evidence[] => [
  ...model.view
    .list()
    .filter((path) => /\.(?:sh|bash|[cm]?[jt]s|py|rb)$|\/[\w-]+$/.test(path) && !isAside(path))
    .flatMap((path) => {
      const dumps = /backup|dump/i.test(path) ? dump : handedOn;
      const line = model.view
        .text(path)
        .split('\n')
        .findIndex((text) => dumps.test(text) && !/^\s*(?:#|\/\/|\*)/.test(text));
      return line === -1 ? [] : [noteOf({ file: path, line: line + 1 }, 'dumps the database')];
    }),
  ...model.facts.manifests
    .filter(({ path }) => !isAside(path))
    .flatMap(({ path, scripts: all, lines }) =>
      Object.entries(all)
        .filter(([, text]) => dump.test(text))
        .map(([name]) => noteOf({ file: path, line: lines[`scripts.${name}`] ?? 1 }, `script "${name}" dumps`)),
    ),
]);

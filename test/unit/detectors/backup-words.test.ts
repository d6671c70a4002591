import { describe, expect, it } from 'vitest';
import { app, asked, at } from './_asked.ts';

const answer = async (rung: string, files: Record<string, string>) =>
  (await asked('backs-up', { rung }, at(app(''), files), null))[0]!.slice(0, 2);

describe('commands that dump', () => {
  const script = (line: string) => ({ 'scripts/backup.sh': `#!/bin/sh\n${line}\n` });
  it.each([
    'pg_dump notes',
    'pg_dumpall > a',
    'mysqldump notes',
    'mongodump --uri a',
    'redis-cli -h a --rdb a.rdb',
    'redis-cli --rdb a.rdb',
    'sqlite3 notes.db ".backup a"',
    'sqlite3 .backup',
    'litestream replicate',
    'restic backup /data',
    'restic -r repo backup /data',
    'restic -r repo --tag a backup /data',
    'borg create a',
    'velero backup create a',
  ])('%s', async (line) => expect(await answer('present', script(line))).toBe('ye'));
  it.each([
    'my_pg_dumper',
    'redis-cli ping',
    'sqlite3 notes.db .tables',
    'restic snapshots',
    'restic -r backup',
    'borg list',
    '# pg_dump notes',
    '  # pg_dump notes',
    '// pg_dump notes',
    '* pg_dump notes',
  ])('not %s', async (line) => expect(await answer('present', script(line))).toBe('no'));
  it.each([
    ["run('pg_dump');", 'ye'],
    ["run('/usr/bin/pg_dump -Fc notes');", 'ye'],
    ['run(`mysqldump   -u root`);', 'ye'],
    ['run(pg_dump);', 'no'],
    ["run('pg_dump of notes');", 'no'],
    ["say('use pg_dump');", 'no'],
  ])('code, %s: %s', async (line, is) => expect(await answer('present', { 'src/keep.js': line })).toBe(is));
});

describe('settings of managed databases', () => {
  const terraform = (line: string, type = 'aws_db_instance') => ({
    'main.tf': `resource "${type}" "main" {\n  name = "notes"\n  ${line}\n}\n`,
  });
  it.each([
    'backup_retention_period = 7',
    'backup_retention_days=7',
    'backup_retention : 7',
    'backup_configuration {\n enabled = true\n }',
    'backup { enabled = true }',
    'backup{ enabled = true }',
    'backup  { enabled = true }',
    'point_in_time_recovery = true',
    'pointInTimeRecoveryEnabled = true',
    'PointInTimeRecoverySpecification = true',
    'geo_redundant_backup_enabled = true',
    'automated_backup_policy = "a"',
    'backup_retention_period = 07',
  ])('%s', async (line) => expect(await answer('wired', terraform(line))).toBe('ye'));
  it.each([
    'backup_retention_period = 0',
    'backup_retention_period=0',
    'backup_retention_period  =  0',
    'point_in_time_recovery = false',
    'point_in_time_recovery\t=\tfalse',
    'backup_retention_enabled_note = 7',
    'backups = 7',
  ])('not %s', async (line) => expect(await answer('wired', terraform(line))).toBe('no'));
  it.each([
    ['aws_backup_plan', 'ye'],
    ['aws_backup_selection', 'ye'],
    ['aws_dlm_lifecycle_policy', 'ye'],
    ['aws_instance', 'no'],
  ])('a resource %s: %s', async (type, is) => expect(await answer('wired', terraform('size = 1', type))).toBe(is));
});

describe('what a cluster is told', () => {
  const doc = (text: string) => ({ 'k8s/all.yaml': text });
  const of = (kind: string, more: string, version = 'acme/v1') =>
    doc(`apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: notes }\n${more}\n`);
  it.each([
    ['ScheduledBackup', 'spec: {}', 'ye'],
    ['RecurringJob', 'spec: {}', 'ye'],
    ['MyRecurringJob', 'spec: {}', 'no'],
    ['RecurringJobs', 'spec: {}', 'no'],
    ['MyScheduledBackup', 'spec: {}', 'no'],
    ['Schedule', 'spec: {}', 'no'],
    ['Cluster', 'spec: { backup: { a: 1 } }', 'ye'],
    ['PostgresCluster', 'spec: { backups: { a: 1 } }', 'ye'],
    ['InnoDBCluster', 'spec: { backupSchedules: [] }', 'ye'],
    ['InnoDBClusters', 'spec: { backupSchedules: [] }', 'no'],
    ['MyCluster', 'spec: { backup: { a: 1 } }', 'no'],
    ['Cluster', 'spec: { instances: 3 }', 'no'],
    ['Cluster', 'data: {}', 'no'],
  ])('%s with %s: %s', async (kind, more, is) => expect(await answer('wired', of(kind, more))).toBe(is));
  it("takes a Schedule of Velero's", async () => {
    expect(await answer('wired', of('Schedule', 'spec: {}', 'velero.io/v1'))).toBe('ye');
  });
  it.each([
    ['offen/docker-volume-backup', 'ye'],
    ['restic/restic', 'ye'],
    ['restic', 'ye'],
    ['acme/myrestic', 'no'],
    ['acme/notes', 'no'],
  ])('a service of the image %s: %s', async (image, is) => {
    const files = { 'compose.yml': `services:\n  db: { image: "postgres:16" }\n  other: { image: "${image}" }\n` };
    expect(await answer('wired', files)).toBe(is);
  });
});

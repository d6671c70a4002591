import { describe, expect, it } from 'vitest';
import { app, asked, at, told } from './_asked.ts';

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

describe('where it stands, and what is shown', () => {
  const here = (files: Record<string, string>) =>
    at(app(''), { Dockerfile: 'FROM node:22\nCMD ["node", "src/index.js"]\n', ...files });
  const ours = 'services:\n  api: { build: ., restart: always }\n';
  const keeper = '  keeper: { image: acme/keeper, command: "pg_dump notes" }\n';
  const steps = (on: string, ...runs: string[]) =>
    `on: ${on}\njobs:\n  keep:\n    runs-on: x\n    steps:\n${runs.map((run) => `      - run: ${run}\n`).join('')}`;
  const nightly = '{ schedule: [{ cron: "0 3 * * *" }] }';
  const stack = (text: string) => ({
    'serverless.yml': `service: api\nprovider: { name: aws }\nresources:\n  Resources:\n${text}`,
  });
  it.each<[title: string, rung: string, files: Record<string, string>, expected: string[]]>([
    ['a service beside ours', 'wired', { 'compose.yaml': ours + keeper }, ['yes', 'compose.yaml:3 keeper backs up']],
    [
      'a service beside ours that does nothing',
      'wired',
      { 'compose.yaml': ours + keeper.replace('pg_dump', 'psql') },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a service of the image of ours',
      'wired',
      { 'compose.yaml': 'services:\n  api: { build: ., image: acme/notes-backup, restart: always }\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a service with a command in words',
      'wired',
      { 'compose.yaml': `${ours}  keeper: { image: acme/keeper, command: [pg_dump, notes] }\n` },
      ['yes', 'compose.yaml:3 keeper backs up'],
    ],
    [
      'a service of a file of its own, beside its database',
      'wired',
      { 'compose.yaml': ours, 'ops/compose.yaml': `services:\n  db: { image: "postgres:17" }\n${keeper}` },
      ['yes', 'ops/compose.yaml:3 keeper backs up'],
    ],
    [
      'a service of a file of its own, without a database',
      'wired',
      { 'compose.yaml': ours, 'ops/compose.dev.yaml': `services:\n  cache: { image: "redis:7" }\n${keeper}` },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a service for development beside its database',
      'wired',
      { 'compose.yaml': ours, 'ops/compose.dev.yaml': `services:\n  db: { image: "postgres:17" }\n${keeper}` },
      ['yes', 'ops/compose.dev.yaml:3 keeper backs up'],
    ],
    [
      'an example of the cluster',
      'present',
      { 'examples/a.yaml': 'apiVersion: velero.io/v1\nkind: Schedule\nmetadata: { name: a }\nspec: {}\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a cluster without a specification',
      'present',
      { 'k8s/a.yaml': 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: a }\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a cluster of words',
      'present',
      { 'k8s/a.yaml': 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: a }\nspec: backup\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a job called for it',
      'wired',
      { 'k8s/a.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: db-Backup }\nspec: {}\n' },
      ['yes', 'k8s/a.yaml:2 CronJob db-Backup backs up'],
    ],
    [
      'a job, not of the cluster, called for it',
      'present',
      { 'k8s/a.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: db-backup }\nspec: {}\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a plan of Azure',
      'wired',
      {
        'main.bicep':
          "resource plan 'Microsoft.DataProtection/backupVaults/backupPolicies@2023-01-01' = {\n  name: 'a'\n}\n",
      },
      ['yes', 'main.bicep:1 Microsoft.DataProtection/backupVaults/backupPolicies plan'],
    ],
    [
      'a plan of Azure that a flag leaves out',
      'wired',
      {
        'main.bicep':
          "param keep bool = false\nresource plan 'Microsoft.DataProtection/backupVaults/backupPolicies@2023-01-01' = if (keep) {\n  name: 'a'\n}\n",
      },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a plan of Azure that a flag takes in',
      'wired',
      {
        'main.bicep':
          "param keep bool = true\nresource plan 'Microsoft.DataProtection/backupVaults/backupPolicies@2023-01-01' = if (keep) {\n  name: 'a'\n}\n",
      },
      ['yes', 'main.bicep:2 Microsoft.DataProtection/backupVaults/backupPolicies plan'],
    ],
    [
      'a plan of an example',
      'present',
      { 'examples/main.tf': 'resource "aws_backup_plan" "a" {\n  name = "a"\n}\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'the second of two resources',
      'wired',
      {
        'main.tf':
          'resource "aws_vpc" "a" {\n  name = "a"\n}\nresource "aws_db_instance" "b" {\n  engine = "postgres"\n  backup_retention_period = 7\n}\n',
      },
      ['yes', 'main.tf:6 backup_retention_period'],
    ],
    [
      'a plan of the stack',
      'wired',
      stack('    Plan:\n      Type: AWS::Backup::BackupPlan\n'),
      ['yes', 'serverless.yml:5 AWS::Backup::BackupPlan Plan'],
    ],
    [
      'a selection of the stack',
      'wired',
      stack('    Pick:\n      Type: AWS::Backup::BackupSelection\n'),
      ['yes', 'serverless.yml:5 AWS::Backup::BackupSelection Pick'],
    ],
    [
      'a database of the stack',
      'wired',
      stack('    Notes:\n      Type: AWS::RDS::DBInstance\n      Properties:\n        BackupRetentionPeriod: 7\n'),
      ['yes', 'serverless.yml:8 Notes: BackupRetentionPeriod: 7'],
    ],
    [
      'a database of the stack that keeps none',
      'present',
      stack('    Notes:\n      Type: AWS::RDS::DBInstance\n      Properties:\n        BackupRetentionPeriod: 0\n'),
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'documents of the stack',
      'wired',
      stack('    Notes:\n      Type: AWS::DocDB::DBCluster\n      Properties:\n        BackupRetentionPeriod:  14\n'),
      ['yes', 'serverless.yml:8 Notes: BackupRetentionPeriod:  14'],
    ],
    [
      'documents of the stack that keep none',
      'present',
      stack('    Notes:\n      Type: AWS::DocDB::DBCluster\n      Properties:\n        BackupRetentionPeriod:  0\n'),
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a table of the stack whose setting ends with a zero',
      'wired',
      stack('    Notes:\n      Type: AWS::RDS::DBInstance\n      Properties:\n        BackupRetentionPeriod: 30\n'),
      ['yes', 'serverless.yml:8 Notes: BackupRetentionPeriod: 30'],
    ],
    [
      'a table of the stack with a specification alone',
      'present',
      stack(
        '    Notes:\n      Type: AWS::DynamoDB::Table\n      Properties:\n        PointInTimeRecoverySpecification:\n          RecoveryPeriod: 3\n',
      ),
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a table of an example',
      'present',
      {
        'examples/serverless.yml': stack(
          '    Notes:\n      Type: AWS::RDS::DBInstance\n      Properties:\n        BackupRetentionPeriod: 7\n',
        )['serverless.yml'],
      },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'another platform',
      'present',
      { 'render.yaml': 'databases:\n  - name: notes\n    BackupRetentionPeriod: 7\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a table of SAM whose recovery is on, in one line',
      'wired',
      {
        'template.yml':
          'Transform: AWS::Serverless-2016-10-31\nResources:\n  Notes:\n    Type: AWS::DynamoDB::Table\n    Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }\n',
      },
      ['yes', 'template.yml:3 PointInTimeRecoverySpecification'],
    ],
    [
      'a table of SAM whose recovery is off, in one line',
      'wired',
      {
        'template.yml':
          'Transform: AWS::Serverless-2016-10-31\nResources:\n  Notes:\n    Type: AWS::DynamoDB::Table\n    Properties: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } }\n',
      },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a table whose recovery is off, in JSON',
      'wired',
      {
        'template.json':
          '{ "Transform": "AWS::Serverless-2016-10-31",\n"Resources": { "Notes": { "Type": "AWS::DynamoDB::Table", "Properties": {\n"PointInTimeRecoverySpecification": {\n"PointInTimeRecoveryEnabled": false } } } } }\n',
      },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a table whose recovery is on, in JSON',
      'wired',
      {
        'template.json':
          '{ "Transform": "AWS::Serverless-2016-10-31",\n"Resources": { "Notes": { "Type": "AWS::DynamoDB::Table", "Properties": {\n"PointInTimeRecoverySpecification": {\n"PointInTimeRecoveryEnabled": true } } } } }\n',
      },
      ['yes', 'template.json:2 PointInTimeRecoverySpecification'],
    ],
    [
      'a block that is off',
      'wired',
      { 'main.tf': 'resource "aws_dynamodb_table" "a" {\n  point_in_time_recovery {\n    enabled = false\n  }\n}\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a block that is on',
      'wired',
      { 'main.tf': 'resource "aws_dynamodb_table" "a" {\n  point_in_time_recovery {\n    enabled = true\n  }\n}\n' },
      ['yes', 'main.tf:2 point_in_time_recovery'],
    ],
    [
      'a setting before another that is off',
      'wired',
      { 'main.tf': 'resource "aws_db_instance" "a" {\n  backup_retention_period = 7\n  multi_az = false\n}\n' },
      ['yes', 'main.tf:2 backup_retention_period'],
    ],
    [
      'code that sets it to nothing',
      'wired',
      {
        'stack.ts':
          "import * as rds from 'aws-cdk-lib/aws-rds';\nnew rds.DatabaseInstance(this, 'Notes', { backupRetentionPeriod: 0 });\n",
      },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a pipeline on a schedule and by hand',
      'wired',
      {
        '.github/workflows/a.yml': steps(
          '{ schedule: [{ cron: "0 3 * * *" }], workflow_dispatch: {} }',
          'pg_dump notes',
        ),
      },
      ['yes', '.github/workflows/a.yml:6 dumps the database'],
    ],
    [
      'pipelines on a schedule, and by hand',
      'present',
      {
        '.github/workflows/a.yml': steps(nightly, 'pg_dump notes'),
        '.github/workflows/b.yml': steps('workflow_dispatch', 'mysqldump notes'),
      },
      ['yes', '.github/workflows/a.yml:6 dumps the database', '.github/workflows/b.yml:6 dumps the database'],
    ],
    [
      'a step of several commands',
      'wired',
      { '.github/workflows/a.yml': steps(nightly, 'npm ci && pg_dump notes') },
      ['yes', '.github/workflows/a.yml:6 dumps the database'],
    ],
    [
      'a step that speaks of it',
      'present',
      { '.github/workflows/a.yml': steps(nightly, 'echo pg_dump notes') },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a step that does not',
      'present',
      { '.github/workflows/a.yml': steps(nightly, 'npm test') },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a file without an ending',
      'present',
      { 'bin/backup': '#!/bin/sh\npg_dump notes\n' },
      ['yes', 'bin/backup:2 dumps the database'],
    ],
    [
      'a file without an ending whose name is one letter',
      'present',
      { 'backup/b': '#!/bin/sh\npg_dump notes\n' },
      ['yes', 'backup/b:2 dumps the database'],
    ],
    [
      'files of other endings',
      'present',
      {
        'bin/backup.txt': 'pg_dump notes\n',
        'bin/backup.md': 'pg_dump notes\n',
        'bin/backup.sh.txt': 'pg_dump notes\n',
      },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'files of code',
      'present',
      {
        'bin/backup.mjs': 'pg_dump notes\n',
        'bin/dump.cts': 'pg_dump notes\n',
        'bin/Backup.py': 'pg_dump notes\n',
        'bin/dump.rb': 'pg_dump notes\n',
        'bin/dump.bash': 'pg_dump notes\n',
        'bin/dump.xts': 'pg_dump notes\n',
      },
      [
        'yes',
        'bin/Backup.py:1 dumps the database',
        'bin/backup.mjs:1 dumps the database',
        'bin/dump.bash:1 dumps the database',
        'bin/dump.cts:1 dumps the database',
        'bin/dump.rb:1 dumps the database',
      ],
    ],
    [
      'a note after it',
      'present',
      { 'bin/backup.sh': 'pg_dump notes # each night\n' },
      ['yes', 'bin/backup.sh:1 dumps the database'],
    ],
    [
      'a file of an example',
      'present',
      { 'examples/backup.sh': 'pg_dump notes\n' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a script of an example',
      'present',
      { 'examples/a/package.json': '{"name":"a","scripts":{"keep":"pg_dump notes"}}' },
      ['no', 'sought backup jobs, dump scripts, and backup settings of managed databases'],
    ],
    [
      'a script on a line of its own',
      'present',
      {
        'package.json':
          '{\n  "name": "api",\n  "scripts": {\n    "start": "node src/index.js",\n    "keep": "pg_dump notes"\n  },\n  "dependencies": { "express": "5" }\n}\n',
      },
      ['yes', 'package.json:5 script "keep" dumps'],
    ],
    [
      'a script on a line of its own, which nothing starts',
      'wired',
      {
        'package.json':
          '{\n  "name": "api",\n  "scripts": {\n    "start": "node src/index.js",\n    "keep": "pg_dump notes"\n  },\n  "dependencies": { "express": "5" }\n}\n',
      },
      [
        'no',
        'package.json:5 script "keep" dumps',
        'sought backup jobs, dump scripts, and backup settings of managed databases',
      ],
    ],
    [
      'a backup and a script',
      'wired',
      { 'compose.yaml': ours + keeper, 'bin/backup.sh': 'pg_dump notes\n' },
      ['yes', 'compose.yaml:3 keeper backs up'],
    ],
    [
      'a backup and a script',
      'present',
      { 'compose.yaml': ours + keeper, 'bin/backup.sh': 'pg_dump notes\n' },
      ['yes', 'compose.yaml:3 keeper backs up', 'bin/backup.sh:1 dumps the database'],
    ],
  ])('%s (%s)', async (_, rung, files, expected) => {
    expect(await told('backs-up', { rung }, here(files), null)).toEqual(expected);
  });
});

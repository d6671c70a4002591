import { describe, expect, it } from 'vitest';
import { app, asked, at, service } from './_asked.ts';

const reading: Record<string, string> = at(app("app.set('a', process.env.TABLE_NAME);"));
/** The variables that are left for somebody to give. */
const left = async (files: Record<string, string>, code = reading): Promise<string> =>
  (await asked('names-variables', { ask: 'reads' }, { ...code, ...files }))
    .slice(1)
    .map((one) => one.replace(/.* reads /, ''))
    .join(' ');
const sst = { 'sst.config.ts': "export default { config: () => ({ name: 'api' }) };\n" };
const TABLE_NAME = 'TABLE_NAME';

describe('a program of infrastructure sets a variable', () => {
  it.each<[line: string, names: string]>([
    ['environment: { TABLE_NAME: table.name }', ''],
    ['environment: { TABLE_NAME: "notes" }', ''],
    ['environment: {TABLE_NAME:table.name}', ''],
    ['environment: { "TABLE_NAME": table.name }', ''],
    ["environment: { 'TABLE_NAME': table.name }", ''],
    ['environment: { TABLE_NAME : table.name }', ''],
    ['environment: { OTHER: 1, TABLE_NAME: table.name }', ''],
    ['environment: { OTHER: 1,"TABLE_NAME": table.name }', ''],
    ['environment: { OTHER: f(a, b), TABLE_NAME: table.name }', ''],
    ['environment: { TABLE_NAME: table.name, OTHER: other.Secret }', ''],
    ['environment: { TABLE_NAME: table.name, "OTHER" : other.Secret }', ''],
    ["environment: { TABLE_NAME: table.name,'OTHER': other.Secret }", ''],
    ['environment: { TABLE_NAME: join(table.name, other.Secret) }', TABLE_NAME],
    ['environment: {\n  A: 1,\n  TABLE_NAME: table.name,\n}', ''],
    ['Environment: { TABLE_NAME: table.name }', ''],
    ['vars: { TABLE_NAME: table.name }', ''],
    ['myvars: { TABLE_NAME: table.name }', TABLE_NAME],
    ['varsOf: { TABLE_NAME: table.name }', TABLE_NAME],
    ['settings: { TABLE_NAME: table.name }', TABLE_NAME],
    ['environment: { MY_TABLE_NAME: table.name }', TABLE_NAME],
    ['environment: { $TABLE_NAME: table.name }', TABLE_NAME],
    ['environment: { TABLE_NAMES: table.name }', TABLE_NAME],
    ['environment: names.TABLE_NAME ? a : b', TABLE_NAME],
    ['environment: { TABLE_NAME, other }', TABLE_NAME],
    ['environment: { TABLE_NAME: process.env.TABLE_NAME }', TABLE_NAME],
    ['environment: { TABLE_NAME: process.env.TABLE ?? "notes" }', `TABLE ${TABLE_NAME}`],
    ['environment: { TABLE_NAME: "${env:TABLE_NAME}" }', TABLE_NAME],
    ['environment: { TABLE_NAME: "${param:TABLE_NAME}" }', TABLE_NAME],
    ['environment: { TABLE_NAME: "${opt:table}" }', TABLE_NAME],
    ['environment: { TABLE_NAME: "${ssm:/table}" }', TABLE_NAME],
    ['environment: { TABLE_NAME: "${file(./table.json)}" }', TABLE_NAME],
    ['environment: { TABLE_NAME: "${self:service}" }', ''],
    ['environment: { TABLE_NAME: "${options.table}" }', ''],
    ['environment: { TABLE_NAME: "$env:" }', ''],
    ['environment: { TABLE_NAME: "env:" }', ''],
    ['environment: { TABLE_NAME: table.Secret }', TABLE_NAME],
    ['environment: { TABLE_NAME: new StringParameter(stack, "a").value }', TABLE_NAME],
    ['environment: { TABLE_NAME: Parameter.valueForString(stack, "a") }', TABLE_NAME],
    ['environment: { TABLE_NAME: table.value }', ''],
  ])('%s: %s', async (line, names) => {
    expect(await left({ ...sst, 'stacks/api.ts': `export const api = { ${line} };\n` })).toBe(names);
  });

  it('in capitals, of three letters at least', async () => {
    const code = at(app("app.set('a', [process.env.AB, process.env.ABC, process.env.tableName, process.env.A1_]);"));
    const stack = 'export const api = { environment: { AB: 1, ABC: 1, tableName: 1, A1_: 1 } };\n';
    expect(await left({ ...sst, 'stacks/api.ts': stack }, code)).toBe('AB tableName');
  });

  it.each<[path: string, names: string]>([
    ['stacks/api.ts', ''],
    ['stacks/api.js', ''],
    ['stacks/api.mjs', ''],
    ['stacks/api.cts', ''],
    ['infra/api.ts', ''],
    ['cloud/infra/api.ts', ''],
    ['cloud/stacks/api.ts', ''],
    ['serverless.ts', ''],
    ['serverless.cjs', ''],
    ['cloud/serverless.js', ''],
    ['cloud/sst.config.ts', ''],
    ['sst.config.mts', ''],
    ['stacks/api.tsx', TABLE_NAME],
    ['stacks/api.json', TABLE_NAME],
    ['stacks/api/table.ts', TABLE_NAME],
    ['haystacks/api.ts', TABLE_NAME],
    ['infra.ts', TABLE_NAME],
    ['my-serverless.ts', TABLE_NAME],
    ['serverless/api.ts', TABLE_NAME],
    ['sst-config.ts', TABLE_NAME],
    ['lib/api.ts', TABLE_NAME],
  ])('in %s: %s', async (path, names) => {
    expect(await left({ ...sst, [path]: 'export const api = { environment: { TABLE_NAME: 1 } };\n' })).toBe(names);
  });

  it('where the platform has such programs', async () => {
    const stack = { 'stacks/api.ts': 'export const api = { environment: { TABLE_NAME: 1 } };\n' };
    expect(await left(stack)).toBe(TABLE_NAME);
    expect(await left({ ...stack, 'vercel.json': '{}' })).toBe(TABLE_NAME);
    expect(await left({ ...stack, 'serverless.yml': 'service: api\nprovider:\n  name: aws\n' })).toBe('');
  });

  it.each<[imported: string, names: string]>([
    ["import * as lambda from 'aws-cdk-lib/aws-lambda';", ''],
    ["import * as lambda from '@pulumi/aws';", ''],
    ["import * as lambda from './lambda.js';", TABLE_NAME],
  ])('in any folder, by its library: %s: %s', async (imported, names) => {
    const program = `${imported}\nnew lambda.Function(this, 'api', { environment: { TABLE_NAME: table.name } });\n`;
    const files = {
      'package.json': service({}, ['aws-cdk-lib', '@pulumi/aws']),
      'cloud/api.ts': program,
      'cloud/lambda.ts': 'export class Function {}\n',
    };
    expect(await left(files)).toBe(names);
  });

  it('in Terraform for its own resources', async () => {
    const main = 'resource "x_function" "api" {\n  environment = { TABLE_NAME: "notes" }\n}\n';
    expect(await left({ 'main.tf': main })).toBe(TABLE_NAME);
  });
});

describe('a template of functions sets a variable', () => {
  const code = { 'package.json': JSON.stringify({ name: 'prices' }), 'ask.js': '' };
  const template = (block: string) => ({
    'package.json': JSON.stringify({ name: 'prices', dependencies: { got: '14' } }),
    'ask.js': 'exports.handler = async () => process.env.tableName;\n',
    'template.yml': `Transform: AWS::Serverless-2016-10-31\nResources:\n  ask:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: .\n      Handler: ask.handler\n${block}`,
  });
  const within = (lines: string) => `      Environment:\n        Variables:\n${lines}`;
  it.each<[block: string, names: string]>([
    [within('          tableName: notes\n'), ''],
    [within('          "tableName": notes\n'), ''],
    [within("          'tableName': notes\n"), ''],
    [within('          tableName : notes\n'), ''],
    [within('          other: 1\n          tableName: !Ref Table\n'), ''],
    [within('          other: 1\n\n          tableName: notes'), ''],
    [within('          other: 1\n  \t\n          tableName: notes'), ''],
    ['      Environment:\n        Variables :  \n          tableName: notes\n', ''],
    ['      Environment:\n\t\tVariables:\n\t\t  tableName: notes\n', ''],
    [within('          tableName: ${env:TABLE}\n'), 'tableName'],
    [within('          tableName: !GetAtt Table.Secret\n'), 'tableName'],
    [within('          other: 1\n        tableName: notes\n'), 'tableName'],
    [within('          other: 1\n      Tags:\n        tableName: notes\n'), 'tableName'],
    [within('          other: tableName: notes\n'), 'tableName'],
    [within('          tableNames: notes\n'), 'tableName'],
    ['      Environment:\n        Variables: {}\n          tableName: notes\n', 'tableName'],
    ['      Environment:\n        MyVariables:\n          tableName: notes\n', 'tableName'],
    ['      Environment:\n        VariablesOf:\n          tableName: notes\n', 'tableName'],
    ['      Environment:\n        Tags:\n          tableName: notes\n', 'tableName'],
  ])('%j: %s', async (block, names) => {
    expect(await left(template(block), code)).toBe(names);
  });

  it('below `environment`, in the words of Serverless', async () => {
    const files = (lines: string) => ({
      'package.json': JSON.stringify({ name: 'prices', dependencies: { got: '14' } }),
      'ask.js': 'exports.handler = async () => [process.env.tableName, process.env.ab, process.env.abc];\n',
      'serverless.yml': `service: prices\nprovider:\n  name: aws\n${lines}functions:\n  ask:\n    handler: ask.handler\n`,
    });
    const environment = '  environment:\n    tableName: notes\n    ab: 1\n    abc: 1\n';
    expect(await left(files(environment), code)).toBe('ab');
    expect(await left(files(environment.replace('environment', 'settings')), code)).toBe('ab abc tableName');
  });
});

describe('what a platform sets by itself', () => {
  const all = ['IS_LOCAL', 'SST_STAGE', 'SST_APP', 'SST_REGION', 'IS_OFFLINE'];
  const code = at(app(`app.set('a', [${all.map((name) => `process.env.${name}`).join(', ')}]);`));
  const answer = async (files: Record<string, string>, ask = 'reads') =>
    (await asked('checks-variables', { ask }, { ...code, ...files }))
      .slice(1)
      .map((one) => one.replace(/.* reads /, ''));
  it.each<[Record<string, string>, string]>([
    [sst, 'IS_OFFLINE'],
    [{ 'serverless.yml': 'service: api\nprovider:\n  name: aws\n' }, 'IS_LOCAL'],
    [{ 'vercel.json': '{}' }, 'IS_LOCAL IS_OFFLINE'],
  ])('%j: %s', async (files, names) => {
    expect(await left(files, code)).toBe(names);
    expect((await answer(files)).join(' ')).toBe(names);
  });

  it('is asked for of a program of its own', async () => {
    expect(await left({}, { ...code, 'package.json': service() })).toBe('IS_LOCAL IS_OFFLINE');
  });
});

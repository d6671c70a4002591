import { describe, expect, it } from 'vitest';
import { wired } from './_wired.ts';

const started = async (files: Record<string, string>) =>
  (await wired({ 'package.json': '{"name":"api"}', 'src/hook.ts': '', ...files })).entries.map(({ reason }) => reason);

describe('handlers that a program of infrastructure names', () => {
  const stack = (text: string) => started({ 'infra/stack.ts': text });
  it.each([
    "handler: 'src/hook.main',",
    'handler: "src/hook.main"\n',
    "handler :'src/hook.main',",
    "'handler':  'src/hook.main' ,",
    'handler: src/hook.main\r\n',
  ])('%s', async (text) => {
    expect(await stack(`const a = { ${text} };\n`)).toEqual(['stack.ts: the function configuration names it']);
  });
  it.each([
    "handler: 'src/hook',",
    "handler: 'src/gone.main',",
    "handled: 'src/hook.main',",
    "handler: 'src/hook.main' + a",
  ])('not %s', async (text) => expect(await stack(`const a = { ${text} };\n`)).toEqual([]));

  it.each([
    "new Cron('a', { handler: 'src/hook.main' });",
    "new  sst.aws.CronV2('a', { handler: 'src/hook.main' });",
    "new Queue('a').subscribe('src', { handler: 'src/hook.main' });",
    "new sst.aws.Bus ('a', {\n  handler: 'src/hook.main' });",
    "queue.subscribe({ handler: 'src/hook.main' });",
    "topic.subscribeQueue ('a', { handler: 'src/hook.main' });",
    "new EventBus('a', { handler: 'src/hook.main' });",
    `new KinesisStream('a', { note: '${'x'.repeat(300)}', handler: 'src/hook.main' });`,
  ])('an event calls it: %s', async (text) => expect(await stack(text)).toEqual(['stack.ts: an event calls it']));
  it.each([
    "new Api('a', { handler: 'src/hook.main' });",
    "new Cron('a', job);\nnew Api('a', { handler: 'src/hook.main' });",
    "queue.subscribe(job);\nnew sst.Function('a', { handler: 'src/hook.main' });",
    "renew.Cronic({ handler: 'src/hook.main' });",
    "queue.unsubscribed[0] = { handler: 'src/hook.main' };",
    `new Cron('a', { note: '${'x'.repeat(700)}' , handler: 'src/hook.main' });`,
  ])('something else does: %s', async (text) => {
    expect(await stack(text)).toEqual(['stack.ts: the function configuration names it']);
  });
});

describe('functions that take an event', () => {
  const sam = (source: string) =>
    started({
      'src/hook.ts': source,
      'template.yaml':
        'AWSTemplateFormatVersion: "2010-09-09"\nTransform: AWS::Serverless-2016-10-31\nResources:\n  Hook:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: src/\n      Handler: hook.main\n      Runtime: nodejs22.x\n      FunctionUrlConfig: { AuthType: NONE }\n',
    });
  it.each([
    'SQSEvent',
    'SNSHandler',
    'S3Event',
    'DynamoDBStreamEvent',
    'KinesisStreamEvent',
    'KinesisFirehoseHandler',
    'ScheduledEvent',
    'EventBridgeEvent',
    'CloudWatchLogsEvent',
    'CloudWatchAlarmHandler',
    'CognitoUserPoolTriggerEvent',
    'PreSignUpTriggerHandler',
    'PreSignUpEmailTriggerEvent',
    'PostConfirmationTriggerEvent',
    'PostConfirmationConfirmSignUpTriggerEvent',
    'CloudFormationCustomResourceEvent',
    'SecretsManagerRotationEvent',
    'SESEvent',
  ])('%s', async (type) => {
    expect(
      await sam(`import type { ${type} } from 'aws-lambda';\nexport const main = (event: ${type}) => event;\n`),
    ).toEqual(['template.yaml: an event calls it']);
  });
  it.each(['APIGatewayProxyEvent', 'MySQSEvent', 'SQSEvents', 'KinesisOf'])('not %s', async (type) => {
    expect(await sam(`import type { ${type} } from 'own';\nexport const main = (event: ${type}) => event;\n`)).toEqual([
      'template.yaml: an HTTP event calls it',
    ]);
  });
});

describe('workers and bindings', () => {
  it.each([
    ['wrangler.toml', 'main = "src/hook.ts"', 1],
    ['wrangler.toml', 'main="src/hook.ts"', 1],
    ['wrangler.json', '{ "main": "src/hook.ts" }', 1],
    ['wrangler.json', '{ "main" :"./src/hook.ts" }', 1],
    ['wrangler.toml', 'domain = "src/hook.ts"', 0],
    ['wrangler.toml', "main = 'src/hook.ts'", 1],
    ['wrangler.toml', 'main = "src/gone.ts"', 0],
  ])('%s, %s: %i', async (path, text, count) => {
    const found = await started({ [path]: `${text}\n` });
    expect(found.filter((one) => one.includes('wrangler runs it'))).toHaveLength(count);
  });
  it.each([
    ['"scriptFile": "../dist/hook/run.js"', 1],
    ['"scriptFile" :"../../hook/run.js"', 0],
    ['"scriptFile": "run.js"', 1],
    ['"script": "run.js"', 0],
  ])('a function of Azure, %s: %i', async (text, count) => {
    const files = {
      'package.json': '{"name":"api","dependencies":{"@azure/functions":"3"}}',
      'hook/function.json': `{ ${text} }`,
      'hook/run.js': '',
    };
    expect((await started(files)).filter((one) => one.includes('binds it'))).toHaveLength(count);
  });
});

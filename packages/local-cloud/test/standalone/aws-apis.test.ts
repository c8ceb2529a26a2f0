import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  ListDistributionsCommand,
} from '@aws-sdk/client-cloudfront';
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AwsApis, type AwsApisOptions, startAwsApis } from '../../src/standalone/aws-apis.ts';

const ARN = 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:sample/keys-AbC123';
let folder: string;
const open: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-cloud-aws-apis-'));
});

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<AwsApisOptions> = {}): Promise<AwsApis> {
  const started = await startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    invalidate: () => true,
    principals: new Map([['FUNCTION', 'its secret']]),
    log: () => undefined,
    ...options,
  });
  open.push(() => started.close());
  return started;
}

function configuration(endpoint: string, secretAccessKey = 'its secret') {
  const credentials = { accessKeyId: 'FUNCTION', secretAccessKey };
  return { endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 };
}

function secretsOf({ endpoint }: AwsApis, secret?: string): SecretsManagerClient {
  const client = new SecretsManagerClient(configuration(endpoint, secret));
  open.push(() => client.destroy());
  return client;
}

const PAIR = {
  GenerateSecretString: {
    SecretStringTemplate: '{"publicKey":"public_abc"}',
    GenerateStringKey: 'privateKey',
    PasswordLength: 48,
    ExcludePunctuation: true,
    ExcludeCharacters: '0O1lI',
  },
};

test('a secret is generated from its template, once, and found by ARN and by name', async () => {
  const file = join(folder, 'state', 'secrets.json');
  const first = await start({ stateFile: file });
  await first.ensureSecret(ARN, PAIR);
  await first.ensureSecret(ARN, PAIR);

  const { SecretString, ...about } = await secretsOf(first).send(new GetSecretValueCommand({ SecretId: ARN }));
  const pair = JSON.parse(SecretString ?? '') as Record<string, string>;

  expect(pair).toEqual({ publicKey: 'public_abc', privateKey: expect.stringMatching(/^[A-HJ-NP-Za-km-z2-9]{48}$/) });
  expect(about).toMatchObject({
    ARN,
    Name: 'sample/keys',
    VersionStages: ['AWSCURRENT'],
    VersionId: expect.any(String),
  });
  expect(about.CreatedDate?.getTime()).toBeGreaterThan(Date.now() - 60_000);

  const second = await start({ stateFile: file });
  await second.ensureSecret(ARN, PAIR);
  for (const SecretId of [ARN, ARN.slice(0, -7), 'sample/keys']) {
    const again = await secretsOf(second).send(new GetSecretValueCommand({ SecretId }));
    expect(again.SecretString).toBe(SecretString);
  }
  expect(second.secretValue(ARN)).toBe(SecretString);
});

test('the state file is for its owner only, is replaced as a whole, and a damaged one is never written over', async () => {
  const file = join(folder, 'secrets.json');
  const apis = await start({ stateFile: file });
  await Promise.all(Array.from({ length: 20 }, (_, index) => apis.ensureSecret(`secret-${index}`, PAIR)));

  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['secrets.json']);
  expect((JSON.parse(await readFile(file, 'utf8')) as { state: { secrets: unknown[] } }).state.secrets).toHaveLength(
    20,
  );

  await writeFile(file, '{"secrets": [');
  await expect(start({ stateFile: file })).rejects.toThrow('is damaged');
  expect(await readFile(file, 'utf8')).toBe('{"secrets": [');
});

test('a password obeys every rule, and impossible rules are refused', async () => {
  const apis = await start();
  const rules = {
    plain: {},
    digits: { ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true, PasswordLength: 6 },
    each: { PasswordLength: 4 },
  };
  for (const [name, GenerateSecretString] of Object.entries(rules))
    await apis.ensureSecret(name, { GenerateSecretString });
  await apis.ensureSecret('given', { SecretString: 'one' });
  await apis.ensureSecret('given', { SecretString: 'two' });

  expect(apis.secretValue('plain')).toMatch(/^[\x21-\x7e]{32}$/);
  expect(apis.secretValue('digits')).toMatch(/^\d{6}$/);
  expect(apis.secretValue('each')).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^A-Za-z\d]).{4}$/);
  expect(apis.secretValue('given')).toBe('two');
  const impossible = { GenerateSecretString: { PasswordLength: 3 } };
  await expect(apis.ensureSecret('short', impossible)).rejects.toThrow('3 characters');
});

test('a secret that is not there, or has another version, is the error that the SDK knows', async () => {
  const apis = await start();
  await apis.ensureSecret(ARN, PAIR);
  await apis.ensureSecret('empty', {});
  const client = secretsOf(apis);
  const missing = { name: 'ResourceNotFoundException' };

  await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject(missing);
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'empty' }))).rejects.toMatchObject(missing);
  const previous = new GetSecretValueCommand({ SecretId: ARN, VersionStage: 'AWSPREVIOUS' });
  await expect(client.send(previous)).rejects.toMatchObject(missing);
});

test('parameters are read as they are at the call', async () => {
  const parameters = new Map([['/sample/edge', 'first']]);
  const apis = await start({ parameters });
  const client = new SSMClient(configuration(apis.endpoint));
  open.push(() => client.destroy());
  const read = async (Name: string) => (await client.send(new GetParameterCommand({ Name }))).Parameter;

  expect(await read('/sample/edge')).toMatchObject({ Name: '/sample/edge', Value: 'first', Type: 'String' });
  parameters.set('/sample/edge', 'second');
  expect((await read('arn:aws:ssm:us-east-1:000000000000:parameter/sample/edge'))?.Value).toBe('second');
  await expect(read('/none')).rejects.toMatchObject({ name: 'ParameterNotFound' });

  const several = await client.send(new GetParametersCommand({ Names: ['/sample/edge', '/none'] }));
  expect(several.Parameters?.map((one) => one.Value)).toEqual(['second']);
  expect(several.InvalidParameters).toEqual(['/none']);
});

test('an invalidation reaches the distribution before it is answered', async () => {
  const seen: unknown[] = [];
  const apis = await start({
    invalidate: async (distributionId, paths) => {
      await new Promise((resolve) => setImmediate(resolve));
      seen.push({ distributionId, paths });
      return distributionId === 'EDIST';
    },
  });
  const client = new CloudFrontClient(configuration(apis.endpoint));
  open.push(() => client.destroy());
  const create = (Items: string[], CallerReference: string, DistributionId = 'EDIST') =>
    client.send(
      new CreateInvalidationCommand({
        DistributionId,
        InvalidationBatch: { CallerReference, Paths: { Quantity: Items.length, Items } },
      }),
    );
  const paths = ['/open/default/abc/*', '/a%20b&c<d>".jpg'];

  const { Invalidation, Location } = await create(paths, 'one');

  expect(seen).toEqual([{ distributionId: 'EDIST', paths }]);
  expect(Invalidation).toMatchObject({
    Status: 'InProgress',
    InvalidationBatch: { CallerReference: 'one', Paths: { Quantity: 2, Items: paths } },
  });
  expect(Location).toContain(Invalidation?.Id);
  const Id = Invalidation?.Id ?? '';
  const later = await client.send(new GetInvalidationCommand({ DistributionId: 'EDIST', Id }));
  expect(later.Invalidation).toMatchObject({ Id, Status: 'Completed' });

  expect((await create(paths, 'one')).Invalidation?.Id).toBe(Id);
  expect(seen).toHaveLength(1);
  await expect(create(['/other'], 'one')).rejects.toMatchObject({ name: 'InvalidationBatchAlreadyExists' });
  await expect(create(['no-slash'], 'two')).rejects.toMatchObject({ name: 'InvalidArgument' });
  await expect(create(['/a*b'], 'three')).rejects.toMatchObject({ name: 'InvalidArgument' });
  await expect(create(['/a'], 'four', 'EOTHER')).rejects.toMatchObject({ name: 'NoSuchDistribution' });
  const unknown = new GetInvalidationCommand({ DistributionId: 'EDIST', Id: 'I000' });
  await expect(client.send(unknown)).rejects.toMatchObject({ name: 'NoSuchInvalidation' });
});

test('items in progress are bounded as in AWS, wildcards by themselves, until they are completed', async () => {
  let now = Date.now();
  const apis = await start({ invalidationSeconds: 5, now: () => new Date(now) });
  const client = new CloudFrontClient(configuration(apis.endpoint));
  open.push(() => client.destroy());
  let references = 0;
  const create = (Items: string[], DistributionId = 'EDIST') =>
    client.send(
      new CreateInvalidationCommand({
        DistributionId,
        InvalidationBatch: { CallerReference: String(references++), Paths: { Quantity: Items.length, Items } },
      }),
    );
  const items = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const tooMany = { name: 'TooManyInvalidationsInProgress', $metadata: { httpStatusCode: 400 } };

  const wildcards = (count: number) => items(count, '/w').map((path) => `${path}/*`);

  const { Invalidation } = await create([...items(2990, '#tag'), ...wildcards(10)]);
  await expect(create(items(11, '/p'))).rejects.toMatchObject(tooMany);
  await create(wildcards(5));
  await expect(create(['/one-more/*'])).rejects.toMatchObject(tooMany);
  await create(items(10, '/p'));
  await create(items(3000, '#elsewhere'), 'EOTHER');

  const Id = Invalidation?.Id ?? '';
  const status = async () =>
    (await client.send(new GetInvalidationCommand({ DistributionId: 'EDIST', Id }))).Invalidation?.Status;
  expect(await status()).toBe('InProgress');
  // The clock is put back, by less than what a signature allows.
  now -= 600_000;
  expect(await status()).toBe('Completed');
  now += 600_000;
  now += 5000;
  expect(await status()).toBe('Completed');
  await create(items(3000, '#tag'));
  await expect(create(['#a b'])).rejects.toMatchObject({ name: 'InvalidArgument' });
  await expect(create(items(3001, '#tag'))).rejects.toMatchObject({ name: 'BatchTooLarge' });
});

test('what is not run here is refused in the shape of its service', async () => {
  const apis = await start();
  const cloudFront = new CloudFrontClient(configuration(apis.endpoint));
  open.push(() => cloudFront.destroy());

  const create = secretsOf(apis).send(
    new CreateSecretCommand({ Name: 'a', SecretString: 'b', ClientRequestToken: 'c'.repeat(32) }),
  );
  await expect(create).rejects.toMatchObject({ name: 'UnknownOperationException' });
  await expect(cloudFront.send(new ListDistributionsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

test('only signed calls of known principals are carried out', async () => {
  const apis = await start();
  await apis.ensureSecret(ARN, PAIR);

  const forged = secretsOf(apis, 'guessed').send(new GetSecretValueCommand({ SecretId: ARN }));
  await expect(forged).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  const unsigned = await fetch(apis.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'secretsmanager.GetSecretValue', 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ SecretId: ARN }),
  });
  expect(unsigned.status).toBe(403);
  expect(await unsigned.text()).not.toContain('privateKey');
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AssemblyPlan, PlannedResource } from '../../src/assembly/plan-assembly.ts';
import type { Credentials } from '../../src/sigv4/sign.ts';
import { makePrincipals } from '../../src/wiring/principals.ts';
import { startStores } from '../../src/wiring/stores.ts';
import { PROGRAM } from '../sample-program.ts';

const READABLE = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' }],
};

const resource = (type: string, ref: string, properties: object = {}): PlannedResource => ({
  ...{ stack: 'data', region: 'eu-west-1', logicalId: ref, type, ref, attributes: {} },
  properties: { ...properties },
});

const PLAN: AssemblyPlan = {
  resources: [
    resource('AWS::S3::Bucket', 'variants'),
    resource('AWS::S3::Bucket', 'originals'),
    resource('AWS::S3::BucketPolicy', 'policy', { Bucket: 'variants', PolicyDocument: READABLE }),
    resource('AWS::S3::BucketPolicy', 'other', { Bucket: 'originals', PolicyDocument: { Statement: [] } }),
    resource('AWS::Lambda::Function', 'render'),
    resource('AWS::SecretsManager::Secret', 'secret', { SecretString: 'hidden' }),
    resource('AWS::DynamoDB::GlobalTable', 'library', {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  ],
  fileAssets: new Map(),
  notRun: new Map(),
};

let folder: string;
let atEnd: (() => Promise<void>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-stores-'));
  atEnd = [];
});

const closeAll = async () => {
  for (const step of atEnd.splice(0).reverse()) await step();
};

afterEach(async () => {
  await closeAll();
  rmSync(folder, { recursive: true });
});

const principals = makePrincipals(PLAN);

const start = () =>
  startStores({
    plan: PLAN,
    folder,
    program: PROGRAM,
    principals,
    log: () => {},
    onEvent: async () => {},
    invalidate: () => false,
    atEnd: (step) => atEnd.push(step),
  });

const client = (endpoint: string, credentials: Credentials) =>
  new S3Client({ endpoint, region: 'eu-west-1', forcePathStyle: true, credentials, maxAttempts: 1 });

describe('stores', () => {
  it('let functions write, and the CDN read the buckets whose policy lets CloudFront in, and nothing more', async () => {
    const { s3 } = await start();
    const render = client(s3.endpoint, principals.functions.get('render') as Credentials);
    const cdn = client(s3.endpoint, principals.cdn);
    for (const Bucket of ['variants', 'originals']) {
      await render.send(new PutObjectCommand({ Bucket, Key: 'a', Body: Buffer.from('text') }));
    }

    const read = await cdn.send(new GetObjectCommand({ Bucket: 'variants', Key: 'a' }));

    expect(await read.Body?.transformToString()).toBe('text');
    for (const refused of [
      new GetObjectCommand({ Bucket: 'originals', Key: 'a' }),
      new GetObjectCommand({ Bucket: 'variants', Key: 'missing' }),
    ]) {
      await expect(cdn.send(refused)).rejects.toMatchObject({ name: 'AccessDenied' });
    }
    await expect(
      cdn.send(new PutObjectCommand({ Bucket: 'variants', Key: 'b', Body: Buffer.from('text') })),
    ).rejects.toThrow();
  });

  it('keep secrets and tables from one start to the next', async () => {
    const first = await start();
    expect(first.apis.secretValue('secret')).toBe('hidden');
    await closeAll();

    const second = await start();

    expect(second.apis.secretValue('secret')).toBe('hidden');
  });

  it('name a file that cannot be read, and close what had started', async () => {
    writeFileSync(join(folder, 'secrets.json'), '{ "secrets": ');

    await expect(start()).rejects.toThrow(
      `${join(folder, 'secrets.json')} is damaged. Restore it from a copy, or move it away to begin anew.`,
    );
    expect(atEnd).toHaveLength(2);
  });
});

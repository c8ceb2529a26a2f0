import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { KeyStore, startAwsApis } from 'local-cloud/aws-apis';
import { startStreamMapping } from 'local-cloud/dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventKey } from '../../lambda/adapters/audit-table/audit-chains.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { type ChainedEvent, firstBreak } from '../../lambda/core/audit/event-chain.ts';
import { readSeal } from '../../lambda/core/audit/seal.ts';
import { chainedEvent } from '../../lambda/core/audit/told-event.ts';
import { type BucketFixture, startBucketFixture } from '../adapters/bucket-fixture.ts';
import { type LibraryFixture, startLibraryFixture, TEST_CREDENTIALS } from '../adapters/library-fixture.ts';
import { someEvent } from '../core/audit/told-events.ts';
import { lambdaContext } from './events.ts';

/* The two functions on a real stream, a locked bucket and a key that signs. */
const BUCKET = 'audit-copy';
const SEAL_KEY = 'arn:aws:kms:eu-west-1:000000000000:key/seals';
const folder = mkdtempSync(join(tmpdir(), 'audit-proof-'));
let library: LibraryFixture;
let buckets: BucketFixture;
const ends: (() => unknown)[] = [];
type Handler = (event: never, context: ReturnType<typeof lambdaContext>) => Promise<unknown>;
let seal: (event?: object) => Promise<unknown>;

beforeAll(async () => {
  const keys = await KeyStore.open(undefined);
  await keys.ensure(SEAL_KEY, 'ECC_NIST_P256');
  library = await startLibraryFixture(join(folder, 'tables.sqlite'));
  buckets = await startBucketFixture({ versioned: true, retention: { mode: 'GOVERNANCE', days: 1 } }, BUCKET);
  const apis = await startAwsApis({
    ...{ stateFile: undefined, parameters: new Map(), invalidate: () => true, keys, log: console.error },
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
  });
  ends.push(() => apis.close());
  const environment = {
    ...buckets.environment,
    AWS_ENDPOINT_URL_DYNAMODB: library.endpoint,
    AWS_ENDPOINT_URL_KMS: apis.endpoint,
    [ENVIRONMENT.auditTable]: library.auditTable,
    [ENVIRONMENT.auditBucket]: BUCKET,
    [ENVIRONMENT.sealKey]: SEAL_KEY,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { handler: mirrorAudit } = await import('../../lambda/handlers/mirror-audit.ts');
  const { handler: sealAudit } = await import('../../lambda/handlers/seal-audit.ts');
  seal = (event = {}) => (sealAudit as unknown as Handler)(event as never, lambdaContext());
  const mapping = startStreamMapping({
    stream: await library.openStream(library.auditTable),
    streamArn: `arn:aws:dynamodb:eu-west-1:000000000000:table/${library.auditTable}/stream/local`,
    ...{ region: 'eu-west-1', batchSize: 1000, retries: 2, pollMilliseconds: 20, log: console.error },
    invoke: async (event) => ({
      payload: Buffer.from(
        JSON.stringify((await (mirrorAudit as unknown as Handler)(event as never, lambdaContext())) ?? null),
      ),
    }),
    giveUp: async (description) => console.error('Given up', description),
  });
  ends.push(mapping.end);
});

afterAll(async () => {
  for (const end of ends) await end();
  await Promise.all([library.close(), buckets.close()]);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const keysUnder = async (prefix: string) => (await buckets.keys(BUCKET)).filter((key) => key.startsWith(prefix)).sort();

async function bytesOf(Key: string): Promise<Buffer> {
  const { Body } = await buckets.client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

async function mirroredEvents(): Promise<ChainedEvent[]> {
  const files = await Promise.all((await keysUnder('events/')).map(bytesOf));
  const lines = files.flatMap((file) => file.toString().split('\n').filter(Boolean));
  return lines.map((line) => chainedEvent(JSON.parse(line)));
}

const commit = () => library.commit([], someEvent());

/** An event as a batch of the stream has it. */
const recordOf = ({ chain, sequence, hash, body }: ChainedEvent) => ({
  eventID: '1',
  dynamodb: {
    NewImage: {
      ...{ pk: { S: chain }, sk: { S: eventKey({ chain, sequence }).sk }, prev: { S: '' } },
      ...{ hash: { S: hash }, body: { S: body } },
    },
  },
});

describe('the copy of the log', () => {
  it('has every event as it was hashed, where nobody can remove it', async () => {
    for (let count = 0; count < 5; count++) await commit();
    await vi.waitFor(async () => expect(await mirroredEvents()).toHaveLength(5), 20_000);

    const events = (await mirroredEvents()).toSorted((a, b) => a.sequence - b.sequence);
    expect(firstBreak(events)).toBeUndefined();
    expect(events.map(({ body }) => JSON.parse(body).id).sort()).toEqual(
      (await library.events()).map(({ id }) => id).sort(),
    );
    const { Versions = [] } = await buckets.client.send(new ListObjectVersionsCommand({ Bucket: BUCKET }));
    const [{ Key, VersionId } = {}] = Versions;
    await expect(
      buckets.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key, VersionId })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('has what was changed and removed in the table, before and after, and an alarm sees the word for it', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await commit();
    await vi.waitFor(async () => expect(await mirroredEvents()).toHaveLength(6), 20_000);
    const last = (await mirroredEvents()).find(({ sequence }) => sequence === 6) as ChainedEvent;
    const client = DynamoDBDocumentClient.from(library.client);
    const { previous: prev, hash } = last;
    await client.send(
      new PutCommand({ TableName: library.auditTable, Item: { ...eventKey(last), prev, hash, body: '{"id":"x"}' } }),
    );
    await client.send(new DeleteCommand({ TableName: library.auditTable, Key: eventKey(last) }));

    await vi.waitFor(
      async () => {
        const files = (await Promise.all((await keysUnder('altered/')).map(bytesOf))).map(String);
        const lines = files.flatMap((text) => text.split('\n').filter(Boolean)).map((line) => JSON.parse(line));
        expect(lines.map(({ before, after }) => [before.body, after?.body])).toEqual([
          [last.body, '{"id":"x"}'],
          ['{"id":"x"}', undefined],
        ]);
      },
      { timeout: 20_000 },
    );
    const told = errors.mock.calls.map(([line]) => line);
    expect(told[0]).toMatchObject({ event: 'audit-altered' });
    expect(JSON.stringify(told)).toContain(`${last.chain}/6`);
    errors.mockRestore();
  });
});

describe('a seal', () => {
  it('is signed so that the public key beside it verifies it, and names the one before', async () => {
    await seal();
    await seal();

    const files = await keysUnder('seals/');
    expect(files).toEqual(
      [1, 2].flatMap((number) => ['sig', 'txt'].map((kind) => `seals/000000000/00000000000${number}.${kind}`)),
    );
    const [key = ''] = await keysUnder('keys/');
    const publicKey = createPublicKey(await bytesOf(key));
    for (const text of files.filter((file) => file.endsWith('.txt'))) {
      expect(verify('sha256', await bytesOf(text), publicKey, await bytesOf(text.replace('txt', 'sig')))).toBe(true);
    }
    const heads = readSeal(String(await bytesOf(files[3] ?? '')))?.heads;
    expect(heads).toMatchObject([{ sequence: 5 }]);
  });

  it('is made for events of the stream that none covers, once', async () => {
    const [sealed] = await mirroredEvents();
    const told = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    await seal({ Records: [recordOf(sealed as ChainedEvent)] });
    expect(await keysUnder('seals/')).toHaveLength(4);
    expect(told).not.toHaveBeenCalled();

    await seal({ Records: [recordOf({ ...(sealed as ChainedEvent), sequence: 99 })] });
    expect(await keysUnder('seals/')).toHaveLength(6);
    expect(told.mock.calls).toEqual([[{ event: 'audit-sealed' }]]);
    told.mockRestore();
  });
});

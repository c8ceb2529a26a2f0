import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { restore } from '../../cli/restore/restore.ts';
import { RECORD_PARTITIONS, SETTINGS_PARTITIONS } from '../../lambda/contract/backup.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { BACKUP, ORIGINALS } from './cloud-fixture.ts';
import { lambdaContext } from './events.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* The region as it is deployed, its streams, replication to another bucket, the verb, and the function behind Lambda's own path. */
let library: LibraryClient;
let server: Server;
let backUp: () => Promise<void>;

beforeAll(async () => {
  library = await startLibraryClient({ followsChanges: true, isBackedUp: true });
  ({ handler: backUp } = await import('../../lambda/handlers/back-up.ts'));
  const { handler } = await import('../../lambda/handlers/restore-library.ts');
  server = createServer(async (request, response) => {
    if (request.url !== '/2015-03-31/functions/vitrine-restore/invocations') return response.writeHead(404).end('{}');
    response.end(JSON.stringify(await handler(await json(request), lambdaContext())));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ENDPOINT_URL_LAMBDA = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await library?.close();
});

async function run(...args: readonly string[]) {
  const printed: string[] = [];
  const code = await restore(
    args,
    (text) => void printed.push(text),
    () => undefined,
  );
  return { code, text: printed.join('') };
}

/** Whatever makes the library what it is: records, entries of names, settings. */
async function state() {
  const kept = [...RECORD_PARTITIONS, 'in#'];
  const items = await library.cloud.library.items();
  return items.filter(
    ({ pk, sk }) =>
      (kept.some((prefix) => String(pk).startsWith(prefix)) && sk !== 'idx') ||
      SETTINGS_PARTITIONS.some((partition) => pk === partition),
  );
}

/** SHA-256 of every object of the library. */
async function bytes() {
  const { client, keys } = library.cloud.buckets;
  const found = (await keys(ORIGINALS)).filter((key) => key.startsWith('media/'));
  const digests = found.map(async (Key) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: ORIGINALS, Key }));
    return [Key, sha256Hex((await Body?.transformToString()) ?? '')] as const;
  });
  return new Map(await Promise.all(digests));
}

/** Until all that was changed is in the other bucket. */
async function replicated() {
  await library.cloud.followed();
  const { keys } = library.cloud.buckets;
  const wanted = async (bucket: string) => (await keys(bucket)).filter((key) => /^(media|records)\//.test(key));
  await expect
    .poll(async () => {
      const there = new Set(await wanted(BACKUP));
      return (await wanted(ORIGINALS)).filter((key) => !there.has(key));
    })
    .toEqual([]);
}

/** Keys of the bytes in the backup. */
const inBackup = async () => (await library.cloud.buckets.keys(BACKUP)).filter((key) => key.startsWith('media/'));

/** The region is gone: nothing of its table and of its bucket is left, and nobody was told. */
async function destroyRegion() {
  library.cloud.endFollowing();
  const { client, table } = library.cloud.library;
  for (const { pk, sk } of await library.cloud.library.items()) {
    const DeleteRequest = { Key: marshall({ pk, sk }) };
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: [{ DeleteRequest }] } }));
  }
  const s3 = library.cloud.buckets.client;
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: ORIGINALS }));
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
    await s3.send(new DeleteObjectCommand({ Bucket: ORIGINALS, Key, VersionId }));
  }
}

it('a region that is gone is what it was, from the bucket of the backup alone', async () => {
  const { imagekit, upload, call } = library;
  await call('POST', '/v1/customMetadataFields', {
    body: { name: 'licence', label: 'Licence', schema: { type: 'Text' } },
  });
  const tagged = await upload('/shop/a.txt', 'first');
  await upload('/shop/moved.txt', 'moves');
  const erased = await upload('/shop/erased.txt', 'nobody sees this again');
  const trashed = await upload('/shop/trashed.txt', 'in the trash');
  await replicated();
  await backUp();
  await imagekit.files.update(tagged, { tags: ['red'], customMetadata: { licence: 'own' } });
  await upload('/shop/a.txt', 'second');
  await imagekit.files.move({ sourceFilePath: '/shop/moved.txt', destinationPath: '/archive' });
  await upload('/late/new.txt', 'after the snapshot');
  await imagekit.files.delete(trashed);
  await call('DELETE', `/v1/files/${erased}?purge=true`);
  await replicated();
  const [records, originals] = [await state(), await bytes()];
  expect(records.length).toBeGreaterThan(15);
  expect(JSON.stringify(records)).not.toContain(erased);
  // S3 replicates no deletion of a version: the daily run makes it.
  expect((await inBackup()).join()).toContain('erased.txt');
  await backUp();
  expect((await inBackup()).join()).not.toContain('erased.txt');

  await destroyRegion();
  expect([await state(), (await bytes()).size]).toEqual([[], 0]);
  // The region is deployed anew, and its first run comes before the restore.
  await backUp();
  await replicated();
  const restored = await run('--from', `s3://${BACKUP}`);

  expect(restored).toMatchObject({
    code: 0,
    text: expect.stringContaining(`${originals.size} copied, 0 there before`),
  });
  expect(await bytes()).toEqual(originals);
  expect(await state()).toEqual(records);
  expect(await library.names('/archive')).toEqual(['moved.txt']);
  const [event] = (await library.cloud.library.events()).filter(({ action }) => action === 'library.restored');
  expect(event).toMatchObject({ caller: { kind: 'system', id: 'restore' }, after: { from: BACKUP } });
  const again = await run('--from', `s3://${BACKUP}`);
  expect(again.text).toContain(`Bytes: 0 copied, ${originals.size} there before, 0 lost.`);
  expect(again.text).toContain('Records: 0 restored');
  expect(await state()).toEqual(records);
}, 120_000);

it('the daily run copies what somebody removed from the backup', async () => {
  const { client } = library.cloud.buckets;
  const [lost = ''] = (await inBackup()).filter((key) => key.includes('new.txt'));
  await client.send(new DeleteObjectCommand({ Bucket: BACKUP, Key: lost }));
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 });
  await backUp().finally(() => vi.useRealTimers());

  expect(lost).not.toBe('');
  expect(await inBackup()).toContain(lost);
});

it('an upload works while the bucket of the backup refuses, and the daily run makes up for it', async () => {
  library.cloud.failReplication(true);
  const fileId = await library.upload('/refused/a.txt', 'while the bucket was gone');
  const { client, keys } = library.cloud.buckets;
  const [Key = ''] = (await keys(ORIGINALS)).filter((key) => key.startsWith('media/refused/'));
  const status = async () => (await client.send(new HeadObjectCommand({ Bucket: ORIGINALS, Key }))).ReplicationStatus;
  await expect.poll(status).toBe('FAILED');
  expect([fileId.length, (await inBackup()).includes(Key)]).toEqual([24, false]);

  library.cloud.failReplication(false);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 });
  await backUp().finally(() => vi.useRealTimers());

  expect(await inBackup()).toContain(Key);
});

it('a bucket that the region is not backed up to is refused', async () => {
  await expect(run('--from', 's3://another-bucket')).rejects.toThrow('This region is backed up to backup');
});

it('a call without a bucket is answered with how it is made', async () => {
  expect(await run('--from', '/home/me')).toMatchObject({ code: 2, text: expect.stringContaining('s3://BUCKET') });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import type { FaultRule } from 'local-cloud/faults';
import { startS3Server } from 'local-cloud/s3';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { assetPrefix } from '../../lambda/core/request/variant-key.ts';
import type { ProductToKill } from '../../proofs/library/product-to-kill.ts';
import { startProductToKill } from '../../proofs/library/product-to-kill.ts';
import { waitUntil } from '../../proofs/wait-until.ts';

/*
 * Purges of the running product, which is killed as a whole while a store is about to do what it was asked for, and started again.
 * Each single step is killed in test/core/library/trash/purged-bytes.test.ts.
 */
let product: ProductToKill;

beforeAll(async () => {
  product = await startProductToKill({ seed: 1, faults: [] });
}, 200_000);

afterAll(async () => {
  await (await product.product()).stop();
  product.remove();
});

/** The hold of a worker that was killed, and some runs of the minute after it. */
const RESUMED_SECONDS = 400;

const PATHS = ['/file/a.png', '/folder/deep/b.png', '/trash/c.png'] as const;
const KEPT = '/kept/d.png';

/** Steps that do not end: bytes are removed, a change is committed. */
const HELD = { fault: 'delay', times: 1, milliseconds: 3_600_000 } as const;
const BYTES: FaultRule = { at: 's3', call: 'POST', ...HELD };
const COMMIT: FaultRule = { at: 'dynamodb', call: 'TransactWriteItems', ...HELD };

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await product.call(method, path, body);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.body as T;
}

/** Two versions, and a picture of the second one. @returns the file's id */
async function upload(path: string): Promise<string> {
  let fileId = '';
  for (const background of ['red', 'blue']) {
    const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(picture)]), 'picture.png');
    form.set('fileName', path.slice(path.lastIndexOf('/') + 1));
    form.set('folder', path.slice(0, path.lastIndexOf('/')));
    form.set('useUniqueFileName', 'false');
    ({ fileId } = await call<{ fileId: string }>('POST', '/api/v1/files/upload', form));
  }
  const { urlEndpoint } = await product.product();
  expect((await fetch(`${urlEndpoint}${path}?tr=w-20`)).status).toBe(200);
  return fileId;
}

const faultLog = (): string => readFileSync(join(product.state, 'log', 'functions.log'), 'utf8');

/** Begins a call and kills the product when one of its steps is held. */
async function killedWhile(held: FaultRule, method: string, path: string, body?: unknown): Promise<void> {
  const told = `Fault: ${held.at} ${held.fault} of ${held.call}`;
  const before = faultLog().split(told).length;
  product.setFaults({ seed: 1, faults: [held] });
  const called = product.call(method, path, body);
  await waitUntil('a step is held', () => faultLog().split(told).length > before, 60);
  product.setFaults({ seed: 1, faults: [] });
  product.kill();
  expect((await called).kind).toBe('silence');
  await product.product();
}

/** The words that end what is in the trash now. */
const confirmation = async (): Promise<string> =>
  (await call<{ readonly confirm: string }>('POST', '/v1/trash/empty', {})).confirm;

/** Keys of what is stored, from the store's own table: it is there while the product runs. */
function keysInTable(): string[] {
  const database = new DatabaseSync(join(product.state, 'data', 's3', 'metadata.db'), {
    readOnly: true,
    timeout: 5000,
  });
  const rows = database.prepare('SELECT key FROM objects').all();
  database.close();
  return rows.map(({ key }) => String(key));
}

/** Everything of all buckets, as S3 lists versions and marks of deletion. */
async function storedKeys(): Promise<string[]> {
  const folder = join(product.state, 'data', 's3');
  const database = new DatabaseSync(join(folder, 'metadata.db'), { readOnly: true });
  const buckets = database.prepare('SELECT DISTINCT bucket FROM objects').all();
  database.close();
  const credentials = { accessKeyId: 'AKIAREADERREADERREAD', secretAccessKey: 'reader' };
  const region = 'eu-central-1';
  const server = await startS3Server({ folder, region, principals: [{ ...credentials, access: 'all' }] });
  const client = new S3Client({ endpoint: server.endpoint, region, credentials, forcePathStyle: true });
  const keys: string[] = [];
  for (const { bucket } of buckets) {
    const {
      Versions = [],
      DeleteMarkers = [],
      IsTruncated,
    } = await client.send(new ListObjectVersionsCommand({ Bucket: String(bucket) }));
    expect(IsTruncated).toBe(false);
    keys.push(...[...Versions, ...DeleteMarkers].map(({ Key = '' }) => Key));
  }
  client.destroy();
  await server.close();
  return keys;
}

const ofPath = (keys: readonly string[], path: string): string[] =>
  keys.filter(
    (key) => key.startsWith(`media${path}/`) || key.startsWith(assetPrefix(path, ENGINE_VERSION, sha256Hex).slice(1)),
  );

const isOfNone = (key: string): boolean => PATHS.every((path) => ofPath([key], path).length === 0);

it('leaves no byte and no version in any bucket, and every other byte, though the product is killed within each kind of purge', async () => {
  const fileId = await upload(PATHS[0]);
  for (const path of [...PATHS.slice(1), KEPT]) await upload(path);
  const others = keysInTable().filter(isOfNone);
  await killedWhile(BYTES, 'DELETE', `/v1/files/${fileId}?purge=true`);
  await call('DELETE', '/v1/folder', { folderPath: '/trash' });
  await killedWhile(BYTES, 'POST', '/v1/trash/empty', { confirm: await confirmation() });
  await call('DELETE', '/v1/folder', { folderPath: '/folder' });
  await killedWhile(COMMIT, 'POST', '/v1/trash/empty', { confirm: await confirmation() });
  await call('POST', '/v1/trash/empty', { confirm: await confirmation() });

  const isGone = () => PATHS.every((path) => ofPath(keysInTable(), path).length === 0);
  await waitUntil('what was deleted is gone', isGone, RESUMED_SECONDS);
  await (await product.product()).stop();
  const keys = await storedKeys();
  for (const path of PATHS) expect(ofPath(keys, path)).toEqual([]);
  expect(ofPath(keys, KEPT).length).toBeGreaterThanOrEqual(3);
  expect(others.filter((key) => !keys.includes(key))).toEqual([]);
}, 900_000);

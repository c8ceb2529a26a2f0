import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import ImageKit from '@imagekit/nodejs';
import { expect } from 'vitest';
import { apiOf } from '../../cli/api/api.ts';
import { stateOf } from '../../cli/transfer/read-library.ts';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { leadingTo, runVerb } from '../../test/cli/product-verbs.ts';
import type { Product } from '../../test/product/product.ts';
import { startProduct } from '../../test/product/product.ts';
import { waitUntil } from '../wait-until.ts';

const BUCKET = 'acme-media-backup';
const ROOT = new URL('../..', import.meta.url).pathname;

/** Milliseconds that each drill took. */
export interface RestoreTimes {
  /** From the call of the restore until the library is what it was. */
  readonly lostBytes: number;
  /** The same, for a region of which nothing is left; the start of another one is not counted. */
  readonly erasedState: number;
}

/** A deployment with a backup. @returns the folder of its assembly */
export const withBackup = (): Promise<string> =>
  synthesizeApp(ROOT, { backup: { destinations: { 'eu-west-1': { bucket: BUCKET } } } });

/** The bytes of a library are removed, and then everything that it is; the backup gives both back. */
export async function restoreTwice(files: number, assembly: string): Promise<RestoreTimes> {
  const start = () => startProduct({ args: ['--ephemeral', '--assembly', assembly] });
  const lost = await start();
  try {
    await clientOf(lost).folders.delete({ folderPath: '/samples' });
    await fill(lost, files);
    const state = await hashOf(lost);
    await waitUntil(
      'the bytes are in the backup',
      async () => (await mediaOf(storageOf(lost), BUCKET)).length >= files,
      120,
    );
    const lostBytes = await restoreBytes(lost);
    expect(await hashOf(lost)).toBe(state);
    // Its last changes are seconds behind.
    await waitUntil('the records are in it', async () => (await recordsOf(storageOf(lost))).length >= files, 120);
    await using made = await start();
    await clientOf(made).folders.delete({ folderPath: '/samples' });
    await copyBackup(storageOf(lost), storageOf(made));
    await lost.stop();
    const erasedState = await restoreTime(made);
    expect(await hashOf(made)).toBe(state);
    return { lostBytes, erasedState };
  } finally {
    await lost.stop();
  }
}

const clientOf = ({ api, privateKey }: Product) => new ImageKit({ privateKey, baseURL: api });

async function fill(product: Product, files: number): Promise<void> {
  const client = clientOf(product);
  for (let file = 0; file < files; file++) {
    const fileName = `drill-${file}.txt`;
    const bytes = Buffer.from(`Drill ${file}`).toString('base64');
    await client.files.upload({ file: bytes, fileName, folder: `/drill/${file % 7}`, useUniqueFileName: false });
  }
}

/** Everything that the API tells of the library, and every file's bytes. */
async function hashOf({ api, privateKey }: Product): Promise<string> {
  Object.assign(process.env, leadingTo({ api, privateKey }));
  return stateOf({ api: apiOf(api), signingKey: privateKey });
}

async function restoreBytes(product: Product): Promise<number> {
  const storage = storageOf(product);
  const bucket = await originalsOf(product);
  const { Versions = [], DeleteMarkers = [] } = await storage.send(
    new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'media/' }),
  );
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId = '' }) => ({ Key, VersionId }));
  await storage.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
  expect(await mediaOf(storage, bucket)).toEqual([]);
  return restoreTime(product);
}

async function restoreTime(product: Product): Promise<number> {
  Object.assign(process.env, product.aws);
  const began = performance.now();
  const { code, printed, told } = await runVerb(['restore', '--from', `s3://${BUCKET}`]);
  expect([code, printed + told]).toEqual([0, expect.stringContaining(', 0 lost.')]);
  return Math.round(performance.now() - began);
}

/** S3 of a product as its owner reaches it. */
function storageOf({ aws }: Product): S3Client {
  const [accessKeyId = '', secretAccessKey = ''] = [aws.AWS_ACCESS_KEY_ID, aws.AWS_SECRET_ACCESS_KEY];
  return new S3Client({
    ...{ endpoint: aws.AWS_ENDPOINT_URL_S3 ?? '', region: aws.AWS_REGION ?? '', forcePathStyle: true },
    credentials: { accessKeyId, secretAccessKey },
  });
}

const mediaOf = (client: S3Client, bucket: string) => keysIn(client, bucket, 'media/');
const recordsOf = (client: S3Client) => keysIn(client, BUCKET, 'records/v1/assets/');

async function keysIn(client: S3Client, Bucket: string, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    keys.push(...Contents.map(({ Key = '' }) => Key));
  }
  return keys;
}

async function originalsOf(product: Product): Promise<string> {
  const { Buckets = [] } = await storageOf(product).send(new ListBucketsCommand({}));
  const found = Buckets.find(({ Name = '' }) => Name.includes('originals'))?.Name;
  if (found === undefined) throw new Error('The product has no bucket of originals.');
  return found;
}

/** As `aws s3 sync` between two buckets. */
async function copyBackup(from: S3Client, to: S3Client): Promise<void> {
  for (const Key of await keysIn(from, BUCKET, '')) {
    const { Body, ContentType } = await from.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    await to.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: bytes, ContentType }));
  }
}

import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import ImageKit from '@imagekit/nodejs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { apiOf } from '../../cli/api/api.ts';
import { stateOf } from '../../cli/transfer/read-library.ts';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { leadingTo, runVerb } from '../cli/product-verbs.ts';
import type { Product } from './product.ts';
import { startProduct } from './product.ts';

/* REG-008 of the attack catalogue. A whole product is lost, but for the bucket of its backup; another one is made of that. */
const BUCKET = 'acme-media-backup';
const ROOT = new URL('../..', import.meta.url).pathname;
const DESTINATIONS = { destinations: { 'eu-west-1': { bucket: BUCKET } } };

let assembly: string;
let lost: Product;
let made: Product | undefined;

beforeAll(async () => {
  assembly = await synthesizeApp(ROOT, { backup: DESTINATIONS });
  lost = await start();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([lost?.stop(), made?.stop()]);
});

/** Without the samples, which every new product has and which are two libraries' then. */
async function start(): Promise<Product> {
  const product = await startProduct({ args: ['--ephemeral', '--assembly', assembly] });
  await clientOf(product).folders.delete({ folderPath: '/samples' });
  return product;
}

const clientOf = ({ api, privateKey }: Product) => new ImageKit({ privateKey, baseURL: api });

/** S3 of a product as its owner reaches it. */
function storageOf({ aws }: Product): S3Client {
  const [accessKeyId = '', secretAccessKey = ''] = [aws.AWS_ACCESS_KEY_ID, aws.AWS_SECRET_ACCESS_KEY];
  return new S3Client({
    ...{ endpoint: aws.AWS_ENDPOINT_URL_S3 ?? '', region: aws.AWS_REGION ?? '', forcePathStyle: true },
    credentials: { accessKeyId, secretAccessKey },
  });
}

async function keysOf(client: S3Client): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: BUCKET })) {
    keys.push(...Contents.map(({ Key = '' }) => Key));
  }
  return keys;
}

async function textOf(client: S3Client, Key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
  return (await Body?.transformToString()) ?? '';
}

/** As `aws s3 sync` between two buckets. */
async function sync(from: S3Client, to: S3Client): Promise<void> {
  for (const Key of await keysOf(from)) {
    const { Body, ContentType } = await from.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    await to.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: bytes, ContentType }));
  }
}

const stateOfProduct = ({ api, privateKey }: Product) => {
  for (const [name, value] of Object.entries(leadingTo({ api, privateKey }))) vi.stubEnv(name, value);
  return stateOf({ api: apiOf(api), signingKey: privateKey });
};

it('a product that is lost is made again from the bucket of its backup alone, with equal bytes and details', async () => {
  const client = clientOf(lost);
  const place = { useUniqueFileName: false, folder: '/shop' };
  const upload = (fileName: string, text: string, more: object = {}) =>
    client.files.upload({ ...place, file: Buffer.from(text).toString('base64'), fileName, ...more });
  await client.customMetadataFields.create({ name: 'licence', label: 'Licence', schema: { type: 'Text' } });
  const { fileId: first = '' } = await upload('a.txt', 'first');
  await upload('a.txt', 'second');
  await upload('moved.txt', 'moves');
  await upload('secret.txt', 'private', { isPrivateFile: true });
  const { fileId: gone = '' } = await upload('gone.txt', 'nobody sees this again');
  await client.files.update(first, { tags: ['red'], customMetadata: { licence: 'own' } });
  await client.files.move({ sourceFilePath: '/shop/moved.txt', destinationPath: '/archive' });
  await fetch(`${lost.api}/v1/files/${gone}?purge=true`, {
    ...{ method: 'DELETE', headers: { authorization: `Basic ${btoa(`${lost.privateKey}:`)}` } },
  });
  const state = await stateOfProduct(lost);
  const storage = storageOf(lost);
  const caughtUp = async () => {
    const keys = await keysOf(storage);
    if (!keys.includes(`records/v1/erasures/${new Date().getUTCFullYear()}/asset-${gone}.json`)) return false;
    return (await textOf(storage, `records/v1/assets/${first}.json`)).includes('"red"');
  };
  await expect.poll(caughtUp, { timeout: 60_000, interval: 500 }).toBe(true);

  made = await start();
  await sync(storage, storageOf(made));
  await lost.stop();
  for (const [name, value] of Object.entries(made.aws)) vi.stubEnv(name, value);
  const restored = await runVerb(['restore', '--from', `s3://${BUCKET}`]);

  expect(restored).toMatchObject({
    code: 0,
    printed: expect.stringMatching(/Bytes: \d+ copied, \d+ there before, 0 lost/),
  });
  expect(await stateOfProduct(made)).toBe(state);
  const found = async () => (await clientOf(made as Product).assets.list({ searchQuery: 'tags IN ["red"]' })).length;
  await expect.poll(found, { timeout: 30_000 }).toBe(1);
  expect(JSON.stringify(await (await apiOf(made.api).call('GET', '/v1/files?path=/shop')).json())).not.toContain(
    'gone',
  );
}, 240_000);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { failover } from '../../cli/failover/failover.ts';
import { ROOT_FOLDER } from '../../lambda/core/library/store/records.ts';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { leadingTo } from '../cli/product-verbs.ts';
import { type Product, startProduct } from './product.ts';

/* Two regions that keep their backups in each other. One of them is cut off, and the other one answers from the copy. */
const HOME = 'eu-west-1';
const AWAY = 'us-west-2';
/** Where a copy keeps the names of the first folder. */
const ROOT_NAMES = `records/v1/live/${ROOT_FOLDER}`;
const BACKUP = {
  destinations: { [HOME]: { bucket: 'acme-home', region: AWAY }, [AWAY]: { bucket: 'acme-west', region: HOME } },
};

let product: Product;
let folder: string;
let signed: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-failover-'));
  cutOff();
  const assembly = await synthesizeApp(new URL('../..', import.meta.url).pathname, {
    ...{ regions: [HOME, AWAY], backup: BACKUP, automaticFailover: true },
  });
  const faults = join(folder, 'faults.json');
  product = await startProduct({ args: ['--ephemeral', '--faults', faults, '--assembly', assembly] });
  for (const [name, value] of Object.entries({ ...product.aws, ...leadingTo(product) })) vi.stubEnv(name, value);
}, 240_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await product?.stop();
  rmSync(folder, { recursive: true });
});

/** From now on nobody reaches these regions, and every other one is there again. */
function cutOff(...cut: string[]): void {
  writeFileSync(join(folder, 'faults.json'), JSON.stringify({ faults: [], cut }));
}

function answerOf(region: string, path: string, body?: object | FormData): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`;
  const isForm = body instanceof FormData;
  return fetch(product.apis[region] + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization, ...(body && !isForm && { 'content-type': 'application/json' }) },
    ...(body && { body: isForm ? body : JSON.stringify(body) }),
  });
}

async function call(region: string, path: string, body?: object | FormData): Promise<Record<string, string>> {
  const answer = await answerOf(region, path, body);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} in ${region}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

async function upload(region: string, fileName: string, more: Readonly<Record<string, string>> = {}) {
  const picture = sharp({ create: { width: 80, height: 60, channels: 3, background: 'navy' } });
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(await picture.png().toBuffer())]), fileName);
  for (const [name, value] of Object.entries({ fileName, useUniqueFileName: 'false', ...more })) form.set(name, value);
  return call(region, '/api/v1/files/upload', form);
}

async function ask(path: string) {
  const answer = await fetch(path.startsWith('http') ? path : product.media + path);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    status: answer.status,
    from: answer.headers.get('x-vitrine-region'),
    life: answer.headers.get('cache-control'),
    retryAfter: answer.headers.get('retry-after'),
    width: answer.status === 200 ? (await sharp(bytes).metadata()).width : undefined,
  };
}

function s3(): S3Client {
  const { aws } = product;
  return new S3Client({
    ...{ endpoint: aws.AWS_ENDPOINT_URL_S3 ?? '', region: HOME, forcePathStyle: true },
    credentials: { accessKeyId: aws.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: aws.AWS_SECRET_ACCESS_KEY ?? '' },
  });
}

/** What a copy says of a name in the root folder. */
async function recordOf(bucket: string, name: string): Promise<string> {
  const Key = `${ROOT_NAMES}/files/${name}`;
  const { Body } = await s3().send(new GetObjectCommand({ Bucket: bucket, Key }));
  return (await Body?.transformToString()) ?? '';
}

/** Keys of every object of the deployment's buckets that a region could have written while it answered for another one. */
async function keysOf(bucket: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3() }, { Bucket: bucket })) {
    keys.push(...Contents.map(({ Key = '' }) => Key));
  }
  return keys;
}

const printed: string[] = [];
const run = (...args: string[]) => failover(args, (text) => void printed.push(text));

it('files of a region come to their backup with the names by which they are found', async () => {
  const make = (urlPrefix: string, more: object = {}) =>
    call(HOME, '/v1/accounts/url-endpoints', { description: urlPrefix, urlPrefix, region: AWAY, ...more });
  await make('west');
  expect(await make('locked', { residencyLock: true })).toMatchObject({ residencyLock: true, region: AWAY });
  await upload(AWAY, 'pier.png', { folder: '/sea/shore' });
  await upload(AWAY, 'other.png');
  const { fileId = '' } = await upload(AWAY, 'secret.png', { isPrivateFile: 'true' });
  signed = (await call(AWAY, `/v1/files/${fileId}/signed-url`, { expiresIn: 3000, transformation: 'w-21' })).url ?? '';

  const taken = await upload(AWAY, 'taken.png');
  await call(AWAY, `/v1/files/${taken.fileId}/takedown`, { reason: 'Court order' });

  const names = async () => (await keysOf('acme-west')).filter((key) => key.startsWith('records/v1/live/'));
  await expect
    .poll(names, { timeout: 60_000, interval: 500 })
    .toEqual(expect.arrayContaining([expect.stringMatching(/\/files\/pier\.png$/), `${ROOT_NAMES}/files/secret.png`]));
  await expect
    .poll(() => recordOf('acme-west', 'taken.png'), { timeout: 60_000, interval: 500 })
    .toContain('takenDownSince');
});

it('while a region is cut off and declared down, the other one answers from the copy (REG-003)', async () => {
  cutOff(AWAY);
  expect(await run('begin', AWAY, '--reason', 'It is cut off', '--minutes', '5')).toBe(0);
  expect(printed.join('')).toMatch(
    /us-west-2 is declared down until .*: eu-west-1 answers from its copy\.\nAnswered 503 meanwhile: \w+\.\n/,
  );

  const before = await keysOf('acme-west');
  expect(await ask('/west/sea/shore/pier.png?tr=w-40')).toMatchObject({
    ...{ status: 200, width: 40, from: 'fallback', life: 'public, max-age=60' },
  });
  expect(await ask(signed)).toMatchObject({ status: 200, width: 21, from: 'fallback' });
  expect(await ask('/west/secret.png?tr=w-22')).toMatchObject({ status: 401 });
  expect(await ask('/west/nothing.png')).toMatchObject({ status: 404 });
  expect(await ask('/west/taken.png?tr=w-24')).toMatchObject({ status: 451, from: null });
  // The edge knows nothing of layers: whoever reads the copy refuses them.
  expect(await ask('/west/other.png?tr=l-image,i-taken.png,l-end')).toMatchObject({ status: 451, from: 'fallback' });
  expect(await ask('/locked/sea/shore/pier.png?tr=w-40')).toMatchObject({ status: 503, retryAfter: '60', from: null });
  expect(await keysOf('acme-west')).toEqual(before);
});

it('it ends by hand, and what was made meanwhile was kept nowhere', async () => {
  cutOff();
  expect(await run('end', AWAY)).toBe(0);

  expect(await ask('/west/sea/shore/pier.png?tr=w-41')).toMatchObject({ status: 200, width: 41, from: null });
  expect(await ask('/locked/sea/shore/pier.png?tr=w-40')).toMatchObject({ status: 200, width: 40, from: null });
});

it('it ends by the clock', async () => {
  expect(await run('begin', AWAY, '--reason', 'For a minute', '--minutes', '1')).toBe(0);
  expect(await ask('/west/other.png?tr=w-23')).toMatchObject({ status: 200, from: 'fallback' });

  await expect
    .poll(async () => (await ask(`/west/other.png?tr=w-${30 + Math.floor(Math.random() * 1000)}`)).from, {
      ...{ timeout: 80_000, interval: 2000 },
    })
    .toBeNull();
}, 120_000);

it('home is answered for by another region, with the settings that it had last', async () => {
  await upload(HOME, 'harbour.png');
  await expect
    .poll(async () => (await keysOf('acme-home')).includes(`${ROOT_NAMES}/files/harbour.png`), {
      ...{ timeout: 60_000, interval: 500 },
    })
    .toBe(true);
  cutOff(HOME);
  const begun = await call(AWAY, '/v1/accounts/failovers', { region: HOME, minutes: 5, reason: 'It is cut off' });

  expect(begun).toMatchObject({ to: AWAY, staysOut: [] });
  expect(await ask('/harbour.png?tr=w-16')).toMatchObject({ status: 200, width: 16, from: 'fallback' });
}, 120_000);

it('settings are read-only while home is cut off, and say so; the library of the other region goes on', async () => {
  const change = { name: 'late', transformation: 'w-30' };
  const made = await answerOf(AWAY, '/v1/named-transformations', change);
  expect([made.status, made.headers.get('retry-after')]).toEqual([503, '60']);
  expect(await made.json()).toMatchObject({
    code: 'home.away',
    message: expect.stringContaining('Settings are read-only while the home region, eu-west-1, is away'),
  });

  expect((await answerOf(AWAY, '/v1/files?limit=1')).status).toBe(200);
  expect(await ask('/west/sea/shore/pier.png?tr=w-44')).toMatchObject({ status: 200, from: null });

  cutOff();
  await call(AWAY, '/v1/named-transformations', change);
}, 120_000);

it('the alarm of another region begins a failover by itself, and the audit log says so', async () => {
  await fetch(`${product.apis[AWAY]}/v1/accounts/failovers/${HOME}`, {
    ...{ method: 'DELETE', headers: { authorization: `Basic ${btoa(`${product.privateKey}:`)}` } },
  });
  cutOff(AWAY);
  const lambda = new LambdaClient({ region: HOME });
  const look = async () => {
    const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'vitrine-watch' }));
    return JSON.parse(Payload?.transformToString() ?? 'null');
  };
  const outcomes = [await look(), await look(), await look()];

  // The run of the minute may have been in between.
  expect(outcomes.slice(0, 1)).toEqual(['failing']);
  expect(['begun', 'declared']).toContain(outcomes.at(-1));
  expect(await ask('/west/sea/shore/pier.png?tr=w-45')).toMatchObject({ status: 200, from: 'fallback' });
  const events = await (await answerOf(HOME, '/v1/audit/events?action=failover.begun')).text();
  expect(events).toContain('health-alarm');
  cutOff();
}, 120_000);

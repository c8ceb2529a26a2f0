import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Context, LambdaFunctionURLEvent, ScheduledEvent } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA_URL_HEADER } from '../../lambda/contract/edge.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { readMediaUrl } from '../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { variantPath } from '../../lambda/core/request/variant-key.ts';
import type { BucketFixture } from '../adapters/bucket-fixture.ts';
import { startBucketFixture } from '../adapters/bucket-fixture.ts';
import { TEST_CREDENTIALS } from '../adapters/library-fixture.ts';
import { readZip } from '../core/library/zips/read-zip.ts';
import { functionUrlEvent, lambdaContext } from './events.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';
import { installStreaming, ResponseStream } from './response-stream.ts';

/* The whole way of an import through the functions as they are deployed: 300 objects of somebody else's bucket. */
type Transformer = (event: LambdaFunctionURLEvent, stream: ResponseStream, context: Context) => Promise<void>;

let library: LibraryClient;
let theirs: BucketFixture;
let transformer: Transformer;
let originId: string;

const put = (Key: string, Body: Buffer | string) =>
  theirs.client.send(new PutObjectCommand({ Bucket: 'theirs', Key, Body }));
const picture = (background: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .png()
    .toBuffer();

beforeAll(async () => {
  [library, theirs] = await Promise.all([startLibraryClient({ followsChanges: true }), startBucketFixture('theirs')]);
  installStreaming();
  transformer = (await import('../../lambda/handlers/transform-image.ts')).handler as unknown as Transformer;
  for (let index = 0; index < 299; index++) await put(`photos/many/${index}.txt`, `text ${index}`);
  await put('photos/p.png', await picture('red'));
  const origin = await json('POST', '/v1/accounts/origins', {
    ...{ type: 'S3_COMPATIBLE', name: 'Theirs', bucket: 'theirs', prefix: 'photos', s3ForcePathStyle: true },
    endpoint: theirs.environment.AWS_ENDPOINT_URL_S3,
    accessKey: TEST_CREDENTIALS.accessKeyId,
    secretKey: TEST_CREDENTIALS.secretAccessKey,
  });
  originId = String(origin.id);
});
afterAll(async () => {
  await Promise.all([library?.close(), theirs?.close()]);
});

async function json(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
  const answer = await library.call(method, path, body === undefined ? {} : { body });
  return (await answer.json()) as Record<string, unknown>;
}

/** As EventBridge calls it. @param milliseconds that it has left */
async function workFor(milliseconds: number): Promise<void> {
  const { handler } = await import('../../lambda/handlers/resume-purges.ts');
  await handler({} as ScheduledEvent, { ...lambdaContext(), getRemainingTimeInMillis: () => milliseconds });
}

const jobOf = ({ jobId }: Readonly<Record<string, unknown>>) => json('GET', `/v1/bulkJobs/${String(jobId)}`);

async function finish(begun: Readonly<Record<string, unknown>>) {
  for (let run = 0; run < 20 && (await jobOf(begun)).status === 'Pending'; run++) await workFor(60_000);
  return jobOf(begun);
}

const begin = () => json('POST', '/v1/imports', { originId, folder: '/imported' });

async function deliver(path: string, query: string) {
  const variant = variantPath(readMediaUrl(path, query), 'plain', 'open', 'default', ENGINE_VERSION, sha256Hex);
  const stream = new ResponseStream();
  const asked = Buffer.from(`${path}?${query}`).toString('base64url');
  const headers = { [MEDIA_URL_HEADER]: `${asked}.0_0_0.media.example.com` };
  await transformer(functionUrlEvent('GET', variant, headers), stream, lambdaContext());
  return { status: stream.status, headers: stream.headers, body: stream.body };
}

async function colourOf(body: Buffer): Promise<number[]> {
  const { data } = await sharp(body).removeAlpha().resize(1, 1).raw().toBuffer({ resolveWithObject: true });
  return [...data].map((value) => Math.round(value / 255));
}

describe('a bucket that is imported', () => {
  it('becomes 300 files, by workers of which the first is cut short', async () => {
    const begun = await begin();
    await workFor(11_000);
    expect(await jobOf(begun)).toMatchObject({ type: 'IMPORT_BUCKET', status: 'Pending' });

    expect(await finish(begun)).toMatchObject({ status: 'Completed', filesDone: 300, counts: { added: 300 } });
  }, 120_000);

  it('is told of as it is: at its origin, and not backed up', async () => {
    const [file] = (await (await library.call('GET', '/v1/files?path=/imported&type=file')).json()) as {
      readonly fileId: string;
    }[];

    expect(await json('GET', `/v1/files/${file?.fileId}/details`)).toMatchObject({
      ...{ filePath: '/imported/p.png', fileType: 'image', mime: 'image/png', backedUp: false },
      atOrigin: { originId, key: 'p.png', etag: expect.stringMatching(/^[0-9a-f]{32}$/) },
    });
    const metadata = await library.call('GET', `/v1/files/${file?.fileId}/metadata`);
    expect([metadata.status, await metadata.json()]).toMatchObject([400, { code: 'file.at-origin' }]);
  });

  it('is delivered, and an object that changed is not given out as the old one until it is imported again', async () => {
    const before = await deliver('/imported/p.png', 'tr=w-20,f-png');
    expect([before.status, await colourOf(before.body)]).toEqual([200, [1, 0, 0]]);
    expect((await deliver('/imported/p.png', 'tr=orig-true')).body).toEqual(await picture('red'));

    await put('photos/p.png', await picture('blue'));
    const changed = await deliver('/imported/p.png', 'tr=w-10,f-png');
    expect([changed.status, changed.body.toString()]).toEqual([409, expect.stringContaining('changed at its origin')]);

    expect((await finish(await begin())).counts).toEqual({ unchanged: 299, updated: 1 });
    const after = await deliver('/imported/p.png', 'tr=w-10,f-png');
    expect([after.status, await colourOf(after.body)]).toEqual([200, [0, 0, 1]]);
  }, 120_000);

  it('goes into a ZIP with the bytes of the origin', async () => {
    await put('photos/late.txt', 'late');
    await finish(await begin());
    const files = (await (await library.call('GET', '/v1/files?path=/imported&type=file')).json()) as {
      readonly fileId: string;
    }[];
    const job = await finish(await json('POST', '/v1/zips', { fileIds: files.map(({ fileId }) => fileId) }));

    expect(job.errors).toBeUndefined();
    const zip = await fetch(String(job.downloadUrl));
    const members = readZip(Buffer.from(await zip.arrayBuffer()));
    expect(members.map(({ name }) => name).toSorted()).toEqual(['late.txt', 'p.png']);
    expect(members.find(({ name }) => name === 'late.txt')?.bytes.toString()).toBe('late');
  }, 120_000);

  it('says of a file whose object is gone that it is, to who looks at it and to who asks for it', async () => {
    await theirs.client.send(new DeleteObjectCommand({ Bucket: 'theirs', Key: 'photos/late.txt' }));
    expect((await finish(await begin())).counts).toMatchObject({ gone: 1 });
    const files = (await (await library.call('GET', '/v1/files?path=/imported&name=late.txt')).json()) as object[];

    expect(files).toMatchObject([{ filePath: '/imported/late.txt', atOrigin: { goneSince: expect.any(String) } }]);
    const asked = await deliver('/imported/late.txt', '');
    expect([asked.status, asked.body.toString()]).toEqual([404, expect.stringContaining('not at its origin any more')]);
  }, 120_000);

  it.each([
    [{}, 400, 'originId'],
    [{ originId: '0'.repeat(24) }, 404, 'no origin'],
    [{ originId: 'here', folder: '/a/../b' }, 400, 'dots'],
  ])('is not begun with %j', async (given, status, message) => {
    const body = { ...given, ...('originId' in given && given.originId === 'here' && { originId }) };
    const answer = await library.call('POST', '/v1/imports', { body });

    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      status,
      expect.stringContaining(message),
    ]);
  });

  it('is one of S3 or what speaks like it', async () => {
    const folder = { type: 'WEB_FOLDER', name: 'Web', baseUrl: 'https://shop.example.com/' };
    const { id } = await json('POST', '/v1/accounts/origins', folder);
    const answer = await library.call('POST', '/v1/imports', { body: { originId: id } });

    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'import.invalid', message: expect.stringContaining('S3 and S3_COMPATIBLE; this one is WEB_FOLDER') },
    ]);
  });
});

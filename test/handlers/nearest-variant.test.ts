import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Context, LambdaFunctionURLEvent } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { originalWriter } from '../../lambda/adapters/originals-bucket/original-writer.lean.ts';
import { MEDIA_URL_HEADER } from '../../lambda/contract/edge.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { ENVIRONMENT } from '../../lambda/contract/environment.ts';
import { SPEND_CEILING_KIND, SPEND_CEILING_PARTITION } from '../../lambda/contract/spend-ceiling.ts';
import { readMediaUrl } from '../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { completeIntent } from '../../lambda/core/library/uploads/complete-intent.ts';
import { monthOf } from '../../lambda/core/protection/spend-ceiling/spend-ceiling.ts';
import { variantPath } from '../../lambda/core/request/variant-key.ts';
import { libraryDeps } from '../core/library/library-world.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { ORIGINALS, startCloudFixture } from './cloud-fixture.ts';
import { functionUrlEvent, lambdaContext } from './events.ts';
import { installStreaming, ResponseStream } from './response-stream.ts';

/* The transformer over the ceiling of spending, on real storage and a real table. */
type Handler = (event: LambdaFunctionURLEvent, stream: ResponseStream, context: Context) => Promise<void>;

let cloud: CloudFixture;

beforeAll(async () => {
  cloud = await startCloudFixture();
  installStreaming();
  await keepPicture();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await cloud?.close();
});

/** What a transformer remembers of the ceiling ends with it. */
beforeEach(() => vi.resetModules());

async function keepPicture(): Promise<void> {
  const file = { width: 80, height: 60 };
  const bytes = await sharp({ create: { ...file, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  const intent = {
    ...{ versionId: '1'.padStart(24, '0'), path: '/a.jpg', folder: '/', name: 'a.jpg', objectKey: 'media/a.jpg/1' },
    ...{ contentType: 'image/jpeg', fileType: 'image' as const, size: bytes.byteLength, ...file, isPrivate: false },
    ...{ whenTaken: 'version' as const, keepTags: false, createdAt: new Date().toISOString(), endsAt: 2_000_000_000 },
    uploader: { kind: 'private-key' as const, id: 'private-key' },
  };
  const deps = libraryDeps(cloud.library);
  await deps.store.addIntent(intent);
  await originalWriter(cloud.buckets.environment, ORIGINALS)(intent, bytes);
  await completeIntent(deps, intent);
}

/** A transformer of a deployment with a ceiling, asked for new sizes one after the other. */
async function askFor(overCeiling: string | undefined, ...widths: readonly number[]) {
  vi.stubEnv(ENVIRONMENT.spendCeiling, '100');
  vi.stubEnv(ENVIRONMENT.overCeiling, overCeiling);
  const { handler } = (await import('../../lambda/handlers/transform-image.ts')) as unknown as { handler: Handler };
  const answers: unknown[] = [];
  for (const width of widths) {
    const [path, query] = ['/a.jpg', `tr=w-${width}`];
    const variant = variantPath(readMediaUrl(path, query), 'plain', 'open', 'default', ENGINE_VERSION, sha256Hex);
    const stream = new ResponseStream();
    const header = Buffer.from(`${path}?${query}`).toString('base64url');
    await handler(functionUrlEvent('GET', variant, { [MEDIA_URL_HEADER]: header }), stream, lambdaContext());
    if (stream.status === 200) expect((await sharp(stream.body).metadata()).format).toBe('jpeg');
    answers.push([stream.status, stream.headers['x-vitrine-nearest']]);
  }
  return answers;
}

async function reachCeiling(): Promise<void> {
  const id = monthOf(Date.now());
  const at = new Date().toISOString();
  const Item = {
    pk: { S: SPEND_CEILING_PARTITION },
    sk: { S: `${SPEND_CEILING_KIND}#${id}` },
    saved: { S: JSON.stringify({ id, createdAt: at, reachedAt: at }) },
  };
  await cloud.library.client.send(new PutItemCommand({ TableName: cloud.library.table, Item }));
}

test('pictures are noted below the ceiling and stand for others over it, where the owner wants that', async () => {
  expect(await askFor('nearest', 20, 40)).toEqual([
    [200, undefined],
    [200, undefined],
  ]);
  await reachCeiling();
  vi.resetModules();

  expect(await askFor('nearest', 30, 60)).toEqual([
    [200, '40 x 30 instead of 30 x 23'],
    [200, '40 x 30 instead of 60 x 45'],
  ]);
  vi.resetModules();
  expect(await askFor(undefined, 30)).toEqual([[503, undefined]]);
});

import type { Context, LambdaFunctionURLEvent, ScheduledEvent } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MEDIA_URL_HEADER } from '../../lambda/contract/edge.ts';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { cacheTag } from '../../lambda/core/delivery/cache-tags.ts';
import { readMediaUrl } from '../../lambda/core/delivery/media-url.ts';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { variantPath } from '../../lambda/core/request/variant-key.ts';
import { VARIANTS } from './cloud-fixture.ts';
import { functionUrlEvent, lambdaContext } from './events.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';
import { installStreaming, ResponseStream } from './response-stream.ts';

/* The API changes a file while the transformer holds its answer: what the CDN kept of it has to go. */
type Transform = (event: LambdaFunctionURLEvent, stream: ResponseStream, context: Context) => Promise<void>;

let library: LibraryClient;
let transform: Transform;
let runEveryMinute: () => Promise<void>;

beforeAll(async () => {
  library = await startLibraryClient();
  installStreaming();
  transform = (await import('../../lambda/handlers/transform-image.ts')).handler as unknown as Transform;
  const { handler } = await import('../../lambda/handlers/resume-purges.ts');
  runEveryMinute = async () => void (await handler({} as ScheduledEvent, lambdaContext()));
});

afterAll(() => library?.close());

/** Does not take the answer before something has happened. */
class GatedStream extends ResponseStream {
  readonly #before: () => Promise<unknown>;

  constructor(before: () => Promise<unknown>) {
    super();
    this.#before = before;
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#before().then(() => done(), done);
  }
}

async function picture(background: string): Promise<string> {
  const drawn = sharp({ create: { width: 40, height: 30, channels: 3, background } });
  return (await drawn.jpeg().toBuffer()).toString('base64');
}

async function upload(fileName: string, background: string): Promise<string> {
  const file = await picture(background);
  const { fileId } = await library.imagekit.files.upload({ file, fileName, useUniqueFileName: false });
  return fileId as string;
}

async function askWhile(path: string, change: () => Promise<unknown>): Promise<GatedStream> {
  const variant = variantPath(readMediaUrl(path, 'tr=w-20'), 'webp', 'open', 'default', ENGINE_VERSION, sha256Hex);
  const asked = Buffer.from(`${path}?tr=w-20`).toString('base64url');
  const stream = new GatedStream(change);
  await transform(functionUrlEvent('GET', variant, { [MEDIA_URL_HEADER]: asked }), stream, lambdaContext());
  return stream;
}

const moves: readonly (readonly [string, (name: string, id: string) => Promise<unknown>])[] = [
  ['overwritten', (name) => upload(name, 'red')],
  ['renamed', (name) => library.imagekit.files.rename({ filePath: `/${name}`, newFileName: `new-${name}` })],
  [
    'moved',
    async (name) => {
      await library.imagekit.folders.create({ folderName: 'elsewhere', parentFolderPath: '/' });
      await library.imagekit.files.move({ sourceFilePath: `/${name}`, destinationPath: '/elsewhere' });
    },
  ],
  ['deleted', (_, id) => library.imagekit.files.delete(id)],
];

test.each(moves)('a file that is %s while its picture goes out', async (what, change) => {
  const name = `${what}.jpg`;
  const id = await upload(name, 'teal');
  let afterPurge = 0;

  const answer = await askWhile(`/${name}`, async () => {
    await change(name, id);
    // The change's own purge is done; the CDN may take the old picture in after it.
    afterPurge = library.cloud.invalidations().length;
  });
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, expect.stringContaining('31536000')]);
  await runEveryMinute();

  const tag = cacheTag('path', `/${name}`);
  expect(library.cloud.invalidations().slice(afterPurge).flat()).toContain(`#${tag}`);
  expect(answer.headers['x-amz-meta-cache-tag']?.split(',')).toContain(tag);
  expect(await library.cloud.buckets.keys(VARIANTS)).toEqual([]);
});

test('of a picture that nothing overtook the CDN is not told', async () => {
  await upload('still.jpg', 'teal');
  const before = library.cloud.invalidations().length;

  await askWhile('/still.jpg', async () => {});
  await runEveryMinute();

  expect(library.cloud.invalidations().slice(before)).toEqual([]);
});

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScheduledEvent } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { edgeParameterName } from '../../lambda/contract/edge.ts';
import { lambdaContext } from './events.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* What `transformation.post` of an upload asks for is rendered by the run of every minute, through the function itself. */
const POST = JSON.stringify({
  post: [
    { type: 'transformation', value: 'w-30' },
    { type: 'transformation', value: 'h-20,rt-90' },
  ],
});

let client: LibraryClient;
let media: Server;
let picture: Buffer<ArrayBuffer>;
const asked: (string | undefined)[] = [];

beforeAll(async () => {
  client = await startLibraryClient();
  media = createServer(({ url }, response) => {
    asked.push(url);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(media, 'listening');
  const name = edgeParameterName('vitrine');
  const edge = JSON.parse(client.cloud.parameters.get(name) ?? '');
  const mediaHost = `localhost:${(media.address() as AddressInfo).port}`;
  client.cloud.parameters.set(name, JSON.stringify({ ...edge, mediaHost }));
  const teal = sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } });
  // Only forward: a clock that goes back is another matter.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  picture = Buffer.from(await teal.png().toBuffer());
});

beforeEach(() => {
  asked.length = 0;
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
});

afterAll(async () => {
  vi.useRealTimers();
  media?.close();
  await client?.close();
});

async function upload(fields: Readonly<Record<string, string>>): Promise<number> {
  const form = new FormData();
  const all = { folder: '/post', useUniqueFileName: 'false', transformation: POST, ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  form.set('file', new Blob([picture]), 'a.png');
  return (await client.post('/api/v1/files/upload', form)).status;
}

/** As EventBridge calls the function, some time from now. */
async function runAfter(seconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + seconds * 1000);
  const { handler } = await import('../../lambda/handlers/resume-purges.ts');
  await handler({} as ScheduledEvent, lambdaContext());
}

test('the run after a minute asks for each of them, once', async () => {
  expect(await upload({ fileName: 'a b.png' })).toBe(200);

  await runAfter(1);
  expect(asked).toEqual([]);

  await runAfter(60);
  expect(asked.toSorted()).toEqual(['/tr:h-20,rt-90/post/a_b.png', '/tr:w-30/post/a_b.png']);

  await runAfter(60);
  expect(asked).toHaveLength(2);
});

test('nothing signs what is asked for, so that a private file stays what it is', async () => {
  expect(await upload({ fileName: 'private.png', isPrivateFile: 'true' })).toBe(200);

  await runAfter(61);
  expect(asked.filter((url) => url?.includes('?'))).toEqual([]);
});

test('media that do not answer keep the run from nothing else', async () => {
  expect(await upload({ fileName: 'first.png' })).toBe(200);
  const { port } = media.address() as AddressInfo;
  await new Promise((done) => media.close(done));

  await runAfter(61);

  media.listen(port, '127.0.0.1');
  await once(media, 'listening');
  expect(await upload({ fileName: 'second.png' })).toBe(200);
  await runAfter(61);
  expect(asked.toSorted()).toEqual(['/tr:h-20,rt-90/post/second.png', '/tr:w-30/post/second.png']);
});

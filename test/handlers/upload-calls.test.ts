import { channel } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UPLOAD_PATHS } from '../../lambda/contract/routes.ts';
import type { ApiServer } from './api-server.ts';
import { startApiServer } from './api-server.ts';
import type { CloudFixture } from './cloud-fixture.ts';
import { PRIVATE_KEY, startCloudFixture } from './cloud-fixture.ts';

let cloud: CloudFixture;
let api: ApiServer;

beforeAll(async () => {
  cloud = await startCloudFixture();
  api = await startApiServer();
});

afterAll(async () => {
  api?.close();
  await cloud?.close();
});

/** `GetItem` of DynamoDB, `PUT` of S3; each stands for one call to AWS. */
const nameOf = (request: ClientRequest): string =>
  String(request.getHeader('x-amz-target') ?? `.${request.method}`).replace(/^.*\./, '');

/**
 * The calls to AWS that work makes, in groups: a group ends when none is under way. Calls of one group do not wait for each
 * other.
 */
async function callsOf(work: () => Promise<unknown>): Promise<string[][]> {
  const groups: string[][] = [];
  let underWay = 0;
  const begins = (message: unknown): void => {
    if (underWay++ === 0) groups.push([]);
    groups.at(-1)?.push(nameOf((message as { request: ClientRequest }).request));
  };
  const ends = (): void => void underWay--;
  const [start, finish] = [channel('http.client.request.start'), channel('http.client.response.finish')];
  start.subscribe(begins);
  finish.subscribe(ends);
  await work();
  start.unsubscribe(begins);
  finish.unsubscribe(ends);
  return groups.map((group) => group.sort());
}

async function upload(fields: Readonly<Record<string, string>>): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob(['text of a hundred bytes'.padEnd(100)]), 'notes.txt');
  for (const [name, value] of Object.entries({ fileName: 'notes.txt', folder: '/calls', ...fields })) {
    form.set(name, value);
  }
  const authorization = `Basic ${Buffer.from(`${PRIVATE_KEY}:`).toString('base64')}`;
  const answer = await fetch(api.baseURL + UPLOAD_PATHS[0], { method: 'POST', headers: { authorization }, body: form });
  expect(await answer.text()).toContain('fileId');
}

test('a new file costs six calls to AWS, in five steps', async () => {
  // The first makes the folder, the second notes where it is.
  await upload({});
  await upload({});

  const calls = await callsOf(() => upload({}));

  expect(calls).toEqual([
    // Folder and stamp of the tree; whether files of origins may be hidden.
    ['BatchGetItem', 'Query'],
    // The intent.
    ['PutItem'],
    // The bytes.
    ['PUT'],
    // Whether the tree still stands, and what has the name.
    ['BatchGetItem'],
    ['TransactWriteItems'],
  ]);
});

test('a name that must be free is looked up before anything is stored', async () => {
  const calls = await callsOf(() =>
    upload({ fileName: 'free.txt', useUniqueFileName: 'false', overwriteFile: 'false' }),
  );

  expect(calls.map((group) => group.length)).toEqual([2, 1, 1, 1, 1, 1]);
});

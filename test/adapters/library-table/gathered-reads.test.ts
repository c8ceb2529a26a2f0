import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { gatheredReads } from '../../../lambda/adapters/library-table/gathered-reads.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture } from '../library-fixture.ts';

/* On a real DynamoDB-compatible server. */
let fixture: LibraryFixture;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  fixture = await startLibraryFixture();
  client = DynamoDBDocumentClient.from(fixture.client);
  for (const sk of Array.from({ length: 120 }, (_, number) => String(number))) {
    await client.send(new PutCommand({ TableName: fixture.table, Item: { pk: 'a', sk } }));
  }
});
afterAll(() => fixture?.close());

/** The names of the commands that work sends. */
async function sentBy(work: () => Promise<unknown>): Promise<string[]> {
  const send = vi.spyOn(client, 'send');
  await work();
  const names = send.mock.calls.map(([command]) => command.constructor.name);
  send.mockRestore();
  return names;
}

const read = (...sks: string[]) => {
  const get = gatheredReads(client, fixture.table);
  return Promise.all(sks.map((sk) => get({ pk: 'a', sk })));
};

it('items that are asked for at once are one request, each answered as alone', async () => {
  let items: unknown;
  const sent = await sentBy(async () => {
    items = await read('1', 'missing', '2', '1');
  });

  expect(items).toEqual([{ pk: 'a', sk: '1' }, undefined, { pk: 'a', sk: '2' }, { pk: 'a', sk: '1' }]);
  expect(sent).toEqual(['BatchGetCommand']);
});

it('one item alone is a request for one item, also when it is asked for twice', async () => {
  expect(await sentBy(() => read('1'))).toEqual(['GetCommand']);
  expect(await sentBy(() => read('1', '1'))).toEqual(['GetCommand']);
});

it('what is asked for after an answer is another request', async () => {
  const get = gatheredReads(client, fixture.table);
  const sent = await sentBy(async () => {
    await get({ pk: 'a', sk: '1' });
    await get({ pk: 'a', sk: '2' });
  });

  expect(sent).toEqual(['GetCommand', 'GetCommand']);
});

it('more than a batch are several', async () => {
  const sks = Array.from({ length: 120 }, (_, number) => String(number));
  let items: readonly unknown[] = [];
  const sent = await sentBy(async () => {
    items = await read(...sks);
  });

  expect(items).toEqual(sks.map((sk) => ({ pk: 'a', sk })));
  expect(sent).toEqual(['BatchGetCommand', 'BatchGetCommand']);
});

it('a request that fails is a failure of all that it was for', async () => {
  const get = gatheredReads(client, 'no-such-table');

  const settled = await Promise.allSettled([get({ pk: 'a', sk: '1' }), get({ pk: 'a', sk: '2' })]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoItems } from '../../../lambda/adapters/signed-http/dynamo-items.lean.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

let fixture: LibraryFixture;

beforeAll(async () => {
  fixture = await startLibraryFixture();
});

afterAll(() => fixture?.close());

function items() {
  const environment = {
    AWS_REGION: TEST_REGION,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: fixture.endpoint,
  };
  return dynamoItems(environment, fixture.table);
}

const item = (pk: string, sk: string) => ({
  pk: { S: pk },
  sk: { S: sk },
  size: { N: '7' },
  isPrivate: { BOOL: false },
});

test('an item that was put is got', async () => {
  await items().put(item('a', '1'));
  expect(await items().get({ pk: 'a', sk: '1' })).toEqual(item('a', '1'));
});

test('a missing item is undefined', async () => {
  expect(await items().get({ pk: 'a', sk: 'missing' })).toBeUndefined();
});

test('several items come in the order of their keys, with holes for those that are missing', async () => {
  await items().put(item('d', '1'));
  await items().put(item('d', '2'));
  const keys = ['2', 'missing', '1'].map((sk) => ({ pk: 'd', sk }));
  expect(await items().getAll(keys)).toEqual([item('d', '2'), undefined, item('d', '1')]);
});

test('a query has all items of its partition, and no others', async () => {
  await items().put(item('b', '1'));
  await items().put(item('b', '2'));
  await items().put(item('c', '1'));
  expect(await items().query('b')).toEqual([item('b', '1'), item('b', '2')]);
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicationRecord } from '../../../lambda/adapters/accounts-table/publication-record.ts';
import type { PublicationRecord } from '../../../lambda/core/protection/published/publication-record.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

let fixture: LibraryFixture;
let record: PublicationRecord;

beforeAll(async () => {
  fixture = await startLibraryFixture();
  const { endpoint, table } = fixture;
  record = publicationRecord(
    new DynamoDBClient({ endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS }),
    table,
  );
});

afterAll(() => fixture.close());

const PUBLICATION = { storeId: 'arn', version: 'e1', digests: { 'taken:7': 'd' }, comparedAt: 5 };

test('what was published is known from the end of a publication to the beginning of the next', async () => {
  expect(await record.read()).toBeUndefined();
  await record.begin('a');
  expect(await record.read()).toBeUndefined();
  expect(await record.finish('a', PUBLICATION)).toBe(true);
  expect(await record.read()).toEqual(PUBLICATION);
  await record.begin('b');
  expect(await record.read()).toBeUndefined();
});

test('only who began last may say what was published', async () => {
  await record.begin('a');
  await record.begin('b');

  expect([await record.finish('a', PUBLICATION), await record.read()]).toEqual([false, undefined]);
  expect(await record.finish('b', PUBLICATION)).toBe(true);
});

import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startAwsApis } from 'local-cloud/aws-apis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cloudFrontInvalidations } from '../../../lambda/adapters/edge/invalidations.ts';
import { invalidationQueue } from '../../../lambda/adapters/library-table/invalidation-queue.ts';
import { tagUse } from '../../../lambda/adapters/library-table/tag-use.lean.ts';
import { usedTags } from '../../../lambda/adapters/library-table/used-tags.ts';
import { areInvalidated, invalidateTags, sendWaiting } from '../../../lambda/core/purge/invalidate.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

/* The queue on a real DynamoDB-compatible server, before the CDN's API with its limits; only the clock is simulated. */
let fixture: LibraryFixture;
let apis: Awaited<ReturnType<typeof startAwsApis>>;
let dynamo: DynamoDBClient;
let deps: Parameters<typeof sendWaiting>[0];
/** What was reported, event and message. */
let reports: string[] = [];
let now: number;
let ids = 0;
/** Items of each invalidation that the CDN took. */
let taken: string[][] = [];

beforeAll(async () => {
  fixture = await startLibraryFixture();
  now = Date.now();
  apis = await startAwsApis({
    stateFile: undefined,
    parameters: new Map(),
    invalidate: (_, items) => taken.push([...items]) > 0,
    invalidationSeconds: 60,
    principals: new Map([[TEST_CREDENTIALS.accessKeyId, TEST_CREDENTIALS.secretAccessKey]]),
    log: console.error,
    now: () => new Date(now),
  });
  const configuration = { region: TEST_REGION, credentials: TEST_CREDENTIALS };
  dynamo = new DynamoDBClient({ ...configuration, endpoint: fixture.endpoint });
  const cloudFront = new CloudFrontClient({ ...configuration, endpoint: apis.endpoint, maxAttempts: 1 });
  deps = {
    invalidations: cloudFrontInvalidations(cloudFront, async () => 'EDIST'),
    queue: invalidationQueue(dynamo, fixture.table, () => now),
    clock: () => now,
    hexId: () => String(ids++).padStart(24, '0'),
    pause: async (milliseconds) => {
      now += milliseconds;
    },
    report: (event, error) => void reports.push(`${event}: ${(error as Error).message}`),
  };
});

beforeEach(() => {
  now += 60_000;
  taken = [];
  reports = [];
});

afterAll(async () => {
  await Promise.all([fixture.close(), apis.close()]);
});

const tags = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

test('what the CDN takes is asked for once, whatever repeats', async () => {
  const told = await invalidateTags(deps, ['a', 'b', 'a']);

  expect(taken).toEqual([['#a', '#b']]);
  expect(await areInvalidated(deps, told)).toBe(false);
  now += 60_000;
  expect(await areInvalidated(deps, told)).toBe(true);
  expect(await deps.queue.waiting()).toEqual([]);
});

test('what the CDN does not take waits, is sent in few requests once it does, and is complete after that', async () => {
  await invalidateTags(deps, tags(3000, 'busy'));
  taken = [];
  const told = (await Promise.all(tags(40, 'w').map((tag) => invalidateTags(deps, [tag, 'both'])))).flat();
  expect([taken.length, (await deps.queue.waiting()).length]).toEqual([0, 40]);
  expect(await areInvalidated(deps, told)).toBe(false);

  await sendWaiting(deps, 20_000);
  expect([taken.length, (await deps.queue.waiting()).length]).toEqual([0, 40]);
  expect(reports).toEqual(['invalidations-wait: The CDN takes no more now; 40 of our requests wait for the next run.']);

  await sendWaiting(deps, 50_000);
  expect(new Set(taken.flat())).toEqual(new Set([...tags(40, '#w'), '#both']));
  expect(taken.length).toBeLessThanOrEqual(2);
  expect(await deps.queue.waiting()).toEqual([]);
  expect(await areInvalidated(deps, told)).toBe(false);
  now += 60_000;
  expect(await areInvalidated(deps, told)).toBe(true);
});

test('where there is room for some, some go', async () => {
  await invalidateTags(deps, tags(2990, 'busy'));
  await invalidateTags(deps, tags(100, 'first'));
  for (const tag of tags(8, 'then')) await deps.queue.add({ id: `~${tag}`, tags: [tag] });
  taken = [];

  await sendWaiting(deps, 300_000);

  expect(taken.flat()).toHaveLength(108);
  expect(await deps.queue.waiting()).toEqual([]);
});

test('tags that were noted are found among others', async () => {
  const { note } = tagUse(
    {
      AWS_ENDPOINT_URL_DYNAMODB: fixture.endpoint,
      AWS_REGION: TEST_REGION,
      AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    },
    fixture.table,
  );
  await note(['p1', 'p2']);
  await note(['p2']);

  const asked = [...tags(150, 'x'), 'p1', 'p2', 'p3'];
  expect([...(await usedTags(dynamo, fixture.table).among(asked))].toSorted()).toEqual(['p1', 'p2']);
  expect(await usedTags(dynamo, fixture.table).among([])).toEqual(new Set());
});

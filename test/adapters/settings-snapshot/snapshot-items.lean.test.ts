import { beforeEach, expect, it } from 'vitest';
import { snapshotItems } from '../../../lambda/adapters/settings-snapshot/snapshot-items.lean.ts';
import { AwsCallError } from '../../../lambda/adapters/signed-http/signed-fetch.lean.ts';

const LIVE = [{ pk: { S: 'endpoints' }, sk: { S: 'e1' }, at: { S: 'home' } }];
const KEPT = [{ pk: { S: 'endpoints' }, sk: { S: 'e1' }, at: { S: 'here' } }];

let failure: Error | undefined;
let asked: number;
let now: number;

beforeEach(() => {
  failure = undefined;
  asked = 0;
  now = 1000;
});

async function live<T>(found: T): Promise<T> {
  asked++;
  if (failure) throw failure;
  return found;
}

const items = () =>
  snapshotItems({
    live: { get: () => live(LIVE[0]), query: () => live(LIVE) },
    snapshot: async () => ({ takenAt: '', partitions: { endpoints: KEPT } }),
    now: () => now,
  });
const AWAY = new AwsCallError('dynamodb', 503, 'ServiceUnavailable');

it('the home region is asked as long as it answers', async () => {
  expect(await items().query('endpoints')).toEqual(LIVE);
  expect(await items().get({ pk: 'endpoints', sk: 'e1' })).toEqual(LIVE[0]);
});

it('the snapshot answers while it does not, for partitions and single items', async () => {
  const reading = items();
  failure = AWAY;

  expect(await reading.query('endpoints')).toEqual(KEPT);
  expect(await reading.get({ pk: 'endpoints', sk: 'e1' })).toEqual(KEPT[0]);
  expect(await reading.get({ pk: 'endpoints', sk: 'e2' })).toBeUndefined();
});

it('it is not asked again for a while, and then it is', async () => {
  const reading = items();
  failure = AWAY;
  await reading.query('endpoints');
  await reading.query('endpoints');
  expect(asked).toBe(1);

  failure = undefined;
  now += 15_000;

  expect(await reading.query('endpoints')).toEqual(LIVE);
});

it('a refusal is no absence: it is told', async () => {
  failure = new AwsCallError('dynamodb', 400, 'AccessDeniedException');

  await expect(items().query('endpoints')).rejects.toThrow('AccessDeniedException');
});

it('what the snapshot does not have fails as it did', async () => {
  failure = AWAY;

  await expect(items().query('people')).rejects.toThrow('503');
});

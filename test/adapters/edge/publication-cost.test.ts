import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { edgeSettingsStore } from '../../../lambda/adapters/edge/edge-settings-store.ts';
import type { EdgeSource } from '../../../lambda/core/protection/published/edge-settings.ts';
import { syncEdgeSettings } from '../../../lambda/core/protection/published/sync-edge-settings.ts';
import { takedownSource } from '../../../lambda/core/protection/takedown/takedown-source.ts';
import { recordInMemory, sourceOf } from '../../core/protection/published/memory-publication.ts';
import { ARN, startKeyValueStore } from './key-value-store-fixture.ts';

/* Calls are counted where the SDK sends them, by a simulated clock. */

/** Dollars of one call to the KeyValueStore's API (CloudFront, "Pricing"). */
const CALL = 0.001;

const MINUTE = 60_000;
const MONTH = 30 * 24 * 60;

let fixture: Awaited<ReturnType<typeof startKeyValueStore>>;
let record: ReturnType<typeof recordInMemory>;
let now: number;

beforeAll(async () => {
  fixture = await startKeyValueStore();
});

beforeEach(async () => {
  await fixture.stores.replace(ARN, new Map());
  record = recordInMemory();
  now = 1_795_564_800_000;
});

afterAll(() => fixture.apis.close());

let publishers = 0;

const publish = (source: EdgeSource) =>
  syncEdgeSettings({
    sources: [source],
    store: edgeSettingsStore(fixture.client(), async () => ARN),
    record,
    clock: () => now,
    hexId: () => String(publishers++),
  });

async function cost(work: () => Promise<void>): Promise<number> {
  const before = fixture.calls();
  await work();
  return (fixture.calls() - before) * CALL;
}

async function minutes(count: number, source: EdgeSource): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    now += MINUTE;
    await publish(source);
  }
}

test('an idle month with 40 settings costs six cents: a description and a page of keys a day', async () => {
  const settings = sourceOf(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`endpoint:${index}`, '{}'])));
  await publish(settings);

  expect(await cost(() => minutes(MONTH, settings))).toBeCloseTo(0.06);
}, 120_000);

test('takedowns cost a call each and nothing afterwards: 10,000 of them leave a month at 36 cents', async () => {
  const takedowns = Array.from({ length: 9950 }, (_, index) => takedownOf(index));
  const source = takedownSource({ takedowns: { list: async () => takedowns }, clock: () => now, report: () => {} });
  await publish(source);
  const one = await cost(async () => {
    for (let index = 9950; index < 10_000; index++) {
      takedowns.push(takedownOf(index));
      await publish(source);
    }
  });
  expect(one).toBeCloseTo(50 * CALL);

  const entries = await source.entries();
  const idle = { entries: async () => entries };
  // A description and eleven pages of keys a day, in five days.
  expect(await cost(() => minutes(MONTH / 6, idle))).toBeCloseTo((5 * 12 * CALL) as number);
}, 120_000);

const takedownOf = (index: number) => ({
  ...{ assetId: String(index), path: `/taken/${index}.jpg`, reason: 'x', author: 'x', since: '' },
});

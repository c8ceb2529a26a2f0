import ImageKit from '@imagekit/nodejs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from './product.ts';

/* Usage is what was really sent and stored, as the running product has counted it. */
const BYTES = 300_000;
let product: Product;
let client: ImageKit;

beforeAll(async () => {
  product = await startProduct();
  client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
});

afterAll(() => product?.stop());

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

it('counts what is delivered and what is stored', async () => {
  const period = { startDate: day(-1), endDate: day(2) };
  const before = await client.accounts.usage.get(period);
  const file = Buffer.alloc(BYTES, 'v').toString('base64');
  const { url = '' } = await client.files.upload({ file, fileName: 'data.bin' });
  const bytes = (await (await fetch(url)).arrayBuffer()).byteLength;

  expect(bytes).toBe(BYTES);
  await expect
    .poll(async () => (await client.accounts.usage.get(period)).bandwidthBytes)
    .toBeGreaterThanOrEqual((before.bandwidthBytes ?? 0) + BYTES);
  const after = await client.accounts.usage.get(period);
  expect((after.mediaLibraryStorageBytes ?? 0) - (before.mediaLibraryStorageBytes ?? 0)).toBe(BYTES);
  expect((await client.accounts.usageAnalytics.get(period)).requestCount).toBeGreaterThan(0);
  expect(await client.accounts.usage.get({ startDate: day(-30), endDate: day(-20) })).toMatchObject({
    bandwidthBytes: 0,
    mediaLibraryStorageBytes: 0,
  });
});

it('refuses a period that is none, in words', async () => {
  const refused = (startDate: string, endDate: string) => client.accounts.usage.get({ startDate, endDate });

  await expect(refused('2026-11-02', '2026-11-01')).rejects.toMatchObject({ status: 400 });
  await expect(refused('2026-02-30', '2026-03-01')).rejects.toThrow('a day such as 2026-12-31');
  await expect(refused('2026-01-01', '2026-12-01')).rejects.toThrow('89 days');
});

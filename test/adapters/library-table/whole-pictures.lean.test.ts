import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholePictures } from '../../../lambda/adapters/library-table/whole-pictures.lean.ts';
import type { WholePictures } from '../../../lambda/core/delivery/variant-store.ts';
import type { LibraryWorld } from '../../core/library/library-world.ts';
import { startLibraryWorld } from '../../core/library/library-world.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

let world: LibraryWorld;
let pictures: WholePictures;

beforeAll(async () => {
  world = await startLibraryWorld();
  const environment = {
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: 'session',
    AWS_REGION: TEST_REGION,
    AWS_ENDPOINT_URL_DYNAMODB: world.endpoint,
  };
  pictures = wholePictures(environment, 'library', () => 1_000_000_000_000);
});
afterAll(() => world?.close());

const note = (shelf: string, width: number) => pictures.note(shelf, { key: `key-${width}`, width, height: width / 2 });

const widths = async (shelf: string, width: number) =>
  (await pictures.near(shelf, width)).map((one) => one.width).toSorted((a, b) => a - b);

it('tells the three next wider pictures of a shelf and the three next narrower ones, however many there are', async () => {
  for (const width of [8, 64, 100, 200, 640, 1000, 1600, 8192]) await note('file#1', width);
  await note('file#2', 300);

  expect(await widths('file#1', 300)).toEqual([64, 100, 200, 640, 1000, 1600]);
  expect(await widths('file#1', 200)).toEqual([8, 64, 100, 200, 640, 1000]);
  expect(await widths('file#1', 9000)).toEqual([1000, 1600, 8192]);
  expect(await pictures.near('file#2', 1)).toEqual([{ key: 'key-300', width: 300, height: 150 }]);
  expect(await pictures.near('file', 1)).toEqual([]);
});

it('a note ends after 90 days', async () => {
  await note('file#3', 5);

  const item = (await world.items()).find(({ pk }) => pk === 'whole#file#3');
  expect(item).toMatchObject({ sk: '000005', variant: 'key-5', expiresAt: 1_000_000_000 + 90 * 86_400 });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitUntil } from '../../proofs/wait-until.ts';
import { type Product, startProduct } from './product.ts';

/*
 * A folder's job that does not end within its call, in the running product: the bucket of variants removes nothing until the
 * test lets it, while the CDN's cache and the bucket hold what was made under the old paths.
 */
const folder = mkdtempSync(join(tmpdir(), 'vitrine-stale-'));
const faultsFile = join(folder, 'faults.json');
const setFaults = (faults: readonly object[]) => writeFileSync(faultsFile, JSON.stringify({ seed: 1, faults }));

/** The call of S3 that deletes objects. */
const HELD_BACK = [{ at: 's3', call: 'POST', fault: 'error' }];

/** The hold of a worker that failed, and a run of the minute after it. */
const JOB_SECONDS = 240;

let product: Product;
let imagekit: ImageKit;

beforeAll(async () => {
  setFaults([]);
  product = await startProduct({ args: ['--ephemeral', '--faults', faultsFile] });
  imagekit = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
});

afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true });
});

async function upload(path: string, background: string): Promise<void> {
  const picture = await sharp({ create: { width: 80, height: 60, channels: 3, background } })
    .png()
    .toBuffer();
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  const folderPath = path.slice(0, path.lastIndexOf('/'));
  await imagekit.files.upload({
    file: picture.toString('base64'),
    ...{ fileName, folder: folderPath, useUniqueFileName: false },
  });
}

/** Its colour, or the status when there is no picture. */
async function shown(path: string): Promise<string | number> {
  const response = await fetch(`${product.urlEndpoint}${path}`, { headers: { accept: 'image/png' } });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!response.ok) return response.status;
  const { dominant } = await sharp(bytes).stats();
  return dominant.r > dominant.b ? 'red' : 'blue';
}

/** Original and picture, each twice, so that the CDN and the bucket of variants have them. */
const everywhere = async (path: string) => [
  ...[await shown(path), await shown(path)],
  ...[await shown(`${path}?tr=w-20`), await shown(`${path}?tr=w-20`)],
];

const all = (answer: string | number) => [answer, answer, answer, answer];

it('delivers nothing of the old paths from the answer on, although all of it is still stored', async () => {
  const paths = ['/moved/deep/a.png', '/moved/deep/again.png', '/trashed/deep/a.png', '/private/deep/a.png'];
  for (const path of paths) await upload(path, 'blue');
  for (const path of paths) expect(await everywhere(path)).toEqual(all('blue'));
  setFaults(HELD_BACK);

  const { jobId } = await imagekit.folders.move({ sourceFolderPath: '/moved', destinationPath: '/archive' });
  await imagekit.folders.delete({ folderPath: '/trashed' });
  await imagekit.patch('/v1/folder', { body: { folderPath: '/private', isPrivate: true } });

  expect(await everywhere('/moved/deep/a.png')).toEqual(all(404));
  expect(await everywhere('/archive/moved/deep/a.png')).toEqual(all('blue'));
  expect(await everywhere('/trashed/deep/a.png')).toEqual(all(404));
  expect(await everywhere('/private/deep/a.png')).toEqual(all(401));
  expect(await imagekit.folders.job.get(jobId)).toMatchObject({ status: 'Pending' });

  await upload('/moved/deep/again.png', 'red');
  expect(await everywhere('/moved/deep/again.png')).toEqual(all('red'));

  setFaults([]);
  const isDone = async () => (await imagekit.folders.job.get(jobId)).status === 'Completed';
  await waitUntil('the job is done', isDone, JOB_SECONDS);
  expect(await everywhere('/moved/deep/again.png')).toEqual(all('red'));
  expect(await everywhere('/archive/moved/deep/again.png')).toEqual(all('blue'));
}, 300_000);

import { readFileSync } from 'node:fs';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from './product.ts';

/* What a change of the library does to what is delivered, in the running product: SDK, API, edge, CDN, stores. */
let product: Product;
let imagekit: ImageKit;

beforeAll(async () => {
  product = await startProduct();
  imagekit = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
});

afterAll(() => product?.stop());

async function upload(folder: string, fileName: string, background = 'teal'): Promise<string> {
  const picture = await sharp({ create: { width: 80, height: 60, channels: 3, background } })
    .png()
    .toBuffer();
  const file = picture.toString('base64');
  const answer = await imagekit.files.upload({ file, fileName, folder, useUniqueFileName: false });
  return answer.fileId as string;
}

async function status(path: string): Promise<number> {
  const response = await fetch(`${product.urlEndpoint}${path}`, { headers: { accept: 'image/png' } });
  await response.arrayBuffer();
  return response.status;
}

/** Original and picture made from it, each asked for twice, so that the CDN and the store of variants have them. */
async function statuses(path: string): Promise<number[]> {
  const found: number[] = [];
  for (const query of ['', '', '?tr=w-20', '?tr=w-20']) found.push(await status(`${path}${query}`));
  return found;
}

const SHOWN = [200, 200, 200, 200];
const GONE = [404, 404, 404, 404];

it('a folder that is moved is delivered under its new path and no more under the old one, with all that was made', async () => {
  const fileId = await upload('/shop/summer/deep', 'shirt.png');
  expect(await statuses('/shop/summer/deep/shirt.png')).toEqual(SHOWN);

  const { jobId } = await imagekit.folders.move({ sourceFolderPath: '/shop/summer', destinationPath: '/archive' });

  expect(await statuses('/shop/summer/deep/shirt.png')).toEqual(GONE);
  expect(await statuses('/archive/summer/deep/shirt.png')).toEqual(SHOWN);
  expect(await imagekit.files.get(fileId)).toMatchObject({ filePath: '/archive/summer/deep/shirt.png' });
  expect(await imagekit.folders.job.get(jobId)).toMatchObject({ type: 'MOVE_FOLDER', status: 'Completed' });
});

it('a file that is renamed, deleted and overwritten is delivered as it is by then', async () => {
  await upload('/files', 'red.png', 'red');
  expect(await statuses('/files/red.png')).toEqual(SHOWN);

  await imagekit.files.rename({ filePath: '/files/red.png', newFileName: 'blue.png' });
  expect(await statuses('/files/red.png')).toEqual(GONE);
  expect(await statuses('/files/blue.png')).toEqual(SHOWN);

  const fileId = await upload('/files', 'blue.png', 'blue');
  const picture = await fetch(`${product.urlEndpoint}/files/blue.png?tr=w-20`, { headers: { accept: 'image/png' } });
  const { dominant } = await sharp(Buffer.from(await picture.arrayBuffer())).stats();
  expect(dominant.b).toBeGreaterThan(dominant.r);

  await imagekit.files.delete(fileId);
  expect(await statuses('/files/blue.png')).toEqual(GONE);
});

it('a file that becomes a draft or private is delivered to nobody, or by signature alone', async () => {
  const fileId = await upload('/drafts', 'a.png');
  expect(await statuses('/drafts/a.png')).toEqual(SHOWN);

  await imagekit.files.update(fileId, { publish: { isPublished: false } });
  expect(await statuses('/drafts/a.png')).toEqual(GONE);

  await imagekit.files.update(fileId, { publish: { isPublished: true } });
  expect(await statuses('/drafts/a.png')).toEqual(SHOWN);

  await imagekit.files.update(fileId, { isPrivateFile: true } as never);
  expect(await statuses('/drafts/a.png')).toEqual([401, 401, 401, 401]);
});

it('what functions log is an object a line, as Lambda’s runtime writes it', async () => {
  await upload('/logged', 'a.png');
  const file = /^ {2}Log\s+(\S+)$/m.exec(product.output())?.[1] as string;
  const ingested = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"ingest"'));

  await expect.poll(() => ingested().length, { timeout: 10_000 }).toBeGreaterThan(0);
  const [line = ''] = ingested();
  expect(JSON.parse(line.slice(line.indexOf('{')))).toEqual({
    ...{ level: 'INFO', timestamp: expect.any(String), requestId: expect.any(String) },
    message: { event: 'ingest', outcome: expect.any(String), described: expect.any(String) },
  });
});

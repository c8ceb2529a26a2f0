import ImageKit, { toFile } from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readZip } from '../core/library/zips/read-zip.ts';
import { type Product, startProduct } from './product.ts';

/* A ZIP of what a named transformation makes, private files among them, on the running product. */
let product: Product;

beforeAll(async () => {
  product = await startProduct();
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
  await client.namedTransformations.create({ name: 'tiny', transformation: 'w-10,h-10,f-png' });
  for (const isPrivateFile of [false, true]) {
    const picture = sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } }).jpeg();
    const fileName = isPrivateFile ? 'private.jpg' : 'public.jpg';
    const file = await toFile(await picture.toBuffer(), fileName);
    await client.files.upload({ file, fileName, folder: '/zipped', isPrivateFile, useUniqueFileName: false });
  }
});

afterAll(() => product?.stop());

async function call<Body>(method: string, route: string, body?: object): Promise<Body> {
  const response = await fetch(product.api + route, {
    method,
    headers: { authorization: `Basic ${btoa(`${product.privateKey}:`)}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Body;
}

it('has each picture as it is delivered by its name', async () => {
  const { jobId } = await call<{ jobId: string }>('POST', '/v1/zips', {
    folderPath: '/zipped',
    transformation: 'tiny',
  });
  const job = await vi.waitFor(
    async () => {
      const seen = await call<{ status: string; downloadUrl: string; errors?: string[] }>(
        ...(['GET', `/v1/bulkJobs/${jobId}`] as const),
      );
      expect(seen).toMatchObject({ status: 'Completed', filesDone: 2 });
      return seen;
    },
    { timeout: 150_000, interval: 500 },
  );
  const zip = readZip(Buffer.from(await (await fetch(job.downloadUrl)).arrayBuffer()));

  expect(job.errors).toBeUndefined();
  expect(zip.map(({ name }) => name)).toEqual(['private.jpg.png', 'public.jpg.png']);
  for (const { bytes } of zip) {
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 10, height: 10 });
  }
}, 180_000);

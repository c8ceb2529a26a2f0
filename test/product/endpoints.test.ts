import ImageKit, { toFile } from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Product, startProduct } from './product.ts';

/* URL endpoints and named transformations on the running product, changed by the official SDK. */
let product: Product;
let client: ImageKit;

beforeAll(async () => {
  product = await startProduct();
  client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api, maxRetries: 0 });
  const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })
    .jpeg()
    .toBuffer();
  await client.files.upload({ file: await toFile(picture, 'a.jpg'), fileName: 'a.jpg', useUniqueFileName: false });
});

afterAll(() => product?.stop());

async function get(path: string, accept = 'image/avif,image/webp,*/*') {
  const response = await fetch(product.urlEndpoint + path, { headers: { accept } });
  const bytes = Buffer.from(await response.arrayBuffer());
  const { width, format } = response.ok ? await sharp(bytes).metadata() : {};
  return { status: response.status, type: response.headers.get('content-type'), width, format };
}

it('an endpoint delivers under its prefix by what the edge decides as soon as the call returns', async () => {
  const { id } = await client.accounts.urlEndpoints.create({ description: 'Shop', urlPrefix: 'shop' });
  expect(await get('/shop/a.jpg?tr=w-50')).toMatchObject({ status: 200, width: 50, type: 'image/avif' });

  const settings = { description: 'Shop', urlPrefix: 'shop', avif: false, strict: true };
  await client.accounts.urlEndpoints.update(id, settings as never);
  expect(await get('/shop/a.jpg?tr=w-50')).toMatchObject({ status: 200, type: 'image/webp' });
  expect(await get('/a.jpg?tr=w-50')).toMatchObject({ status: 200, type: 'image/avif' });

  await client.accounts.urlEndpoints.update(id, {
    ...settings,
    strict: false,
    namedTransformationsOnly: true,
  } as never);
  expect(await get('/shop/a.jpg?tr=w-50')).toMatchObject({ status: 401 });
  expect(await get('/shop/a.jpg?tr=n-media_library_thumbnail')).toMatchObject({ status: 401 });
  const named = await client.namedTransformations.create({ name: 'card', transformation: 'w-40' });
  expect(await get('/shop/a.jpg?tr=n-card')).toMatchObject({ status: 200, width: 40 });
  await client.namedTransformations.delete(named.id as string);

  await client.accounts.urlEndpoints.delete(id);
  expect(await get('/shop/a.jpg?tr=w-50')).toMatchObject({ status: 404 });
});

it('URLs of another product are understood at an endpoint that rewrites them', async () => {
  const shop = { description: 'Moved', urlPrefix: 'moved' };
  const { id } = await client.accounts.urlEndpoints.create({ ...shop, urlRewriter: { type: 'CLOUDINARY' } });
  const pixels = { status: 200, width: 40, type: 'image/png' };
  expect(await get('/moved/image/upload/w_80,c_scale/w_40,f_png/v17/a.jpg')).toMatchObject(pixels);
  expect(await get('/moved/w_60,c_fit,w_bad/a.jpg')).toMatchObject({ status: 200, width: 60, type: 'image/avif' });
  expect(await get('/moved/so_1/a.jpg')).toMatchObject({ status: 400 });

  await client.accounts.urlEndpoints.update(id, { ...shop, urlRewriter: { type: 'IMGIX' } });
  expect(await get('/moved/a.jpg?w=40&fm=png&ixlib=js-3')).toMatchObject(pixels);
  expect(await get('/moved/w_80/a.jpg')).toMatchObject({ status: 404 });

  await client.accounts.urlEndpoints.update(id, { ...shop, urlRewriter: { type: 'AKAMAI' } });
  expect(await get('/moved/a.jpg?imwidth=30')).toMatchObject({ status: 200, width: 30 });

  await client.accounts.urlEndpoints.update(id, shop);
  expect(await get('/moved/a.jpg?imwidth=30')).toMatchObject({ status: 200, width: 300 });
  await client.accounts.urlEndpoints.delete(id);
});

it('what the transformer decides for an endpoint holds within its memory of settings', async () => {
  const { id } = await client.accounts.urlEndpoints.create({ description: 'Strict', urlPrefix: 'strict' });
  expect(await get('/strict/a.jpg?tr=w-50,zz-1')).toMatchObject({ status: 200 });
  await client.accounts.urlEndpoints.update(id, { description: 'Strict', urlPrefix: 'strict', strict: true } as never);

  let asked = 0;
  await expect
    .poll(async () => (await get(`/strict/a.jpg?tr=w-50,zz-1&v=${asked++}`)).status, { timeout: 20_000, interval: 500 })
    .toBe(400);
});

it('an edit of a named transformation changes the picture as soon as the call returns (XFORM-017)', async () => {
  const { id } = await client.namedTransformations.create({ name: 'thumb', transformation: 'tr:w-60' });
  expect(await get('/a.jpg?tr=n-thumb')).toMatchObject({ status: 200, width: 60 });

  await client.namedTransformations.update(id as string, { transformation: 'w-70' });
  expect(await get('/a.jpg?tr=n-thumb')).toMatchObject({ status: 200, width: 70 });

  await client.namedTransformations.delete(id as string);
  expect(await get('/a.jpg?tr=n-thumb')).toMatchObject({ status: 400 });
});

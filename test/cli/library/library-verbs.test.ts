import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { apiOf } from '../../../cli/api/api.ts';
import { filesOf } from '../../../cli/api/assets.ts';
import { type Product, startProduct } from '../../product/product.ts';
import { leadingTo, runVerb } from '../product-verbs.ts';

/* ls, search, purge and explain against the running product. */
let product: Product;

beforeAll(async () => {
  product = await startProduct();
  for (const [name, value] of Object.entries(leadingTo(product))) vi.stubEnv(name, value);
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  const picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  for (const [folder, fileName] of [
    ['/shop', 'b.png'],
    ['/shop', 'a.png'],
    ['/shop/deep', 'c.png'],
  ] as const) {
    await client.files.upload({
      ...{ file: picture.toString('base64'), fileName, folder, useUniqueFileName: false, tags: ['autumn'] },
    });
  }
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await product?.stop();
});

it('ls lists a folder, its folders first, by name', async () => {
  const { code, printed } = await runVerb(['ls', '/shop']);

  expect(code).toBe(0);
  expect(printed.split('\n').map((line) => line.split('  ').at(-1))).toEqual([
    '/shop/deep/',
    '/shop/a.png',
    '/shop/b.png',
    '',
  ]);
});

it('ls --json gives what the API tells, a line for each', async () => {
  const { printed } = await runVerb(['ls', '/shop', '--json']);

  const told = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(told).toMatchObject([{ type: 'folder' }, { filePath: '/shop/a.png', width: 80 }, { filePath: '/shop/b.png' }]);
});

it('ls says that there is no such folder; an empty one is listed', async () => {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  await client.folders.create({ folderName: 'empty', parentFolderPath: '/shop' });

  expect(await runVerb(['ls', '/shop/empty/'])).toEqual({ code: 0, printed: '', told: '' });
  expect(await runVerb(['ls', '/shop/none'])).toEqual({
    ...{ code: 1, printed: '', told: 'The library has no folder /shop/none.\n' },
  });
  await client.folders.delete({ folderPath: '/shop/empty' });
});

it('a list of several parts is read to its end, each file once', async () => {
  const names: string[] = [];
  for await (const { name } of filesOf(apiOf(product.api), { path: '/shop', sort: 'ASC_NAME', limit: '1' }))
    names.push(name);

  expect(names).toEqual(['a.png', 'b.png']);
});

it('search gives what a query finds, and says by its code whether there is anything', async () => {
  await expect
    .poll(() => runVerb(['search', 'tags IN ["autumn"]']))
    .toMatchObject({
      code: 0,
      printed: expect.stringContaining('/shop/deep/c.png\n'),
    });
  expect(await runVerb(['search', 'tags IN ["winter"]'])).toEqual({ code: 1, printed: '', told: '' });
});

it('search tells what is wrong with a query', async () => {
  const { code, printed, told } = await runVerb(['search', 'colour = "red"']);

  expect([code, printed]).toEqual([1, '']);
  expect(told).toMatch(/^GET \/v1\/files was answered 400: .*colour/);
});

it.each(['/shop/a.png', '/shop/', 'URL'])('purge removes what was made of %s', async (what) => {
  const target = what === 'URL' ? `${product.urlEndpoint}/shop/a.png?tr=w-20` : what;
  const from = async () => {
    const answer = await fetch(`${product.urlEndpoint}/shop/a.png?tr=w-20`, { headers: { accept: 'image/png' } });
    await answer.arrayBuffer();
    return answer.headers.get('server-timing');
  };
  await from();
  const cached = await from();

  expect(await runVerb(['purge', target, '--wait'])).toMatchObject({
    code: 0,
    printed: expect.stringMatching(/^The purge \w+ is done\.\n$/),
  });
  expect(await from()).not.toBe(cached);
});

it('purge names a file that is not there', async () => {
  expect(await runVerb(['purge', '/shop/none.png'])).toMatchObject({
    code: 1,
    told: 'There is no file /shop/none.png. The path of a folder ends with a slash.\n',
  });
});

it('explain tells the steps of a URL, and why one is refused', async () => {
  const told = await runVerb(['explain', `${product.urlEndpoint}/shop/a.png?tr=w-20`, '--accept', 'image/webp,*/*']);
  expect(told.code).toBe(0);
  expect(told.printed).toMatch(/^step +w-20: 80 x 60 to 20 x 15$/m);
  expect(told.printed).toMatch(/^format +webp/m);

  const refused = await runVerb(['explain', `${product.urlEndpoint}/shop/a.png?tr=w-x`]);
  expect(refused.code).toBe(1);
  expect(refused.printed).toMatch(/^refused +400: /m);
});

it('names a deployment that nobody answers at, and what is missing of the call', async () => {
  expect(await runVerb(['ls', '--api', 'http://127.0.0.1:1'])).toMatchObject({
    code: 1,
    told: 'http://127.0.0.1:1 does not answer.\n',
  });
  vi.stubEnv('VITRINE_PRIVATE_KEY', '');
  expect(await runVerb(['ls'])).toMatchObject({ code: 2, told: expect.stringMatching(/^Set VITRINE_TOKEN/) });
  vi.stubEnv('VITRINE_API', '');
  expect(await runVerb(['ls'])).toMatchObject({ code: 2, told: expect.stringMatching(/VITRINE_API/) });
});

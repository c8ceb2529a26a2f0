import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { killOnce, leadingTo, runVerb, startVerb } from '../product-verbs.ts';

/* From one running product to another one: the first speaks ImageKit's API, so it stands for an account there. */
let source: Product;
let target: Product;
let folder = '';
let args: string[] = [];

const FILES = 20;

beforeAll(async () => {
  [source, target] = await Promise.all([startProduct(), startProduct()]);
  folder = await mkdtemp(join(tmpdir(), 'vitrine-migrate-test-'));
  args = ['migrate', '--from', 'imagekit', '--source-api', source.api, '--report', join(folder, 'report.jsonl')];
  const environment = { ...leadingTo(target), IMAGEKIT_PRIVATE_KEY: source.privateKey, XDG_STATE_HOME: folder };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  await fill(clientOf(source));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([source?.stop(), target?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const clientOf = ({ privateKey, api }: Product) => new ImageKit({ privateKey, baseURL: api });

async function fill(client: ImageKit): Promise<void> {
  const picture = async (width: number) =>
    (
      await sharp({ create: { width, height: 6, channels: 3, background: 'teal' } })
        .png()
        .toBuffer()
    ).toString('base64');
  const place = { useUniqueFileName: false, folder: '/shop' };
  await client.customMetadataFields.create({ name: 'price', label: 'Price', schema: { type: 'Number' } });
  await client.folders.create({ folderName: 'empty', parentFolderPath: '/shop' });
  for (let width = 1; width <= FILES; width++) {
    await client.files.upload({ ...place, file: await picture(width), fileName: `${width}.png`, tags: ['a', 'b'] });
  }
  await client.files.upload({
    ...{ ...place, file: await picture(30), fileName: 'secret.png', isPrivateFile: true, description: 'Hidden' },
    ...{ customMetadata: { price: 12.5 }, customCoordinates: '1,2,3,4' },
  });
  await fetch(`${source.api}/v1/named-transformations`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${source.privateKey}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'small', transformation: 'w-20' }),
  });
}

const report = async () => {
  const text = await readFile(join(folder, 'report.jsonl'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => (line.endsWith('}') ? [JSON.parse(line)] : []));
};

it('brings everything over that the source has, after a break, too', async () => {
  const environment = { ...leadingTo(target), IMAGEKIT_PRIVATE_KEY: source.privateKey };
  await killOnce(startVerb(args, environment), async () => (await report()).length > 8);
  const before = (await report()).filter(({ kind }) => kind === 'file').length;

  const { code, printed, told } = await runVerb(args);

  expect([code, told]).toEqual([0, '']);
  expect(Number(/(\d+) there before/.exec(printed)?.[1])).toBeGreaterThanOrEqual(before);
  const seen = async (product: Product) =>
    (await clientOf(product).assets.list({ path: '/shop', type: 'all', sort: 'ASC_NAME' })).map((asset) =>
      asset.type === 'folder' ? asset.folderPath : detailsOf(asset as unknown as Record<string, unknown>),
    );
  expect(await seen(target)).toEqual(await seen(source));
  expect(await seen(target)).toHaveLength(FILES + 2);
  const small = await fetch(`${target.urlEndpoint}/shop/${FILES}.png?tr=n-small`);
  expect(small.status).toBe(200);
});

const detailsOf = ({
  filePath,
  size,
  tags,
  description,
  customMetadata,
  customCoordinates,
  isPrivateFile,
}: Record<string, unknown>) => ({
  ...{ filePath, size, tags, description, customMetadata, customCoordinates, isPrivateFile },
});

it('leaves everything alone the second time, and brings a new version', async () => {
  expect((await runVerb(args)).printed).toMatch(/^0 migrated, \d+ there before, 0 failed\.\n$/);
  await clientOf(source).files.upload({
    ...{
      file: Buffer.from('new').toString('base64'),
      fileName: 'notes.txt',
      folder: '/shop',
      useUniqueFileName: false,
    },
  });

  expect((await runVerb(args)).printed).toMatch(/^1 migrated, /);
});

it('tells and reports what fails, and brings the rest', async () => {
  const again = [...args.slice(0, -1), join(folder, 'other.jsonl')];
  vi.stubEnv('IMAGEKIT_PRIVATE_KEY', '');
  expect(await runVerb(again)).toMatchObject({
    code: 2,
    told: expect.stringMatching(/^Say the private key of ImageKit/),
  });

  const { code, told } = await runVerb([...again, '--private-key', 'private_wrong']);

  expect(code).toBe(1);
  expect(told).toMatch(/was answered 403/);
});

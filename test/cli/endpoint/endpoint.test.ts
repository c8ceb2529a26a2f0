import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Product, startProduct } from '../../product/product.ts';
import { killOnce, leadingTo, runVerb, startVerb } from '../product-verbs.ts';

/* REG-011. An endpoint goes from one region of a running product to another one, by way of a folder. */
const HOME = 'eu-west-1';
const AWAY = 'us-west-2';
const FILES = 12;

let product: Product;
let folder = '';
let id = '';

beforeAll(async () => {
  product = await startProduct({ args: ['--ephemeral', '--regions', `${HOME},${AWAY}`] });
  folder = await mkdtemp(join(tmpdir(), 'vitrine-migrate-'));
  vi.stubEnv('XDG_STATE_HOME', join(folder, '.state'));
  for (const [name, value] of Object.entries(leadingTo(product))) vi.stubEnv(name, value);
  id = (await clientIn(HOME).accounts.urlEndpoints.create({ description: 'Shop', urlPrefix: 'shop' })).id;
  await fill();
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

const apiIn = (region: string) => product.apis[region] ?? '';
const clientIn = (region: string) => new ImageKit({ privateKey: product.privateKey, baseURL: apiIn(region) });

async function upload(region: string, fileName: string, width: number, more: object = {}): Promise<void> {
  const picture = sharp({ create: { width, height: 6, channels: 3, background: 'teal' } });
  const file = (await picture.png().toBuffer()).toString('base64');
  await clientIn(region).files.upload({ file, fileName, folder: '/catalogue', useUniqueFileName: false, ...more });
}

async function fill(): Promise<void> {
  for (let width = 1; width <= FILES; width++) await upload(HOME, `${width}.png`, width, { tags: ['b'] });
  await upload(HOME, 'two.png', 50);
  await upload(HOME, 'two.png', 51, { description: 'The second' });
  await upload(HOME, 'secret.png', 60, { isPrivateFile: true });
}

const callOf = (to = AWAY, from = HOME) => [
  ...['endpoint', 'migrate', id, '--to', to, '--to-api', apiIn(to), '--api', apiIn(from)],
  ...['--via', join(folder, 'via')],
];

async function widthOf(path: string): Promise<number | string> {
  const answer = await fetch(`${product.media}${path}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return answer.ok ? ((await sharp(bytes).metadata()).width ?? 0) : `${answer.status}`;
}

const regionOf = async () => ((await clientIn(HOME).accounts.urlEndpoints.get(id)) as { region?: string }).region;

it('a migration that is killed leaves the endpoint and its URLs as they are', async () => {
  const copied = async () => (await readdir(join(folder, 'via'), { recursive: true }).catch(() => [])).length > 8;
  await killOnce(startVerb(callOf(), leadingTo(product)), copied);

  expect(await regionOf()).toBe(HOME);
  expect(await widthOf('/shop/catalogue/two.png?tr=orig-true')).toBe(51);
});

it('called again, it brings every file with its versions and details, then the endpoint', async () => {
  const { code, printed, told } = await runVerb(callOf());

  expect([code, told]).toEqual([0, '']);
  expect(printed).toContain(`The endpoint ${id} is of ${AWAY}.\n`);
  expect(await regionOf()).toBe(AWAY);
  expect(await widthOf('/shop/catalogue/two.png?tr=orig-true')).toBe(51);
  expect(await widthOf('/shop/catalogue/7.png?tr=w-3')).toBe(3);
  expect(await widthOf('/shop/catalogue/secret.png')).toBe('401');
  const [file] = (await clientIn(AWAY).assets.list({ path: '/catalogue', searchQuery: 'name = "two.png"' })) as [
    { fileId?: string; description?: string },
  ];
  expect(file?.description).toBe('The second');
  expect(await clientIn(AWAY).files.versions.list(file?.fileId ?? '')).toHaveLength(2);
});

it('from then on its URLs show what happens in the new region, and nothing of the old one', async () => {
  expect(await widthOf('/shop/catalogue/9.png')).toBe(9);
  await upload(AWAY, '9.png', 90);
  await upload(HOME, '8.png', 80);

  await expect.poll(() => widthOf('/shop/catalogue/9.png'), { timeout: 30_000 }).toBe(90);
  expect(await widthOf('/shop/catalogue/8.png')).toBe(8);
});

it('what the old library has is kept there, and the act is told with both regions', async () => {
  expect(await widthOf('/catalogue/7.png')).toBe(7);
  const authorization = `Basic ${btoa(`${product.privateKey}:`)}`;
  const events = await fetch(`${apiIn(HOME)}/v1/audit/events?action=endpoint.migrated`, { headers: { authorization } });

  expect(await events.text()).toMatch(new RegExp(`endpoint\\.migrated.*${AWAY}`, 's'));
});

it('stays where it is while the other library has other versions of a file', async () => {
  const { code, told } = await runVerb(callOf(HOME, AWAY));

  expect([code, await regionOf()]).toEqual([1, AWAY]);
  expect(told).toContain('/catalogue/8.png: The library has other versions of it.');
});

it('copies no library but the one of its region', async () => {
  const wrong = await runVerb(callOf(HOME, HOME));
  expect([wrong.code, wrong.told]).toEqual([1, expect.stringContaining('--api must be the API of the region')]);
  expect((await runVerb(['endpoint', 'migrate', id])).code).toBe(2);
});

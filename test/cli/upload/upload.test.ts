import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { apiOf } from '../../../cli/api/api.ts';
import { fileAt } from '../../../cli/api/assets.ts';
import { checksumOf } from '../../../cli/checksum.ts';
import { type Product, startProduct } from '../../product/product.ts';
import { killOnce, leadingTo, runVerb, startVerb } from '../product-verbs.ts';

/* The verb as a person uses it, against the running product. */
let product: Product;
let folder = '';
let state = '';

beforeAll(async () => {
  product = await startProduct();
  folder = await mkdtemp(join(tmpdir(), 'vitrine-upload-'));
  state = join(folder, '.state');
  for (const [name, value] of Object.entries({ ...leadingTo(product), XDG_STATE_HOME: state })) vi.stubEnv(name, value);
  await mkdir(join(folder, 'photos', 'my summer'), { recursive: true });
  const picture = await sharp({ create: { width: 8, height: 6, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  await writeFile(join(folder, 'photos', 'a b.png'), picture);
  await writeFile(join(folder, 'photos', 'my summer', 'c.png'), picture);
  await writeFile(join(folder, 'photos', '.hidden'), 'nothing');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

const file = async (path: string) => (await fileAt(apiOf(undefined), path)) ?? { versionInfo: undefined };

it('says what it would send, and sends nothing', async () => {
  const { code, printed } = await runVerb(['upload', join(folder, 'photos'), '--to', '/dry', '--dry-run']);

  expect(code).toBe(0);
  expect(printed).toContain('/dry/photos/my_summer/c.png');
  expect(printed).toContain('2 to send, 0 there before, 0 failed.');
  expect(await file('/dry/photos/a_b.png')).toEqual({ versionInfo: undefined });
});

it('sends a folder with what is below it, and sends nothing of it again but what has changed', async () => {
  const args = ['upload', join(folder, 'photos'), '--to', '/shop', '--tags', 'red,blue'];

  expect(await runVerb(args)).toMatchObject({ code: 0, printed: '2 sent, 0 there before, 0 failed.\n' });
  expect(await runVerb(args)).toMatchObject({ code: 0, printed: '0 sent, 2 there before, 0 failed.\n' });
  await writeFile(join(folder, 'photos', 'my summer', 'notes.txt'), 'later');
  expect(await runVerb(args)).toMatchObject({ code: 0, printed: '1 sent, 2 there before, 0 failed.\n' });
  expect(await file('/shop/photos/my_summer/c.png')).toMatchObject({
    tags: ['red', 'blue'],
    isPrivateFile: false,
    versionInfo: { name: 'Version 1' },
  });
  await writeFile(join(folder, 'photos', 'my summer', 'notes.txt'), 'later on');
  expect(await runVerb(args)).toMatchObject({ printed: '1 sent, 2 there before, 0 failed.\n' });
  expect(await file('/shop/photos/my_summer/notes.txt')).toMatchObject({ versionInfo: { name: 'Version 2' } });
});

it('tells what the API refuses, sends the others, and fails', async () => {
  const broken = join(folder, 'broken.png');
  await writeFile(broken, 'no picture');

  const ran = await runVerb(['upload', broken, join(folder, 'photos', 'a b.png'), '--to', '/mixed', '--private']);

  expect(ran).toMatchObject({ code: 1, printed: '1 sent, 0 there before, 1 failed.\n' });
  expect(ran.told).toMatch(/broken\.png: POST .* was answered 400: .*\n/);
  expect(await file('/mixed/a_b.png')).toMatchObject({ isPrivateFile: true });
});

it('goes on with a large file after it was killed, in the same upload', async () => {
  const large = join(folder, 'film.bin');
  await writeFile(large, randomBytes(60_000_000));
  const args = ['upload', large, '--to', '/films'];
  const notes = () => readdir(join(state, 'vitrine', 'uploads')).catch(() => []);
  const api = apiOf(undefined);
  const uploadId = async () => readFile(join(state, 'vitrine', 'uploads', (await notes())[0] ?? ''), 'utf8');
  const uploadState = async () =>
    (await api.call('GET', `/v1/uploads/${await uploadId()}`)).json() as Promise<{ parts: unknown[] }>;

  const killed = startVerb(args, leadingTo(product));
  await killOnce(killed, async () => (await notes()).length > 0 && (await uploadState()).parts.length > 0);
  const begun = await uploadId();
  expect(await file('/films/film.bin')).toEqual({ versionInfo: undefined });

  expect(await runVerb(args)).toMatchObject({ code: 0, printed: '1 sent, 0 there before, 0 failed.\n' });
  expect(await file('/films/film.bin')).toMatchObject({ size: 60_000_000, versionInfo: { id: begun } });
  expect(await runVerb(args)).toMatchObject({ code: 0, printed: '0 sent, 1 there before, 0 failed.\n' });
  expect(await file('/films/film.bin')).toMatchObject({ checksum: await checksumOf(large) });
});

it.each([
  [['upload', 'nowhere', '--to', '/x'], 1],
  [['upload', 'nowhere'], 2],
  [['upload', '--to', '/x'], 2],
  [['upload', '--help'], 0],
])('answers %j with %i', async (args, code) => {
  expect((await runVerb(args)).code).toBe(code);
});

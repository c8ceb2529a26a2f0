import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { apiOf } from '../../../cli/api/api.ts';
import { fileAt } from '../../../cli/api/assets.ts';
import { checksumOfVersion, versionsOf } from '../../../cli/transfer/deployment.ts';
import { importFile } from '../../../cli/transfer/import-file.ts';
import type { FileRecord } from '../../../cli/transfer/library-record.ts';
import { originalsIn } from '../../../cli/transfer/originals.ts';
import { begunUploads } from '../../../cli/upload/begun-uploads.ts';
import { type Product, startProduct } from '../../product/product.ts';
import { killOnce, leadingTo, runVerb, startVerb } from '../product-verbs.ts';

/* EXP-008. A library goes from one running product to another one, by way of a folder. */
let source: Product;
let target: Product;
let folder = '';
const FILES = 24;

beforeAll(async () => {
  [source, target] = await Promise.all([startProduct(), startProduct()]);
  folder = await mkdtemp(join(tmpdir(), 'vitrine-transfer-'));
  vi.stubEnv('XDG_STATE_HOME', join(folder, '.state'));
  await fill(new ImageKit({ privateKey: source.privateKey, baseURL: source.api }));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([source?.stop(), target?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** Samples of everything that an export has: private files, versions of which an older one is current, details, folders. */
async function fill(client: ImageKit): Promise<void> {
  const picture = async (width: number) =>
    (
      await sharp({ create: { width, height: 6, channels: 3, background: 'teal' } })
        .png()
        .toBuffer()
    ).toString('base64');
  const place = { useUniqueFileName: false, folder: '/shop' };
  await client.customMetadataFields.create({
    ...{ name: 'licence', label: 'Licence', schema: { type: 'SingleSelect', selectOptions: ['own', 'stock'] } },
  });
  for (let width = 1; width <= FILES; width++) {
    await client.files.upload({ ...place, file: await picture(width), fileName: `${width}.png`, tags: ['b', 'a'] });
  }
  await client.files.upload({ ...place, file: await picture(40), fileName: 'secret.png', isPrivateFile: true });
  await client.files.upload({ ...place, file: Buffer.from('text').toString('base64'), fileName: 'notes.txt' });
  const [first, second] = [await picture(50), await picture(51)];
  const { fileId = '', versionInfo } = await client.files.upload({ ...place, file: first, fileName: 'two.png' });
  await client.files.upload({
    ...{ ...place, file: second, fileName: 'two.png', description: 'It is, "so".', customCoordinates: '1,2,3,4' },
    customMetadata: { licence: 'stock' },
  });
  await client.files.versions.restore(versionInfo?.id ?? '', { fileId });
  await client.folders.create({ folderName: 'empty', parentFolderPath: '/shop' });
}

const hashIn = (printed: string) => /State hash: ([0-9a-f]{64})/.exec(printed)?.[1];

const originals = async () => (await readdir(join(folder, 'originals'), { recursive: true }).catch(() => [])).length;

it('an export that is killed and made again, and an import likewise, give an equal library', async () => {
  const [write, read] = [
    ['export', '--to', folder],
    ['import', '--from', folder],
  ];
  await killOnce(startVerb(write, leadingTo(source)), async () => (await originals()) > 5);
  expect(await readdir(folder)).not.toContain('library.jsonl');
  for (const [name, value] of Object.entries(leadingTo(source))) vi.stubEnv(name, value);
  const exported = await runVerb(write);
  expect(exported).toMatchObject({ code: 0, told: '' });
  const hash = hashIn(exported.printed);

  for (const [name, value] of Object.entries(leadingTo(target))) vi.stubEnv(name, value);
  const sent = async () => (await runVerb(['ls', '/shop'])).printed.split('\n').length > 5;
  await killOnce(startVerb(read, leadingTo(target)), sent);
  const imported = await runVerb(read);

  expect(imported).toMatchObject({ code: 0, told: '' });
  expect(imported.printed).toContain(`State hash: ${hash}, as in the export.`);
  expect((await runVerb(read)).printed).toMatch(/^0 imported, \d+ there before, 0 failed\.\n/);
});

it('two imports at once, as when calls of a killed one are carried out yet, send each version once', async () => {
  const lines = (await readFile(join(folder, 'library.jsonl'), 'utf8')).split('\n');
  const line = lines.find((one) => one.includes('two.png')) ?? '';
  const record = { ...(JSON.parse(line) as FileRecord), path: '/shop/twice.png' };
  const deployment = { api: apiOf(undefined), signingKey: target.privateKey };
  const originals = originalsIn(join(folder, 'originals'));
  const deps = { deployment, originals, begun: begunUploads(target.api), find: async () => undefined };

  await Promise.all([importFile(deps, record), importFile(deps, record), importFile(deps, record)]);

  const file = await fileAt(deployment.api, record.path);
  const versions = await versionsOf(deployment, file?.fileId ?? '');
  const checksums = await Promise.all(versions.map((version) => checksumOfVersion(deployment, version)));
  expect(checksums).toEqual(record.versions);
  expect(versions.map(({ type }) => type)).toEqual(['file', 'file-version']);
  await deployment.api.call('DELETE', `/v1/files/${file?.fileId}`, { query: { purge: 'true' } });
});

it('an import that finds other bytes leaves them, and says so', async () => {
  const client = new ImageKit({ privateKey: target.privateKey, baseURL: target.api });
  await client.files.upload({
    ...{
      file: Buffer.from('other').toString('base64'),
      fileName: 'notes.txt',
      folder: '/shop',
      useUniqueFileName: false,
    },
  });

  const { code, told } = await runVerb(['import', '--from', folder]);

  expect(code).toBe(1);
  expect(told).toMatch(/^\/shop\/notes\.txt: The library has other versions of it/);
});

it('an import whose library has more than the export fails with both state hashes', async () => {
  const lines = (await readFile(join(folder, 'library.jsonl'), 'utf8')).trim().split('\n');
  const less = join(folder, 'less');
  await mkdir(less);
  await writeFile(join(less, 'library.jsonl'), lines.filter((line) => !line.includes('/shop/')).join('\n'));

  const { code, printed } = await runVerb(['import', '--from', less]);

  expect(code).toBe(1);
  expect(printed).toMatch(/State hash: [0-9a-f]{64}, and [0-9a-f]{64} in the export/);
});

it('an import of nothing, or of an export that was not ended, is refused', async () => {
  expect(await runVerb(['import', '--from', join(folder, 'none')])).toMatchObject({
    code: 1,
    told: expect.stringMatching(/^There is no whole export/),
  });
});

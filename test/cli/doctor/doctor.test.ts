import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { doctor } from '../../../cli/doctor/doctor.ts';
import { type Product, startProduct } from '../../product/product.ts';

let product: Product;
const folder = mkdtempSync(join(tmpdir(), 'vitrine-doctor-'));
const readyFile = join(folder, 'ready.json');

beforeAll(async () => {
  product = await startProduct();
  writeFileSync(readyFile, JSON.stringify(product));
});

afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true });
});

async function run(...args: string[]) {
  let printed = '';
  const code = await doctor(args, (text) => {
    printed += text;
  });
  return { code, printed };
}

async function list(path: string): Promise<readonly unknown[]> {
  const headers = { authorization: `Basic ${btoa(`${product.privateKey}:`)}` };
  return (await fetch(product.api + path, { headers })).json() as Promise<readonly unknown[]>;
}

describe('vitrine doctor', () => {
  it('finds the local cloud well, and claims nothing that it did not ask', async () => {
    // What the samples' bytes show is noted after their upload.
    const filesBefore = await vi.waitFor(async () => {
      const files = await list('/v1/files');
      for (const file of files) expect(file).toHaveProperty('checksum');
      return files;
    }, 60_000);
    const { code, printed } = await run('--local', readyFile);

    expect(printed).toContain('on one machine: 12 ok, 0 failed, 10 not asked.');
    expect(code).toBe(0);
    const notAsked = [...printed.matchAll(/^\| (\d*) \| ([^|]+) \| not asked here \|/gm)].map(([, , title]) => title);
    expect(notAsked).toEqual([
      'Spread of rules',
      'Processor time',
      '429 is not kept',
      'Uploads of any size in one request',
      'Quota of concurrent Lambda functions',
      'Quotas of CloudFront',
      'Room in the KeyValueStore',
      'Invalidations in progress',
      'The backup',
      "The last day's cost",
    ]);
    expect(await list('/v1/files')).toEqual(filesBefore);
    expect(await list('/v1/accounts/rules')).toEqual([]);
  });

  it('tells neither keys nor hosts', async () => {
    const wrong = join(folder, 'wrong.json');
    writeFileSync(wrong, JSON.stringify({ ...product, privateKey: 'private_wrong' }));
    const { code, printed } = await run('--local', wrong);

    expect(code).toBe(3);
    expect(printed).toContain('was answered 403');
    for (const secret of ['private_wrong', new URL(product.api).host]) expect(printed).not.toContain(secret);
  });

  it('says that nothing is there', async () => {
    expect(await run('--local', join(folder, 'none.json'))).toMatchObject({
      code: 3,
      printed: expect.stringContaining('is not what npm start wrote'),
    });
  });

  it('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, printed: expect.stringContaining('Exit codes:') });
  });
});

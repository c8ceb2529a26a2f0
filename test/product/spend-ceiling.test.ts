import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { synthesizeApp } from '../../local/synthesize-app.ts';
import { leadingTo, runVerb } from '../cli/product-verbs.ts';
import { type Product, startProduct } from './product.ts';

/* AWS Budgets of this machine counts what a file says; the rest of the way is the product's: topic, function, table, transformer. */
const CEILING = 200;
const ROOT = new URL('../..', import.meta.url).pathname;

let product: Product;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-ceiling-'));
  spend(CEILING - 1);
  const assembly = await synthesizeApp(ROOT, { spendCeiling: CEILING });
  product = await startProduct({
    args: ['--ephemeral', '--assembly', assembly, '--faults', join(folder, 'faults.json')],
  });
  for (const [name, value] of Object.entries(leadingTo(product))) vi.stubEnv(name, value);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await product?.stop();
  rmSync(folder, { recursive: true });
});

const spend = (spent: number) => writeFileSync(join(folder, 'faults.json'), JSON.stringify({ faults: [], spent }));

const verb = (...args: string[]) => runVerb(['ceiling', ...args]);

async function widthOf(answer: Response): Promise<number | undefined> {
  return (await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width;
}

const picture = (transformation: string) => fetch(`${product.media}/samples/harbour.jpg?tr=${transformation}`);

let width = 50;

/** Of pictures that nobody asked for before, all at once: each environment of the transformer remembers for itself. */
const statusesOfNew = () => Promise.all([0, 1, 2, 3].map(async () => (await picture(`w-${width++}`)).status));

/** What functions remember of settings is gone after 15 seconds. */
const PATIENCE = { timeout: 40_000, interval: 500 };

it('below the ceiling pictures are made', async () => {
  expect(await widthOf(await picture('w-41'))).toBe(41);
  expect(await verb('show')).toMatchObject({
    code: 0,
    printed: expect.stringContaining('200 US dollars a month, not reached'),
  });
});

it('over it no new picture is made, what was made is delivered, and the API tells', async () => {
  spend(CEILING + 12);

  await vi.waitFor(async () => expect(await statusesOfNew()).toEqual([503, 503, 503, 503]), PATIENCE);

  const refused = await picture(`w-${width++}`);
  const error = `ELIMIT - The ceiling of spending is reached: no new pictures are made before ${endOfMonth()}.`;
  expect([refused.status, refused.headers.get('ik-error'), refused.headers.get('retry-after')]).toEqual([
    503,
    error,
    '60',
  ]);
  expect(await widthOf(await picture('w-41'))).toBe(41);
  expect((await fetch(`${product.media}/samples/harbour.jpg?tr=orig-true`)).status).toBe(200);
  expect(await verb('show')).toMatchObject({ code: 0, printed: expect.stringContaining('212 were spent by ') });
});

it('it is lifted by hand, and the audit log has both', async () => {
  expect(await verb('lift')).toMatchObject({ code: 2 });
  expect(await verb('lift', '--reason', 'The campaign is worth it')).toMatchObject({ code: 0 });

  await vi.waitFor(async () => expect(await statusesOfNew()).toEqual([200, 200, 200, 200]), PATIENCE);

  const authorization = `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`;
  const log = await (await fetch(`${product.api}/v1/audit/events?limit=100`, { headers: { authorization } })).text();
  expect(log).toContain('spend-ceiling.reached');
  expect(log).toContain('The campaign is worth it');
});

function endOfMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString();
}

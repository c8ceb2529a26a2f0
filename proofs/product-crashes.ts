import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { UPLOAD_PATHS } from '../lambda/contract/routes.ts';
import { drawPhoto } from '../test/product/pictures.ts';
import { type Product, running, startProduct } from '../test/product/product.ts';
import type { Proof, Report } from './proof.ts';
import { randomFrom } from './random.ts';
import { waitUntil } from './wait-until.ts';

const AT_ONCE = 8;

interface Acknowledged {
  readonly path: string;
  readonly bytes: Buffer;
}

/** The whole product on one machine, killed in the middle of uploads. */
export const PRODUCT_CRASHES: Proof<{ kills: number; acknowledgements: number }> = {
  name: 'product-crashes',
  sentence: 'The product loses no upload that it acknowledged when it is killed in the middle of others.',
  small: { kills: 1, acknowledgements: 90 },
  full: { kills: 10, acknowledgements: 90 },
  async run({ kills, acknowledgements }, seed, report) {
    const random = randomFrom(seed);
    const state = mkdtempSync(join(tmpdir(), 'vitrine-crashes-'));
    const start = () => startProduct({ args: [], environment: { VITRINE_STATE: state } });
    const acknowledged: Acknowledged[] = [];
    let product = await start();
    const { privateKey } = product;
    for (let kill = 1; kill <= kills; kill++) {
      const uploaded = await uploadUntilKilled(product, `round-${kill}`, acknowledgements + random(30));
      expect(uploaded.length, 'acknowledgements before the kill').toBeGreaterThanOrEqual(acknowledgements);
      acknowledged.push(...uploaded);
      product = await start();
      expect(product.privateKey).toBe(privateKey);
      await expectAllThere(product, uploaded, report);
      report(`${kill} of ${kills} kills, ${acknowledged.length} acknowledged`);
    }
    await expectAllThere(product, acknowledged, report);
    await product.stop();
    rmSync(state, { recursive: true });
    return { kills, acknowledged: acknowledged.length, lost: 0 };
  },
};

/** Uploads as fast as the API's own rate allows; the program is killed after so many answers, with others under way. */
async function uploadUntilKilled(product: Product, round: string, enough: number): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  let orphans: number[] = [];
  let killed: Promise<unknown> | undefined;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (!killed) {
      const index = next++;
      const name = `${round}-${index}.jpg`;
      const bytes = await drawPhoto(48, 32, index + 1);
      const path = await uploadAtTheAllowedRate(product, name, bytes);
      if (path === undefined) return;
      acknowledged.push({ path, bytes });
      if (acknowledged.length !== enough) continue;
      orphans = product.descendants();
      killed = product.stop('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(killed, 'the program was killed, it did not end by itself').toBeDefined();
  await killed;
  expect(orphans.length).toBeGreaterThan(2);
  await waitUntil('no process of the killed program is left', () => running(orphans).length === 0, 30);
  return acknowledged;
}

/** @returns the path when it was acknowledged, nothing when nobody answers */
async function uploadAtTheAllowedRate(product: Product, name: string, bytes: Buffer): Promise<string | undefined> {
  for (;;) {
    const answer = await upload(product, name, bytes);
    if (typeof answer !== 'number') return answer;
    if (answer !== 429) throw new Error(`${name} was answered ${answer}`);
    await pause(100);
  }
}

/** One try. @returns the path when it was acknowledged, the status of a refusal, nothing when nobody answers */
async function upload(product: Product, name: string, bytes: Buffer): Promise<string | number | undefined> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  form.set('fileName', name);
  form.set('useUniqueFileName', 'false');
  const authorization = `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`;
  try {
    const response = await fetch(product.api + UPLOAD_PATHS[0], {
      method: 'POST',
      headers: { authorization },
      body: form,
    });
    if (!response.ok) return response.status;
    return ((await response.json()) as { filePath: string }).filePath;
  } catch {
    return undefined;
  }
}

async function expectAllThere(product: Product, acknowledged: readonly Acknowledged[], report: Report): Promise<void> {
  const damaged: string[] = [];
  for (const [index, { path, bytes }] of acknowledged.entries()) {
    const response = await fetch(`${product.media}${path}?tr=orig-true`);
    if (!Buffer.from(await response.arrayBuffer()).equals(bytes)) damaged.push(`${path} ${response.status}`);
    report(`${index + 1} of ${acknowledged.length} files read`);
  }
  expect(damaged).toEqual([]);
}

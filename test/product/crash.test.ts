import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ROUTES } from '../../lambda/contract/routes.ts';
import { drawPhoto } from './pictures.ts';
import { type Product, running, startProduct } from './product.ts';

const FILES = 200;
const AT_ONCE = 8;

/** The program is killed after so many answers, with others under way. */
const KILLED_AFTER = 90;

interface Acknowledged {
  readonly path: string;
  readonly bytes: Buffer;
}

/** One try. @returns the path when it was acknowledged, the status of a refusal, nothing when nobody answers */
async function upload(product: Product, name: string, bytes: Buffer): Promise<string | number | undefined> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  form.set('fileName', name);
  form.set('useUniqueFileName', 'false');
  const authorization = `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`;
  try {
    const response = await fetch(product.api + ROUTES.upload, {
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

/** Uploads until the program is gone, as fast as the API's own rate allows. */
async function uploadAll(product: Product, kill: () => void): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  const left = Array.from({ length: FILES }, (_, index) => index);
  const worker = async (): Promise<void> => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) {
      const bytes = await drawPhoto(48, 32, index + 1);
      let answer = await upload(product, `crash-${index}.jpg`, bytes);
      for (; answer === 429; answer = await upload(product, `crash-${index}.jpg`, bytes)) await pause(100);
      if (answer === undefined) return;
      if (typeof answer === 'number') throw new Error(`crash-${index}.jpg was answered ${answer}`);
      acknowledged.push({ path: answer, bytes });
      if (acknowledged.length === KILLED_AFTER) kill();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return acknowledged;
}

it('loses nothing that it acknowledged when it is killed in the middle of uploads', async () => {
  const state = mkdtempSync(join(tmpdir(), 'vitrine-crash-'));
  const options = { args: [], environment: { VITRINE_STATE: state } };
  const first = await startProduct(options);
  let orphans: number[] = [];
  let killed: Promise<unknown> | undefined;

  const acknowledged = await uploadAll(first, () => {
    orphans = first.descendants();
    killed = first.stop('SIGKILL');
  });
  await killed;

  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLED_AFTER);
  expect(acknowledged.length).toBeLessThan(FILES);
  expect(orphans.length).toBeGreaterThan(2);
  await expect.poll(() => running(orphans), { timeout: 5000 }).toEqual([]);

  const second = await startProduct(options);
  const damaged: string[] = [];
  for (const { path, bytes } of acknowledged) {
    const response = await fetch(`${second.media}${path}?tr=orig-true`);
    if (!Buffer.from(await response.arrayBuffer()).equals(bytes)) damaged.push(`${path} ${response.status}`);
  }
  await second.stop();
  rmSync(state, { recursive: true });

  expect(damaged).toEqual([]);
  expect(second.privateKey).toBe(first.privateKey);
}, 180_000);

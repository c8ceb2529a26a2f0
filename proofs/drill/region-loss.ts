import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit from '@imagekit/nodejs';
import sharp from 'sharp';
import { expect } from 'vitest';
import { failover } from '../../cli/failover/failover.ts';
import { leadingTo } from '../../test/cli/product-verbs.ts';
import { type Product, startProduct } from '../../test/product/product.ts';
import { waitUntil } from '../wait-until.ts';

const HOME = 'eu-west-1';
const AWAY = 'us-west-2';

/** From now on nobody reaches these regions. */
export type CutOff = (...regions: string[]) => void;

/** Milliseconds. */
export interface RegionLossTimes {
  /** From the call that declares the region down until viewers are told so at once. */
  readonly toBeDeclared: number;
  /** Of one such answer. */
  readonly ofAnAnswer: number;
  /** From the end of the failover until a new picture of the region is delivered. */
  readonly toBeBack: number;
}

/** A product of two regions for a drill. @param work is given what cuts regions off, all others are there again */
export async function withTwoRegions<T>(work: (product: Product, cutOff: CutOff) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-drill-'));
  const faults = join(folder, 'faults.json');
  const cutOff: CutOff = (...cut) => writeFileSync(faults, JSON.stringify({ faults: [], cut }));
  cutOff();
  const product = await startProduct({ args: ['--ephemeral', '--faults', faults, '--regions', `${HOME},${AWAY}`] });
  try {
    return await work(product, cutOff);
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true });
  }
}

/** One of two regions is cut off, declared down by the other, and comes back. */
export async function loseRegion(product: Product, cutOff: CutOff): Promise<RegionLossTimes> {
  Object.assign(process.env, leadingTo(product));
  await makeAwayPicture(product);
  let width = 20;
  const ofAway = () => statusOf(`${product.media}/west/pier.png?tr=w-${width++}`);
  expect(await ofAway()).toBe(200);
  cutOff(AWAY);
  const declared = await timed(async () => {
    expect(await failover(['begin', AWAY, '--reason', 'A drill', '--minutes', '5'], () => {})).toBe(0);
    await waitUntil('viewers are told', async () => (await ofAway()) === 503, 60);
  });
  const answer = await timed(ofAway);
  // The other region is untouched meanwhile.
  expect(await statusOf(`${product.media}/samples/harbour.jpg?tr=w-77`)).toBe(200);
  cutOff();
  const back = await timed(async () => {
    expect(await failover(['end', AWAY], () => {})).toBe(0);
    await waitUntil('the region is back', async () => (await ofAway()) === 200, 60);
  });
  return { toBeDeclared: declared, ofAnAnswer: answer, toBeBack: back };
}

async function makeAwayPicture(product: Product): Promise<void> {
  const { privateKey } = product;
  await fetch(`${product.api}/v1/accounts/url-endpoints`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${privateKey}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ description: 'West', urlPrefix: 'west', region: AWAY }),
  });
  const picture = sharp({ create: { width: 80, height: 60, channels: 3, background: 'navy' } });
  const file = (await picture.png().toBuffer()).toString('base64');
  const client = new ImageKit({ privateKey, baseURL: product.apis[AWAY] ?? '' });
  await client.files.upload({ file, fileName: 'pier.png', useUniqueFileName: false });
}

async function statusOf(url: string): Promise<number> {
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return answer.status;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return Math.round(performance.now() - began);
}

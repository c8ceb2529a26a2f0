import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { UPLOAD_PATHS } from '../lambda/contract/routes.ts';
import { drawPhoto } from '../test/product/pictures.ts';
import { type Product, running, startProduct } from '../test/product/product.ts';
import type { Proof, Report } from './proof.ts';
import { pickFrom, type Random, randomFrom } from './random.ts';
import { waitUntil } from './wait-until.ts';

const AT_ONCE = 8;

interface Acknowledged {
  readonly path: string;
  readonly bytes: Buffer;
}

/** What is killed. The program and the guard's children end together; the others are started again beside it. */
type Victim = 'program' | 'DynamoDB server' | 'function' | 'guard';

/** One kill in this many is of the program, whose start takes seconds; the others are shared out. */
const PROGRAM_EVERY = 10;
const CHILDREN: readonly Victim[] = ['DynamoDB server', 'function', 'function', 'guard'];

/** By what is in its command line. */
const COMMANDS: Readonly<Record<Exclude<Victim, 'program'>, string>> = {
  'DynamoDB server': 'dynoxide',
  function: 'aws-lambda-ric',
  guard: 'guard-main',
};

/** The program gives a DynamoDB server up that ends more often in a row, with a sentence. */
const SERVER_ENDS = 5;

type Kills = Record<Victim, number>;

/** The whole product on one machine, killed in the middle of uploads: as a whole, and one of its processes at a time. */
export const PRODUCT_CRASHES: Proof<{ products: number; kills: number; acknowledgements: number }> = {
  name: 'product-crashes',
  sentence:
    'The product loses no upload that it acknowledged when it, its DynamoDB server, its functions or their guard are killed in the middle of others.',
  small: { products: 1, kills: 5, acknowledgements: 20 },
  // Side by side, each with a state of its own: most of the time is waiting for a start.
  full: { products: 4, kills: 125, acknowledgements: 20 },
  async run({ products, kills, acknowledgements }, seed, report) {
    const lanes = await Promise.all(
      Array.from({ length: products }, (_, index) =>
        killAgainAndAgain({ kills, acknowledgements }, randomFrom(seed + index), (progress) =>
          report(`product ${index + 1}: ${progress}`),
        ),
      ),
    );
    const victims = Object.keys(lanes[0]?.killed ?? {}) as Victim[];
    return {
      kills: products * kills,
      ...Object.fromEntries(
        victims.map((victim) => [`kills of ${victim}`, sumOf(lanes, (lane) => lane.killed[victim])]),
      ),
      acknowledged: sumOf(lanes, (lane) => lane.acknowledged),
      lost: 0,
    };
  },
};

const sumOf = <T>(list: readonly T[], count: (one: T) => number): number =>
  list.reduce((sum, one) => sum + count(one), 0);

/** One product, killed so many times. @throws when anything that it acknowledged is not there */
async function killAgainAndAgain(
  { kills, acknowledgements }: { readonly kills: number; readonly acknowledgements: number },
  random: Random,
  report: Report,
): Promise<{ killed: Kills; acknowledged: number }> {
  const state = mkdtempSync(join(tmpdir(), 'vitrine-crashes-'));
  const start = () => startProduct({ args: [], environment: { VITRINE_STATE: state } });
  const acknowledged: Acknowledged[] = [];
  const killed: Kills = { program: 0, 'DynamoDB server': 0, function: 0, guard: 0 };
  let serverEnds = 0;
  let product = await start();
  const { privateKey } = product;
  for (let kill = 1; kill <= kills; kill++) {
    const victim = kill % PROGRAM_EVERY === 1 ? 'program' : pickFrom(random, childrenToKill(serverEnds));
    const uploaded = await uploadAround(product, `round-${kill}`, acknowledgements + random(10), victim, random);
    expect(uploaded.length, 'acknowledgements before the kill').toBeGreaterThanOrEqual(acknowledgements);
    acknowledged.push(...uploaded);
    killed[victim]++;
    if (victim === 'DynamoDB server') serverEnds++;
    if (victim === 'program') {
      serverEnds = 0;
      product = await start();
      await expectAllThere(product, uploaded, report);
    }
    expect(product.privateKey).toBe(privateKey);
    report(`${kill} of ${kills} kills, ${acknowledged.length} acknowledged`);
  }
  await expectAllThere(product, acknowledged, report);
  await product.stop();
  rmSync(state, { recursive: true });
  return { killed, acknowledged: acknowledged.length };
}

const childrenToKill = (serverEnds: number): readonly Victim[] =>
  CHILDREN.filter((victim) => victim !== 'DynamoDB server' || serverEnds < SERVER_ENDS);

/** Uploads as fast as the API's own rate allows; something is killed after so many answers, with others under way. */
async function uploadAround(
  product: Product,
  round: string,
  enough: number,
  victim: Victim,
  random: Random,
): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  let killed: Promise<unknown> | undefined;
  let next = 0;
  const worker = async (): Promise<void> => {
    while (!killed) {
      const index = next++;
      const name = `${round}-${index}.jpg`;
      const bytes = await drawPhoto(48, 32, index + 1);
      const path = await uploadAtTheAllowedRate(product, name, bytes);
      if (path !== undefined) acknowledged.push({ path, bytes });
      if (killed || acknowledged.length < enough) continue;
      killed = victim === 'program' ? killProgram(product) : killChild(product, victim, random);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(killed, 'something was killed').toBeDefined();
  await killed;
  return acknowledged;
}

async function killProgram(product: Product): Promise<void> {
  const orphans = product.descendants();
  expect(orphans.length).toBeGreaterThan(2);
  await product.stop('SIGKILL');
  await waitUntil('no process of the killed program is left', () => running(orphans).length === 0, 30);
}

async function killChild(product: Product, victim: Exclude<Victim, 'program'>, random: Random): Promise<void> {
  const found = () => product.descendants().filter((pid) => commandOf(pid).includes(COMMANDS[victim]));
  await waitUntil(`a ${victim} runs`, () => found().length > 0, 30);
  const pid = pickFrom(random, found());
  process.kill(pid, 'SIGKILL');
  await waitUntil(`the ${victim} is gone`, () => running([pid]).length === 0, 30);
  if (victim !== 'function') await waitUntil(`another ${victim} runs`, () => found().length > 0, 30);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** @returns the path when it was acknowledged, nothing when nobody answers or what answers had to give up */
async function uploadAtTheAllowedRate(product: Product, name: string, bytes: Buffer): Promise<string | undefined> {
  for (;;) {
    const answer = await upload(product, name, bytes);
    if (typeof answer !== 'number') return answer;
    if (answer >= 500) return undefined;
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
  const left = acknowledged.values();
  let read = 0;
  const worker = async (): Promise<void> => {
    for (const { path, bytes } of left) {
      const response = await fetch(`${product.media}${path}?tr=orig-true`);
      if (!Buffer.from(await response.arrayBuffer()).equals(bytes)) damaged.push(`${path} ${response.status}`);
      report(`${++read} of ${acknowledged.length} files read`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(damaged).toEqual([]);
}

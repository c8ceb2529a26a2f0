import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { leadingTo, runVerb } from '../cli/product-verbs.ts';
import { type Product, startProduct } from '../product/product.ts';
import { temporaryFolder } from '../temporary-folders.ts';
import { BASELINE, commit, isRecording, readBaseline, writeBaseline } from './baseline.ts';
import { linesOfDatabase } from './database-lines.ts';
import { fillLibrary } from './fill-library.ts';
import { itemsIn, recordState, restoreState, withoutSamples } from './recorded-state.ts';
import type { SeenDeployment } from './seen-deployment.ts';
import { lookAt } from './seen-deployment.ts';

const STATE = join(BASELINE, 'state');

/** Ends of the chains of the audit log, as `vitrine audit verify --heads` keeps them. */
const HEADS = 'audit-heads.json';
const SEEN = 'seen.json';

/** Items of the first owner's invitation, which a start makes anew when it has ended. */
const INVITATION = /S:(people|person-invitation)\b/;

/** When a signing key was last used: a picture that is made anew under another engine checks its signature again. */
const LAST_USED = /S:signing-keys#used\b/;

interface Recorded extends SeenDeployment {
  readonly commit: string;
  /** Of the recording, for the audit log. */
  readonly year: string;
}

async function start(folder: string): Promise<Product> {
  const product = await startProduct({ args: [], environment: { VITRINE_STATE: folder } });
  for (const [name, value] of Object.entries(leadingTo(product))) vi.stubEnv(name, value);
  return product;
}

const verifyAudit = ({ api }: Product, year: string, heads: string) =>
  runVerb(['audit', 'verify', '--api', api, '--year', year, '--heads', heads]);

/** Makes a deployment, does something of everything with it, and writes down what it keeps and shows. */
async function record(): Promise<void> {
  const folder = temporaryFolder('upgrade');
  withoutSamples(folder);
  const product = await start(folder);
  const year = String(new Date().getUTCFullYear());
  try {
    await fillLibrary(product);
    writeBaseline(SEEN, { commit: commit(), year, ...(await lookAt(product)) });
    rmSync(join(BASELINE, HEADS), { force: true });
    expect(await verifyAudit(product, year, join(BASELINE, HEADS))).toMatchObject({ code: 0 });
  } finally {
    await product.stop();
  }
  recordState(folder, STATE);
}

if (isRecording) await record();

/* SUP-006 of the attack catalogue: the data, in both directions. */
describe('the state of the last release under this code', () => {
  const { commit: _, year, ...before } = readBaseline<Recorded>(SEEN);
  const folder = temporaryFolder('upgrade');
  let product: Product;

  beforeAll(async () => {
    restoreState(STATE, folder);
    product = await start(folder);
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await product?.stop();
  });

  it('is whole: files, checksums of all versions, pictures, settings and signatures', async () => {
    expect(before.files.length).toBeGreaterThan(5);
    expect(await lookAt(product)).toEqual(before);
  });

  it('has the audit log that it had, to the last event, and goes on with it', async () => {
    const heads = join(folder, HEADS);
    copyFileSync(join(BASELINE, HEADS), heads);

    const { code, printed } = await verifyAudit(product, year, heads);

    expect([code, printed]).toEqual([0, expect.stringMatching(/^\d+ events in \d+ chains are whole\.\n$/)]);
    expect(existsSync(heads)).toBe(true);
  });

  it('is taken back: no item of it was written anew, so the last release finds what it wrote', async () => {
    await product.stop();
    const recorded = itemsIn(readFileSync(join(STATE, 'dynamodb.jsonl'), 'utf8'));
    const now = itemsIn(linesOfDatabase(join(folder, 'data/dynamodb.sqlite')));

    expect(recorded.size).toBeGreaterThan(50);
    const lasting = [...recorded].filter(
      ([key, item]) => !item.includes('"expiresAt"') && !INVITATION.test(key) && !LAST_USED.test(key),
    );
    expect(lasting.filter(([key, item]) => now.get(key) !== item).map(([key]) => key)).toEqual([]);
  });
});

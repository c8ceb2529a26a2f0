import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FaultRule } from 'local-cloud/faults';
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
let assembly: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-ceiling-'));
  spend(CEILING - 1);
  assembly = await synthesizeApp(ROOT, { spendCeiling: CEILING });
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

const spend = (spent: number, faults: readonly FaultRule[] = []) =>
  writeFileSync(join(folder, 'faults.json'), JSON.stringify({ faults, spent }));

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
  // The first notice is lost: the function cannot write, however often it tries.
  spend(CEILING + 12, [{ at: 'dynamodb', fault: 'error', call: 'TransactWriteItems', times: 3 }]);

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

it('a storm of notices, lost and crossing ones among them, is one incident that is told once (RATE-004)', async () => {
  const notice = (name: string) => ({
    Records: [{ EventSource: 'aws:sns', Sns: { MessageId: name, Message: 'ACTUAL' } }],
  });
  await Promise.all(Array.from({ length: 8 }, (_, index) => reach(notice(`storm-${index}`))));
  // What is told later can have been sent before.
  spend(CEILING - 1);
  await reach(notice('late'));
  spend(CEILING + 40);
  await reach(notice('again'));

  expect(readFileSync(/Log +(\S+)/.exec(product.output())?.[1] ?? '', 'utf8')).toContain('Fault: dynamodb error');
  expect(await eventsOf('spend-ceiling.reached')).toMatchObject([{ after: { spent: CEILING + 12 } }]);
  expect(await verb('show')).toMatchObject({ printed: expect.stringContaining('212 were spent by ') });
});

it('it is lifted by hand, and the audit log has both', async () => {
  expect(await verb('lift')).toMatchObject({ code: 2 });
  expect(await verb('lift', '--reason', 'The campaign is worth it')).toMatchObject({ code: 0 });

  await vi.waitFor(async () => expect(await statusesOfNew()).toEqual([200, 200, 200, 200]), PATIENCE);

  expect(await eventsOf('spend-ceiling.lifted')).toMatchObject([{ after: { reason: 'The campaign is worth it' } }]);
  expect(await eventsOf('spend-ceiling.reached')).toHaveLength(1);
});

async function eventsOf(action: string): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${product.privateKey}:`).toString('base64')}`;
  return (await fetch(`${product.api}/v1/audit/events?action=${action}`, { headers: { authorization } })).json();
}

/** Tells the function that follows the budget, as a topic does. */
async function reach(event: object): Promise<void> {
  const { Resources } = JSON.parse(readFileSync(join(assembly, 'vitrine-edge.template.json'), 'utf8'));
  const id = Object.keys(Resources).find((one) => /^SpendCeilingReachFunction/.test(one));
  const { aws } = product;
  const lambda = new LambdaClient({
    ...{ endpoint: aws.AWS_ENDPOINT_URL_LAMBDA ?? '', region: 'us-east-1' },
    credentials: { accessKeyId: aws.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: aws.AWS_SECRET_ACCESS_KEY ?? '' },
  });
  const FunctionName = `vitrine-edge-${id}`;
  const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  expect(FunctionError).toBeUndefined();
}

function endOfMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString();
}

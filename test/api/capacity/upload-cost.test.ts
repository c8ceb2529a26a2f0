import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRICES } from '../../../lib/cost/prices.ts';
import { ORIGINALS } from '../../handlers/cloud-fixture.ts';
import { lambdaContext, objectCreated } from '../../handlers/events.ts';
import type { Deployment } from '../rights/deployment.ts';
import { startDeployment } from '../rights/deployment.ts';
import type { Spending } from './spending.ts';
import { countEveryClient, spendingOf } from './spending.ts';

/* What an upload costs in units of the tables, with everything that follows from it, as DynamoDB itself counts it. */
let deployment: Deployment;
let stopCounting: (() => void) | undefined;
let photograph: Buffer;

/** US dollars that a million uploads may cost. */
const MOST = 20;

beforeAll(async () => {
  deployment = await startDeployment({ followsChanges: true });
  photograph = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'teal' } })
    .withExif({ IFD0: { Artist: 'Ada', Copyright: 'Ada 2026', ImageDescription: 'In the evening', Model: 'X100' } })
    .jpeg()
    .toBuffer();
  stopCounting = countEveryClient();
});

afterAll(async () => {
  stopCounting?.();
  expect(deployment.faults).toEqual([]);
  await deployment.close();
});

/** The call, the stream's follower, and the event of the storage after which the bytes are described. */
async function upload(form: Readonly<Record<string, string>>): Promise<void> {
  const keysBefore = await deployment.cloud.buckets.keys(ORIGINALS);
  const file = photograph.toString('base64');
  await deployment.made({ method: 'POST', path: '/api/v1/files/upload', form: { file, folder: '/photos', ...form } });
  await deployment.cloud.followed();
  const [key = ''] = (await deployment.cloud.buckets.keys(ORIGINALS)).filter((one) => !keysBefore.includes(one));
  const { handler } = await import('../../../lambda/handlers/ingest.ts');
  await handler(objectCreated(ORIGINALS, key), lambdaContext());
  await deployment.cloud.followed();
}

const dollarsOf = ({ transactions, single, reads }: Spending): number => {
  const writes = transactions.reduce((sum, [, units]) => sum + units, single);
  return (writes * PRICES.tableWrite.dollars + reads * PRICES.tableRead.dollars) * 1_000_000;
};

it('a million photographs with a name of two words and three tags cost at most 20 dollars', async () => {
  const formOf = (name: string) => ({
    ...{ fileName: `${name} shoes.jpg`, useUniqueFileName: 'false', tags: 'summer,shoes,red' },
  });
  // The first makes the folder, the second notes where it is.
  await upload(formOf('green'));
  await upload(formOf('blue'));

  const spending = await spendingOf(() => upload(formOf('red')));

  // docs/cost.md has these numbers.
  expect(spending).toMatchObject({ transactions: [[6, 13]], single: 15 });
  expect(spending.reads).toBeLessThanOrEqual(17);
  expect(dollarsOf(spending)).toBeLessThanOrEqual(MOST);
});

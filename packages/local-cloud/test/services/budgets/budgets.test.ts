import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AwsApiServer, startAwsApiServer } from '../../../src/aws-api/server.ts';
import { Budgets } from '../../../src/services/budgets/budgets.ts';

const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:ceiling';

let server: AwsApiServer;
let client: BudgetsClient;
let spent = 0;
let now = '2026-11-30';
let published: string[];
let isBroken = false;

const budgets = () =>
  new Budgets(
    [{ name: 'ceiling', limit: 200, alerts: [{ percent: 100, topics: [TOPIC] }] }],
    () => spent,
    async (topic, _, message) => {
      if (isBroken) throw new Error('The function failed.');
      published.push(`${topic} ${message}`);
    },
    () => new Date(now),
  );

beforeAll(async () => {
  server = await startAwsApiServer({
    principals: new Map([[CREDENTIALS.accessKeyId, CREDENTIALS.secretAccessKey]]),
    log: () => undefined,
  });
  server.add(budgets().api);
  client = new BudgetsClient({ endpoint: server.endpoint, region: 'us-east-1', credentials: CREDENTIALS });
});

beforeEach(() => {
  [spent, now, published, isBroken] = [0, '2026-11-30', [], false];
});

afterAll(() => server?.close());

test('a budget has its limit and what is spent', async () => {
  spent = 12.5;

  const { Budget } = await client.send(new DescribeBudgetCommand({ AccountId: '000000000000', BudgetName: 'ceiling' }));

  expect(Budget).toMatchObject({
    BudgetLimit: { Amount: '200', Unit: 'USD' },
    CalculatedSpend: { ActualSpend: { Amount: '12.5', Unit: 'USD' } },
  });
});

test('a budget that is not there is refused as AWS refuses it', async () => {
  const call = client.send(new DescribeBudgetCommand({ AccountId: '000000000000', BudgetName: 'other' }));

  await expect(call).rejects.toMatchObject({ name: 'NotFoundException' });
});

test('an alert is told once a month, above its part of the limit', async () => {
  const running = budgets();
  for (const amount of [200, 201, 300]) {
    spent = amount;
    await running.tell();
  }
  expect(published).toEqual([`${TOPIC} ACTUAL: $201 of $200.`]);

  now = '2026-12-01';
  await running.tell();

  expect(published).toHaveLength(2);
});

test('an alert that could not be told is told again', async () => {
  const running = budgets();
  [spent, isBroken] = [201, true];
  await expect(running.tell()).rejects.toThrow('The function failed.');
  isBroken = false;

  await running.tell();

  expect(published).toHaveLength(1);
});

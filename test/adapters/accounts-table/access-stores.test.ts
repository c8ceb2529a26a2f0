import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { patternRules } from '../../../lambda/adapters/accounts-table/pattern-rules.lean.ts';
import { ruleStore } from '../../../lambda/adapters/accounts-table/rule-store.ts';
import { takedownStore } from '../../../lambda/adapters/accounts-table/takedown-store.ts';
import { dynamoItems } from '../../../lambda/adapters/signed-http/dynamo-items.lean.ts';
import { someEvent } from '../../core/audit/told-events.ts';
import { ruleFrom } from '../../core/protection/rules/memory-rules.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

/* Rules and takedowns on a real DynamoDB-compatible server; the table's keys are those of the accounts table. */
let fixture: LibraryFixture;
let client: DynamoDBClient;
let toldBefore = 0;

beforeAll(async () => {
  fixture = await startLibraryFixture();
  client = new DynamoDBClient({ endpoint: fixture.endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS });
});

beforeEach(async () => {
  toldBefore = (await fixture.events()).length;
});

afterAll(() => fixture.close());

test('rules come back as they were, oldest first, whatever their kind', async () => {
  const store = ruleStore(client, fixture.table, fixture.commit);
  const rules = [
    ruleFrom({ match: { type: 'ip', values: ['192.0.2.0/24'] } }, { createdAt: '2026-01-02T00:00:00.000Z' }),
    ruleFrom({ match: { type: 'country', values: ['DE'] } }, { createdAt: '2026-01-01T00:00:00.000Z' }),
    ruleFrom({
      match: { type: 'referrer', values: ['a.example'], withoutReferrer: 'allow' },
      endsAt: '2030-01-01T00:00:00Z',
    }),
    ruleFrom({ effect: 'allow', match: { type: 'urlPattern', values: ['/a/**'] }, scope: 'shop' }),
  ];
  for (const rule of rules) await store.commit({ put: rule }, someEvent());
  const [first, second, ...others] = rules;

  expect(await store.list()).toEqual([second, first, ...others]);
  expect(await store.find(first?.id ?? '')).toEqual(first);
  expect(await patternRules(dynamoItems(environment(), fixture.table))()).toEqual([
    { scope: 'shop', effect: 'allow', patterns: ['/a/**'] },
  ]);
  const remove = { remove: first?.id ?? '' };
  const event = someEvent();
  expect([await store.commit(remove, event), await store.commit(remove, someEvent())]).toEqual([true, false]);
  expect(await store.find(first?.id ?? '')).toBeUndefined();
  expect(await countTold()).toBe(rules.length + 1);
  expect(await fixture.events()).toContainEqual(event);
});

test('what is no id of a rule finds nothing', async () => {
  const store = ruleStore(client, fixture.table, fixture.commit);

  for (const id of ['', 'ip_', 'agent_000000000000000000000001', 'ip_../x', 'country']) {
    expect(await store.find(id)).toBeUndefined();
    expect(await store.commit({ remove: id }, someEvent())).toBe(false);
  }
  expect(await countTold()).toBe(0);
});

test('takedowns come back as they were', async () => {
  const store = takedownStore(client, fixture.table, fixture.commit);
  const record = {
    assetId: 'a1',
    path: '/a.jpg',
    reason: 'copyright',
    author: 'ann',
    since: '2026-01-01T00:00:00.000Z',
  };
  const ending = { ...record, assetId: 'a2', reference: 'case 7', until: '2027-01-01T00:00:00.000Z' };
  for (const put of [record, ending]) await store.commit({ put }, someEvent());

  expect(await store.list()).toEqual([record, ending]);
  expect(await store.find('a2')).toEqual(ending);
  await store.commit({ remove: 'a2' }, someEvent());
  expect(await store.list()).toEqual([record]);
  expect(await countTold()).toBe(3);
});

const countTold = async () => (await fixture.events()).length - toldBefore;

function environment() {
  return {
    AWS_REGION: TEST_REGION,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: fixture.endpoint,
  };
}

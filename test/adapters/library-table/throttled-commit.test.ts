import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { settableFaults, startFaultProxy } from 'local-cloud/faults';
import { expect, it } from 'vitest';
import { auditChains } from '../../../lambda/adapters/audit-table/audit-chains.ts';
import { commitWithEvent } from '../../../lambda/adapters/audit-table/commit-with-event.ts';
import { makeEvent } from '../../core/audit/told-events.ts';
import { OWNER } from '../../core/kernel/callers.ts';
import { startLibraryFixture, TEST_CREDENTIALS, TEST_REGION } from '../library-fixture.ts';

/** Milliseconds that the caller of the API waits before the gateway ends the call (AWS, "HTTP API quotas"). */
const CUT_OFF = 30_000;

it('a change that is throttled all the time is given up as busy before its caller is cut off', async () => {
  const fixture = await startLibraryFixture();
  const faults = settableFaults({
    seed: 1,
    faults: [{ at: 'dynamodb', fault: 'throttle', call: 'TransactWriteItems' }],
  });
  const faulty = await startFaultProxy({ target: fixture.endpoint, at: 'dynamodb', faults });
  const plain = new DynamoDBClient({
    endpoint: faulty.endpoint,
    region: TEST_REGION,
    credentials: TEST_CREDENTIALS,
    maxAttempts: 1,
  });
  const client = DynamoDBDocumentClient.from(plain);
  let now = 0;
  const commit = commitWithEvent({
    client,
    auditTable: fixture.auditTable,
    chains: auditChains(client, fixture.auditTable, Math.random),
    clock: () => now,
    // Every attempt takes a second, as one does whose requests the SDK repeats.
    pause: async () => {
      now += 1000;
    },
    random: () => 0.5,
  });
  const item = { Put: { TableName: fixture.table, Item: { pk: 'a', sk: 'b' } } };
  const event = makeEvent(OWNER, 'file.updated', { kind: 'file', id: 'a' }, { after: { name: 'b' } });

  await expect(commit([item], event)).rejects.toMatchObject({ code: 'busy', status: 503 });
  expect(now).toBeGreaterThan(0);
  expect(now).toBeLessThan(CUT_OFF / 2);
  expect(await fixture.events()).toEqual([]);
  plain.destroy();
  await faulty.close();
  await fixture.close();
});

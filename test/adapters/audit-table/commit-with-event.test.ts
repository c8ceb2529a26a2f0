import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditChains } from '../../../lambda/adapters/audit-table/audit-chains.ts';
import { commitWithEvent } from '../../../lambda/adapters/audit-table/commit-with-event.ts';
import { eventStore } from '../../../lambda/adapters/audit-table/event-store.ts';
import { CHAINS, type ChainedEvent, chainName, firstBreak } from '../../../lambda/core/audit/event-chain.ts';
import { someEvent } from '../../core/audit/told-events.ts';
import type { LibraryFixture } from '../library-fixture.ts';
import { startLibraryFixture } from '../library-fixture.ts';

/* AUD-005, on a real DynamoDB-compatible server. */
let library: LibraryFixture;

beforeAll(async () => {
  library = await startLibraryFixture();
});
afterAll(() => library?.close());

const YEAR = new Date().toISOString().slice(0, 4);

/** A process of the product, whose chains are chosen by these numbers. */
function startWriter(random: () => number) {
  const client = DynamoDBDocumentClient.from(library.client);
  const { auditTable } = library;
  return commitWithEvent({
    ...{ client, auditTable, clock: Date.now, random },
    chains: auditChains(client, auditTable, random),
    pause: async (milliseconds) => void (await wait(milliseconds)),
  });
}

async function chainsOfYear(): Promise<readonly (readonly ChainedEvent[])[]> {
  const store = eventStore(DynamoDBDocumentClient.from(library.client), library.auditTable);
  const names = Array.from({ length: CHAINS }, (_, number) => chainName(YEAR, number));
  return Promise.all(names.map((name) => store.after(name, 0, 1000)));
}

describe('200 parallel writers', () => {
  it('make chains without a fork and without a gap, and each change has its event', async () => {
    const writers = Array.from({ length: 10 }, () => startWriter(Math.random));
    const events = Array.from({ length: 200 }, () => someEvent());
    const change = (id: string) => ({ Put: { TableName: library.table, Item: { pk: 'parallel', sk: id } } });
    const fates = await Promise.all(events.map((event, index) => writers[index % 10]?.([change(event.id)], event)));

    expect(fates.map((fate) => fate?.kind)).toEqual(events.map(() => 'committed'));
    const chains = await chainsOfYear();
    for (const chain of chains) expect(firstBreak(chain)).toBeUndefined();
    const told = chains.flat().map(({ body }) => JSON.parse(body).id);
    expect(told.toSorted()).toEqual(events.map(({ id }) => id).sort());
    const changed = (await library.items()).filter(({ pk }) => pk === 'parallel').map(({ sk }) => sk);
    expect(changed.sort()).toEqual(told.toSorted());
  });

  it('that all want one chain hop to others', async () => {
    const before = (await chainsOfYear()).flat().length;
    // Every process begins with the same chain; who finds it taken goes on at random.
    const writers = Array.from({ length: 20 }, () => {
      let isFirst = true;
      return startWriter(() => {
        const number = isFirst ? 0 : Math.random();
        isFirst = false;
        return number;
      });
    });
    const fates = await Promise.all(writers.map((commit) => commit([], someEvent())));

    expect(fates.map(({ kind }) => kind)).toEqual(writers.map(() => 'committed'));
    const chains = await chainsOfYear();
    for (const chain of chains) expect(firstBreak(chain)).toBeUndefined();
    expect(chains.flat()).toHaveLength(before + writers.length);
    expect(chains.filter(({ length }) => length > 0).length).toBeGreaterThan(1);
  });
});

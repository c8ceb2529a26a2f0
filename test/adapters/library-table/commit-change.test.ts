import { settableFaults, startFaultProxy } from 'local-cloud/faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWNER } from '../../../lambda/core/accounts/owner.ts';
import { firstBreak } from '../../../lambda/core/audit/event-chain.ts';
import { fileById } from '../../../lambda/core/library/files/library-file.ts';
import { updateFile } from '../../../lambda/core/library/files/update-file.ts';
import type { LibraryWorld } from '../../core/library/library-world.ts';
import { startLibraryWorld } from '../../core/library/library-world.ts';

let world: LibraryWorld;

beforeAll(async () => {
  world = await startLibraryWorld();
});
afterAll(() => world.close());

const eventsOf = async (fileId: string) =>
  (await world.events()).filter(({ body }) => (JSON.parse(body) as { object: { id: string } }).object.id === fileId);

describe('a change', () => {
  it.each([
    ['another transaction is in the way', [['conflict', 50]]],
    ['the table refuses requests', [['throttle', 8]]],
    ['answers are lost', [['lose-answer', 10]]],
    [
      'all of it happens',
      [
        ['conflict', 20],
        ['throttle', 3],
        ['lose-answer', 5],
      ],
    ],
  ] as const)('is made once and told once when %s', async (_, rates) => {
    const { head } = await world.upload(`/faults/${JSON.stringify(rates).replace(/\W/g, '')}.txt`, 'x');
    const plan = rates.map(([fault, percent]) => ({ at: 'dynamodb' as const, fault, percent }));
    const faults = settableFaults({ seed: 7, faults: plan });
    const faulty = await startFaultProxy({ target: world.endpoint, at: 'dynamodb', faults });
    const deps = world.depsAt(faulty.endpoint);

    for (let round = 0; round < 5; round++) {
      await updateFile(deps, OWNER, { fileId: head.assetId, update: { addTags: [`tag${round}`] } });
    }
    await faulty.close();

    const after = await fileById(world.deps.store, OWNER, 'files.read', head.assetId);
    expect(after.head.tags).toEqual(['tag0', 'tag1', 'tag2', 'tag3', 'tag4']);
    expect(after.head.revision).toBe(6);
    expect(await eventsOf(head.assetId)).toHaveLength(6);
    expect(Object.values(faults.counts).some((count) => count > 0)).toBe(true);
  });

  it('of many writers is told in whole chains', async () => {
    const deps = Array.from({ length: 8 }, () => world.depsAt(world.endpoint));
    await Promise.all(deps.map((own, index) => world.upload(`/chains/file-${index}.txt`, 'x', {}, own)));
    const { head } = await world.upload('/chains/shared.txt', 'x');

    await Promise.all(
      deps.map((own, index) => updateFile(own, OWNER, { fileId: head.assetId, update: { addTags: [`by${index}`] } })),
    );

    expect(await eventsOf(head.assetId)).toHaveLength(9);
    const chains = Map.groupBy(await world.events(), ({ chain }) => chain);
    expect([...chains.values()].map((chain) => firstBreak(chain)).filter((broken) => broken !== undefined)).toEqual([]);
  });
});

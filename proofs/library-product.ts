import type { FaultRule } from 'local-cloud/faults';
import { expectDelivered } from './library/delivered-files.ts';
import { OwningClient } from './library/owning-client.ts';
import type { ProductToKill } from './library/product-to-kill.ts';
import { startProductToKill } from './library/product-to-kill.ts';
import { expectStored } from './library/stored-state.ts';
import type { Proof, Report } from './proof.ts';
import { randomFrom } from './random.ts';
import { sumOfCounts } from './sum-of-counts.ts';

const FAULTS: readonly FaultRule[] = [
  { at: 'dynamodb', fault: 'conflict', percent: 4 },
  { at: 'dynamodb', fault: 'throttle', percent: 0.3 },
  { at: 'dynamodb', fault: 'lose-answer', percent: 0.5 },
  { at: 'dynamodb', fault: 'index-lag', percent: 50 },
  { at: 's3', fault: 'slow-down', percent: 2 },
  { at: 's3', fault: 'lose-answer', percent: 1 },
  { at: 's3', call: 'GET', fault: 'delay', percent: 5, milliseconds: 300 },
  { at: 'events', fault: 'twice', percent: 20, milliseconds: 1000 },
  { at: 'events', fault: 'delay', percent: 20, milliseconds: 2000 },
  { at: 'events', fault: 'drop', percent: 20 },
  { at: 'streams', fault: 'twice', percent: 20, milliseconds: 1000 },
  { at: 'streams', fault: 'reorder', percent: 20 },
  { at: 'cloudfront', fault: 'throttle', percent: 5 },
];

/** The library of the running product against a model, over the API. It runs the attacks RACE-007 and FAULT-006. */
export const LIBRARY_PRODUCT: Proof<{ clients: number; calls: number; kills: number }> = {
  name: 'library-product',
  sentence:
    'Clients of the running product see what a simple model says, though it is killed as a whole, stores throttle and lose answers, and events come twice, late, in another order or once more: files, versions, folders and their merges, trash, custom metadata; no byte is lost, every event is there once, and delivery shows the same.',
  small: { clients: 4, calls: 120, kills: 1 },
  full: { clients: 8, calls: 5000, kills: 25 },
  async run({ clients, calls, kills }, seed, report) {
    const product = await startProductToKill({ seed, faults: FAULTS });
    try {
      await defineField(product);
      const owners = makeClients(product, clients, seed);
      await callAndKill(product, owners, { calls, kills }, report);
      product.setFaults({ seed, faults: [] });
      const faults = product.faultCounts();
      for (const owner of owners) await owner.look();
      const delivered = await expectDelivered(product, owners);
      await (await product.product()).stop();
      const stored = await expectStored(product.state, owners);
      return { kills, ...sumOfCounts(owners.map(({ counts }) => counts)), ...faults, ...delivered, ...stored };
    } finally {
      await (await product.product()).stop();
      product.remove();
    }
  },
};

async function defineField(product: ProductToKill): Promise<void> {
  const field = { name: 'seen', label: 'Seen', schema: { type: 'Number' } };
  for (;;) {
    const answer = await product.call('POST', '/v1/customMetadataFields', field);
    if (answer.kind !== 'silence') return;
  }
}

function makeClients(product: ProductToKill, count: number, seed: number): OwningClient[] {
  let numbers = 0;
  return Array.from(
    { length: count },
    (_, index) => new OwningClient(product, `/client-${index}`, randomFrom(seed + index), () => ++numbers),
  );
}

/** Kills come while calls are under way, as far from each other as the calls allow. */
async function callAndKill(
  product: ProductToKill,
  owners: readonly OwningClient[],
  { calls, kills }: { readonly calls: number; readonly kills: number },
  report: Report,
): Promise<void> {
  let [made, killed] = [0, 0];
  const work = async (owner: OwningClient): Promise<void> => {
    while (made < calls) {
      made++;
      const step = owner.step();
      if (made > ((killed + 1) * calls) / (kills + 1) && killed < kills) {
        killed++;
        product.kill();
      }
      await step;
      report(`${made} of ${calls} calls, ${killed} kills`);
    }
  };
  await Promise.all(owners.map(work));
}

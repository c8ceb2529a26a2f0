import { expect, it } from 'vitest';
import { withEventFaults } from '../../src/faults/event-faults.ts';
import type { FaultRule } from '../../src/faults/fault-rule.ts';
import { settableFaults } from '../../src/faults/fault-switch.ts';

const event = (name: string) => ({ 'detail-type': 'Object Created', name });

function receiving(...faults: FaultRule[]) {
  const seen: string[] = [];
  const take = async (given: unknown) => void seen.push((given as { name: string }).name);
  return { seen, receive: withEventFaults(take, settableFaults({ seed: 1, faults })) };
}

it('an event may come twice', async () => {
  const { seen, receive } = receiving({ at: 'events', fault: 'twice', milliseconds: 5 });

  await receive(event('a'));

  expect(seen).toEqual(['a', 'a']);
});

it('a dropped event is refused, so that it comes again', async () => {
  const { seen, receive } = receiving({ at: 'events', call: 'Object Created', fault: 'drop', times: 1 });

  await expect(receive(event('a'))).rejects.toThrow('dropped');
  await receive(event('a'));

  expect(seen).toEqual(['a']);
});

it('a delayed event comes after those that were sent later', async () => {
  const { seen, receive } = receiving({ at: 'events', fault: 'delay', milliseconds: 100, times: 1 });

  await Promise.all([receive(event('a')), receive(event('b'))]);

  expect(seen).toEqual(['b', 'a']);
});

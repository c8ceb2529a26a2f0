import { expect, test } from 'vitest';
import { CONCURRENT, createEventBus } from '../../../src/services/events/event-bus.ts';
import { functionTarget } from '../../../src/services/events/function-target.ts';
import { sampleFunction } from '../lambda/sample-function.ts';

const created = (key: string) => ({ source: 'aws.s3', 'detail-type': 'Object Created', detail: { object: { key } } });

test('an event reaches every target of every rule that matches, and no other', async () => {
  const seen: string[] = [];
  const see = (name: string) => async () => void seen.push(name);
  const bus = createEventBus(
    [
      {
        name: 'uploads',
        pattern: { detail: { object: { key: [{ prefix: 'uploads/' }] } } },
        targets: [see('a'), see('b')],
      },
      { name: 'all', pattern: { source: ['aws.s3'] }, targets: [see('c')] },
      { name: 'other', pattern: { source: ['aws.ec2'] }, targets: [see('d')] },
    ],
    { log: () => undefined },
  );

  await bus.deliver(created('uploads/1'));
  await bus.deliver(created('media/1'));

  expect(seen).toEqual(['a', 'b', 'c', 'c']);
});

test('a target that fails is tried twice more, then the event is given up and logged', async () => {
  const lines: string[] = [];
  let calls = 0;
  let recovering = 0;
  const bus = createEventBus(
    [
      {
        name: 'ingest',
        pattern: { source: ['aws.s3'] },
        targets: [
          async () => {
            calls++;
            throw new Error('always');
          },
          async () => {
            if (++recovering < 3) throw new Error('not yet');
          },
        ],
      },
    ],
    { log: (line) => lines.push(line), retryDelays: [1, 1] },
  );

  await bus.deliver(created('a'));

  expect(calls).toBe(3);
  expect(recovering).toBe(3);
  expect(lines).toEqual(['Event rule ingest gave up after 3 attempts: always']);
});

test('a flood of events overruns no target, and each arrives once and in order', async () => {
  let running = 0;
  let most = 0;
  const seen: unknown[] = [];
  const target = async (event: unknown): Promise<void> => {
    most = Math.max(most, ++running);
    seen.push(event);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
  };
  const bus = createEventBus([{ name: 'all', pattern: { n: [{ exists: true }] }, targets: [target] }], {
    log: () => undefined,
  });
  const events = Array.from({ length: 500 }, (_, n) => ({ n }));

  await Promise.all(events.map((event) => bus.deliver(event)));

  expect(seen).toEqual(events);
  expect(most).toBe(CONCURRENT);
});

test('a function gets the event, and its failure counts as one', async () => {
  await using sample = await sampleFunction(`
    let calls = 0;
    export const handler = async (event) => {
      console.log('key', event.detail.object.key);
      if (++calls === 1) throw new Error('first');
    };`);
  const bus = createEventBus(
    [{ name: 'ingest', pattern: { source: ['aws.s3'] }, targets: [functionTarget(sample.lambda)] }],
    { log: () => undefined, retryDelays: [1, 1] },
  );

  await bus.deliver(created('uploads/1'));

  expect(sample.lambda.statistics).toMatchObject({ invocations: 2, errors: 1 });
  await expect.poll(() => sample.lines.filter((line) => line.endsWith('key uploads/1')).length).toBe(2);
});

test('a pattern that is not understood stops the start, by the name of its rule', () => {
  const rules = [{ name: 'odd', pattern: { source: [{ regex: '.*' }] }, targets: [] }];

  expect(() => createEventBus(rules, { log: () => undefined })).toThrow('Event rule odd');
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Queues } from '../../../src/services/sqs/queues.ts';

let folder: string;
let now = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-cloud-queues-'));
  now = 1_000_000;
});

afterEach(() => rm(folder, { recursive: true }));

const open = (file: string | undefined = undefined) => Queues.open(file, () => now);

const bodies = async (queues: Queues, queue: string) => (await queues.receive(queue, 10)).map(({ body }) => body);

test('messages are kept, each in its queue, in the order in which they were sent', async () => {
  const file = join(folder, 'queues.json');
  const queues = await open(file);

  await Promise.all([queues.send('one', 'a'), queues.send('two', 'b'), queues.send('one', 'c')]);
  const reopened = await open(file);

  expect(reopened.messages('one')).toEqual(['a', 'c']);
  expect(reopened.messages('two')).toEqual(['b']);
});

test('a message that was received is hidden, comes again when its time is over, and is gone once deleted', async () => {
  const queues = await open();
  queues.declare('one', { visibilitySeconds: 60 });
  await queues.send('one', 'a');

  expect(await bodies(queues, 'one')).toEqual(['a']);
  now += 59_999;
  expect(await bodies(queues, 'one')).toEqual([]);
  now += 1;
  const [again] = await queues.receive('one', 10);
  expect([again?.body, again?.receives]).toEqual(['a', 2]);
  await queues.delete('one', [again?.receipt ?? '']);
  now += 60_000;
  expect(await bodies(queues, 'one')).toEqual([]);
});

test('it is hidden for as long as its receiver says, by the last receipt alone, after a restart too', async () => {
  const file = join(folder, 'queues.json');
  const queues = await open(file);
  await queues.send('one', 'a');
  const [first] = await queues.receive('one', 1);
  now += 30_000;
  const [second] = await queues.receive('one', 1);

  expect(await queues.hide('one', first?.receipt ?? '', 5)).toBe(false);
  expect(await queues.hide('one', second?.receipt ?? '', 7200)).toBe(true);
  const reopened = await open(file);
  now += 7_199_999;
  expect(await bodies(reopened, 'one')).toEqual([]);
  now += 1;
  expect(await bodies(reopened, 'one')).toEqual(['a']);
});

test('a message waits for its delay, and one batch has no more than was asked for', async () => {
  const queues = await open();
  for (const body of ['a', 'b', 'c']) await queues.send('one', body, 10);

  expect(await bodies(queues, 'one')).toEqual([]);
  now += 10_000;
  expect(await queues.receive('one', 2)).toHaveLength(2);
});

test('one that is received too often goes to the queue for those', async () => {
  const queues = await open();
  queues.declare('one', { visibilitySeconds: 1, redrive: { target: 'dead', maximumReceives: 2 } });
  await queues.send('one', 'a');

  for (let time = 0; time < 2; time++) {
    expect(await bodies(queues, 'one')).toEqual(['a']);
    now += 1000;
  }
  expect(await bodies(queues, 'one')).toEqual([]);
  expect(queues.messages('dead')).toEqual(['a']);
});

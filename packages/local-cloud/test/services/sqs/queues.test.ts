import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Queues } from '../../../src/services/sqs/queues.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-cloud-queues-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('messages are kept, each in its queue, in the order in which they were sent', async () => {
  const file = join(folder, 'queues.json');
  const queues = await Queues.open(file);

  await Promise.all([queues.send('one', 'a'), queues.send('two', 'b'), queues.send('one', 'c')]);
  const reopened = await Queues.open(file);

  expect(reopened.messages('one')).toEqual(['a', 'c']);
  expect(reopened.messages('two')).toEqual(['b']);
});

import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { waitUntil } from '../../proofs/wait-until.ts';
import { attack, elsewhere } from './attack-case.ts';
import { call, listed, tryUpload, uploadText } from './library-calls.ts';
import type { Target } from './target.ts';

/** Names that lead to files by their first word. */
async function found(target: Target): Promise<string[]> {
  const query = encodeURIComponent('name HAS "batched"');
  const answer = await call(target, 'GET', `/v1/files?searchQuery=${query}`);
  return ((await answer.json()) as { name: string }[]).map(({ name }) => name);
}

/** Events of stored objects and of the stream: late, twice, backwards, lost until they are repeated. */
export const EVENT_CASES = [
  attack('EVT-002', 'the event of an upload comes after the file was erased: it stays erased', async (target) => {
    target.setFaults([{ at: 'events', fault: 'delay', milliseconds: 2000 }]);
    const { fileId } = await uploadText(target, '/events/erased.txt', 'text');
    expect((await call(target, 'DELETE', `/v1/files/${fileId}?purge=true`)).status).toBe(204);
    await pause(3000);
    target.setFaults([]);

    expect(await listed(target, '/events')).toEqual([]);
  }),
  attack('EVT-003', 'no event comes: what the caller completes is there', async (target) => {
    target.setFaults([{ at: 'events', fault: 'drop' }]);
    await uploadText(target, '/events/alone.txt', 'text');
    const found = await listed(target, '/events');
    target.setFaults([]);

    expect(found.map(({ name }) => name)).toEqual(['alone.txt']);
  }),
  attack(
    'EVT-005',
    'a name of many scripts and signs is found again by its event, when its caller could not end',
    async (target) => {
      const known = target.faultLog().length;
      const lost = [
        { at: 'events', fault: 'drop' },
        { at: 'dynamodb', call: 'TransactWriteItems', fault: 'conflict' },
      ] as const;
      target.setFaults(lost);
      const uploading = tryUpload(target, '/ereignisse/größe 写真.txt', 'text');
      await waitUntil('its commit fails', async () => target.faultLog().slice(known).includes('conflict'), 60);
      // Its undoing, which begins with a write into its note, fails as well, so that the event alone can complete the upload.
      target.setFaults([...lost, { at: 'dynamodb', call: 'PutItem', fault: 'throttle' }]);
      const { status } = await uploading;
      expect(status).toBeGreaterThanOrEqual(500);
      expect(await listed(target, '/ereignisse')).toEqual([]);
      target.setFaults([{ at: 'events', fault: 'twice', milliseconds: 500 }]);

      await waitUntil('the event completes it', async () => (await listed(target, '/ereignisse')).length === 1, 60);
      target.setFaults([]);
      const [file] = await listed(target, '/ereignisse');
      expect([file?.size, file?.versionInfo.name]).toEqual([4, 'Version 1']);
    },
  ),
  attack(
    'EVT-007',
    'batches of the stream come twice and backwards while writes of some files fail: search finds each file once',
    async (target) => {
      target.setFaults([
        { at: 'streams', fault: 'twice', times: 2, milliseconds: 200 },
        { at: 'streams', fault: 'reorder', percent: 50 },
        { at: 'dynamodb', call: 'BatchWriteItem', fault: 'throttle', times: 5 },
      ]);
      const names = Array.from({ length: 10 }, (_, file) => `batched-${file}.txt`);
      await Promise.all(names.map((name) => uploadText(target, `/events/batch/${name}`, 'text')));

      // What could not be written is left to the minute's run, which takes what is a minute old.
      await waitUntil('search finds all of them', async () => (await found(target)).length >= names.length, 200);
      target.setFaults([]);
      expect((await found(target)).sort()).toEqual(names);
    },
  ),
  elsewhere(
    'EVT-010',
    'a webhook’s receiver that is slow, fails, or gets a message twice',
    'test/handlers/webhooks.test.ts',
  ),
  attack('EVT-012', 'indexes are behind: who uploads sees the file in the list at once', async (target) => {
    target.setFaults([{ at: 'dynamodb', fault: 'index-lag', milliseconds: 30_000 }]);
    await uploadText(target, '/events/seen.txt', 'text');
    const found = await listed(target, '/events');
    target.setFaults([]);

    expect(found.map(({ name }) => name)).toContain('seen.txt');
  }),
  elsewhere(
    'EVT-013',
    'settings are changed in two regions at once: they are written at home, and one of the changes is refused',
    'test/product/regions.test.ts',
  ),
  elsewhere(
    'EVT-008',
    'a worker takes longer than it holds its job: a second one does no harm',
    'test/core/library/jobs/two-workers.test.ts',
  ),
];

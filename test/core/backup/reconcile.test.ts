import { expect, it, vi } from 'vitest';
import type { StoredObject } from '../../../lambda/core/backup/reconcile.ts';
import { reconcile } from '../../../lambda/core/backup/reconcile.ts';
import { filesInMemory } from './files-in-memory.ts';

const NOW = Date.UTC(2026, 10, 29, 4);
const OLD = NOW - 2 * 3_600_000;
const VERSION = 'a'.repeat(24);

function pairOf(originals: Record<string, number>, backup: Record<string, number>, modifiedAt = OLD) {
  const files = filesInMemory();
  const list = (objects: Record<string, number>) =>
    async function* (prefix: string): AsyncIterable<StoredObject> {
      const keys = Object.keys(objects).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      for (const key of keys) if (key.startsWith(prefix)) yield { key, size: Number(objects[key]), modifiedAt };
    };
  const done: string[] = [];
  const refused = new Set<string>();
  const step = (name: string) => async (key: string) => {
    if (refused.has(key)) throw new Error('denied');
    done.push(`${name} ${key}`);
  };
  const report = vi.fn();
  const pair = { originals: list(originals), backup: list(backup), copy: step('copy'), erase: step('erase') };
  return { files, done, refused, report, run: () => reconcile({ pair, files, report, clock: () => NOW }) };
}

it('copies what the backup does not have, and what it has of another size', async () => {
  const { run, done, report } = pairOf(
    { 'media/a': 1, 'media/b': 2, 'media/c': 3, 'records/v1/x': 4 },
    { 'media/a': 1, 'media/b': 9 },
  );
  const drift = await run();

  expect(done.sort()).toEqual(['copy media/b', 'copy media/c', 'copy records/v1/x']);
  expect(drift).toMatchObject({ compared: 4, copied: { count: 3 }, erased: { count: 0 }, failed: { count: 0 } });
  expect(report).toHaveBeenCalledWith('backup-drift', expect.any(Error));
});

it('finds nothing where both are equal, in whatever order letters have', async () => {
  const keys = { 'media/Z': 1, 'media/a': 1, 'media/é': 1, 'media/\u{ff5e}': 1, 'media/\u{1f600}': 1 };
  const { run, done, report } = pairOf(keys, keys);

  expect(await run()).toMatchObject({ compared: 5, copied: { count: 0 } });
  expect([done, report.mock.calls]).toEqual([[], []]);
});

it('leaves alone what may be on its way', async () => {
  const { run, done } = pairOf({ 'media/a': 1 }, {}, NOW - 60_000);
  await run();

  expect(done).toEqual([]);
});

it('erases bytes of versions that were removed for good, and nothing else that is in the backup only', async () => {
  const tombstone = `records/v1/erasures/2026/version-h-${VERSION}.json`;
  const { run, done } = pairOf({}, { [`media/a.png/${VERSION}.png`]: 1, 'media/b.png/other.png': 1, [tombstone]: 1 });
  await run();

  expect(done).toEqual([`erase media/a.png/${VERSION}.png`]);
});

it('does the rest when something cannot be repaired, says what, and fails', async () => {
  const { run, done, refused, files } = pairOf({ 'media/a': 1, 'media/b': 1 }, {});
  refused.add('media/a');

  await expect(run()).rejects.toThrow('1 objects of the backup could not be repaired');
  expect(done).toEqual(['copy media/b']);
  expect(JSON.parse(files.text('records/v1/reconciled.json'))).toMatchObject({
    ...{ copied: { count: 1, keys: ['media/b'] }, failed: { count: 1, keys: ['media/a'] } },
  });
});

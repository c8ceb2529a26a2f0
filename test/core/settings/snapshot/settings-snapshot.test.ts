import { beforeEach, expect, it } from 'vitest';
import { snapshotKeeper } from '../../../../lambda/core/settings/snapshot/keep-snapshot.ts';
import { openSnapshot, sealSnapshot } from '../../../../lambda/core/settings/snapshot/settings-snapshot.ts';

const KEY = 'private_key';
const SNAPSHOT = { takenAt: '2026-11-30T00:00:00.000Z', partitions: { endpoints: [{ id: 'ä' }] } };

it('what was sealed is opened with the same key', () => {
  expect(openSnapshot(sealSnapshot(SNAPSHOT, KEY), KEY)).toEqual(SNAPSHOT);
});

it.each([
  ['another key', (text: string) => text, 'other'],
  ['a changed setting', (text: string) => text.replace('ä', 'b'), KEY],
  ['no signature', (text: string) => text.slice(65), KEY],
  ['nothing', () => '', KEY],
])('it is not opened with %s', (_, change, key) => {
  expect(() => openSnapshot(change(sealSnapshot(SNAPSHOT, KEY)), key)).toThrow('is not signed with the key');
});

let settings: Record<string, object[]>;
let key: string;
let stored: string[];
const keeper = () =>
  snapshotKeeper({
    partitions: ['endpoints', 'names'],
    list: async (partition) => settings[partition] ?? [],
    privateKey: async () => key,
    put: async (text) => void stored.push(text),
    clock: () => Date.parse(SNAPSHOT.takenAt),
  });

beforeEach(() => {
  settings = { endpoints: [{ id: 'e1' }] };
  key = KEY;
  stored = [];
});

it('every partition is kept, sealed', async () => {
  await keeper()();

  expect(openSnapshot(stored[0] ?? '', KEY)).toEqual({
    takenAt: SNAPSHOT.takenAt,
    partitions: { endpoints: [{ id: 'e1' }], names: [] },
  });
});

it('it is written again after a change of settings or of the key, and not otherwise', async () => {
  const keep = keeper();
  await keep();
  await keep();
  expect(stored).toHaveLength(1);

  settings = { ...settings, names: [{ name: 'small' }] };
  await keep();
  key = 'rolled';
  await keep();

  expect(stored).toHaveLength(3);
  expect(openSnapshot(stored[2] ?? '', 'rolled').partitions.names).toEqual([{ name: 'small' }]);
});

it('what could not be stored is tried again', async () => {
  let isBroken = true;
  const keep = snapshotKeeper({
    partitions: [],
    list: async () => [],
    privateKey: async () => KEY,
    put: async (text) => {
      if (isBroken) throw new Error('away');
      stored.push(text);
    },
    clock: () => 0,
  });
  await expect(keep()).rejects.toThrow('away');

  isBroken = false;
  await keep();

  expect(stored).toHaveLength(1);
});

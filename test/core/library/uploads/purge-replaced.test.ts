import { expect, it } from 'vitest';
import type { LibraryFile } from '../../../../lambda/core/library/files/library-file.ts';
import type { Effect } from '../../../../lambda/core/library/store/change.ts';
import { purgeReplaced } from '../../../../lambda/core/library/uploads/purge-replaced.ts';

async function purgedFor(
  number: number,
  more: { readonly hasOrigins?: () => Promise<boolean>; readonly fails?: boolean },
) {
  const carried: Effect[] = [];
  const reports: string[] = [];
  const carryOut = async (effects: readonly Effect[]) => {
    if (more.fails) throw new Error('throttled');
    carried.push(...effects);
  };
  const file = { path: '/a.png' } as LibraryFile;
  await purgeReplaced({ ...more, carryOut, report: (event) => void reports.push(event) }, { file, number });
  return { carried, reports };
}

const PURGE = { effect: 'purge-path', path: '/a.png' };

it('purges for a later version, and for a first one that may hide a file of an origin', async () => {
  expect((await purgedFor(2, {})).carried).toEqual([PURGE]);
  expect((await purgedFor(1, { hasOrigins: async () => true })).carried).toEqual([PURGE]);
});

it('costs nothing for a first version that hides nothing', async () => {
  expect((await purgedFor(1, {})).carried).toEqual([]);
  expect((await purgedFor(1, { hasOrigins: async () => false })).carried).toEqual([]);
});

it('reports a failure, and the upload stands', async () => {
  expect(await purgedFor(2, { fails: true })).toEqual({ carried: [], reports: ['effects-failed'] });
});

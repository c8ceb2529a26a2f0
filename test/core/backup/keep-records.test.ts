import { expect, it } from 'vitest';
import type { RecordChange } from '../../../lambda/core/backup/backup-line.ts';
import { keepRecords } from '../../../lambda/core/backup/keep-records.ts';
import type { FileHead, FileVersion } from '../../../lambda/core/library/store/records.ts';
import { filesInMemory } from './files-in-memory.ts';

const HEAD = { assetId: 'a1', revision: 3, histories: [{ id: 'h1', offset: 0 }] } as unknown as FileHead;
const VERSION = { historyId: 'h1', versionId: 'v1', objectKey: 'media/a.png/v1.png' } as unknown as FileVersion;
const AT = Date.UTC(2026, 10, 29, 7, 5);

function kept(head: FileHead | undefined = HEAD) {
  const files = filesInMemory();
  const library = { head: async () => head, versions: async () => [VERSION] };
  return { files, keep: (...changes: RecordChange[]) => keepRecords({ files, library }, changes) };
}

const put: RecordChange = { kind: 'asset', id: 'a1', seq: '7', at: AT, after: { ...HEAD } };

it('a batch is one file under its hour, a line for each change', async () => {
  const { files, keep } = kept();
  await keep(put, { kind: 'folder', id: 'f1', seq: '8', at: AT, before: { revision: 4 } });

  const [key = ''] = files.keys().filter((one) => one.includes('/changes/'));
  expect(key).toMatch(/^records\/v1\/changes\/2026\/11\/29\/07\/0{39}7-[0-9a-f]{16}\.jsonl$/);
  expect(files.lines(key)).toEqual([
    { v: 1, kind: 'asset', id: 'a1', rev: 3, op: 'put', at: '2026-11-29T07:05:00.000Z', seq: '7', data: HEAD },
    { v: 1, kind: 'folder', id: 'f1', rev: 5, op: 'delete', at: '2026-11-29T07:05:00.000Z', seq: '8' },
  ]);
});

it('a batch that is told twice is the same file', async () => {
  const { files, keep } = kept();
  await keep(put);
  const before = files.all();
  await keep(put);

  expect(files.all()).toEqual(before);
});

it('two streams whose numbers are the same do not write over each other', async () => {
  const { files, keep } = kept();
  await keep(put);
  await keep({ ...put, id: 'a2' });

  expect(files.keys().filter((one) => one.includes('/changes/'))).toHaveLength(2);
});

it('a file of the library has what it is by now, with its versions', async () => {
  const { files, keep } = kept({ ...HEAD, revision: 9 });
  await keep(put);

  expect(JSON.parse(files.text('records/v1/assets/a1.json'))).toMatchObject({ revision: 9, versions: [VERSION] });
});

it('of what is removed for good stays a tombstone without a name', async () => {
  const files = filesInMemory();
  const library = { head: async () => undefined, versions: async () => [] };
  const before = { name: 'secret.png', updatedBy: 'p1', revision: 4 };
  await files.write('records/v1/assets/a1.json', '{}');
  await keepRecords({ files, library }, [
    { kind: 'asset', id: 'a1', seq: '1', at: AT, before },
    { kind: 'version', id: 'h1/v1', seq: '2', at: AT, before },
    { kind: 'trash', id: '2026-11-29/a1', seq: '3', at: AT, before },
  ]);

  expect(files.keys().filter((one) => !one.includes('/changes/'))).toEqual([
    'records/v1/erasures/2026/asset-a1.json',
    'records/v1/erasures/2026/version-h1-v1.json',
  ]);
  expect(JSON.parse(files.text('records/v1/erasures/2026/asset-a1.json'))).toEqual({
    ...{ v: 1, kind: 'asset', id: 'a1', at: '2026-11-29T07:05:00.000Z', by: 'p1' },
  });
});

import { expect, it, test } from 'vitest';
import type { ChangeNote } from '../../../lambda/core/library/store/change-note.ts';
import { announcementsOf } from '../../../lambda/core/webhooks/announcement.ts';

const note = (action: string, more: Partial<ChangeNote> = {}): ChangeNote => ({
  ...{ eventId: 'e1', at: '2026-11-29T06:00:00.000Z', effects: [], action },
  object: { kind: action.split('.')[0] ?? '', id: 'o1' },
  ...more,
});

const typesOf = (one: ChangeNote) => announcementsOf(one).map(({ type, about }) => [type, about.kind, about.id]);

it.each([
  [note('file.uploaded', { createsFile: true }), 'file.created', 'file'],
  [note('file.uploaded'), 'file-version.created', 'file'],
  [note('file.copied', { createsFile: true }), 'file.created', 'file'],
  [note('file.copied'), 'file-version.created', 'file'],
  [note('file.updated'), 'file.updated', 'file'],
  [note('file.moved'), 'file.updated', 'file'],
  [note('version.restored'), 'file.updated', 'file'],
  [note('version.deleted', { versionId: 'v1' }), 'file-version.deleted', 'file'],
  [note('file.trashed'), 'file.deleted', 'file'],
  [note('file.restored'), 'file.created', 'file'],
  [note('folder.created'), 'folder.created', 'folder'],
  [note('folder.moved'), 'folder.updated', 'folder'],
  [note('folder.restricted'), 'folder.updated', 'folder'],
  [note('folder.trashed'), 'folder.deleted', 'folder'],
  [note('folder.merged'), 'folder.deleted', 'folder'],
  [note('folder.restored'), 'folder.created', 'folder'],
] as const)('%o is told', (given, type, kind) => {
  expect(typesOf(given)).toEqual([[type, kind, 'o1']]);
});

it.each(['file.ended', 'file.purged', 'folder.ended', 'folder.copied', 'file.taken-down', 'cache.purged'])(
  '%s is not',
  (action) => {
    expect(announcementsOf(note(action))).toEqual([]);
  },
);

test('a file that became versions of another is gone, and the other has a version more', () => {
  expect(typesOf(note('file.moved', { mergedInto: 'o2' }))).toEqual([
    ['file.deleted', 'file', 'o1'],
    ['file-version.created', 'file', 'o2'],
  ]);
});

test('the id is that of the change, and each event of one change has its own', () => {
  expect(announcementsOf(note('file.updated'))[0]?.id).toBe('e1');
  expect(new Set(announcementsOf(note('file.moved', { mergedInto: 'o2' })).map(({ id }) => id)).size).toBe(2);
});

test('what is gone is told by its ids', () => {
  expect(announcementsOf(note('version.deleted', { versionId: 'v1' }))[0]?.data).toEqual({
    ...{ fileId: 'o1', versionId: 'v1' },
  });
});

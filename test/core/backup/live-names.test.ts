import { expect, it } from 'vitest';
import type { LiveName, LiveNamesDeps } from '../../../lambda/core/backup/live-names.ts';
import { completeLiveNames, keepLiveNames } from '../../../lambda/core/backup/live-names.ts';
import type { FileEntry } from '../../../lambda/core/library/store/records.ts';
import { ROOT_FOLDER } from '../../../lambda/core/library/store/records.ts';
import { filesInMemory } from './files-in-memory.ts';

/** Where the names of the first folder lie. */
const ROOT_NAMES = `records/v1/live/${ROOT_FOLDER}`;

const PICTURE: LiveName = { kind: 'file', folderId: ROOT_FOLDER, name: 'a.png' };
const FOLDER: LiveName = { kind: 'folder', folderId: ROOT_FOLDER, name: 'shop' };

function library(entries: Readonly<Record<string, object>>) {
  const files = filesInMemory();
  const find = async (folderId: string, name: string) => entries[`${folderId}/${name}`] as FileEntry | undefined;
  const deps = { files, names: { file: find, folder: find as never } } satisfies LiveNamesDeps;
  return { files, deps };
}

it('a name has a file with what it stands for by now, and one that is none any more has none', async () => {
  const { files, deps } = library({ 'root/shop': { folderId: 'f1', isPrivate: true } });
  await files.write(`${ROOT_NAMES}/files/a.png`, '{}');
  await keepLiveNames(deps, [PICTURE, FOLDER, FOLDER]);

  expect(files.keys()).toEqual([`${ROOT_NAMES}/folders/shop`]);
  expect(JSON.parse(files.text(`${ROOT_NAMES}/folders/shop`))).toEqual({
    v: 1,
    folderId: 'f1',
    isPrivate: true,
  });
});

it('what was there before the backup was configured gets its file, and what is gone loses it', async () => {
  const { files, deps } = library({ 'root/a.png': { assetId: 'a1' }, 'root/kept.png': { assetId: 'a2' } });
  await files.write(`${ROOT_NAMES}/files/gone.png`, '{}');
  await files.write(`${ROOT_NAMES}/files/kept.png`, '{"told":"by the stream"}');
  await completeLiveNames(deps, [PICTURE, { ...PICTURE, name: 'kept.png' }]);

  expect(files.keys()).toEqual([`${ROOT_NAMES}/files/a.png`, `${ROOT_NAMES}/files/kept.png`]);
  expect(files.text(`${ROOT_NAMES}/files/kept.png`)).toContain('by the stream');
});

it('a name that came while the library was read keeps its file', async () => {
  const { files, deps } = library({ 'root/a.png': { assetId: 'a1' } });
  await files.write(`${ROOT_NAMES}/files/a.png`, '{}');
  await completeLiveNames(deps, []);

  expect(files.keys()).toEqual([`${ROOT_NAMES}/files/a.png`]);
});

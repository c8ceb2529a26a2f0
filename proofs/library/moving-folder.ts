import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { toItem } from '../../lambda/adapters/library-table/record-items.ts';
import { OWNER } from '../../lambda/core/accounts/owner.ts';
import { findPathRecord } from '../../lambda/core/library/files/path-record.ts';
import { createFolder } from '../../lambda/core/library/folders/create-folder.ts';
import type { LibraryStore } from '../../lambda/core/library/store/library-store.ts';
import type { FileEntry } from '../../lambda/core/library/store/records.ts';
import { findFolder } from '../../lambda/core/library/tree/find-folder.ts';
import { entriesIn } from '../../lambda/core/library/tree/walk-folder.ts';
import type { LibraryFixture } from '../../test/adapters/library-fixture.ts';
import type { WorldDeps } from '../../test/core/library/library-world.ts';
import type { Report } from '../proof.ts';

/** Where the folder goes to and fro. One path is longer, so half of the moves must look for paths that would be too long. */
export const PLACES = ['/here/shop', '/there/shop'] as const;

/** Folders below the one that moves; the files are spread over them. */
const FOLDERS = 50;

/** Files of one write to the table (AWS, "BatchWriteItem"). */
const BATCH = 25;

/** Writes under way at the same time. */
const WRITERS = 8;

export const folderOf = (file: number): string => `f${file % FOLDERS}`;
const nameOf = (file: number): string => `${String(file).padStart(8, '0')}.jpg`;
const idOf = (file: number): string => file.toString(16).padStart(24, '0');

/** How many files lie in the folder of a file. */
export const filesBeside = (file: number, files: number): number => Math.ceil((files - (file % FOLDERS)) / FOLDERS);

/** Files straight into the table, below the first place: what an upload costs is no part of this. */
export async function loadFiles(deps: WorldDeps, fixture: LibraryFixture, files: number, report: Report) {
  const client = DynamoDBDocumentClient.from(fixture.client);
  const folderIds: string[] = [];
  for (let folder = 0; folder < FOLDERS; folder++) {
    folderIds.push((await createFolder(deps, OWNER, { parentPath: PLACES[0], name: folderOf(folder) })).folderId);
  }
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let from = next; from < files; from = next) {
      next += BATCH;
      const numbers = Array.from({ length: Math.min(BATCH, files - from) }, (_, index) => from + index);
      const puts = numbers.map((file) => ({
        PutRequest: { Item: toItem('fileEntry', entryOf(file, folderIds[file % FOLDERS] as string)) },
      }));
      await client.send(new BatchWriteCommand({ RequestItems: { [fixture.table]: puts } }));
      report(`${from} of ${files} files written`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, worker));
}

function entryOf(file: number, folderId: string): FileEntry {
  const at = '2026-11-28T00:00:00.000Z';
  return {
    ...{ folderId, name: nameOf(file), assetId: idOf(file), revision: 1, versionId: idOf(file) },
    ...{ contentType: 'image/jpeg', fileType: 'image', size: 1, objectKey: `media/${idOf(file)}` },
    ...{ isPrivate: false, isPublished: true, createdAt: at, updatedAt: at },
  };
}

/** @returns how many files are listed; undefined when there is no such folder */
export async function listed(store: LibraryStore, path: string): Promise<number | undefined> {
  const folder = await findFolder(store, path);
  if (!folder) return undefined;
  let count = 0;
  for await (const _ of entriesIn(store, folder.folderId)) count++;
  return count;
}

/** Whether a file is delivered under a place. */
export const delivered = async (store: LibraryStore, place: string, file: number): Promise<boolean> =>
  (await findPathRecord(store, `${place}/${folderOf(file)}/${nameOf(file)}`)) !== undefined;

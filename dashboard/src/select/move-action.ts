import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';
import { failedOf } from './failed-of.ts';
import { type FailedItem, type FileAction, type FileItem, folderOf } from './file-action.ts';

/** Files that one call takes (`files.move-several`). */
const PER_CALL = 100;

/** Into one folder. A file whose name is taken there stays where it is. */
export const moveTo = (text: Catalogue, folder: string): FileAction => ({
  label: text.select.move,
  done: (count) => text.select.moved(count, folder),
  perCall: PER_CALL,
  act: (items) => move(items, folder),
  undo: () => moveBack(text),
});

/** Each file to where it was when it was selected. */
const moveBack = (text: Catalogue): FileAction => ({
  label: text.undo,
  done: text.select.undone,
  perCall: PER_CALL,
  act: async (items) => {
    const failed = [];
    for (const [folder, some] of Map.groupBy(items, ({ file }) => folderOf(file.filePath)))
      failed.push(...(await move(some, folder)));
    return failed;
  },
});

async function move(items: readonly FileItem[], destinationPath: string): Promise<readonly FailedItem<FileItem>[]> {
  const body = { fileIds: items.map(({ id }) => id), destinationPath };
  return failedOf(items, await dataOf(api.POST('/v1/files/batch/moveByFileIds', { body })));
}

import { api } from '../api/client.ts';
import { dataOf, Failure } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';
import { type FileAction, folderOf, pathIn } from './file-action.ts';

/** Into one folder. A file of the same name there is not overlaid: the API would make versions of one of both. */
export const moveTo = (text: Catalogue, folder: string): FileAction => ({
  label: text.select.move,
  done: (count) => text.select.moved(count, folder),
  perCall: 1,
  act: async ([item]) => {
    if (item) await move(item.file.filePath, folder);
    return [];
  },
  undo: () => moveBack(text, folder),
});

/** Each file to where it was when it was selected. */
const moveBack = (text: Catalogue, from: string): FileAction => ({
  label: text.undo,
  done: text.select.undone,
  perCall: 1,
  act: async ([item]) => {
    if (item) await move(pathIn(from, item.file.name), folderOf(item.file.filePath));
    return [];
  },
});

async function move(sourceFilePath: string, destinationPath: string): Promise<void> {
  if (folderOf(sourceFilePath) === destinationPath) return;
  const name = sourceFilePath.slice(sourceFilePath.lastIndexOf('/') + 1);
  const query = { path: destinationPath, name, type: 'file', limit: '1' } as const;
  const there = await dataOf(api.GET('/v1/files', { params: { query } }));
  if (there.length > 0) throw new Failure('file.exists', 409, `There is a ${name} in ${destinationPath} already.`);
  await dataOf(api.POST('/v1/files/move', { body: { sourceFilePath, destinationPath } }));
}

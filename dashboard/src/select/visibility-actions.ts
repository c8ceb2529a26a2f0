import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';
import { failedOf } from './failed-of.ts';
import type { FileAction, FileItem } from './file-action.ts';
import type { SelectedFile } from './selected-file.ts';

/** Files that one call takes (`files.update-several`). */
const PER_CALL = 100;

/** @param isPrivate of a file; by default as it was when it was selected */
export const setPrivate = (text: Catalogue, isPrivate?: boolean): FileAction =>
  visibilityAction({
    text,
    done: isPrivate ? text.select.madePrivate : text.select.madePublic,
    change: (file) => ({ isPrivateFile: isPrivate ?? file.isPrivateFile }),
    undo: () => setPrivate(text),
    isUndo: isPrivate === undefined,
  });

/** @param isPublished of a file; by default as it was when it was selected */
export const setPublished = (text: Catalogue, isPublished?: boolean): FileAction =>
  visibilityAction({
    text,
    done: isPublished ? text.select.published : text.select.unpublished,
    change: (file) => ({ isPublished: isPublished ?? file.isPublished }),
    undo: () => setPublished(text),
    isUndo: isPublished === undefined,
  });

type Change = { readonly isPrivateFile: boolean } | { readonly isPublished: boolean };

interface Visibility {
  readonly text: Catalogue;
  readonly done: (count: number) => string;
  readonly change: (file: SelectedFile) => Change;
  readonly undo: () => FileAction;
  readonly isUndo: boolean;
}

const visibilityAction = ({ text, done, change, undo, isUndo }: Visibility): FileAction => ({
  label: isUndo ? text.undo : text.select.visibility,
  done: isUndo ? text.select.undone : done,
  perCall: PER_CALL,
  act: async (items) => {
    const failed = [];
    for (const [wanted, some] of Map.groupBy(items, ({ file }) => JSON.stringify(change(file))))
      failed.push(...(await update(some, JSON.parse(wanted))));
    return failed;
  },
  ...(!isUndo && { undo }),
});

async function update(items: readonly FileItem[], change: Change) {
  const body = { fileIds: items.map(({ id }) => id), ...change };
  return failedOf(items, await dataOf(api.POST('/v1/files/batch/updateByFileIds', { body })));
}

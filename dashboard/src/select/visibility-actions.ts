import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';
import type { FileAction } from './file-action.ts';
import type { SelectedFile } from './selection.ts';

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
    change: (file) => ({ publish: { isPublished: isPublished ?? file.isPublished } }),
    undo: () => setPublished(text),
    isUndo: isPublished === undefined,
  });

interface Visibility {
  readonly text: Catalogue;
  readonly done: (count: number) => string;
  readonly change: (
    file: SelectedFile,
  ) => { readonly isPrivateFile: boolean } | { readonly publish: { readonly isPublished: boolean } };
  readonly undo: () => FileAction;
  readonly isUndo: boolean;
}

const visibilityAction = ({ text, done, change, undo, isUndo }: Visibility): FileAction => ({
  label: isUndo ? text.undo : text.select.visibility,
  done: isUndo ? text.select.undone : done,
  perCall: 1,
  act: async ([item]) => {
    if (!item) return [];
    const { fileId } = item.file;
    await dataOf(api.PATCH('/v1/files/{fileId}/details', { params: { path: { fileId } }, body: change(item.file) }));
    return [];
  },
  ...(!isUndo && { undo }),
});

import { api } from '../api/client.ts';
import { dataOf, Failure } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';
import { failedOf } from './failed-of.ts';
import type { FileAction, FileItem } from './file-action.ts';

/** Files that one call takes (`files.delete-several`). */
const PER_CALL = 100;

/** @param force also those that are used elsewhere */
export const trash = (text: Catalogue, force = false): FileAction => ({
  label: text.select.remove,
  done: text.select.trashed,
  perCall: PER_CALL,
  act: async (items) => {
    const body = { fileIds: items.map(({ id }) => id), force };
    return failedOf(items, await dataOf(api.POST('/v1/files/batch/deleteByFileIds', { body })));
  },
  undo: () => restore(text),
  instead: (failed) =>
    failed.some(({ reason }) => reason instanceof Failure && reason.code === 'file.referenced')
      ? { label: text.select.removeUsed, action: trash(text, true) }
      : undefined,
});

export const restore = (text: Catalogue): FileAction => ({
  label: text.trash.restoreShort,
  done: text.select.restored,
  perCall: 1,
  act: async (items) => {
    await dataOf(api.POST('/v1/trash/{id}/restore', { params: { path: { id: idOf(items) } }, body: {} }));
    return [];
  },
});

/** No byte is left, and there is no way back. */
export const purge = (text: Catalogue): FileAction => ({
  label: text.select.purge,
  done: text.select.purged,
  perCall: 1,
  act: async (items) => {
    const params = { path: { fileId: idOf(items) }, query: { purge: 'true' } } as const;
    await dataOf(api.DELETE('/v1/files/{fileId}', { params }));
    return [];
  },
});

const idOf = ([item]: readonly FileItem[]): string => item?.id ?? '';

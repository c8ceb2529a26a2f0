import { api } from '../api/client.ts';
import { dataOf, Failure } from '../api/failure.ts';
import type { Catalogue } from '../i18n/en.ts';
import { failedOf } from './failed-of.ts';
import type { FileAction } from './file-action.ts';

/** Files that one call takes (`files.delete-several`, `files.purge-several`, `trash.restore-several`). */
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
  perCall: PER_CALL,
  act: async (items) => {
    const { errors } = await dataOf(api.POST('/v1/trash/restore', { body: { ids: items.map(({ id }) => id) } }));
    return failedOf(items, { errors: errors?.map(({ id, ...reason }) => ({ fileId: id, ...reason })) });
  },
});

/** No byte is left, and there is no way back. */
export const purge = (text: Catalogue): FileAction => ({
  label: text.select.purge,
  done: text.select.purged,
  perCall: PER_CALL,
  act: async (items) => {
    const body = { fileIds: items.map(({ id }) => id) };
    return failedOf(items, await dataOf(api.POST('/v1/files/batch/purgeByFileIds', { body })));
  },
});

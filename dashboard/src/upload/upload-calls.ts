import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { findTwins } from './find-twins.ts';
import { sendFile } from './send-file.ts';
import type { UploadCalls } from './upload-queue.ts';

/** @param arrived told when a file is in the library */
export const uploadCalls = (arrived: () => void): UploadCalls => ({
  findTwins,
  send: sendFile,
  // What cannot be removed now is removed by the storage within a day.
  abandon: (uploadId) =>
    void api.DELETE('/v1/uploads/{uploadId}', { params: { path: { uploadId } } }).catch(() => undefined),
  describe: async (fileId, { tags, fields }) => {
    const body = {
      ...(tags.length > 0 && { addTags: [...tags] }),
      ...(Object.keys(fields).length > 0 && { customMetadata: fields }),
    };
    await dataOf(api.PATCH('/v1/files/{fileId}/details', { params: { path: { fileId } }, body }));
  },
  arrived,
});

import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { sendBytes } from './send-bytes.ts';

/** Bytes up to which one call brings a file; the API's own limit is 4.5 MB, the form around it included. */
const IN_ONE_CALL = 4_000_000;

export interface FileToSend {
  readonly file: File;
  /** Path of the folder in the library. */
  readonly folder: string;
  readonly progress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** Uploads one file; a file of its name becomes a version of it. @throws Failure, or the signal's reason */
export const sendFile = (sent: FileToSend): Promise<void> =>
  sent.file.size <= IN_ONE_CALL ? sendInOneCall(sent) : sendInParts(sent);

function sendInOneCall({ file, folder, progress, signal }: FileToSend): Promise<void> {
  const body = new FormData();
  body.set('fileName', file.name);
  body.set('folder', folder);
  body.set('useUniqueFileName', 'false');
  body.set('file', file);
  return sendBytes({
    ...{ method: 'POST', url: '/v1/files/upload', headers: { 'x-vitrine': '1' }, body, signal },
    // The form is a little more than the file.
    progress: (bytes) => progress(Math.min(bytes, file.size)),
  });
}

/** One part after the other, straight to the storage. Whoever cancels leaves nothing behind. */
async function sendInParts({ file, folder, progress, signal }: FileToSend): Promise<void> {
  const begun = await dataOf(
    api.POST('/v1/uploads', {
      body: { size: file.size, fileName: file.name, folder, useUniqueFileName: false },
      signal,
    }),
  );
  const path = { uploadId: begun.uploadId };
  try {
    for (let number = 1; number <= begun.partCount; number++) {
      const from = (number - 1) * begun.partSize;
      const bytes = file.slice(from, from + begun.partSize);
      const parts = [{ number, sha256: await checksumOf(bytes) }];
      const signed = await dataOf(
        api.POST('/v1/uploads/{uploadId}/parts', { params: { path }, body: { parts }, signal }),
      );
      for (const { url, headers } of signed.parts) {
        const sent = (here: number) => progress(from + here);
        await sendBytes({
          method: 'PUT',
          url,
          headers: headers as Record<string, string>,
          body: bytes,
          progress: sent,
          signal,
        });
      }
    }
    await dataOf(api.POST('/v1/uploads/{uploadId}/complete', { params: { path }, signal }));
  } catch (error) {
    await api.DELETE('/v1/uploads/{uploadId}', { params: { path } }).catch(() => undefined);
    throw error;
  }
}

/** SHA-256, base64. */
async function checksumOf(bytes: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

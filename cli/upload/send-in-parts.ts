import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../api/api.ts';
import { ApiRefused } from '../api/api.ts';
import { CommandFailed } from '../command-failed.ts';
import { inParallel } from '../in-parallel.ts';
import type { LocalFile } from './local-files.ts';
import type { SendFileDeps, SentWith } from './upload-parameters.ts';

/** How far an upload is (docs/large-uploads.md). */
interface UploadState {
  readonly uploadId: string;
  readonly status: 'Pending' | 'Ended';
  readonly partSize: number;
  readonly missing: readonly number[];
}

const PATH = '/v1/uploads';

/** Parts of one file that are sent side by side; each is in memory. */
const SIDE_BY_SIDE = 3;

/** Attempts at one part, and at the completion, which may take longer than its answer is waited for. */
const ATTEMPTS = 4;

/** Sends what is missing of a file, and makes the file. One that was begun before goes on. @throws CommandFailed */
export async function sendInParts(
  { api, begun }: SendFileDeps,
  file: LocalFile,
  sentWith: SentWith,
): Promise<Response> {
  const uploadId = (await begun.find(file)) ?? '';
  const known = uploadId && (await stateOf(api, uploadId));
  const upload = known && known.status === 'Pending' ? known : await begin(api, file, sentWith);
  await begun.note(file, upload.uploadId);
  const bytes = await openAsBlob(file.file);
  await inParallel(upload.missing, SIDE_BY_SIDE, (number) => sendPart(api, upload, bytes, number));
  return complete(api, upload.uploadId);
}

async function begin(api: Api, { bytes }: LocalFile, { parameters, ifMatch }: SentWith): Promise<UploadState> {
  const answer = await api.call('POST', PATH, { body: { ...parameters, size: bytes }, ifMatch });
  const upload = (await answer.json()) as UploadState & { readonly partCount: number };
  return { ...upload, status: 'Pending', missing: Array.from({ length: upload.partCount }, (_, index) => index + 1) };
}

/** @returns undefined for an upload that is gone */
async function stateOf(api: Api, uploadId: string): Promise<UploadState | undefined> {
  try {
    return (await (await api.call('GET', `${PATH}/${uploadId}`)).json()) as UploadState;
  } catch (error) {
    if (error instanceof ApiRefused && error.status === 404) return undefined;
    throw error;
  }
}

async function sendPart(api: Api, { uploadId, partSize }: UploadState, file: Blob, number: number): Promise<void> {
  const bytes = await file.slice((number - 1) * partSize, number * partSize).arrayBuffer();
  const sha256 = createHash('sha256').update(new Uint8Array(bytes)).digest('base64');
  await repeatedly(`Part ${number}`, async () => {
    const signed = await api.call('POST', `${PATH}/${uploadId}/parts`, { body: { parts: [{ number, sha256 }] } });
    const { parts } = (await signed.json()) as { parts: [{ url: string; headers: Record<string, string> }] };
    const { ok, status } = await fetch(parts[0].url, { method: 'PUT', headers: parts[0].headers, body: bytes });
    return ok || status;
  });
}

const complete = (api: Api, uploadId: string): Promise<Response> =>
  repeatedly('The completion', async () => {
    try {
      return await api.call('POST', `${PATH}/${uploadId}/complete`);
    } catch (error) {
      if (error instanceof ApiRefused && error.status >= 500) return error.status;
      throw error;
    }
  });

/** @param attempt what comes of it, or the status of the answer that says that it is not done */
async function repeatedly<Done extends true | Response>(
  what: string,
  attempt: () => Promise<Done | number>,
): Promise<Done> {
  for (let count = 1; ; count++) {
    const done = await attempt().catch((error: unknown) => {
      if (error instanceof CommandFailed) throw error;
      return 'no answer' as const;
    });
    if (done !== 'no answer' && typeof done !== 'number') return done;
    if (count === ATTEMPTS) throw new CommandFailed(`${what} had this answer ${ATTEMPTS} times: ${done}.`);
    await pause(250 * 2 ** count);
  }
}

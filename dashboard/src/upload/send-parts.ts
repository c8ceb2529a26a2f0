import { api } from '../api/client.ts';
import { dataOf, Failure } from '../api/failure.ts';
import { patiently } from '../api/patiently.ts';
import { base64ChecksumOf } from './checksum.ts';
import { sendBytes } from './send-bytes.ts';
import { parametersOf, type SendOrder } from './send-order.ts';

/** Attempts at a call, some seconds in all. What fails then goes on with the parts that are there when it is tried again. */
const ATTEMPTS = 4;

interface Begun {
  readonly uploadId: string;
  readonly partSize: number;
  readonly partCount: number;
  /** Numbers of the parts that are to be sent, from 1. */
  readonly missing: readonly number[];
  /** Of the file, when the upload has ended already. */
  readonly fileId?: string | undefined;
}

/** Sends one part after the other straight to the storage, and after a break only what is missing there. */
export async function sendInParts(order: SendOrder & { readonly source: File }): Promise<string> {
  const { source, progress, begun, signal } = order;
  const call = <Data>(make: () => Promise<Data>) => patiently(make, { attempts: ATTEMPTS, signal });
  const { uploadId, partSize, partCount, missing, fileId } = await call(() => beginOrGoOn(order));
  if (fileId !== undefined) return fileId;
  begun(uploadId);
  const sizeOf = (number: number) => Math.min(partSize, source.size - (number - 1) * partSize);
  const there = Array.from({ length: partCount }, (_, index) => index + 1).filter((one) => !missing.includes(one));
  let sent = there.reduce((sum, number) => sum + sizeOf(number), 0);
  progress(sent);
  for (const number of missing) {
    const from = (number - 1) * partSize;
    const bytes = source.slice(from, from + partSize);
    await call(() => sendPart({ uploadId, number, bytes, progress: (here) => progress(sent + here), signal }));
    sent += bytes.size;
  }
  const params = { path: { uploadId } };
  const file = await call(() => dataOf(api.POST('/v1/uploads/{uploadId}/complete', { params, signal })));
  return file.fileId;
}

/** What the storage no longer knows is begun anew. */
async function beginOrGoOn(order: SendOrder & { readonly source: File }): Promise<Begun> {
  const { uploadId } = order.upload;
  if (uploadId === undefined) return begin(order);
  try {
    return await dataOf(api.GET('/v1/uploads/{uploadId}', { params: { path: { uploadId } }, signal: order.signal }));
  } catch (error) {
    if (error instanceof Failure && error.status === 404) return begin(order);
    throw error;
  }
}

async function begin({ upload, source, signal }: SendOrder & { readonly source: File }): Promise<Begun> {
  const body = { size: source.size, ...parametersOf(upload) };
  const begun = await dataOf(api.POST('/v1/uploads', { body, signal }));
  return { ...begun, missing: Array.from({ length: begun.partCount }, (_, index) => index + 1) };
}

interface PartToSend {
  readonly uploadId: string;
  readonly number: number;
  readonly bytes: Blob;
  readonly progress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

async function sendPart({ uploadId, number, bytes, progress, signal }: PartToSend): Promise<void> {
  const parts = [{ number, sha256: await base64ChecksumOf(bytes) }];
  const params = { path: { uploadId } };
  const signed = await dataOf(api.POST('/v1/uploads/{uploadId}/parts', { params, body: { parts }, signal }));
  for (const { url, headers } of signed.parts)
    await sendBytes({ method: 'PUT', url, headers: headers as Record<string, string>, body: bytes, progress, signal });
}

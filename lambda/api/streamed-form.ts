import type { Readable } from 'node:stream';
import { LIMITS } from '../contract/limits.ts';
import type { StoredFile, StreamedForm } from '../contract/streamed-upload.ts';
import type { FormFields } from '../core/kernel/form-fields.ts';
import { formValue } from '../core/kernel/form-fields.ts';
import type { Problem } from '../core/kernel/problems.ts';
import { problem } from '../core/kernel/problems.ts';
import { readIncomingFile } from '../core/library/uploads/incoming-file.ts';
import { boundText, noFileChosen, requireForm, requireOneFile, tooMuchText } from './form-body.ts';
import type { FilePart } from './form-parts.ts';
import { readParts } from './form-parts.ts';

/** What was stored of an upload. */
export interface KeptFile {
  /** Bytes. */
  readonly size: number;
  readonly discard: () => Promise<void>;
}

/** Stores the bytes of an upload while they come. @throws what they throw; nothing is kept then */
export type KeepIncoming = (uploadId: string, bytes: AsyncIterable<Uint8Array>) => Promise<KeptFile>;

/** A form, and how its file is removed when nobody needs it any more. */
export interface ReceivedForm {
  readonly form: StreamedForm;
  readonly discard: () => Promise<void>;
}

/** Bytes of base64 text for the largest file, with its line breaks. */
const TEXT_FILE_BYTES = Math.ceil(LIMITS.largeUploadBytes * 1.4);

const limits = { fileBytes: TEXT_FILE_BYTES, textBytes: LIMITS.apiBodyBytes, streamsText: true, tooLong };

/**
 * Reads the form of an upload as `readForm` does, and stores its file meanwhile, wherever it stands in the form. Without a key
 * nobody knows yet whose form it is: less is stored of it then.
 * @param keep stores the file under the id of its upload
 * @throws Problem as `readForm`; nothing is kept then
 */
export async function readStreamedForm(
  headers: Headers,
  body: Readable,
  uploadId: string,
  keep: KeepIncoming,
): Promise<ReceivedForm> {
  const contentType = requireForm(headers);
  let part: FilePart | undefined;
  let kept: KeptFile | undefined;
  const discard = async () => kept?.discard();
  try {
    const { fields, files } = await readParts(contentType, body, {
      ...limits,
      take: async (one, before) => {
        // Two would be stored under one name.
        if (part) requireOneFile(before, 2);
        part = one;
        const incoming = await readIncomingFile(toIncoming(one, formValue(before, 'fileName')));
        if (incoming.kind === 'text') return incoming.text;
        kept = await keep(uploadId, bounded(incoming.bytes, headers.has('authorization') ? WITH_KEY : WITHOUT_KEY));
        if (kept.size === 0 && one.fileName === '') throw noFileChosen();
        return storedFile(uploadId, kept, incoming.claimedType);
      },
    });
    boundText(fields);
    return { form: toForm(fields, files[0]), discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

const toIncoming = ({ bytes, contentType, fileName: partName }: FilePart, fileName: string | undefined) => ({
  ...{ bytes, contentType, partName },
  fileName: fileName ?? partName ?? '',
});

const storedFile = (uploadId: string, { size }: KeptFile, contentType: string | undefined): StoredFile => ({
  ...{ uploadId, size },
  ...(contentType !== undefined && { contentType }),
});

/** @param file where it is stored, or text that stands for it */
function toForm(fields: FormFields, file: StoredFile | string | undefined): StreamedForm {
  if (typeof file === 'string') return { fields: [...fields, ['file', [file]]] };
  return { fields: [...fields], ...(file && { file }) };
}

/** How large a file may be, and the words for one that is larger. */
interface Bound {
  readonly bytes: number;
  readonly refusal: string;
}

const WITH_KEY: Bound = {
  bytes: LIMITS.largeUploadBytes,
  refusal: `A file may have at most ${LIMITS.largeUploadBytes} bytes, and this one has more.`,
};

const WITHOUT_KEY: Bound = {
  bytes: LIMITS.selfSignedUploadBytes,
  refusal:
    `A form that signs itself may bring a file of at most ${LIMITS.selfSignedUploadBytes} bytes, and this one has more: ` +
    'send it with a key, or with an upload grant.',
};

async function* bounded(bytes: AsyncIterable<Uint8Array>, bound: Bound): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > bound.bytes) throw tooLarge(bound);
    yield chunk;
  }
}

function tooLong(name: string): Problem {
  return name === 'file' ? tooLarge(WITH_KEY) : tooMuchText();
}

const tooLarge = ({ refusal }: Bound) => problem('upload.too-large', refusal);

import { problem } from '../../kernel/problems.ts';
import { DATA_URI, mayHoldText, notAFileText, URL_FORM } from '../file-source.ts';
import { decodeBase64 } from './base64-stream.ts';

/** A part named `file` whose bytes are on their way. */
export interface IncomingPart {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  /** Undefined for text. */
  readonly partName: string | undefined;
  /** Name of the file: what was given before the part, else the part's own. */
  readonly fileName: string;
}

/** What the part holds: the bytes of the file, or text that stands for it and is short. */
export type IncomingFile =
  | { readonly kind: 'bytes'; readonly bytes: AsyncIterable<Uint8Array>; readonly claimedType?: string }
  | { readonly kind: 'text'; readonly text: string };

/** Bytes that tell what text is: longer than any URL that is followed, and than the head of a data URI. */
const BEGINNING = 8192;

/** Bytes of a data URI that is not base64; it is no form for large files. */
const ESCAPED_URI_BYTES = 500_000;

/**
 * Finds out what a part holds by its beginning, as `readFileSource` does by all of it: base64 is decoded while it comes.
 * @throws Problem upload.invalid-parameter for text that stands for no file; `bytes` throws the same
 */
export async function readIncomingFile(part: IncomingPart): Promise<IncomingFile> {
  const { contentType, partName, fileName } = part;
  const isText = partName === undefined && contentType !== 'application/octet-stream';
  const asTheyAre = (bytes: AsyncIterable<Uint8Array>): IncomingFile => ({
    kind: 'bytes',
    bytes,
    ...(!isText && { claimedType: contentType }),
  });
  if (!isText && !mayHoldText(contentType, fileName)) return asTheyAre(part.bytes);
  const { beginning, isAll, all } = await peek(part.bytes);
  const text = beginning.toString('latin1').trimStart();
  if (isAll && isText) return { kind: 'text', text: beginning.toString() };
  const [head, type = '', parameters = ''] = DATA_URI.exec(text.slice(0, 1024)) ?? [];
  if (head !== undefined && /;\s*base64\s*$/i.test(parameters)) {
    const bytes = decodeBase64(behind(all, beginning.indexOf(',') + 1));
    return { kind: 'bytes', bytes, claimedType: type.toLowerCase() || 'text/plain' };
  }
  if (head !== undefined) return { kind: 'text', text: await collect(all) };
  if (isAll && URL_FORM.test(text.trim())) return { kind: 'text', text };
  if (/^[A-Za-z0-9+/_=\s-]+$/.test(text)) return { kind: 'bytes', bytes: decodeBase64(all) };
  if (isText) throw notAFileText();
  return asTheyAre(all);
}

interface Peeked {
  readonly beginning: Buffer;
  /** Whether nothing comes after it. */
  readonly isAll: boolean;
  /** Everything, the beginning too. */
  readonly all: AsyncIterable<Uint8Array>;
}

async function peek(bytes: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const coming = bytes[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let count = 0;
  let isAll = false;
  while (count < BEGINNING && !isAll) {
    const { value, done } = await coming.next();
    if (done) isAll = true;
    else count += read.push(value) && value.byteLength;
  }
  async function* all() {
    yield* read;
    for (let next = await coming.next(); !next.done; next = await coming.next()) yield next.value;
  }
  return { beginning: Buffer.concat(read), isAll, all: all() };
}

async function* behind(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of bytes) {
    if (left < chunk.byteLength) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.byteLength);
  }
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const read: Uint8Array[] = [];
  let count = 0;
  for await (const chunk of bytes) {
    count += chunk.byteLength;
    if (count > ESCAPED_URI_BYTES) {
      throw problem(
        'upload.too-large',
        `A data URI that is not base64 may have at most ${ESCAPED_URI_BYTES} bytes; send the file itself.`,
      );
    }
    read.push(chunk);
  }
  return Buffer.concat(read).toString();
}

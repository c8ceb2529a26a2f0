import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Chunks that hold deflated metadata (PNG specification, sections 11.3.3.3, 11.3.4.3 and 11.3.4.4). */
const DEFLATED = new Set(['zTXt', 'iTXt', 'iCCP']);

/**
 * Refuses a PNG whose metadata inflate beyond the limit: a kilobyte of text can stand for a megabyte, and a decoder that
 * looks at it would have to hold it.
 * @throws Problem source.limit
 */
export function guardPngChunks(bytes: Buffer): void {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT' || type === 'IEND') return;
    if (DEFLATED.has(type)) guardChunk(type, bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
}

function guardChunk(type: string, content: Buffer): void {
  const deflated = content.subarray(startOfData(type, content));
  try {
    // Got when it is needed: it is a twentieth of a cold start.
    process.getBuiltinModule('node:zlib').inflateSync(deflated, { maxOutputLength: LIMITS.metadataBytes });
  } catch (error) {
    // Text that is not deflated or broken is the decoder's own affair: it skips it.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return;
    throw problem('source.limit', `Metadata of an image may have ${LIMITS.metadataBytes} bytes when inflated.`);
  }
}

/** Behind the keyword, a byte that says how it is deflated, and for `iTXt` two more words. */
function startOfData(type: string, content: Buffer): number {
  const keyword = content.indexOf(0) + 1;
  if (type !== 'iTXt') return keyword + 1;
  const language = content.indexOf(0, keyword + 2) + 1;
  return content.indexOf(0, language) + 1;
}

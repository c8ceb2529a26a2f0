import { notAFileText } from '../file-source.ts';

/** Both alphabets (RFC 4648, sections 4 and 5), without padding. */
const ALPHABET = /^[A-Za-z0-9+/_-]*$/;

/**
 * Decodes base64 text while it comes: both alphabets, with or without padding; white space anywhere (RFC 2045).
 * @throws Problem upload.invalid-parameter for what is none
 */
export async function* decodeBase64(text: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest = '';
  let padding = 0;
  for await (const chunk of text) {
    const compact = latin1(chunk).replace(/\s+/g, '');
    const digits = compact.replace(/=+$/, '');
    // After the padding nothing may come, and there are at most two of it.
    if (padding > 0 && digits !== '') throw notAFileText();
    padding += compact.length - digits.length;
    if (padding > 2 || !ALPHABET.test(digits)) throw notAFileText();
    rest += digits;
    const whole = rest.length - (rest.length % 4);
    if (whole > 0) yield Buffer.from(rest.slice(0, whole), 'base64');
    rest = rest.slice(whole);
  }
  if (rest.length === 1) throw notAFileText();
  if (rest) yield Buffer.from(rest, 'base64');
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

import { problem } from '../../core/kernel/problems.ts';

/** Encodings in which SVG files are found, by the names that an XML declaration gives them. Not UTF-7 and its like. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

/** Bytes in which an XML declaration ends. */
const DECLARATION_BYTES = 200;

/** The text of an XML file. @throws Problem source.unreadable */
export function decodeText(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, DECLARATION_BYTES));
  const declared = /^(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(
    head.toString('latin1'),
  )?.[1];
  const encoding = ENCODINGS[(declared ?? 'utf-8').toLowerCase()];
  try {
    if (encoding) return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Answered below: the bytes are not what the file says.
  }
  throw problem('source.unreadable', 'An SVG must be in UTF-8, US-ASCII or ISO-8859-1, as its XML declaration says.');
}

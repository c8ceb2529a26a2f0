import { LIMITS } from '../../contract/limits.ts';
import type { StoredFile } from '../../contract/streamed-upload.ts';
import type { Problem } from '../kernel/problems.ts';
import { problem } from '../kernel/problems.ts';
import { extensionOf } from './asset-path.ts';
import type { UploadForm } from './upload-form.ts';

/** Where the bytes of an upload are: in the request, stored while it was read, or behind a URL. */
export type FileSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly claimedType?: string }
  | { readonly kind: 'stored'; readonly uploadId: string; readonly size: number; readonly claimedType?: string }
  | { readonly kind: 'url'; readonly url: string };

/** Extensions of files whose own content may look like a URL or base64. */
const TEXT_EXTENSIONS = new Set(['', 'txt', 'text', 'csv', 'md', 'log', 'url', 'json', 'b64']);

export const URL_FORM = /^https?:\/\/\S+$/i;
export const DATA_URI = /^data:([^;,]*)((?:;[^;,]*)*),/i;

/**
 * The `file` parameter: a binary part, or text holding an http(s) URL, a data URI or base64. ImageKit's iOS SDK sends
 * such text as a part with a file name and the type text/plain, so that one is read as text unless the file's own name
 * says that text is what it holds.
 */
export function readFileSource(form: UploadForm, fileName: string): FileSource {
  const { file } = form;
  if (file && 'uploadId' in file) return storedSource(file);
  if (file) {
    if (file.bytes.byteLength > LIMITS.directUploadBytes) throw tooLarge();
    if (file.bytes.byteLength === 0) throw emptyFile();
    const text = mayHoldText(file.contentType, fileName) && asText(file.bytes);
    return (text && readTextSource(text)) || { kind: 'bytes', bytes: file.bytes, claimedType: file.contentType };
  }
  const [text = ''] = form.fields.get('file') ?? [];
  if (!text.trim()) throw problem('upload.missing-parameter', 'The parameter file is missing.');
  const source = readTextSource(text);
  if (!source) throw notAFileText();
  return source;
}

/** Whether a binary part may hold text that stands for the file. @param fileName the file's own, which says whether text is what it holds */
export const mayHoldText = (contentType: string, fileName: string): boolean =>
  contentType === 'text/plain' && !TEXT_EXTENSIONS.has(extensionOf(fileName));

export const notAFileText = (): Problem =>
  problem('upload.invalid-parameter', 'file as text may be an http or https URL, a data URI or base64.');

function storedSource({ uploadId, size, contentType }: StoredFile): FileSource {
  if (size === 0) throw emptyFile();
  return { kind: 'stored', uploadId, size, ...(contentType !== undefined && { claimedType: contentType }) };
}

const emptyFile = () => problem('upload.missing-parameter', 'The parameter file is empty.');

/** Text of a part that can only be ASCII, or undefined. */
function asText(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return /^[\x20-\x7e\r\n\t]*$/.test(text) ? text : undefined;
}

function readTextSource(text: string): FileSource | undefined {
  const value = text.trim();
  if (URL_FORM.test(value)) return { kind: 'url', url: value };
  const header = DATA_URI.exec(value.slice(0, 1024));
  if (!header) return decodeBase64(value);
  const [all, type = '', parameters = ''] = header;
  const payload = value.slice(all.length);
  const claimedType = type.toLowerCase() || 'text/plain';
  if (/;\s*base64\s*$/i.test(parameters)) return decodeBase64(payload, claimedType);
  return { kind: 'bytes', bytes: bounded(decodePercent(payload)), claimedType };
}

function decodePercent(payload: string): Uint8Array {
  try {
    return Buffer.from(decodeURIComponent(payload), 'utf8');
  } catch (cause) {
    throw problem('upload.invalid-parameter', 'The data URI has an escape that is not valid UTF-8.', { cause });
  }
}

/** Both alphabets, with or without padding; line breaks are allowed (RFC 2045). Undefined when it is not base64. */
function decodeBase64(text: string, claimedType?: string): FileSource | undefined {
  const compact = text.replace(/\s+/g, '');
  if (compact === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact)) return undefined;
  if (compact.replace(/=+$/, '').length % 4 === 1) return undefined;
  return { kind: 'bytes', bytes: bounded(Buffer.from(compact, 'base64')), ...(claimedType && { claimedType }) };
}

function bounded(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > LIMITS.directUploadBytes) throw tooLarge();
  return bytes;
}

/** The refusal of a file that is too large to arrive in one request. */
export function tooLarge() {
  return problem(
    'upload.too-large',
    `A file uploaded in one request may have at most ${LIMITS.directUploadBytes} bytes. ` +
      `Up to ${LIMITS.largeUploadBytes} bytes go in parts, by POST /v1/uploads; ` +
      'examples/large-uploads.mjs does that for the SDKs (docs/large-uploads.md).',
  );
}

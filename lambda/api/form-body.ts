import { Readable } from 'node:stream';
import { LIMITS } from '../contract/limits.ts';
import type { FormFields } from '../core/kernel/form-fields.ts';
import { problem } from '../core/kernel/problems.ts';
import { tooLarge } from '../core/library/file-source.ts';
import type { FormFile, UploadForm } from '../core/library/upload-form.ts';
import type { FilePart } from './form-parts.ts';
import { readParts } from './form-parts.ts';
import { joinPieces } from './joined-pieces.ts';
import { wholeBody } from './whole-body.ts';

/** Bytes of a file sent as base64 text, with its line breaks. */
const TEXT_FILE_BYTES = Math.ceil(LIMITS.directUploadBytes * 1.4);

/**
 * Reads a multipart form (RFC 7578) of an upload. Parts come in any order; the file is the part named `file`, binary or
 * text. Other binary parts are passed over.
 * @throws upload.malformed, upload.missing-parameter, upload.too-large, upload.invalid-parameter or body.unsupported
 */
export async function readForm(request: Request): Promise<UploadForm> {
  const contentType = requireForm(request.headers);
  const source = Readable.from([await wholeBody(request)]);
  const { fields, files } = await readParts(contentType, source, { ...limits, take: readWhole });
  boundText(fields);
  requireOneFile(fields, files.length);
  const [file] = files;
  if (file?.bytes.length === 0 && !file.hasName) throw noFileChosen();
  return { fields, ...(file && { file: { bytes: file.bytes, contentType: file.contentType } }) };
}

/** @returns its content type @throws Problem upload.malformed or body.unsupported */
export function requireForm(headers: Headers): string {
  refuseCompressed(headers);
  const contentType = headers.get('content-type') ?? '';
  if (/^multipart\/form-data\s*;/i.test(contentType)) return contentType;
  throw problem('upload.malformed', 'An upload is sent as multipart/form-data.');
}

/** @param streamed files that are no fields @throws Problem upload.invalid-parameter */
export function requireOneFile(fields: FormFields, streamed: number): void {
  if (streamed + (fields.get('file')?.length ?? 0) <= 1) return;
  throw problem('upload.invalid-parameter', 'The parameter file may be given once.');
}

export const noFileChosen = () =>
  problem('upload.missing-parameter', 'The part named file has filename="" and no bytes: no file was chosen.');

function refuseCompressed(headers: Headers): void {
  const encoding = headers.get('content-encoding');
  if (!encoding || encoding.toLowerCase() === 'identity') return;
  throw problem('body.unsupported', 'The form must not be compressed: Content-Encoding must be identity.');
}

const limits = { fileBytes: LIMITS.directUploadBytes, textBytes: TEXT_FILE_BYTES, tooLong: tooLarge };

/** A file part that was read whole. */
type ReadFile = FormFile & { readonly hasName: boolean };

async function readWhole({ bytes, contentType, fileName }: FilePart): Promise<ReadFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Buffer);
  return { bytes: joinPieces(chunks), contentType, hasName: !!fileName };
}

/** The parameters beside the file are a record's worth of text. */
export function boundText(fields: FormFields): void {
  let bytes = 0;
  for (const [name, values] of fields) {
    if (name !== 'file') bytes += values.reduce((sum, value) => sum + Buffer.byteLength(value), name.length);
  }
  if (bytes > LIMITS.apiBodyBytes) throw tooMuchText();
}

export const tooMuchText = () =>
  problem(
    'upload.invalid-parameter',
    `All parameters except file may have at most ${LIMITS.apiBodyBytes} bytes together.`,
  );

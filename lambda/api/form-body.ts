import busboy from 'busboy';
import { LIMITS } from '../contract/limits.ts';
import { problem } from '../core/kernel/problems.ts';
import { tooLarge } from '../core/library/file-source.ts';
import type { FormFile, UploadForm } from '../core/library/upload-form.ts';

/** Bytes of a file sent as base64 text, with its line breaks. */
const TEXT_FILE_BYTES = Math.ceil(LIMITS.directUploadBytes * 1.4);

/** Parts of a form; the upload has some twenty parameters. */
const PARTS = 100;

/**
 * Reads a multipart form (RFC 7578) of an upload. Parts come in any order; the file is the part named `file`, binary or
 * text. Other binary parts are passed over.
 * @throws upload.malformed, upload.missing-parameter, upload.too-large, upload.invalid-parameter or body.unsupported
 */
export async function readForm(request: Request): Promise<UploadForm> {
  refuseCompressed(request.headers);
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw problem('upload.malformed', 'An upload is sent as multipart/form-data.');
  }
  const bytes = Buffer.from(await request.arrayBuffer());
  const { fields, files } = await parse(bytes, contentType);
  boundText(fields);
  if (files.length + (fields.get('file')?.length ?? 0) > 1) {
    throw problem('upload.invalid-parameter', 'The parameter file may be given once.');
  }
  const [file] = files;
  if (file?.bytes.length === 0 && !file.hasName) {
    throw problem('upload.missing-parameter', 'The part named file has filename="" and no bytes: no file was chosen.');
  }
  return { fields, ...(file && { file: { bytes: file.bytes, contentType: file.contentType } }) };
}

function refuseCompressed(headers: Headers): void {
  const encoding = headers.get('content-encoding');
  if (!encoding || encoding.toLowerCase() === 'identity') return;
  throw problem('body.unsupported', 'The form must not be compressed: Content-Encoding must be identity.');
}

interface Parts {
  readonly fields: Map<string, string[]>;
  readonly files: (FormFile & { readonly hasName: boolean })[];
}

function parse(bytes: Buffer, contentType: string): Promise<Parts> {
  const fields: Parts['fields'] = new Map();
  const files: Parts['files'] = [];
  return new Promise((done, failed) => {
    const fail = (cause: unknown) =>
      failed(problem('upload.malformed', 'The form is damaged or incomplete.', { cause }));
    try {
      const parser = busboy({ headers: { 'content-type': contentType }, limits: limits() });
      parser.on('field', (name: string | undefined, value, { valueTruncated }) => {
        if (!name) return failed(nameless());
        if (valueTruncated) failed(tooLarge());
        fields.set(name, [...(fields.get(name) ?? []), value]);
      });
      parser.on('file', (name, stream, { mimeType, filename }) => {
        stream.on('error', fail);
        if (name !== 'file') return void stream.resume();
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('limit', () => failed(tooLarge()));
        stream.on('end', () =>
          files.push({ bytes: Buffer.concat(chunks), contentType: mimeType.toLowerCase(), hasName: !!filename }),
        );
      });
      parser.on('partsLimit', () => failed(problem('upload.malformed', `A form may have at most ${PARTS} parts.`)));
      parser.on('error', fail);
      parser.on('close', () => done({ fields, files }));
      parser.end(bytes);
    } catch (cause) {
      fail(cause);
    }
  });
}

/** RFC 7578, section 4.2: a part has a name. The parser gives none for an empty one. */
const nameless = () => problem('upload.malformed', 'Every part of the form needs a name.');

const limits = () => ({ fileSize: LIMITS.directUploadBytes + 1, fieldSize: TEXT_FILE_BYTES, parts: PARTS });

/** The parameters beside the file are a record's worth of text. */
function boundText(fields: Parts['fields']): void {
  let bytes = 0;
  for (const [name, values] of fields) {
    if (name !== 'file') bytes += values.reduce((sum, value) => sum + Buffer.byteLength(value), name.length);
  }
  if (bytes > LIMITS.apiBodyBytes) {
    throw problem(
      'upload.invalid-parameter',
      `All parameters except file may have at most ${LIMITS.apiBodyBytes} bytes together.`,
    );
  }
}

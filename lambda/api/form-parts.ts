import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { Problem } from '../core/kernel/problems.ts';
import { problem } from '../core/kernel/problems.ts';

/** Parts of a form; the upload has some twenty parameters. */
const PARTS = 100;

/** A part whose bytes are read while the form is. */
export interface FilePart {
  readonly bytes: Readable;
  /** In lower case, without parameters. */
  readonly contentType: string;
  /** Undefined for text, which has none. */
  readonly fileName: string | undefined;
}

/** How the parts of a form are read. */
export interface FormReading<File> {
  /** Bytes of the part named `file`. */
  readonly fileBytes: number;
  /** Bytes of any other part. */
  readonly textBytes: number;
  /** Whether text named `file` is read as binary parts are. @default it is a field */
  readonly streamsText?: boolean;
  /** What is said of a part that is longer. */
  readonly tooLong: (name: string) => Problem;
  /**
   * Takes the file. Its stream fails when the form does.
   * @param fields those that came before it
   */
  readonly take: (part: FilePart, fields: ReadonlyMap<string, readonly string[]>) => Promise<File>;
}

export interface FormParts<File> {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly File[];
}

/**
 * Reads the parts of a multipart form (RFC 7578) in any order; the file is the part named `file`. Other binary parts are passed
 * over. When it rejects, whatever took a file has ended, and the rest of the source is not read.
 * @throws Problem upload.malformed, `tooLong`, or what `take` throws
 */
export async function readParts<File>(
  contentType: string,
  source: Readable,
  reading: FormReading<File>,
): Promise<FormParts<File>> {
  const fields = new Map<string, string[]>();
  const taken: Promise<File>[] = [];
  const open = new Set<Readable>();
  const parsed = new Promise<void>((done, failed) => {
    const refuse = (error: Error) => {
      failed(error);
      for (const stream of open) stream.destroy(error);
    };
    const fail = (cause: unknown) =>
      refuse(problem('upload.malformed', 'The form is damaged or incomplete.', { cause }));
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { fileSize: reading.fileBytes, fieldSize: reading.textBytes, parts: PARTS },
        ...(reading.streamsText && { isPartAFile }),
      });
      parser.on('field', (name: string | undefined, value, _, isTruncated) => {
        if (!name) return refuse(nameless());
        if (isTruncated) refuse(reading.tooLong(name));
        fields.set(name, [...(fields.get(name) ?? []), value]);
      });
      parser.on('file', (name, bytes, fileName: string | undefined, _, mimeType) => {
        bytes.on('error', fail);
        if (name !== 'file') return void bytes.resume();
        open.add(bytes.once('close', () => open.delete(bytes)));
        bytes.on('limit', () => refuse(reading.tooLong(name)));
        const took = reading.take({ bytes, fileName, contentType: mimeType.toLowerCase() }, fields);
        taken.push(took);
        took.catch(refuse);
      });
      parser.on('partsLimit', () => refuse(problem('upload.malformed', `A form may have at most ${PARTS} parts.`)));
      parser.on('error', fail);
      parser.on('finish', done);
      source.once('error', fail);
      source.once('close', () => source.readableEnded || fail(new Error('The form broke off.')));
      source.pipe(parser);
    } catch (cause) {
      fail(cause);
    }
  });
  try {
    await parsed;
    return { fields, files: await Promise.all(taken) };
  } catch (error) {
    source.unpipe();
    await Promise.allSettled(taken);
    throw error;
  }
}

const isPartAFile = (name: string | undefined, contentType: string | undefined, fileName: string | undefined) =>
  name === 'file' || fileName !== undefined || contentType === 'application/octet-stream';

/** RFC 7578, section 4.2: a part has a name. The parser gives none for an empty one. */
const nameless = () => problem('upload.malformed', 'Every part of the form needs a name.');

import type { XmlElement } from '../../xml.ts';
import { type BodyChecks, readBodyChecks } from './body/body-checks.ts';
import type { Checksum } from './body/checksums.ts';
import { type Pieces, readBody, readText } from './body/read-body.ts';
import type { S3Request } from './request.ts';
import type { BlobFolder } from './store/blob-folder.ts';
import { readS3Document } from './xml.ts';

/** Largest object of one PUT, part or copy: 5 GiB (S3 user guide, "Amazon S3 multipart upload limits"). */
export const MAX_SINGLE_BYTES = 5 * 2 ** 30;

/** Largest XML document: a deletion of 1000 keys of 1024 bytes, escaped. */
const MAX_DOCUMENT_BYTES = 4 * 2 ** 20;

/** A body that is whole in a blob. */
export interface Received {
  readonly blob: string;
  readonly size: number;
  /** MD5 in hexadecimal. */
  readonly etag: string;
  readonly checksum: Checksum;
}

/** Writes a body into a blob; nothing is left of it when a check fails. @throws S3Error as `readBody` */
export async function receiveBlob(
  blobs: BlobFolder,
  pieces: Pieces,
  checks: BodyChecks,
  maximumBytes = MAX_SINGLE_BYTES,
): Promise<Received> {
  const { blob, result } = await blobs.write((write) => readBody(pieces, checks, maximumBytes, write));
  return { blob, size: result.size, etag: result.md5.toString('hex'), checksum: result.checksum };
}

/** Reads the XML document of a request. @throws S3Error as `readBody` and `readXml` */
export async function receiveDocument(request: S3Request, root: string): Promise<XmlElement> {
  return readS3Document(await receiveText(request), root);
}

/** Reads the document of a request as it is. @throws S3Error as `readBody` */
export function receiveText(request: S3Request): Promise<string> {
  return readText(request.body, readBodyChecks(request.headers, request.payloadHash), MAX_DOCUMENT_BYTES);
}

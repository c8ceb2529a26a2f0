import { createHash } from 'node:crypto';
import type { XmlElement } from '../../../xml.ts';
import { noChecks } from '../body/body-checks.ts';
import {
  CHECKSUM_ALGORITHMS,
  type Checksum,
  checksumElements,
  checksumHeader,
  compositeChecksum,
  DEFAULT_ALGORITHM,
} from '../body/checksums.ts';
import { writeCheck } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import { versionHeader } from '../object-headers.ts';
import { receiveBlob, receiveDocument } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import type { Part, Upload } from '../store/upload-table.ts';
import { requireUpload } from './multipart-uploads.ts';
import { actorOf, xmlAnswer } from './operation.ts';

/** Every part but the last has at least 5 MiB; an object has at most 50 TB, of which a disk is the tighter limit. */
const MIN_PART_BYTES = 5 * 2 ** 20;

/** CompleteMultipartUpload: the parts become one blob, and one transaction puts the object and ends the upload. */
export async function completeUpload(services: S3Services, request: S3Request): Promise<S3Answer> {
  const wanted = (await receiveDocument(ofDocument(request), 'CompleteMultipartUpload')).all('Part');
  const upload = requireUpload(services, request);
  services.completing.add(upload.id);
  try {
    const parts = selectParts(services.uploads.parts(upload), wanted);
    const version = await assemble(services, request, upload, parts);
    const content = {
      Location: `/${upload.bucket}/${upload.key}`,
      Bucket: upload.bucket,
      Key: upload.key,
      ETag: `"${version.etag}"`,
      ...(version.checksum && checksumElements(version.checksum)),
    };
    return xmlAnswer('CompleteMultipartUploadResult', content, versionHeader(version));
  } finally {
    services.completing.delete(upload.id);
  }
}

/** Here a checksum header is of the object, not of the document that is the body. */
function ofDocument(request: S3Request): S3Request {
  const ofObject = CHECKSUM_ALGORITHMS.map(checksumHeader);
  const headers = Object.entries(request.headers).filter(([name]) => !ofObject.includes(name));
  return { ...request, headers: Object.fromEntries(headers) };
}

/** The parts that the client lists. @throws S3Error InvalidPart, InvalidPartOrder, EntityTooSmall */
function selectParts(stored: readonly Part[], wanted: readonly XmlElement[]): Part[] {
  if (wanted.length === 0) throw s3Error('MalformedXML');
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const parts = wanted.map((element) => {
    const part = byNumber.get(Number(element.text('PartNumber')));
    if (!part || element.text('ETag')?.trim().replaceAll('"', '') !== part.etag) throw s3Error('InvalidPart');
    const checksum = element.text(`Checksum${part.checksum.algorithm}`);
    if (checksum !== undefined && checksum !== part.checksum.value) throw s3Error('InvalidPart');
    return part;
  });
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    if (next && next.number <= part.number) throw s3Error('InvalidPartOrder');
    if (next && part.size < MIN_PART_BYTES) throw s3Error('EntityTooSmall');
  });
  return parts;
}

async function assemble(
  services: S3Services,
  request: S3Request,
  upload: Upload,
  parts: readonly Part[],
): Promise<ObjectVersion> {
  const check = writeCheck(request.headers);
  check?.(services.objects.latest(upload.bucket, upload.key));
  const algorithm = upload.type === 'FULL_OBJECT' && upload.algorithm ? upload.algorithm : DEFAULT_ALGORITHM;
  const whole = await receiveBlob(services.blobs, piecesOf(services, parts), noChecks(algorithm), Infinity);
  const checksum = objectChecksum(upload, parts, whole.checksum);
  let partBlobs: string[] = [];
  const version = services.store.put({
    ...{ bucket: upload.bucket, key: upload.key, reason: 'CompleteMultipartUpload', actor: actorOf(request) },
    content: { ...whole, checksum, etag: multipartEtag(parts), headers: upload.headers, tags: upload.tags },
    check: (latest) => {
      refuseWrongTotals(request, whole.size, checksum);
      check?.(latest);
    },
    also: () => {
      partBlobs = services.uploads.end(upload);
    },
  });
  services.blobs.drop(partBlobs);
  return version;
}

async function* piecesOf(services: S3Services, parts: readonly Part[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield* services.blobs.read(part.blob);
}

/** MD5 of the parts' MD5s, and their number. */
function multipartEtag(parts: readonly Part[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part.etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
}

function objectChecksum(upload: Upload, parts: readonly Part[], whole: Checksum): Checksum {
  if (upload.type !== 'COMPOSITE' || !upload.algorithm) return whole;
  return compositeChecksum(
    upload.algorithm,
    parts.map((part) => part.checksum.value),
  );
}

/** What the client says of the object as a whole. */
function refuseWrongTotals({ headers }: S3Request, size: number, checksum: Checksum): void {
  const expectedSize = headers['x-amz-mp-object-size'];
  if (expectedSize !== undefined && Number(expectedSize) !== size) throw s3Error('InvalidRequest', 'Wrong object size');
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const expected = headers[checksumHeader(algorithm)];
    if (expected === undefined) continue;
    if (algorithm !== checksum.algorithm || expected !== checksum.value) throw s3Error('BadDigest');
  }
}

import { randomBytes } from 'node:crypto';
import { type ChecksumAlgorithm, type ChecksumType, checksumElements, readAlgorithm } from '../body/checksums.ts';
import { s3Error } from '../errors.ts';
import { readObjectHeaders, readTaggingHeader } from '../object-headers.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { Upload } from '../store/upload-table.ts';
import { xmlAnswer } from './operation.ts';

const MAX_ENTRIES = 1000;

/** CreateMultipartUpload. */
export function createUpload(services: S3Services, request: S3Request): S3Answer {
  const { bucket, key, headers } = request;
  const checksum = readUploadChecksum(request);
  const upload: Upload = {
    ...{ bucket, key, ...checksum },
    id: randomBytes(24).toString('base64url'),
    started: services.now().getTime(),
    headers: readObjectHeaders(headers),
    tags: readTaggingHeader(headers['x-amz-tagging']),
  };
  services.uploads.create(upload);
  const content = { Bucket: bucket, Key: key, UploadId: upload.id };
  return xmlAnswer('InitiateMultipartUploadResult', content, {
    ...(checksum.algorithm && { 'x-amz-checksum-algorithm': checksum.algorithm }),
    ...(checksum.type && { 'x-amz-checksum-type': checksum.type }),
  });
}

/** AbortMultipartUpload. */
export function abortUpload(services: S3Services, request: S3Request): S3Answer {
  endUpload(services, requireUpload(services, request));
  return { status: 204 };
}

/** Ends an upload and drops its parts. */
export function endUpload(services: S3Services, upload: Upload): void {
  services.blobs.drop(services.database.transaction(() => services.uploads.end(upload)));
}

/** ListParts. */
export function listParts(services: S3Services, request: S3Request): S3Answer {
  const upload = requireUpload(services, request);
  const after = readNumber(request, 'part-number-marker', 0);
  const limit = Math.min(readNumber(request, 'max-parts', MAX_ENTRIES), MAX_ENTRIES);
  const found = services.uploads.parts(upload, after, limit + 1);
  const parts = found.slice(0, limit);
  const truncated = found.length > limit;
  return xmlAnswer('ListPartsResult', {
    Bucket: request.bucket,
    Key: request.key,
    UploadId: upload.id,
    PartNumberMarker: after,
    NextPartNumberMarker: truncated ? parts.at(-1)?.number : undefined,
    MaxParts: limit,
    IsTruncated: truncated,
    ChecksumAlgorithm: upload.algorithm,
    ChecksumType: upload.type,
    Part: parts.map((part) => ({
      PartNumber: part.number,
      LastModified: new Date(part.modified).toISOString(),
      ETag: `"${part.etag}"`,
      Size: part.size,
      [`Checksum${part.checksum.algorithm}`]: checksumElements(part.checksum)[`Checksum${part.checksum.algorithm}`],
    })),
  });
}

/** ListMultipartUploads. */
export function listUploads(services: S3Services, request: S3Request): S3Answer {
  const { bucket, query } = request;
  if (query.get('delimiter')) throw s3Error('NotImplemented', 'Uploads are listed without a delimiter only');
  const prefix = query.get('prefix') ?? '';
  const key = query.get('key-marker') ?? '';
  // Without an upload id, all uploads of the marked key are passed over; no id begins with a tilde.
  const id = query.get('upload-id-marker') ?? '~';
  const limit = Math.min(readNumber(request, 'max-uploads', MAX_ENTRIES), MAX_ENTRIES);
  const found: Upload[] = [];
  let after = { key, id };
  for (let more = true; more && found.length <= limit; ) {
    const batch = services.uploads.list(bucket, after, MAX_ENTRIES);
    found.push(...batch.filter((upload) => upload.key.startsWith(prefix)));
    after = batch.at(-1) ?? after;
    more = batch.length === MAX_ENTRIES;
  }
  const uploads = found.slice(0, limit);
  const last = found.length > limit ? uploads.at(-1) : undefined;
  return xmlAnswer('ListMultipartUploadsResult', {
    Bucket: bucket,
    Prefix: prefix,
    KeyMarker: key,
    NextKeyMarker: last?.key,
    NextUploadIdMarker: last?.id,
    MaxUploads: limit,
    IsTruncated: last !== undefined,
    Upload: uploads.map((upload) => ({
      Key: upload.key,
      UploadId: upload.id,
      Initiated: new Date(upload.started).toISOString(),
      StorageClass: upload.headers['x-amz-storage-class'] ?? 'STANDARD',
      ChecksumAlgorithm: upload.algorithm,
      ChecksumType: upload.type,
    })),
  });
}

/** The upload that a request names. @throws S3Error NoSuchUpload, OperationAborted while it is being completed */
export function requireUpload(services: S3Services, request: S3Request): Upload {
  const upload = services.uploads.require(request.query.get('uploadId') ?? '', request.bucket, request.key);
  if (services.completing.has(upload.id)) throw s3Error('OperationAborted');
  return upload;
}

/** CRC64NVME is always of the full object, SHA of parts only (S3 user guide, "Checking object integrity"). */
function readUploadChecksum({ headers }: S3Request): {
  algorithm: ChecksumAlgorithm | undefined;
  type: ChecksumType | undefined;
} {
  const name = headers['x-amz-checksum-algorithm'];
  const asked = headers['x-amz-checksum-type'];
  if (name === undefined) return { algorithm: undefined, type: undefined };
  const algorithm = readAlgorithm(name);
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  const possible = algorithm === 'CRC64NVME' ? ['FULL_OBJECT'] : ['COMPOSITE', 'FULL_OBJECT'];
  if (!possible.includes(type) || (algorithm.startsWith('SHA') && type === 'FULL_OBJECT')) {
    throw s3Error('InvalidRequest', `The ${type} checksum type cannot be used with ${algorithm}`);
  }
  return { algorithm, type: type as ChecksumType };
}

function readNumber({ query }: S3Request, name: string, fallback: number): number {
  const text = query.get(name) ?? String(fallback);
  if (!/^\d{1,9}$/.test(text)) throw s3Error('InvalidArgument', `${name} must be a number from 0`);
  return Number(text);
}

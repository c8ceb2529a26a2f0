import { noChecks, readBodyChecks } from '../body/body-checks.ts';
import { checksumElements, checksumHeader, DEFAULT_ALGORITHM } from '../body/checksums.ts';
import { s3Error } from '../errors.ts';
import { readRange } from '../range.ts';
import { type Received, receiveBlob } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { withCopySource } from './copy-object.ts';
import { requireUpload } from './multipart-uploads.ts';
import { xmlAnswer } from './operation.ts';

const MAX_PART_NUMBER = 10_000;

/** UploadPart. */
export async function uploadPart(services: S3Services, request: S3Request): Promise<S3Answer> {
  const { algorithm } = requireUpload(services, request);
  const number = readPartNumber(request);
  const checks = readBodyChecks(request.headers, request.payloadHash);
  if (checks.length === undefined) throw s3Error('MissingContentLength');
  if (algorithm && checks.checksum !== undefined && checks.algorithm !== algorithm) {
    throw s3Error('InvalidRequest', `The upload was created with the checksum algorithm ${algorithm}`);
  }
  const wanted = checks.checksum === undefined && algorithm ? { ...checks, algorithm } : checks;
  const received = await receiveBlob(services.blobs, request.body, wanted);
  keepPart(services, request, number, received);
  const { checksum, etag } = received;
  return { status: 200, headers: { etag: `"${etag}"`, [checksumHeader(checksum.algorithm)]: checksum.value } };
}

/** UploadPartCopy. */
export async function uploadPartCopy(services: S3Services, request: S3Request): Promise<S3Answer> {
  const { algorithm = DEFAULT_ALGORITHM } = requireUpload(services, request);
  const number = readPartNumber(request);
  const received = await withCopySource(services, request, (source) => {
    const spec = request.headers['x-amz-copy-source-range'];
    const range = readRange(spec, source.size);
    if (spec !== undefined && !range)
      throw s3Error('InvalidArgument', 'x-amz-copy-source-range must be bytes=first-last');
    return receiveBlob(services.blobs, services.blobs.read(source.blob, range), noChecks(algorithm));
  });
  keepPart(services, request, number, received);
  const { ChecksumType: _, ...checksum } = checksumElements(received.checksum);
  const LastModified = services.now().toISOString();
  return xmlAnswer('CopyPartResult', { ETag: `"${received.etag}"`, LastModified, ...checksum });
}

/** The upload may have ended while the part came in. */
function keepPart(services: S3Services, request: S3Request, number: number, received: Received): void {
  try {
    const part = { number, ...received, modified: services.now().getTime() };
    const replaced = services.uploads.putPart(requireUpload(services, request), part);
    if (replaced) services.blobs.drop([replaced]);
  } catch (error) {
    services.blobs.drop([received.blob]);
    throw error;
  }
}

function readPartNumber({ query }: S3Request): number {
  const text = query.get('partNumber') ?? '';
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number < 1 || number > MAX_PART_NUMBER) {
    throw s3Error('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PART_NUMBER}`);
  }
  return number;
}

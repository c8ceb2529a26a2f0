import { checkRead, rangeApplies } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import { answerHeaders, notModifiedHeaders } from '../object-headers.ts';
import { readRange } from '../range.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ByteRange } from '../store/blob-folder.ts';
import type { ObjectVersion } from '../store/object-version.ts';

/** Headers that a signed request may set for its own answer. */
const OVERRIDABLE = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
];

/** GetObject and HeadObject. */
export function readObject(services: S3Services, request: S3Request): S3Answer {
  const { bucket, key, query, headers } = request;
  if (query.has('partNumber')) throw s3Error('NotImplemented', 'Reading by part number is not offered here');
  const version = services.objects.require(bucket, key, query.get('versionId'));
  checkRead(headers, version, notModifiedHeaders(version));
  const range = rangeApplies(headers['if-range'], version) ? readRange(headers.range, version.size) : undefined;
  // A checksum is of the whole object and would mislead next to a part of it.
  const withChecksum = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && !range;
  return {
    status: range ? 206 : 200,
    headers: { ...answerHeaders(version, withChecksum), ...overrides(request), ...lengthHeaders(version, range) },
    ...(request.method === 'GET' && version.size > 0 && { body: services.blobs.read(version.blob, range) }),
  };
}

function overrides(request: S3Request): Record<string, string> {
  const asked = OVERRIDABLE.flatMap((name) => {
    const value = request.query.get(`response-${name}`);
    return value ? [[name, value] as const] : [];
  });
  if (asked.some(([, value]) => /[^\t\x20-\x7e]/.test(value))) {
    throw s3Error('InvalidArgument', 'Header values of an answer have printable ASCII characters only');
  }
  return Object.fromEntries(asked);
}

function lengthHeaders(version: ObjectVersion, range: ByteRange | undefined): Record<string, string> {
  if (!range) return { 'content-length': String(version.size) };
  return {
    'content-length': String(range.last - range.first + 1),
    'content-range': `bytes ${range.first}-${range.last}/${version.size}`,
  };
}

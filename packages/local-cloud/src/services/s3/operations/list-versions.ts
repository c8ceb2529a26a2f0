import type { XmlValue } from '../../../xml.ts';
import { s3Error } from '../errors.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ScanPosition } from '../store/object-table.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { describeVersion } from './list-objects.ts';
import { ALL_VERSIONS, type ListingQuery, list, positionAfter, readListingQuery } from './listing.ts';
import { xmlAnswer } from './operation.ts';

/** ListObjectVersions. */
export function listVersions(services: S3Services, request: S3Request): S3Answer {
  const query = readListingQuery(request);
  const { versions, prefixes, last } = list(
    services.objects,
    request.bucket,
    'versions',
    query,
    startOf(services, request, query),
  );
  return xmlAnswer('ListVersionsResult', {
    Name: request.bucket,
    Prefix: query.encode(query.prefix),
    Delimiter: query.delimiter ? query.encode(query.delimiter) : undefined,
    KeyMarker: query.encode(request.query.get('key-marker') ?? ''),
    VersionIdMarker: request.query.get('version-id-marker') ?? '',
    MaxKeys: query.maximum,
    EncodingType: query.encodingType,
    IsTruncated: last !== undefined,
    NextKeyMarker: last === undefined ? undefined : query.encode(typeof last === 'string' ? last : last.key),
    NextVersionIdMarker: typeof last === 'object' ? last.versionId : undefined,
    Version: versions
      .filter((version) => !version.deleteMarker)
      .map((version) => ({ ...describeVersion(version, query), ...identify(version) })),
    DeleteMarker: versions
      .filter((version) => version.deleteMarker)
      .map((version) => ({
        Key: query.encode(version.key),
        LastModified: new Date(version.modified).toISOString(),
        ...identify(version),
      })),
    CommonPrefixes: prefixes.map((prefix) => ({ Prefix: query.encode(prefix) })),
  });
}

function identify({ versionId, latest }: ObjectVersion): { readonly [name: string]: XmlValue } {
  return { VersionId: versionId, IsLatest: latest };
}

function startOf(services: S3Services, request: S3Request, query: ListingQuery): ScanPosition | undefined {
  const key = request.query.get('key-marker');
  const versionId = request.query.get('version-id-marker');
  if (!key) {
    if (versionId) throw s3Error('InvalidArgument', 'A version-id marker cannot be specified without a key marker');
    return undefined;
  }
  if (!versionId) return positionAfter(key, query);
  const version = services.objects.version(request.bucket, key, versionId);
  // Who empties a bucket deletes a page before asking for the next: then the rest of that key is listed once more.
  return version ? positionAfter(version, query) : { key: Buffer.from(key), belowSequence: ALL_VERSIONS };
}

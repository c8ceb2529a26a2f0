import type { XmlValue } from '../../../xml.ts';
import { s3Error } from '../errors.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { type Listing, type ListingQuery, list, positionAfter, readListingQuery } from './listing.ts';
import { xmlAnswer } from './operation.ts';

/** ListObjectsV2. */
export function listObjectsV2(services: S3Services, request: S3Request): S3Answer {
  const query = readListingQuery(request);
  const token = request.query.get('continuation-token');
  const startAfter = request.query.get('start-after');
  const after = token === undefined ? startAfter : readToken(token);
  const position = after === undefined ? undefined : positionAfter(after, query);
  const listing = list(services.objects, request.bucket, 'current', query, position);
  return xmlAnswer('ListBucketResult', {
    ...describe(request, query, listing),
    KeyCount: listing.versions.length + listing.prefixes.length,
    StartAfter: startAfter === undefined ? undefined : query.encode(startAfter),
    ContinuationToken: token,
    NextContinuationToken: listing.last === undefined ? undefined : makeToken(nameOf(listing.last)),
  });
}

function describe(request: S3Request, query: ListingQuery, listing: Listing): { readonly [name: string]: XmlValue } {
  return {
    Name: request.bucket,
    Prefix: query.encode(query.prefix),
    Delimiter: query.delimiter ? query.encode(query.delimiter) : undefined,
    MaxKeys: query.maximum,
    EncodingType: query.encodingType,
    IsTruncated: listing.last !== undefined,
    Contents: listing.versions.map((version) => describeVersion(version, query)),
    CommonPrefixes: listing.prefixes.map((prefix) => ({ Prefix: query.encode(prefix) })),
  };
}

/** One entry of `Contents` or `Version`. */
export function describeVersion(version: ObjectVersion, query: ListingQuery): { readonly [name: string]: XmlValue } {
  return {
    Key: query.encode(version.key),
    LastModified: new Date(version.modified).toISOString(),
    ETag: `"${version.etag}"`,
    ChecksumAlgorithm: version.checksum?.algorithm,
    ChecksumType: version.checksum?.type,
    Size: version.size,
    StorageClass: version.headers['x-amz-storage-class'] ?? 'STANDARD',
  };
}

function nameOf(entry: ObjectVersion | string): string {
  return typeof entry === 'string' ? entry : entry.key;
}

function makeToken(name: string): string {
  return Buffer.from(name).toString('base64url');
}

function readToken(token: string): string {
  const name = Buffer.from(token, 'base64url').toString();
  if (token === '' || makeToken(name) !== token) {
    throw s3Error('InvalidArgument', 'The continuation token provided is incorrect');
  }
  return name;
}

import type { XmlValue } from '../../../xml.ts';
import { checksumElements } from '../body/checksums.ts';
import { checkRead } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import { notModifiedHeaders, versionHeader } from '../object-headers.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { xmlAnswer } from './operation.ts';

const ATTRIBUTES: Readonly<Record<string, (version: ObjectVersion) => XmlValue>> = {
  ETag: (version) => version.etag,
  Checksum: (version) => version.checksum && checksumElements(version.checksum),
  ObjectParts: (version) => {
    const [, count] = version.etag.split('-');
    return count === undefined ? undefined : { PartsCount: count };
  },
  StorageClass: (version) => version.headers['x-amz-storage-class'] ?? 'STANDARD',
  ObjectSize: (version) => version.size,
};

/** GetObjectAttributes: those of the attributes that are asked for. */
export function getAttributes(services: S3Services, request: S3Request): S3Answer {
  const version = services.objects.require(request.bucket, request.key, request.query.get('versionId'));
  checkRead(request.headers, version, notModifiedHeaders(version));
  const names = (request.headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim());
  if (names.some((name) => !ATTRIBUTES[name])) {
    throw s3Error('InvalidArgument', `x-amz-object-attributes takes ${Object.keys(ATTRIBUTES).join(', ')}`);
  }
  const content = Object.fromEntries(names.map((name) => [name, ATTRIBUTES[name]?.(version)]));
  return xmlAnswer('GetObjectAttributesResponse', content, {
    'last-modified': new Date(version.modified).toUTCString(),
    ...versionHeader(version),
  });
}

import { unescapeUri } from '../../../sigv4/canonical-request.ts';
import { noChecks } from '../body/body-checks.ts';
import { checksumElements, DEFAULT_ALGORITHM, readAlgorithm } from '../body/checksums.ts';
import { checkCopySource, writeCheck } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import { readObjectHeaders, readTaggingHeader, versionHeader } from '../object-headers.ts';
import { MAX_SINGLE_BYTES, type Received, receiveBlob } from '../receive.ts';
import { REPLICATION_STATUS } from '../replication-status.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import type { ObjectVersion } from '../store/object-version.ts';
import { actorOf, xmlAnswer } from './operation.ts';

/** CopyObject. */
export function copyObject(services: S3Services, request: S3Request): Promise<S3Answer> {
  return withCopySource(services, request, (source) => copyFrom(services, request, source));
}

async function copyFrom(services: S3Services, request: S3Request, source: ObjectVersion): Promise<S3Answer> {
  const { bucket, key, headers } = request;
  if (source.size > MAX_SINGLE_BYTES) throw s3Error('InvalidRequest', 'The source of a copy has at most 5 GiB');
  const replacesHeaders = readDirective(request, 'x-amz-metadata-directive');
  refuseCopyToItself(source, request, replacesHeaders);
  const stored = {
    headers: replacesHeaders ? readObjectHeaders(headers) : keptHeaders(source, request),
    tags: readDirective(request, 'x-amz-tagging-directive') ? readTaggingHeader(headers['x-amz-tagging']) : source.tags,
  };
  const check = writeCheck(headers);
  const received = await copyBlob(services, source, headers['x-amz-checksum-algorithm']);
  const version = services.store.put({
    ...{ bucket, key, content: { ...received, ...stored } },
    ...{ reason: 'CopyObject', actor: actorOf(request), ...(check && { check }) },
  });
  const result = {
    ETag: `"${version.etag}"`,
    LastModified: new Date(version.modified).toISOString(),
    ...checksumElements(received.checksum),
  };
  const sourceVersion = versionHeader(source)['x-amz-version-id'];
  return xmlAnswer('CopyObjectResult', result, {
    ...versionHeader(version),
    ...(sourceVersion && { 'x-amz-copy-source-version-id': sourceVersion }),
  });
}

/** Sources that are found one after the other, each replaced before its bytes were opened. */
const SOURCES_TRIED = 20;

/**
 * Does something with the object that `x-amz-copy-source` names, its conditions met. When the object is replaced or removed
 * before its bytes are opened, what is there now counts.
 * @throws S3Error
 */
export async function withCopySource<T>(
  services: S3Services,
  request: S3Request,
  work: (source: ObjectVersion) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(findCopySource(services, request));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === SOURCES_TRIED) throw error;
    }
  }
}

function findCopySource(services: S3Services, request: S3Request): ObjectVersion {
  const [, path = '', versionId] =
    /^\/?(.*?)(?:\?versionId=([^?&]+))?$/s.exec(request.headers['x-amz-copy-source'] ?? '') ?? [];
  let decoded: string;
  try {
    decoded = unescapeUri(path);
  } catch {
    throw s3Error('InvalidArgument', 'The copy source is not encoded as a URL');
  }
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) {
    throw s3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  }
  const bucket = services.buckets.require(decoded.slice(0, slash)).name;
  const source = services.objects.require(bucket, decoded.slice(slash + 1), versionId);
  checkCopySource(request.headers, source);
  return source;
}

/** A second name for the same bytes; they are read only when the copy must have another digest than the source has. */
async function copyBlob(services: S3Services, source: ObjectVersion, asked: string | undefined): Promise<Received> {
  const algorithm = asked === undefined ? (source.checksum?.algorithm ?? DEFAULT_ALGORITHM) : readAlgorithm(asked);
  const { etag, size, checksum } = source;
  if (!etag.includes('-') && checksum?.type === 'FULL_OBJECT' && checksum.algorithm === algorithm) {
    return { blob: await services.blobs.duplicate(source.blob), etag, size, checksum };
  }
  return receiveBlob(services.blobs, services.blobs.read(source.blob), noChecks(algorithm));
}

/** Storage class, redirection and replication are the copy's own, not the source's. */
function keptHeaders(source: ObjectVersion, request: S3Request): Record<string, string> {
  const {
    'x-amz-storage-class': _,
    'x-amz-website-redirect-location': __,
    [REPLICATION_STATUS]: ___,
    ...kept
  } = source.headers;
  const own = readObjectHeaders({ 'x-amz-storage-class': request.headers['x-amz-storage-class'] });
  return { ...own, ...kept };
}

function refuseCopyToItself(source: ObjectVersion, request: S3Request, replacesHeaders: boolean): void {
  const itself = source.bucket === request.bucket && source.key === request.key && source.latest;
  if (!itself || replacesHeaders || request.headers['x-amz-storage-class'] !== undefined) return;
  throw s3Error(
    'InvalidRequest',
    'This copy request is illegal because it is trying to copy an object to itself without changing its metadata',
  );
}

/** Whether a directive is REPLACE. @throws S3Error InvalidArgument when it is neither that nor COPY */
function readDirective(request: S3Request, name: string): boolean {
  const directive = request.headers[name] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw s3Error('InvalidArgument', `${name} must be COPY or REPLACE`);
  }
  return directive === 'REPLACE';
}

import type { Headers } from './body/body-checks.ts';
import { s3Error } from './errors.ts';
import type { ObjectVersion } from './store/object-version.ts';

/**
 * Checks the conditions of a read (RFC 9110, section 13.2.2: If-Match before If-Unmodified-Since, If-None-Match before
 * If-Modified-Since).
 *
 * @throws S3Error PreconditionFailed, or NotModified with the headers that a 304 must have
 */
export function checkRead(headers: Headers, version: ObjectVersion, notModifiedHeaders: Record<string, string>): void {
  if (fails(headers['if-match'], headers['if-unmodified-since'], version)) throw s3Error('PreconditionFailed');
  if (!isUnchanged(headers['if-none-match'], headers['if-modified-since'], version)) return;
  throw s3Error('NotModified', undefined, notModifiedHeaders);
}

/** Checks the conditions on the source of a copy. @throws S3Error PreconditionFailed */
export function checkCopySource(headers: Headers, source: ObjectVersion): void {
  const of = (name: string) => headers[`x-amz-copy-source-if-${name}`];
  if (fails(of('match'), of('unmodified-since'), source)) throw s3Error('PreconditionFailed');
  if (isUnchanged(of('none-match'), of('modified-since'), source)) throw s3Error('PreconditionFailed');
}

/**
 * The check of a write or deletion against the latest version (S3 user guide, "Conditional requests"), to be made in the
 * transaction of the write; undefined when there are no conditions.
 */
export function writeCheck(headers: Headers): ((latest: ObjectVersion | undefined) => void) | undefined {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match === undefined && noneMatch === undefined) return undefined;
  if (noneMatch !== undefined && noneMatch.trim() !== '*') {
    throw s3Error('NotImplemented', 'If-None-Match of a write must be *');
  }
  return (latest) => {
    const current = latest?.deleteMarker ? undefined : latest;
    if (noneMatch !== undefined && current) throw s3Error('PreconditionFailed');
    if (match === undefined) return;
    if (!current) throw s3Error('NoSuchKey');
    if (!matches(match, current.etag)) throw s3Error('PreconditionFailed');
  };
}

/** If-Range: whether the range may be taken of this version (RFC 9110, section 13.1.5). */
export function rangeApplies(ifRange: string | undefined, version: ObjectVersion): boolean {
  if (ifRange === undefined) return true;
  const date = Date.parse(ifRange);
  return ifRange.includes('"') || Number.isNaN(date) ? matches(ifRange, version.etag) : date === version.modified;
}

function fails(match: string | undefined, unmodifiedSince: string | undefined, version: ObjectVersion): boolean {
  if (match !== undefined) return !matches(match, version.etag);
  return unmodifiedSince !== undefined && version.modified > Date.parse(unmodifiedSince);
}

function isUnchanged(
  noneMatch: string | undefined,
  modifiedSince: string | undefined,
  version: ObjectVersion,
): boolean {
  if (noneMatch !== undefined) return matches(noneMatch, version.etag);
  return modifiedSince !== undefined && version.modified <= Date.parse(modifiedSince);
}

/** Entity tags of S3 hold no comma, so a list can be split at commas; S3 takes tags without quotation marks too. */
function matches(list: string, etag: string): boolean {
  return list
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, '').replaceAll('"', ''))
    .some((tag) => tag === '*' || tag === etag);
}

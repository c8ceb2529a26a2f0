import type { Headers } from './body/body-checks.ts';
import { checksumHeaders } from './body/checksums.ts';
import { s3Error } from './errors.ts';
import { NULL_VERSION, type ObjectVersion, type Tag } from './store/object-version.ts';

/** System metadata that is stored as given. */
const KEPT = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
  'x-amz-server-side-encryption',
  'x-amz-website-redirect-location',
];

/** Storage classes that can be read at once; the archive classes cannot, and nothing here would restore them. */
const STORAGE_CLASSES = ['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'];

const MAX_METADATA_BYTES = 2048;
const MAX_TAGS = 10;
const METADATA_PREFIX = 'x-amz-meta-';
/** What Node lets through as a header: tokens and field values of RFC 9110. */
const METADATA_NAME = /^x-amz-meta-[!#$%&'*+.^_`|~0-9a-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Features whose headers change what is stored or who may read it; to pass over one would be a silent lie. */
const UNSUPPORTED = [
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-legal-hold',
  'x-amz-write-offset-bytes',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
];

/**
 * The headers to store with an object, from those of a request or the fields of a form.
 *
 * @throws S3Error for headers of features that are not here, and for too much metadata
 */
export function readObjectHeaders(headers: Headers): Record<string, string> {
  refuseUnsupported(headers);
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const name of KEPT) if (headers[name]) kept[name] = headers[name];
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const encoding = encodings.filter((name) => name && name !== 'aws-chunked').join(',');
  if (encoding) kept['content-encoding'] = encoding;
  const storageClass = headers['x-amz-storage-class'] ?? 'STANDARD';
  if (!STORAGE_CLASSES.includes(storageClass)) throw s3Error('InvalidStorageClass');
  if (storageClass !== 'STANDARD') kept['x-amz-storage-class'] = storageClass;
  const unfit = Object.keys(kept).find((name) => !HEADER_VALUE.test(kept[name] ?? ''));
  if (unfit) throw s3Error('InvalidArgument', `The value of ${unfit} cannot be sent as an HTTP header`);
  return { ...kept, ...readMetadata(headers) };
}

function refuseUnsupported(headers: Headers): void {
  const unsupported = UNSUPPORTED.find((name) => headers[name] !== undefined);
  if (unsupported) throw s3Error('NotImplemented', `The local S3 server does not implement ${unsupported}`);
  if ((headers['x-amz-server-side-encryption'] ?? 'AES256') !== 'AES256') {
    throw s3Error('NotImplemented', 'The local S3 server encrypts nothing; only AES256 is accepted');
  }
  if (!['private', 'bucket-owner-full-control', undefined].includes(headers['x-amz-acl'] ?? headers.acl)) {
    throw s3Error('AccessControlListNotSupported');
  }
}

function readMetadata(headers: Headers): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    name.startsWith(METADATA_PREFIX) && value !== undefined ? [[name, encodeMetadata(value)]] : [],
  );
  if (entries.some(([name]) => !METADATA_NAME.test(name))) {
    throw s3Error('InvalidArgument', 'Names of metadata have letters, digits and punctuation of HTTP tokens only');
  }
  const size = entries.reduce((sum, [name, value]) => sum + name.length - METADATA_PREFIX.length + value.length, 0);
  if (size > MAX_METADATA_BYTES) throw s3Error('MetadataTooLarge');
  return Object.fromEntries(entries);
}

/** A form may carry what no HTTP header can; S3 answers it as an encoded word (RFC 2047). */
function encodeMetadata(value: string): string {
  return HEADER_VALUE.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}

/** Reads `x-amz-tagging`, which is encoded as a query. @throws S3Error BadRequest, InvalidTag */
export function readTaggingHeader(header: string | undefined): Tag[] {
  return checkTags([...new URLSearchParams(header ?? '')].map(([Key, Value]) => ({ Key, Value })));
}

/** @throws S3Error BadRequest, InvalidTag (S3 user guide, "Categorizing your storage using tags") */
export function checkTags(tags: Tag[]): Tag[] {
  if (tags.length > MAX_TAGS) throw s3Error('BadRequest', `Object tags cannot be greater than ${MAX_TAGS}`);
  if (new Set(tags.map((tag) => tag.Key)).size < tags.length) {
    throw s3Error('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  if (tags.some(({ Key, Value }) => Key === '' || [...Key].length > 128 || [...Value].length > 256)) {
    throw s3Error('InvalidTag', 'A tag key has 1 to 128 characters, a tag value at most 256');
  }
  return tags;
}

/** Headers that answer a read of a version; content-length is the caller's. */
export function answerHeaders(version: ObjectVersion, withChecksum: boolean): Record<string, string> {
  return {
    ...version.headers,
    ...validators(version),
    'accept-ranges': 'bytes',
    ...(version.tags.length > 0 && { 'x-amz-tagging-count': String(version.tags.length) }),
    ...(withChecksum && version.checksum && checksumHeaders(version.checksum)),
  };
}

/** What a 304 repeats of the answer that it stands for (RFC 9110, section 15.4.5). */
export function notModifiedHeaders(version: ObjectVersion): Record<string, string> {
  const { 'cache-control': cacheControl, expires } = version.headers;
  return {
    ...validators(version),
    ...(cacheControl && { 'cache-control': cacheControl }),
    ...(expires && { expires }),
  };
}

export function versionHeader(version: { readonly versionId?: string }): Record<string, string> {
  if (version.versionId === undefined || version.versionId === NULL_VERSION) return {};
  return { 'x-amz-version-id': version.versionId };
}

function validators(version: ObjectVersion): Record<string, string> {
  return {
    etag: `"${version.etag}"`,
    'last-modified': new Date(version.modified).toUTCString(),
    ...versionHeader(version),
  };
}

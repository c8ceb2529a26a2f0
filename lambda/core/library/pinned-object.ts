import { problem } from '../kernel/problems.ts';

/**
 * An object in somebody's bucket that is a version of a file without being copied. The entity tag is its pin: another object
 * under the same key is not that version.
 */
export interface PinnedObject {
  readonly originId: string;
  /** Below the origin's folder, without a leading slash. */
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  /** ISO 8601. */
  readonly modifiedAt: string;
}

/** What stands before a pin where other versions have the key of their bytes; none of those begins like this. */
const PINNED = 'pinned:';

const FORM = /^pinned:([0-9a-f]{24}):(\d+):([^:]+):(.+)$/s;

/** The pin as a version's `objectKey`. */
export function pinnedKey({ originId, key, etag, modifiedAt }: PinnedObject): string {
  return `${PINNED}${originId}:${Date.parse(modifiedAt)}:${encodeURIComponent(etag)}:${key}`;
}

/** Undefined when the bytes are in the originals bucket. @throws when the record is damaged */
export function pinnedObject(objectKey: string): PinnedObject | undefined {
  if (!objectKey.startsWith(PINNED)) return undefined;
  const [, originId = '', modified = '', etag = '', key = ''] = FORM.exec(objectKey) ?? [];
  if (key === '') throw new Error('The pin of a version is damaged.');
  return { originId, key, etag: decodeURIComponent(etag), modifiedAt: new Date(Number(modified)).toISOString() };
}

/**
 * For those who read the originals bucket alone.
 * @returns the key as it is
 * @throws Problem file.at-origin
 */
export function requireOwnBytes(objectKey: string): string {
  if (!pinnedObject(objectKey)) return objectKey;
  throw problem(
    'file.at-origin',
    'The bytes of this file are at its origin, from which only delivery reads. Upload the file to have them in the library.',
  );
}

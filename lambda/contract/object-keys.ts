/** Prefix of finished originals; an object under it is immutable and belongs to one asset version. */
export const MEDIA_PREFIX = 'media/';

/** Prefix of uploads in flight: what forms bring. The bucket's lifecycle ends them after a day. */
export const UPLOADS_PREFIX = 'uploads/';

/** Prefix of originals fetched from origins and kept for a while; `{origin id}{path}` follows. */
export const FETCHED_PREFIX = 'fetched/';

/** Prefix of ZIPs; the bucket's lifecycle ends them after a day. */
export const ZIPS_PREFIX = 'zips/';

/** Key of the snapshot by which delivery goes on while the home region is away. */
export const SETTINGS_SNAPSHOT_KEY = 'settings/snapshot';

/** Followed by a region: when another one found last that it does not answer. */
export const HEALTH_PREFIX = 'health/';

/** Days for which a fetched original is kept. */
export const FETCHED_DAYS = 30;

/**
 * Key of an asset version's bytes: `media/{path at upload}/{versionId}.{ext}`. Readable on purpose, so that an owner can
 * leave with a plain copy of the bucket.
 * @param path the asset's path, with its leading slash
 * @param extension lower case, without a dot; empty for none
 */
export function originalKey(path: string, versionId: string, extension: string): string {
  return `${MEDIA_PREFIX}${path.replace(/^\/+/, '')}/${versionId}${extension ? `.${extension}` : ''}`;
}

/** Where an original was uploaded, and the id of its version. */
export interface OriginalPlace {
  readonly path: string;
  readonly versionId: string;
}

/** What an original's key says, or undefined when the key is not one of an original. */
export function originalPlace(key: string): OriginalPlace | undefined {
  const [, path, versionId] = /^media(\/.+)\/([0-9a-f]{24})(?:\.[a-z0-9]+)?$/s.exec(key) ?? [];
  return path !== undefined && versionId !== undefined ? { path, versionId } : undefined;
}

/** Key of the bytes that a form brings for an upload, until they are looked at. @param versionId of the upload */
export const formKey = (versionId: string): string => `${UPLOADS_PREFIX}${versionId}`;

/** The version id in the key of a form's bytes, or undefined when the key is not one of them. */
export const versionIdOfForm = (key: string): string | undefined => /^uploads\/([0-9a-f]{24})$/.exec(key)?.[1];

/** The version id in an original's key, or undefined when the key is not one of an original. */
export const versionIdOfKey = (key: string): string | undefined => originalPlace(key)?.versionId;

import { CACHE_TAG_HEADER } from '../../contract/edge.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { DeliveryJob } from './delivery-job.ts';
import type { Variant } from './identify-variant.ts';

/** Tags that CloudFront stores of one answer (AWS, "What you need to know when invalidating tags"). */
const TAGS = 50;

/** Folders above a file, from its own upwards, that always find room beside layers (8), names (20) and default image. */
export const FOLDER_TAGS = 16;

const KINDS = { path: 'p', asset: 'a', endpoint: 'e', folder: 'f', name: 'n' } as const;

/**
 * The tag by which the CDN is purged of everything that depends on something. It has 64 bits of a hash, because S3 takes 2 KB
 * of metadata in all; what shares a tag by chance is purged along and made again.
 */
export function cacheTag(kind: keyof typeof KINDS, id: string): string {
  return `${KINDS[kind]}${sha256Hex(id).slice(0, 16)}`;
}

/** The tags of an answer about a variant, as far as the work has come: with a job, of all that the picture was made of. */
export function cacheTagsOf(variant: Variant, job?: DeliveryJob): string {
  const { url, endpoint } = variant;
  const own = [cacheTag('path', url.assetPath), ...assetTag(job), cacheTag('endpoint', endpoint)];
  const all = [...own, ...tagsInUse(job), ...folderTags(url.assetPath)];
  return [...new Set(all)].slice(0, TAGS).join(',');
}

/** The header in which the CDN finds them; viewers never see it. */
export const cacheTagHeader = (tags: string): Record<string, string> => ({ [CACHE_TAG_HEADER]: tags });

/** Tags that a later change of a file or a name will ask for, by what this picture was made of. */
export function tagsInUse(job: DeliveryJob | undefined): string[] {
  if (!job) return [];
  const names = [...job.names.keys()].map((name) => cacheTag('name', name));
  return [...names, ...[job.asset.path, ...job.used.keys()].map((path) => cacheTag('path', path))];
}

const assetTag = (job: DeliveryJob | undefined): string[] =>
  job && !job.isDefault ? [cacheTag('asset', job.asset.assetId)] : [];

/** Nearest first: where there is no room for all, the far end is cut. */
function folderTags(path: string): string[] {
  const segments = path.split('/').slice(1, -1);
  return [...segments.keys(), segments.length]
    .reverse()
    .map((depth) => cacheTag('folder', `/${segments.slice(0, depth).join('/')}`));
}

/**
 * Remembers, for ever, the tags of answers that a cache may have kept. A purge of what was never delivered then costs
 * nothing, whatever has become of the stored variants.
 */
export interface TagUse {
  /** Settles once all are remembered; only then may an answer go out. */
  note(tags: readonly string[]): Promise<void>;
}

/** Has the CDN forget, within a minute, everything that carries one of the tags. */
export type QueueInvalidation = (tags: readonly string[]) => Promise<void>;

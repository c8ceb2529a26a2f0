import type { Actor } from '../audit/event.ts';
import type { Takedown } from './takedown.ts';

/** Whether the renderer can work on an asset; everything else is stored and delivered as it is. */
export type FileType = 'image' | 'non-image';

/** What was found out about a file's bytes. Sides are pixels as displayed, bytes are bytes. */
export interface Content {
  readonly contentType: string;
  readonly fileType: FileType;
  readonly size: number;
  readonly width?: number;
  readonly height?: number;
  /** Why a valid image can only be delivered as it is: no decoder, or a limit. Told to the sender, not kept. */
  readonly untransformable?: string;
}

/** The bytes of one version and where they are. */
export interface StoredContent extends Content {
  readonly objectKey: string;
}

/** The head of an asset: what holds now. `revision` grows by one with every change and orders changes. */
export interface Asset extends StoredContent {
  readonly assetId: string;
  readonly revision: number;
  /** Leading slash; folder and name. */
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  readonly versionId: string;
  /** Number of the current version, from 1. */
  readonly versionNumber: number;
  readonly versionCount: number;
  readonly tags?: readonly string[];
  readonly description?: string;
  /** `x,y,width,height` of the important area, as the client gave it. */
  readonly customCoordinates?: string;
  readonly isPrivate: boolean;
  /** The file may be shown to nobody. It belongs to the asset: a new version or another name changes nothing about it. */
  readonly takedown?: Takedown;
  /** ISO 8601 with milliseconds and Z. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One immutable version of an asset. */
export interface AssetVersion extends StoredContent {
  readonly assetId: string;
  readonly versionId: string;
  readonly number: number;
  readonly createdAt: string;
}

/** What delivery needs to know about a path; kept beside the head so that one read by path answers a request. */
export interface PathRecord extends StoredContent {
  /** As in Asset. */
  readonly customCoordinates?: string;
  readonly path: string;
  readonly assetId: string;
  readonly revision: number;
  readonly versionId: string;
  readonly isPrivate: boolean;
  /** Begin and end of a takedown, ISO 8601; without an end it lasts. */
  readonly takenDownSince?: string;
  readonly takenDownUntil?: string;
  readonly updatedAt: string;
  /** Where the file is at home, when its origin wants that said. */
  readonly canonicalUrl?: string;
}

/**
 * An upload that was begun: everything needed to complete it without its caller. It is written before the bytes and
 * consumed by the transaction that makes the version visible, so whoever comes second finds it gone.
 */
export interface UploadIntent extends StoredContent {
  /** Also the asset's id when the path turns out to be free. */
  readonly versionId: string;
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  /** What to do when the path holds an asset by then: add a version to it, or refuse. */
  readonly whenTaken: 'version' | 'refuse';
  /** Who began it. */
  readonly uploader: Actor;
  readonly tags?: readonly string[];
  /** Without tags in the request: keep those of the asset that is overwritten. */
  readonly keepTags: boolean;
  readonly description?: string;
  readonly customCoordinates?: string;
  /** Not given: an overwritten asset stays as it is, so that no private asset becomes public by omission. */
  readonly isPrivate?: boolean;
  readonly createdAt: string;
  /** Seconds since 1970; DynamoDB's time to live. */
  readonly expiresAt: number;
}

export function toPathRecord(asset: Asset): PathRecord {
  const { path, assetId, revision, versionId, isPrivate, takedown, updatedAt, customCoordinates } = asset;
  return {
    ...(customCoordinates !== undefined && { customCoordinates }),
    ...{ path, assetId, revision, versionId, isPrivate, updatedAt },
    ...(takedown && { takenDownSince: takedown.since }),
    ...(takedown?.until !== undefined && { takenDownUntil: takedown.until }),
    ...toStoredContent(asset),
  };
}

export function toStoredContent(source: StoredContent): StoredContent {
  const { contentType, fileType, size, width, height, objectKey } = source;
  const sides = width === undefined || height === undefined ? {} : { width, height };
  return { contentType, fileType, size, objectKey, ...sides };
}

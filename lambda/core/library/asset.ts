import type { Actor } from '../audit/event.ts';
import type { ContentSummary } from './store/content-summary.ts';
import type { MetadataValue } from './store/metadata-value.ts';

/** Whether the renderer can work on an asset; everything else is stored and delivered as it is. */
export type FileType = 'image' | 'non-image';

/** What was found out about a file's bytes. Sides are pixels as displayed, bytes are bytes. */
export interface Content {
  readonly contentType: string;
  /** What the sender said that it is; never delivered. Missing where nothing was said. */
  readonly declaredType?: string;
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

/** What delivery needs to know about a path. */
export interface PathRecord extends StoredContent {
  /** `x,y,width,height` of the important area, as the client gave it. */
  readonly customCoordinates?: string;
  readonly path: string;
  readonly assetId: string;
  readonly revision: number;
  readonly versionId: string;
  /** The file itself, or a folder that it lies in. */
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
  /** As `If-Match` has it: entity tags that the file under the path may have. */
  readonly ifMatch?: string;
  /** Who began it. */
  readonly uploader: Actor;
  /** Folders in which, and below which, they may upload. Without: everywhere. */
  readonly uploaderFolderIds?: readonly string[];
  /** Of one that asks for a public file: folders in which, and below which, they may make a private file public. Without: everywhere. */
  readonly publisherFolderIds?: readonly string[];
  readonly tags?: readonly string[];
  /** Without tags in the request: keep those of the asset that is overwritten. */
  readonly keepTags: boolean;
  readonly description?: string;
  readonly customCoordinates?: string;
  /** What a new file has: given values and defaults. */
  readonly customMetadata?: Readonly<Record<string, MetadataValue>>;
  /** Without values in the request: keep those of the asset that is overwritten. */
  readonly keepCustomMetadata?: boolean;
  /** Not given: an overwritten asset stays as it is, so that no private asset becomes public by omission. */
  readonly isPrivate?: boolean;
  /** What a new file is where `isPrivate` is not given. @default public */
  readonly isPrivateWhenNew?: boolean;
  /** Not given: published, or as the overwritten asset is. */
  readonly isPublished?: boolean;
  /** Transformations that are rendered once it is there. */
  readonly post?: readonly string[];
  /** What its bytes show, where that is known before they are stored. */
  readonly summary?: ContentSummary;
  /** Its client sends it in parts: what it is shows when all are there. */
  readonly isInParts?: boolean;
  /** Types that it may have by its bytes; of an upload whose bytes come later. */
  readonly onlyTypes?: readonly string[];
  /** Of the upload grant that it was begun with. */
  readonly grantId?: string;
  readonly createdAt: string;
  /** Seconds since 1970. Who has not completed it by then does not; what is stored of it is ended by the hour's run. */
  readonly endsAt: number;
  /** Nobody can complete it any more. */
  readonly isEnding?: true;
}

export function toStoredContent(source: StoredContent): StoredContent {
  const { contentType, declaredType, fileType, size, width, height, objectKey } = source;
  const sides = width === undefined || height === undefined ? {} : { width, height };
  return { contentType, ...(declaredType !== undefined && { declaredType }), fileType, size, objectKey, ...sides };
}

import type { StoredContent } from '../asset.ts';
import type { Takedown } from '../takedown.ts';
import type { ContentSummary } from './content-summary.ts';
import type { EmbeddedMetadata } from './embedded-metadata.ts';
import type { MetadataValue } from './metadata-value.ts';

/** Id of the folder that everything lies in. It has no record of its own. */
export const ROOT_FOLDER = 'root';

/**
 * `trash`: out of sight until it is restored or ends. `purging`: bytes and records are being removed for good. `merged`: of a
 * folder whose content is in another one by now.
 */
export type LifeState = 'live' | 'trash' | 'purging' | 'merged';

/** A file's name in its folder, with everything that its delivery needs: one read answers a request. */
export interface FileEntry extends StoredContent {
  readonly folderId: string;
  readonly name: string;
  readonly assetId: string;
  readonly revision: number;
  readonly versionId: string;
  readonly isPrivate: boolean;
  readonly isPublished: boolean;
  readonly customCoordinates?: string;
  readonly takenDownSince?: string;
  readonly takenDownUntil?: string;
  /** As of the head. */
  readonly referenceCount?: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A folder's name in its parent. */
export interface FolderEntry {
  readonly parentId: string;
  readonly name: string;
  readonly folderId: string;
  readonly isPrivate: boolean;
}

/** A folder by its id. Parent and name hold as long as it is live; in the trash they say where it was. */
export interface FolderNode {
  readonly folderId: string;
  readonly parentId: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly revision: number;
  readonly state: LifeState;
  readonly trashedAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A run of versions; a file that was moved onto another brings its own. */
export interface VersionHistory {
  readonly id: string;
  /** What is added to the numbers of its versions, so that a file's numbers never repeat. */
  readonly offset: number;
}

/** It is of one version: another one's object may be there. */
export interface GoneObject {
  readonly objectKey: string;
  /** When it was found missing, ISO 8601. */
  readonly since: string;
}

/** The head of a file: all that holds now. `revision` grows by one with every change and orders changes. */
export interface FileHead extends StoredContent {
  readonly assetId: string;
  readonly revision: number;
  /**
   * The revision of the last change that somebody made, where what the bytes show was noted since: that is news to searches
   * alone. The entry has this one, so that nothing that was made of the file is made again.
   */
  readonly changedRevision?: number;
  readonly state: LifeState;
  readonly trashedAt?: string;
  readonly folderId: string;
  readonly name: string;
  readonly versionId: string;
  /** Number of the current version, from 1. */
  readonly versionNumber: number;
  /** The highest number that a version ever had. */
  readonly lastNumber: number;
  readonly versionCount: number;
  /** Oldest first; new versions are added to the last one. */
  readonly histories: readonly VersionHistory[];
  readonly tags?: readonly string[];
  readonly description?: string;
  /** `x,y,width,height` of the important area, as the client gave it. */
  readonly customCoordinates?: string;
  readonly customMetadata?: Readonly<Record<string, MetadataValue>>;
  readonly isPrivate: boolean;
  readonly isPublished: boolean;
  readonly takedown?: Takedown;
  /** Of the current version. */
  readonly summary?: ContentSummary;
  /** References that other systems registered; missing for none. */
  readonly referenceCount?: number;
  /** An object of this file that an import did not find at its origin any more. */
  readonly gone?: GoneObject;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** One immutable version. It belongs to its history, and to a file through it. */
export interface FileVersion extends StoredContent {
  readonly historyId: string;
  readonly versionId: string;
  /** Within its history; the file's number is this plus the history's offset. */
  readonly number: number;
  readonly summary?: ContentSummary;
  /** There when the summary is, and the file is a picture. */
  readonly embedded?: EmbeddedMetadata;
  /** Of a copy that nothing refers to yet. */
  readonly isStaged?: true;
  readonly createdAt: string;
}

/** Something in the trash, listed by the day it came there. */
export interface TrashedItem {
  /** `2026-11-28`, UTC. */
  readonly day: string;
  readonly id: string;
  readonly kind: 'file' | 'folder';
  /** Where it was. */
  readonly path: string;
  readonly folderIds: readonly string[];
  readonly trashedAt: string;
  readonly trashedBy: string;
}

/** Changes of the tree so far: folders moved, renamed, made private, trashed, restored. What was read under it holds while it stands. */
export interface TreeStamp {
  readonly value: number;
}

/** A path that was resolved. Never truth: it holds while the tree's stamp is the one it was read under. */
export interface CachedFolder {
  readonly path: string;
  readonly folderId: string;
  /** Ids from the root to the folder itself. */
  readonly chain: readonly string[];
  /** It or a folder above it is private. */
  readonly isPrivate: boolean;
  readonly stamp: number;
}

import type { AuditEvent } from '../audit/event.ts';
import type { Asset, AssetVersion, PathRecord, UploadIntent } from './asset.ts';

/** The library's records. Every read is consistent: decisions are made on it. */
export interface Library {
  findPath(path: string): Promise<PathRecord | undefined>;
  findAsset(assetId: string): Promise<Asset | undefined>;
  findVersion(assetId: string, versionId: string): Promise<AssetVersion | undefined>;
  findIntent(versionId: string): Promise<UploadIntent | undefined>;
  /** Records that an upload began. The id is fresh, an existing one is a fault. */
  addIntent(intent: UploadIntent): Promise<void>;
  /** @returns whether it was there; of several callers exactly one is told so */
  removeIntent(versionId: string): Promise<boolean>;
  /** Those of the folders that have no record yet. */
  missingFolders(paths: readonly string[]): Promise<string[]>;
  /** One transaction; nothing of it happens unless all of it does. */
  commitUpload(commit: UploadCommit, event: AuditEvent): Promise<CommitOutcome>;
  /**
   * Replaces an asset's head and its path's record, both of the same path as before. For takedowns, whose event is
   * committed with the list of them.
   * @returns false when the asset has another revision by now
   */
  commitHead(asset: Asset, expectedRevision: number): Promise<boolean>;
  /** Whether stored variants of a replaced version still wait for their removal, and of which path. */
  findPendingPurge(versionId: string): Promise<string | undefined>;
  removePendingPurge(versionId: string): Promise<void>;
}

/** What a completed upload changes. */
export interface UploadCommit {
  /** Consumed; gone means that somebody else completed the upload. */
  readonly intent: UploadIntent;
  readonly asset: Asset;
  readonly version: AssetVersion;
  /** Revision that the asset must still have; undefined when path and asset must be new. */
  readonly expectedRevision: number | undefined;
  /** The path is new, but a file of an origin may have been delivered under it: its variants are to go. @default no */
  readonly hidesOrigin?: boolean;
  readonly newFolders: readonly string[];
}

/**
 * `intent-gone`: the upload is complete already. `moved`: path or asset changed meanwhile, or another transaction was
 * in the way; reading again and trying again is right.
 */
export type CommitOutcome = 'committed' | 'intent-gone' | 'moved';

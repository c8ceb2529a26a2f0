import type { UploadIntent } from '../asset.ts';
import type { FileReference } from './file-reference.ts';
import type { LargeUpload } from './large-upload-record.ts';
import type { LibraryJob } from './library-job.ts';
import type { FileEntry, FileHead, FileVersion, FolderEntry, FolderNode, TrashedItem, TreeStamp } from './records.ts';
import type { StagedCopy } from './staged-copy.ts';
import type { UploadGrant } from './upload-grant-record.ts';

/** Every kind of record that a change may touch. */
export interface Records {
  readonly fileEntry: FileEntry;
  readonly folderEntry: FolderEntry;
  readonly folderNode: FolderNode;
  readonly head: FileHead;
  readonly version: FileVersion;
  readonly intent: UploadIntent;
  readonly stagedCopy: StagedCopy;
  readonly largeUpload: LargeUpload;
  readonly uploadGrant: UploadGrant;
  readonly reference: FileReference;
  readonly trashed: TrashedItem;
  readonly job: LibraryJob;
  readonly stamp: TreeStamp;
}

/** The members that name a record. */
export interface RecordKeys {
  readonly fileEntry: Pick<FileEntry, 'folderId' | 'name'>;
  readonly folderEntry: Pick<FolderEntry, 'parentId' | 'name'>;
  readonly folderNode: Pick<FolderNode, 'folderId'>;
  readonly head: Pick<FileHead, 'assetId'>;
  readonly version: Pick<FileVersion, 'historyId' | 'versionId'>;
  readonly intent: Pick<UploadIntent, 'versionId'>;
  readonly stagedCopy: Pick<StagedCopy, 'historyId'>;
  readonly largeUpload: Pick<LargeUpload, 'versionId'>;
  readonly uploadGrant: Pick<UploadGrant, 'grantId'>;
  readonly reference: Pick<FileReference, 'historyId' | 'referenceId'>;
  readonly trashed: Pick<TrashedItem, 'day' | 'id'>;
  readonly job: Pick<LibraryJob, 'jobId'>;
  readonly stamp: Record<never, never>;
}

export type RecordKind = keyof Records;

/** Members that a record must have; one that is undefined must be missing. */
type Expected<R> = { readonly [M in keyof R]?: R[M] | undefined };

/** Part of one transaction. `was` names what must still hold of the record there; without members: that it exists. */
export type ChangeStep = {
  readonly [K in RecordKind]:
    | { readonly create: K; readonly record: Records[K] }
    | { readonly replace: K; readonly record: Records[K]; readonly was: Expected<Records[K]> }
    | { readonly remove: K; readonly key: RecordKeys[K]; readonly was: Expected<Records[K]> }
    | { readonly check: K; readonly key: RecordKeys[K]; readonly was: Expected<Records[K]> };
}[RecordKind];

/** What is to be done outside the table once a change is committed; each can be done twice. */
export type Effect =
  | { readonly effect: 'purge-path'; readonly path: string }
  | { readonly effect: 'remove-object'; readonly objectKey: string }
  /** Has a picture made before somebody asks for it; left to the minute's run, so that nobody waits for it. */
  | { readonly effect: 'prepare-variant'; readonly path: string; readonly transformation: string }
  /** Brings the search index to what a file is by then; left behind by whoever follows the table's stream and could not. */
  | { readonly effect: 'index-file'; readonly assetId: string };

/** One transaction: nothing of it happens unless all of it does. */
export interface Change {
  readonly steps: readonly ChangeStep[];
  readonly effects?: readonly Effect[];
}

/** `refused`: a record is not what the step at this place expected; reading again and deciding anew is right. */
export type CommitOutcome = { readonly kind: 'committed' } | { readonly kind: 'refused'; readonly step: number };

import type { AuditEvent } from '../../audit/event.ts';
import type { UploadIntent } from '../asset.ts';
import type { Change, CommitOutcome, Effect } from './change.ts';
import type { FileReference } from './file-reference.ts';
import type { LargeUpload } from './large-upload-record.ts';
import type { LibraryJob } from './library-job.ts';
import type {
  CachedFolder,
  FileEntry,
  FileHead,
  FileVersion,
  FolderEntry,
  FolderNode,
  TrashedItem,
} from './records.ts';
import type { StagedCopy } from './staged-copy.ts';

import type { UploadGrant } from './upload-grant-record.ts';

/** A part of a list in the order of its names. */
export interface Page<R> {
  readonly records: readonly R[];
  /** Where the next part begins; undefined at the end. */
  readonly next?: string;
}

export interface PageRequest {
  readonly limit: number;
  /** The `next` of the part before, or any name; what comes after it. */
  readonly from?: string;
  /** From the last name to the first. */
  readonly descending?: boolean;
}

/** Effects of a committed change that are not yet known to be carried out. */
export interface PendingEffects {
  readonly eventId: string;
  readonly at: string;
  readonly effects: readonly Effect[];
}

type VersionKey = Pick<FileVersion, 'historyId' | 'versionId'>;

export interface Unfinished {
  readonly intents: readonly UploadIntent[];
  readonly copies: readonly StagedCopy[];
}

/** The library's records. Every read is consistent: decisions are made on it. */
export interface LibraryStore {
  stamp(): Promise<number>;
  cachedFolder(path: string): Promise<CachedFolder | undefined>;
  cacheFolder(folder: CachedFolder): Promise<void>;
  fileEntry(folderId: string, name: string): Promise<FileEntry | undefined>;
  folderEntry(parentId: string, name: string): Promise<FolderEntry | undefined>;
  folderNode(folderId: string): Promise<FolderNode | undefined>;
  folderNodes(folderIds: readonly string[]): Promise<FolderNode[]>;
  files(folderId: string, page: PageRequest): Promise<Page<FileEntry>>;
  folders(folderId: string, page: PageRequest): Promise<Page<FolderEntry>>;
  head(assetId: string): Promise<FileHead | undefined>;
  heads(assetIds: readonly string[]): Promise<FileHead[]>;
  version(historyId: string, versionId: string): Promise<FileVersion | undefined>;
  /** All versions of a history. */
  versions(historyId: string): Promise<FileVersion[]>;
  /** All references of a history. */
  references(historyId: string): Promise<FileReference[]>;
  /** The files of a folder that have references: of one request's worth of its files, from one on. */
  referencedFiles(folderId: string, from?: string): Promise<Page<FileEntry>>;
  /** An upload that can be completed. */
  intent(versionId: string): Promise<UploadIntent | undefined>;
  stagedCopy(historyId: string): Promise<StagedCopy | undefined>;
  /** Uploads and copies that are on their way, and what was left of others. */
  unfinished(): Promise<Unfinished>;
  job(jobId: string): Promise<LibraryJob | undefined>;
  pendingJobs(): Promise<LibraryJob[]>;
  trashedOn(day: string): Promise<TrashedItem[]>;
  trashed(day: string, id: string): Promise<TrashedItem | undefined>;
  /**
   * Notes what the bytes of a version show. It follows from them as an index does and is no change of a file, so no event tells
   * of it. @returns false when there is no such version any more
   */
  noteVersion(version: FileVersion): Promise<boolean>;
  /** The same in the head of the file. @returns false when it has another revision by now */
  noteHead(head: FileHead, expectedRevision: number): Promise<boolean>;
  /**
   * Writes versions that no head refers to yet; one of them carries the mark of what is staged until a change takes it.
   * @returns false when a change has taken it before; nothing is written then
   */
  stageVersions(versions: readonly FileVersion[], marked: FileVersion): Promise<boolean>;
  /** Removes such versions. @returns false when the marked one has its mark no more, or is gone; nothing is removed then */
  removeStaged(versions: readonly VersionKey[], marked: VersionKey): Promise<boolean>;
  /** Removes versions of a file that nobody sees any more. */
  removeVersions(versions: readonly VersionKey[]): Promise<void>;
  /** Removes references of a file that nobody sees any more. */
  removeReferences(references: readonly FileReference[]): Promise<void>;
  /** @returns false when somebody else changed the job since it had this revision */
  saveJob(job: LibraryJob, expectedRevision: number): Promise<boolean>;
  /** Records that an upload began. The id is fresh. */
  addIntent(intent: UploadIntent): Promise<void>;
  /**
   * Takes an upload back: nobody can complete it from then on. Its record stays until its bytes are gone.
   * @returns false when it was completed or taken back before; of several callers exactly one is told true
   */
  endIntent(intent: UploadIntent): Promise<boolean>;
  /** Forgets an upload of which nothing is left. */
  removeIntent(versionId: string): Promise<void>;
  /** @param expectedRevision none for one that is new. @returns false when there is one of another revision, or none */
  saveStagedCopy(copy: StagedCopy, expectedRevision: number | undefined): Promise<boolean>;
  /** Forgets a copy of which nothing is left, or that is shown. */
  removeStagedCopy(historyId: string): Promise<void>;
  largeUpload(versionId: string): Promise<LargeUpload | undefined>;
  addLargeUpload(upload: LargeUpload): Promise<void>;
  removeLargeUpload(versionId: string): Promise<void>;
  uploadGrant(grantId: string): Promise<UploadGrant | undefined>;
  /** @returns false when it is gone, or has not so many files left */
  saveUploadGrant(grant: UploadGrant, filesLeft: number): Promise<boolean>;
  /** A change and the event that tells of it, in one transaction. @throws Problem busy */
  commit(change: Change, event: AuditEvent): Promise<CommitOutcome>;
  /** Effects of changes committed before a time, ISO 8601. */
  pendingEffects(before: string): Promise<PendingEffects[]>;
  settleEffects(pending: Pick<PendingEffects, 'eventId' | 'at'>): Promise<void>;
}

import type { Actor } from '../../audit/event.ts';
import type { Grant } from '../../kernel/caller.ts';
import type { ImportedPlace } from './imported-place.ts';

/** What a job does; everything in it is decided when it begins. */
export type JobTask =
  | {
      readonly type: 'copy-folder';
      readonly sourceId: string;
      readonly targetId: string;
      readonly withVersions: boolean;
    }
  /** Everything in one folder goes into another. */
  | {
      readonly type: 'merge-folder';
      readonly sourceId: string;
      readonly targetId: string;
      /** Of the source and of the target when the job began. */
      readonly oldPath: string;
      readonly newPath: string;
      /** The source is out of sight; what an upload that was on its way added to it goes the same way. */
      readonly isLastRun: boolean;
    }
  /** What was made from files whose paths have changed goes. */
  | {
      readonly type: 'clean-variants';
      readonly folderId: string;
      readonly oldPath: string;
      /** The edge was told, or is about to be. */
      readonly isStale?: boolean;
      /** The files are done; what to ask the CDN about. */
      readonly told?: readonly string[];
    }
  | { readonly type: 'purge-file'; readonly assetId: string }
  /** It runs twice: what an upload that was on its way added after the first run goes with the second. */
  | { readonly type: 'purge-folder'; readonly folderId: string; readonly oldPath: string; readonly isLastRun: boolean }
  /** What came into the trash later than `until`, ISO 8601, or lies in other folders than those within, stays. */
  | { readonly type: 'empty-trash'; readonly until: string; readonly within?: readonly string[] }
  | { readonly type: 'delete-everything' }
  /** Files get one tag instead of others. It runs twice: the index follows what was tagged just before. */
  | {
      readonly type: 'rename-tags';
      readonly tags: readonly string[];
      readonly newTag: string;
      /** What the caller might do when it began. */
      readonly grants: readonly Grant[];
      readonly isLastRun: boolean;
    }
  /** Objects of a bucket become files that stay at their origin. */
  | {
      readonly type: 'import';
      readonly from: ImportedPlace;
      /** Where the files go. */
      readonly folderId: string;
      /** Of files that do not say so themselves. */
      readonly isPrivate: boolean;
      /** What names may not hold becomes `_`. */
      readonly replacesCharacters: boolean;
      /** What the caller might do when it began. */
      readonly grants: readonly Grant[];
      /** All objects are done; files are looked for that have lost theirs. */
      readonly looksForGone: boolean;
      /** Workers in a row that came no further. */
      readonly fruitless: number;
    }
  /** Files are written into a ZIP. */
  | {
      readonly type: 'zip';
      readonly fileIds: readonly string[];
      /** Below which members have their paths. */
      readonly folder?: string;
      /** Name of a named transformation; missing for originals. */
      readonly transformation?: string;
      /** Under which a browser saves it. */
      readonly fileName: string;
      /** What the caller might do when it began. */
      readonly grants: readonly Grant[];
      /** Workers that have tried. */
      readonly attempt?: number;
      /** None of them could finish it. */
      readonly isGivenUp?: true;
    };

/** ImageKit's three, and ours. */
export const JOB_NAMES = [
  'COPY_FOLDER',
  'MOVE_FOLDER',
  'RENAME_FOLDER',
  'RESTRICT_FOLDER',
  'DELETE_FOLDER',
  'DELETE_FILE',
  'EMPTY_TRASH',
  'DELETE_EVERYTHING',
  'RENAME_TAGS',
  'ZIP',
  'IMPORT_BUCKET',
] as const;

/** Work that is too long for one call. It is written down in the transaction that makes it necessary. */
export interface LibraryJob {
  /** 24 hexadecimal characters. */
  readonly jobId: string;
  /** What the caller is told: `MOVE_FOLDER`. */
  readonly name: (typeof JOB_NAMES)[number];
  readonly task: JobTask;
  readonly state: 'pending' | 'completed';
  readonly revision: number;
  /** Files done so far. */
  readonly done: number;
  /** Files by what became of them, for work that tells them apart. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Of the last file done: names from the job's folder on. A worker that takes over goes on after it. */
  readonly place?: readonly string[];
  /** Of files that could not be done, the first hundred: path and reason. */
  readonly failures?: readonly string[];
  readonly caller: Actor;
  /** Folders that it concerns: who may not see them, does not see the job. */
  readonly folderIds: readonly string[];
  /** Of a copy: those of its source, whose paths its failures name. Who may not see these does not see the job either. */
  readonly sourceFolderIds?: readonly string[];
  /** Its caller wants to ask about what it cleans as about a purge, by the same id. */
  readonly isPurge?: true;
  /** Nobody sees it but who began it: what it does depends on their rights. */
  readonly isOwn?: true;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Seconds since 1970 until which a worker holds it. */
  readonly heldUntil: number;
}

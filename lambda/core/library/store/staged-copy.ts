/**
 * Versions of a copy that nobody sees yet. It is written before the first of their bytes, and taken by the change that shows the
 * copy, so that what a dead worker left is known and ended.
 */
export interface StagedCopy {
  /** Of the copy's own history. */
  readonly historyId: string;
  /** Of all workers that began this copy. */
  readonly versions: readonly StagedVersion[];
  /** The version that becomes the current one; it carries the mark of what is staged. */
  readonly currentId: string;
  readonly revision: number;
  /** Seconds since 1970; no worker lives so long. */
  readonly endsAt: number;
  /** Nobody can show it any more. */
  readonly isEnding?: true;
}

export interface StagedVersion {
  readonly versionId: string;
  readonly objectKey: string;
}

/** A folder of which everything that was made before a moment is out of date, and not yet removed. */
export interface StaleFolder {
  /** Of the job that removes it. */
  readonly jobId: string;
  /** Under which it was made. */
  readonly path: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Tells the edge which folders are stale. Both can be done twice. */
export interface StaleFolders {
  /** From then on nothing that was made before is delivered; at the latest within a minute. */
  mark(folder: StaleFolder): Promise<void>;
  /** What was made before is gone everywhere. */
  settle(jobId: string): Promise<void>;
}

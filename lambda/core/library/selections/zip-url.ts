import type { Clock } from '../../kernel/clock.ts';
import { zipKey } from '../jobs/write-zip.ts';
import type { LibraryJob } from '../store/library-job.ts';
import type { ZipStorage } from '../zips/zip-storage.ts';
import { ZIP_HOURS } from '../zips/zip-storage.ts';

/** Seconds for which a URL holds. */
const URL_SECONDS = 3600;

/** A URL that gives what a job has written. @returns undefined for another job, and before and after it is there */
export async function zipUrl(
  { zips, clock }: { readonly zips: { readonly storage: Pick<ZipStorage, 'sign'> }; readonly clock: Clock },
  job: LibraryJob,
): Promise<string | undefined> {
  const { task, state, updatedAt } = job;
  const isThere = task.type === 'zip' && state === 'completed' && !task.isGivenUp;
  if (!isThere || clock() >= Date.parse(updatedAt) + ZIP_HOURS * 3_600_000) return undefined;
  return zips.storage.sign(zipKey(job), URL_SECONDS);
}

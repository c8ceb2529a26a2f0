import { problem } from '../kernel/problems.ts';

/** Whole days in UTC, written YYYY-MM-DD. */
export interface UsagePeriod {
  readonly startDate: string;
  readonly endDate: string;
}

/** From a moment on and until before another one, in milliseconds since 1970. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What the distribution sent to viewers. */
export interface Traffic {
  readonly bytes: number;
  readonly requests: number;
}

/** What AWS counts for the deployment. */
export interface CountedUsage {
  readonly traffic: (span: TimeSpan) => Promise<Traffic>;
  /** Bytes of the originals at the end of the span; undefined when none of its days has a value. */
  readonly storedBytes: (span: TimeSpan) => Promise<number | undefined>;
}

/** What an account has used (ImageKit, "Get account usage"). */
export interface Usage {
  readonly bandwidthBytes: number;
  readonly mediaLibraryStorageBytes: number;
  readonly videoProcessingUnitsCount: number;
  readonly extensionUnitsCount: number;
  readonly originalCacheStorageBytes: number;
  /** Ours: members that are 0 because nobody counts them. */
  readonly notCounted: readonly (keyof Usage)[];
}

const DAY = 86_400_000;

/** Days of one question (ImageKit's limit: less than 90). */
const DAYS = 89;

/**
 * The span of a period.
 * @param last whether the end date is in it
 * @throws Problem input.invalid
 */
export function spanOf({ startDate, endDate }: UsagePeriod, last: 'included' | 'excluded'): TimeSpan {
  const from = Date.parse(`${startDate}T00:00:00.000Z`);
  const end = Date.parse(`${endDate}T00:00:00.000Z`);
  if (from >= end) throw problem('input.invalid', 'startDate must be before endDate.');
  if (end - from > DAYS * DAY) {
    throw problem('input.invalid', `startDate and endDate may be at most ${DAYS} days apart.`);
  }
  return { from, to: last === 'included' ? end + DAY : end };
}

/** Of a period without its end date. No videos are made here and no extensions run; files of origins are kept among the originals. */
export async function accountUsage({ traffic, storedBytes }: CountedUsage, period: UsagePeriod): Promise<Usage> {
  const span = spanOf(period, 'excluded');
  const [{ bytes }, stored = 0] = await Promise.all([traffic(span), storedBytes(span)]);
  return {
    bandwidthBytes: bytes,
    mediaLibraryStorageBytes: stored,
    videoProcessingUnitsCount: 0,
    extensionUnitsCount: 0,
    originalCacheStorageBytes: 0,
    notCounted: ['videoProcessingUnitsCount', 'extensionUnitsCount', 'originalCacheStorageBytes'],
  };
}

import { s3Error } from './errors.ts';
import type { ObjectVersion } from './store/object-version.ts';

/** Governance yields to whoever may bypass it; compliance yields to nobody, the account's root among them. */
export const LOCK_MODES = ['COMPLIANCE', 'GOVERNANCE'] as const;

/** How long a version cannot be removed. */
export interface Retention {
  readonly mode: (typeof LOCK_MODES)[number];
  /** Of 24 hours, from when the version was put. */
  readonly days: number;
}

const MODE = 'x-amz-object-lock-mode';
const UNTIL = 'x-amz-object-lock-retain-until-date';
const DAY_MS = 86_400_000;

/** Headers of a version that is put into a bucket; a lock is kept with them and answered with every read. */
export function withLock(
  { [MODE]: _, [UNTIL]: __, ...headers }: Readonly<Record<string, string>>,
  retention: Retention | undefined,
  now: Date,
): Readonly<Record<string, string>> {
  if (!retention) return headers;
  const until = new Date(now.getTime() + retention.days * DAY_MS);
  return { ...headers, [MODE]: retention.mode, [UNTIL]: until.toISOString() };
}

/** Whether a version is to stay. */
export function isLocked({ headers }: ObjectVersion, now: Date, bypassesGovernance = false): boolean {
  const until = headers[UNTIL];
  if (until === undefined || Date.parse(until) <= now.getTime()) return false;
  return headers[MODE] === 'COMPLIANCE' || !bypassesGovernance;
}

/**
 * S3 takes a version that is to be locked only with a checksum to hold it to ("PutObject").
 * @throws S3Error InvalidRequest
 */
export function requireChecksum(headers: Readonly<Record<string, string | undefined>>, isLocking: boolean): void {
  const names = Object.keys(headers);
  const has = names.some((name) => name === 'content-md5' || /^x-amz-(checksum-|trailer$)/.test(name));
  if (!isLocking || has) return;
  const message =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
  throw s3Error('InvalidRequest', message);
}

import { isObject, isRegion } from './config-values.ts';

/** A bucket that belongs to the customer. */
export interface BackupDestination {
  readonly bucket: string;
  /** @default the region that is backed up */
  readonly region?: string;
  /** Of the account that owns the bucket. @default the deployment's */
  readonly account?: string;
}

/** Where originals are replicated to, with what the library knows of them (docs/backup.md). */
export interface BackupConfig {
  /** By region; every region of the deployment has one. */
  readonly destinations: Readonly<Record<string, BackupDestination>>;
  /** S3's Replication Time Control: 15 minutes are promised, and every gigabyte costs more. @default false */
  readonly timeControl: boolean;
}

export const DESTINATIONS_RULE =
  'an object of destinations by region, each { "bucket": its name, "region"?: where it is, "account"?: 12 digits } with a bucket of its own';

export function areDestinations(value: unknown): boolean {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  const buckets = entries.map(([, one]) => (isObject(one) ? one.bucket : undefined));
  return (
    entries.length > 0 &&
    new Set(buckets).size === buckets.length &&
    entries.every(([region, one]) => isRegion(region) && isDestination(one))
  );
}

function isDestination(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { bucket, region, account, ...rest } = value;
  return (
    Object.keys(rest).length === 0 &&
    isBucketName(bucket) &&
    (region === undefined || isRegion(region)) &&
    (account === undefined || (typeof account === 'string' && /^\d{12}$/.test(account)))
  );
}

/** S3 user guide, "General purpose bucket naming rules"; dots are left out, which break TLS. */
const isBucketName = (value: unknown): boolean =>
  typeof value === 'string' && /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value);

/** A region without a destination would be lost without anybody having said so. */
export function unbackedRegions({
  regions,
  backup,
}: {
  readonly regions: readonly string[];
  readonly backup?: BackupConfig;
}): string[] {
  if (!backup) return [];
  const named = Object.keys(backup.destinations);
  return [
    ...regions
      .filter((region) => !named.includes(region))
      .map((region) => `"backup.destinations" has no bucket for ${region}, a region of the deployment.`),
    ...named
      .filter((region) => !regions.includes(region))
      .map((region) => `"backup.destinations" names ${region}, which is no region of the deployment.`),
  ];
}

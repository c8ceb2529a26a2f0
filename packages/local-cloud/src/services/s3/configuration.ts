import type { Retention } from './object-lock.ts';

/** Who may sign requests. */
export interface S3Principal {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /**
   * 'get-only': GET and HEAD of objects in the buckets that list it among their readers, nothing else. As a principal
   * without ListBucket it sees 403 AccessDenied for a missing key.
   */
  readonly access: 'all' | 'get-only';
}

/** A rule of cross-origin resource sharing; '*' is a wildcard in origins and headers. */
export interface CorsRule {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAgeSeconds?: number;
}

/** What is under a prefix ends after so many days of 24 hours. */
export interface ExpirationRule {
  readonly prefix: string;
  readonly days: number;
}

/** New versions of keys with a prefix are copied to another bucket. */
export interface ReplicationRule {
  readonly prefix: string;
  /** Name of a bucket. */
  readonly destination: string;
  /** Delete markers too. */
  readonly deleteMarkers: boolean;
}

/** A bucket as the template describes it. */
export interface BucketConfiguration {
  readonly name: string;
  readonly versioned: boolean;
  /** How long every new version is locked. @default not at all */
  readonly retention?: Retention;
  /** Object events are handed to `onEvent`. */
  readonly eventBridge: boolean;
  readonly cors?: readonly CorsRule[];
  /** Current objects; in a versioned bucket a delete marker takes their place. */
  readonly expirations?: readonly ExpirationRule[];
  /** Versions that are no longer current; the days count from when they ceased to be. */
  readonly noncurrentExpirations?: readonly ExpirationRule[];
  /** Multipart uploads that were neither completed nor aborted. */
  readonly uploadExpirations?: readonly ExpirationRule[];
  readonly replications?: readonly ReplicationRule[];
  /** Access key ids of 'get-only' principals that may read this bucket. */
  readonly readers?: readonly string[];
}

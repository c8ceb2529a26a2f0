import type { AuditEvent } from '../audit/event.ts';
import type { PurgeTarget } from './purge-target.ts';

/** A purge that was asked for. */
export interface PurgeJob {
  /** 24 hexadecimal characters. */
  readonly requestId: string;
  readonly target: PurgeTarget;
  /** `pending`: stored variants are being removed. `removed`: they are gone, and the CDN was told. */
  readonly state: 'pending' | 'removed';
  readonly invalidationIds: readonly string[];
  readonly createdAt: string;
  /** Seconds since 1970; DynamoDB's time to live. */
  readonly expiresAt: number;
}

export interface PurgeJobs {
  /** Writes down a purge that a caller asked for. */
  begin(job: PurgeJob, event: AuditEvent): Promise<void>;
  /** Writes down a purge that follows from a change, whose own event tells of it, or how far one has come. */
  save(job: PurgeJob): Promise<void>;
  find(requestId: string): Promise<PurgeJob | undefined>;
  /** Those that were begun and not finished. */
  pending(): Promise<PurgeJob[]>;
}

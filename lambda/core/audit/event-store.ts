import type { ChainedEvent } from './event-chain.ts';

/** The events of a region. Every read is consistent, so what was committed is there. */
export interface EventStore {
  /** Events of a chain before a sequence number, the newest first. */
  readonly before: (chain: string, sequence: number, limit: number) => Promise<readonly ChainedEvent[]>;
  /** Events of a chain after a sequence number, as they were written. */
  readonly after: (chain: string, sequence: number, limit: number) => Promise<readonly ChainedEvent[]>;
}

import type { ChainedEvent } from './event-chain.ts';

/** Of a number that no chain reaches: keys have twelve digits. */
export const END_OF_CHAIN = 999_999_999_999;

/** The events of a region. Every read is consistent, so what was committed is there. */
export interface EventStore {
  /** Events of a chain before a sequence number, the newest first. */
  readonly before: (chain: string, sequence: number, limit: number) => Promise<readonly ChainedEvent[]>;
  /** Events of a chain after a sequence number, as they were written. */
  readonly after: (chain: string, sequence: number, limit: number) => Promise<readonly ChainedEvent[]>;
}
